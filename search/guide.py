"""How to search, as one table: what can be typed, and what it finds.

The help page, `lectern search --help` and docs/searching.md all show it. The one decision: nobody describes the query
language anywhere else, so that it is described once, and every example of it is read by a test.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """Something that can be typed, by example, and what the examples find."""

    typed: tuple[str, ...]
    finds: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """Rules that belong together."""

    title: str
    rules: tuple[Rule, ...]


CHAPTERS = (
    Chapter(
        "Words",
        (
            Rule(
                ("ferry quotas",),
                "both words, in any of their forms (ferries, quota), anywhere in question and answer; AND says so too",
            ),
            Rule(('"ferry quotas"',), "exactly these words, side by side, in this order, small words and all"),
            Rule(('"quota"',), "the word just as it is, in none of its other forms"),
            Rule(("ferry -quota", "ferry NOT quota"), "the first word without the second"),
            Rule(
                ("ferry OR cable", "ferry OR cable kelp"),
                "either word, or both; OR joins all that stands left and right of it: the ferry, or cable and kelp",
            ),
            Rule(("(ferry OR cable) Norway",), "parentheses group"),
            Rule(("sanction*",), "words that begin so; at least two letters"),
            Rule(
                ("organi?ation",),
                "? is one letter, * any number; the pattern begins with two letters and does not end in ?",
            ),
            Rule(("Saltzburg~",), "words that differ by a letter or two (one up to five letters, two above)"),
            Rule(
                ('"ferry Norway"~5',), "both words, in any order, with at most five words more between them (up to 100)"
            ),
            Rule(("US", "U.S."), "an acronym in capitals finds only capitals, dotted or not; never the word us"),
        ),
    ),
    Chapter(
        "Where to look",
        (
            Rule(("q:kelp",), "in the question"),
            Rule(("a:kelp",), "in the answer, or in a statement"),
            Rule(("q:kelp -a:kelp",), "in the question, but not in the answer: asked, but not said"),
            Rule(('a:"ferry quotas"', "q:(ferry OR cable)"), "a phrase, or several words, in one place"),
            Rule(("title:fisheries",), "in the briefing's title, which plain words do not search"),
        ),
    ),
    Chapter(
        "Who, about whom, where from",
        (
            Rule(('speaker:"Ilsa Verlaine"',), "who answered (everyone who did); what has spaces stands in quotes"),
            Rule(("outlet:VANA",), "who asked; any of an outlet's names will do"),
            Rule(("entity:Norway",), "mentions the place, person, organisation or event, under any of its names"),
            Rule(("within:Norway",), "mentions it or what is part of it, such as its towns and ministries"),
            Rule(("about:Norway",), "is about it: names it in the question, or more than once in the answer"),
            Rule(("publisher:xv-mfa",), "from this publisher"),
            Rule(("lang:en", "lang:Spanish"), "in this language"),
            Rule(("kind:statement",), "statements made without a question; kind:answer for answers"),
            Rule(("outlet:(VANA OR AFP)",), "either value"),
            Rule(('outlet:""', '-outlet:""'), "not stated: nobody knows who asked; stated"),
            Rule(("id:xv-mfa/en/2024-03-04/7",), "one item"),
        ),
    ),
    Chapter(
        "When",
        (
            Rule(("date:2024", "date:2024-02", "date:2024-02-08"), "in a year, in a month, on a day"),
            Rule(
                ("date:2023..2024-02-08", "date:2023.."),
                "from the first to the last, both included; either may be left out",
            ),
            Rule(("before:2024",), "earlier than this"),
            Rule(("after:2024-02",), "later than this"),
        ),
    ),
    Chapter(
        "Chinese",
        (
            Rule(("污染",), "the two characters side by side"),
            Rule(
                ("核污染水",),
                "three characters or more: each side by side with the next one, wherever; all in a row come first",
            ),
            Rule(('"核污染水"', "“核污染水”"), "all of them in a row, and nothing else"),
            Rule(("渡轮，恢复",), "punctuation parts words: both, anywhere"),
            Rule(("outlet：路透社", "（渡轮　ＯＲ　海缆）"), "full-width signs and letters do what the others do"),
        ),
    ),
    Chapter(
        "Anything else",
        (
            Rule(("AT&T", "12:30", "one-China"), "what is typed without a space is found side by side"),
            Rule(("https://valdria.example/ferry",), "an address is its words, side by side"),
            Rule(("ferry or cable", "NEAR"), "words: operators are OR, AND and NOT in capitals, and no others"),
            Rule(("*",), "everything"),
        ),
    ),
)
