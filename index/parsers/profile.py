"""What is peculiar to a publisher, as data: how to recognise its pages and where things stand on them.

No code of a publisher belongs here or in its profile: selectors and patterns only, so that a ministry can be added
without Python. The one decision: words of a language (`Q`, "Follow-up", "raised after the press conference") are not
a publisher's but its language's, and stand in `phrases`.
"""

from dataclasses import dataclass
from typing import Literal, get_args

Labels = Literal["podium", "cast", "cast-lines"]
"""How a publisher says who speaks. `podium`: `Q:` and `A:`, or outlets and a spokesperson, before a colon. `cast`: as
in a play, everybody in CAPITALS before a colon. `cast-lines`: the same, on a line of its own."""

LABELS: tuple[Labels, ...] = get_args(Labels)


@dataclass(frozen=True, slots=True)
class Profile:
    """One publisher.

    Attributes:
        id: short name, the first part of a briefing's id.
        name: its full name.
        languages: ISO 639 codes of the languages that can be read; the first one is its main one.
        zone: IANA name of the zone of the times it states.
        country: entity id of its home country.
        labels: how its transcripts say who speaks.
        hosts: names of its web hosts; a name covers those under it.
        titles: regular expressions, one of which a title of its transcripts matches from its beginning; the group
            `names` holds the spokespersons whom the title names.
        headings: regular expressions; if there are any, a title counts only where one of a page's first lines matches
            one of these as a whole.
        statements: regular expressions of titles of pages that hold a statement alone, without a question.
        title_selectors: CSS selectors of the title, tried in order; `selector@attribute` reads an attribute.
        time_selectors: the same for the line that states date and time.
        body_selectors: the same for the element that holds the transcript.
        drop_selectors: elements inside the body that are nobody's words.
        offices: words that stand before a name in a label, such as "Spokesperson".
        questions: labels of a cast under which journalists ask.
        voices: labels of a cast that name nobody, such as "MODERATOR".
        furniture: regular expressions of lines that are nobody's words (matched against the whole line).
        lists: addresses of its lists of transcripts: sitemaps, feeds, pages.
        pages: regular expressions of its transcripts' addresses, as a whole: what `lists` may lead to.
        link_selectors: CSS selectors of the links on a list that is a page; `selector@attribute` reads an attribute.
        next_selectors: the same for the link to the next page of such a list.
        private_hosts: hosts, with a port if it is not the usual one, that may be fetched from although they are not in
            the public network.
    """

    id: str
    name: str
    languages: tuple[str, ...]
    zone: str
    country: str
    labels: Labels = "podium"
    hosts: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()
    title_selectors: tuple[str, ...] = ("h1", "title")
    time_selectors: tuple[str, ...] = ()
    body_selectors: tuple[str, ...] = ()
    drop_selectors: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    questions: tuple[str, ...] = ("Q", "QUESTION")
    voices: tuple[str, ...] = ()
    furniture: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    link_selectors: tuple[str, ...] = ("a",)
    next_selectors: tuple[str, ...] = ()
    private_hosts: tuple[str, ...] = ()

    @property
    def is_cast(self) -> bool:
        """Whether everybody who speaks has a label in capitals."""
        return self.labels != "podium"
