"""Lines of a page that are nobody's words: language bars, share buttons, "Suggest to a friend", related news.

The one decision: only a whole paragraph is ever dropped, and only one that can be nothing else.
"""

import re

from index.parsers.dates import is_stamp
from index.parsers.page import Page
from index.parsers.profile import Profile

_LONGEST = 300

_LANGUAGES = (
    "عربي|العربية|Español|Français|Deutsch|Português|Norsk|Italiano|English|Русский|"
    "简体中文|繁體中文|中文|日本語|한국어"
)
_LINE = re.compile(
    rf"(?:(?:{_LANGUAGES})(?:\W+|\Z)){{2,}}"
    r"|(?:Suggest|Send|Recommend) (?:this )?to a friend|Print(?: this page)?|Close(?: window)?|Back to top|Top"
    r"|(?:Share(?: to| on| this)?)?[ :|/]*"
    r"(?:(?:Facebook|Twitter|X|WeChat|Weibo|LinkedIn|Email|E-mail|WhatsApp)[ |/,]*)+"
    r"|Share(?: this(?: page)?)?|Font size.{0,40}|Copyright ?\u00a9.{0,200}|\u00a9 ?\d{4}.{0,200}",
    re.IGNORECASE,
)
_RELATED = re.compile(r"(?:Related (?:News|Articles|Links|Briefings)|More news) ?:?", re.IGNORECASE)


def strip_furniture(page: Page, profile: Profile) -> tuple[str, ...]:
    """The paragraphs of `page` that are somebody's words."""
    own = [re.compile(p) for p in profile.furniture]
    titles = [re.compile(p) for p in profile.titles]
    kept: list[str] = []
    related = False  # behind a heading of related news, where titles of other briefings stand
    for text in page.paragraphs:
        is_short = len(text) <= _LONGEST
        if is_short and _RELATED.fullmatch(text):
            related = True
        elif not (
            is_short
            and (
                _LINE.fullmatch(text)
                or any(p.fullmatch(text) for p in own)
                or (related and any(t.match(text) for t in titles))
                or (not kept and not profile.is_cast and (text == page.title or is_stamp(text)))
            )
        ):
            kept.append(text)
    return tuple(kept)
