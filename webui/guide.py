"""How to search, as one table of examples that the help page shows."""

from dataclasses import dataclass

from webui.frame import Frame


@dataclass(frozen=True, slots=True)
class Rule:
    """Something that can be typed, and what it finds."""

    typed: str
    finds: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """Rules that belong together."""

    title: str
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class HelpPage:
    """All that help.html shows."""

    frame: Frame
    chapters: tuple[Chapter, ...]


CHAPTERS = (
    Chapter(
        "Words",
        (
            Rule("fishing quota", "answers with both words, in any form: fished, quotas"),
            Rule('"fishing quota"', "exactly these words, side by side, every one of them"),
            Rule('"quota"', "this very word, in no other form"),
            Rule("fishing -quota", "the first word without the second; NOT quota says the same"),
            Rule("fishing OR shipping", "either word, or both"),
            Rule("(fishing OR shipping) quota", "brackets group"),
            Rule("sanction*", "every word that begins so; two letters at least come first"),
            Rule("organi?ation", "? stands for one letter, * for any number"),
            Rule("Valdira~", "words spelled nearly so"),
            Rule('"fishing quota"~5', "the words near each other, with up to five more words between"),
            Rule("US", "an acronym in capitals finds only capitals (US, U.S., US's), never the word us"),
        ),
    ),
    Chapter(
        "Where to look",
        (
            Rule("q:quota", "in the question"),
            Rule("a:quota", "in the answer, or in a statement"),
            Rule("title:maritime", "in the briefing's title"),
            Rule("q:quota -a:quota", "asked about, but not said in the answer"),
        ),
    ),
    Chapter(
        "Who, about whom, where from",
        (
            Rule('speaker:"Mara Ellin"', "answered by this person"),
            Rule("outlet:Reuters", "asked by this outlet; its short names work too"),
            Rule("entity:Japan", "mentions this place, person, organisation or event, under any of its names"),
            Rule("publisher:cn-mfa", "from this publisher"),
            Rule("lang:en", "in this language"),
            Rule("kind:statement", "statements made without a question; kind:answer for answers"),
        ),
    ),
    Chapter(
        "When",
        (
            Rule("date:2024-02-08", "on this day; date:2024-02 in this month, date:2024 in this year"),
            Rule("date:2023..2024-02-08", "from the first to the last, both included"),
            Rule("before:2024-02", "earlier than this"),
            Rule("after:2024-02-08", "later than this"),
        ),
    ),
)


def help_page() -> HelpPage:
    """The help page."""
    return HelpPage(Frame("How to search", canonical="/help"), CHAPTERS)
