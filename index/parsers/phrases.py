"""What a language says about a transcript's shape: who asks, who follows up, what was raised afterwards.

Here stand the record and English; Chinese is in `phrases_zh`, the others in `phrases_more`, and all of them in
`languages`. Every pattern is given a bounded part of a paragraph, its beginning, so that no text of any length makes
one slow. Nothing here belongs to one publisher.
"""

import re
from dataclasses import dataclass
from re import IGNORECASE, Pattern

NEVER = re.compile(r"(?!)")
"""For what a language has no words for."""

CAPITALISED = re.compile(r"[^\W\d_][\w'\u2019-]+(?: [^\W\d_][\w'\u2019.-]*){1,3}\Z")
"""A person's name of two to four words."""

_CONFERENCE = r"(?:the |this |today['\u2019]s )?(?:\w+ )?(?:press )?(?:conference|briefing)s?"


@dataclass(frozen=True, slots=True)
class Phrases:
    """The patterns of one language.

    Attributes:
        question: labels of an anonymous question.
        answer: labels of an answer by whoever holds the briefing.
        podium: labels of whoever holds the briefing that name the office alone.
        follow_up: labels of a follow-up; the group `outlet` holds what stands before the word, if anything does.
        journalist: labels of a journalist who goes on asking.
        reporter: what follows an outlet's name in a label ("Reuters journalist").
        ordinary: labels that look like a name and are not one.
        connectors: words that an outlet's name may have in small letters.
        name: what a label that nobody knows may look like, where capitals do not tell; `None` where they do.
        person: what a person's name that nobody knows may look like.
        announces: what follows a spokesperson's name where an announcement begins ("announces").
        asked_after: labels of a question that was asked after the briefing.
        after: sentences that introduce what was asked after the briefing.
        reported: words that report a question within such a sentence.
        notice: sentences that announce days without a briefing.
        notice_goes_on: sentences that go on about such days.
        event: sentences with which a closing announcement begins.
    """

    question: Pattern[str]
    answer: Pattern[str]
    podium: Pattern[str]
    follow_up: Pattern[str]
    journalist: Pattern[str]
    reporter: Pattern[str]
    ordinary: Pattern[str]
    connectors: frozenset[str]
    name: Pattern[str] | None
    person: Pattern[str]
    announces: Pattern[str]
    asked_after: Pattern[str]
    after: Pattern[str]
    reported: Pattern[str]
    notice: Pattern[str]
    notice_goes_on: Pattern[str]
    event: Pattern[str]


ENGLISH = Phrases(
    question=re.compile(r"(?:Q\d{0,2}|Question)\Z"),
    answer=re.compile(r"(?:A\d{0,2}|Answer)\Z"),
    podium=re.compile(r"(?:The )?(?:Foreign Ministry )?Spokes(?:person|man|woman)\Z", IGNORECASE),
    follow_up=re.compile(
        r"(?P<outlet>[^:]{0,45}?)[ ,\u2013-]{0,3}\b(?:further )?follow[- ]?up(?: question)?s?"
        r"(?: (?:from|by) (?P<from>.{2,45}))?\Z",
        IGNORECASE,
    ),
    journalist=re.compile(
        r"(?:The |This |Same |Foreign )?(?:journalist|reporter|correspondent)"
        r"(?: (?:adds?|added|clarif(?:ies|ied)|explain(?:s|ed)|continue[sd]?|repl(?:ies|ied)|answer(?:s|ed)|said|says|"
        r"respond(?:s|ed)|ask(?:s|ed)(?: again)?|goes on|went on))?\Z",
        IGNORECASE,
    ),
    reporter=re.compile(r"[ ,]+(?:journalist|reporter|correspondent)s?\Z", IGNORECASE),
    ordinary=re.compile(
        r"(?:(?:First|Second|Third|Fourth|Fifth|Sixth|Seventh|Last|Final)(?:ly)?|Facts?|Fact Check|Reality|"
        r"Reality Check|Truth|Lies?|Myth|Allegations?|Claims?|Rumou?rs?|Falsehood|Notes?|Editor's Note|Sources?|"
        r"Time|Date|Venue|Place|Theme|Topic|Conclusion|Background|Example|Remarks?|Updated|Published|[A-Z]|[IVX]+|"
        r"(?:January|February|March|April|May|June|July|August|September|October|November|December)(?: \d+)?|"
        r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\Z"
    ),
    connectors=frozenset(
        "a al and d da de del den der des di du e el en et for i in la le les of on the van von y zu".split()
    ),
    name=None,
    person=CAPITALISED,
    announces=re.compile(r" (?:announces|announced)\Z", IGNORECASE),
    asked_after=NEVER,
    after=re.compile(
        rf"(?:(?:Also |Shortly )?after {_CONFERENCE}\b(?!\W*(?:I|we)\b)[^.?!]{{0,60}}"
        r"\b(?:questions?|ask(?:s|ed)?|rais(?:es|ed)|pos(?:es|ed)|inquir\w+|enquir\w+|respon[ds]\w*)\b"
        r"|(?:The following )?(?:(?:an)?other |additional |further )?questions?\b[^.?!:]{0,60}"
        rf"\bafter {_CONFERENCE}\b"
        r"|(?:A |An |The |Some |One |Several |Another )?(?:[\w-]+ ){0,3}"
        r"(?:journalist|reporter|correspondent)s?\b[^.?!:]{0,80}"
        rf"\bafter {_CONFERENCE}\b)",
        IGNORECASE,
    ),
    reported=re.compile(
        r"[:\uff1a]\s*\S|\?|\b(?:asked|inquired|enquired|wanted to know)(?: \w+){0,4}? "
        r"(?:if|whether|about|for|how|what|why|when|who|which|where)\b"
        r"|\b(?:raised|posed)(?: \w+){0,4}? (?:whether|about|regarding|concerning)\b",
        IGNORECASE,
    ),
    notice=re.compile(
        rf"(?:\b{_CONFERENCE}\b[^.]{{0,80}}?\b(?:will|shall|is|are|to)\b[^.]{{0,40}}?"
        r"\b(?:adjourn|recess|suspend|resume|not be held|take a break|break for)"
        rf"|\bno (?:more )?{_CONFERENCE}\b[^.]{{0,80}}?\b(?:on|from|during|until|between|tomorrow|next|this)\b"
        rf"|\bregular {_CONFERENCE}\b[^.]{{0,80}}?\bwill (?:begin at|be moved|be rescheduled|be brought forward)\b)",
        IGNORECASE,
    ),
    notice_goes_on=re.compile(
        r"(?:During|In) (?:the|this|that) (?:adjournment|recess|holiday|break|period|meantime)"
        r"|In the meantime|Meanwhile, you",
        IGNORECASE,
    ),
    event=re.compile(
        r"(?:A|The|Our) (?:press|media) briefing\b[^.]{0,80}?\bwill be held (?:at|on|in)\b"
        r"|(?:The )?(?:MFA|Foreign Ministry|Ministry of Foreign Affairs)\b[^.]{0,120}?\bwill (?:jointly )?hold an? "
        r"(?:press|media|promotion) (?:briefing|event|conference)\b"
    ),
)
