"""What is peculiar to a publisher, as data: how to recognise its pages and where things stand on them.

No code of a publisher belongs here or in its profile: selectors and patterns only, so that a ministry can be added
without Python. The one decision: words of a language (`Q`, "Follow-up", "raised after the press conference") are not
a publisher's but its language's, and stand in `phrases`.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Profile:
    """One publisher.

    Attributes:
        id: short name, the first part of a briefing's id.
        name: its full name.
        languages: ISO 639 codes of the languages that can be read; the first one is its main one.
        zone: IANA name of the zone of the times it states.
        country: entity id of its home country.
        hosts: names of its web hosts; a name covers those under it.
        titles: regular expressions, one of which a title of its transcripts matches from its beginning; the group
            `names` holds the spokespersons whom the title names.
        title_selectors: CSS selectors of the title, tried in order; `selector@attribute` reads an attribute.
        time_selectors: the same for the line that states date and time.
        body_selectors: the same for the element that holds the transcript.
        drop_selectors: elements inside the body that are nobody's words.
        offices: words that stand before a spokesperson's name in a label, such as "Spokesperson".
        furniture: regular expressions of lines that are nobody's words (matched against the whole line).
    """

    id: str
    name: str
    languages: tuple[str, ...]
    zone: str
    country: str
    hosts: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    title_selectors: tuple[str, ...] = ("h1", "title")
    time_selectors: tuple[str, ...] = ()
    body_selectors: tuple[str, ...] = ()
    drop_selectors: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    furniture: tuple[str, ...] = ()
