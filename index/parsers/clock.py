"""The hour that stands above a transcript: "4:32 P.M. EDT".

The line stays in the transcript as a note; here it is only read. The one decision: abbreviations that mean one zone
become its IANA name; one that means several (IST, AST, CST) gives the hour without a zone rather than a wrong one.
"""

import re
from collections.abc import Mapping, Sequence

_CLOCK = re.compile(r"\W{0,3}(1[0-2]|0?\d):([0-5]\d)\s?([AaPp])\.?\s?[Mm]\b\.?(?:\s{0,3}\(?([A-Z]{2,5})\b)?")
_LONGEST = 60

ZONES: Mapping[str, str] = {
    **dict.fromkeys(("EST", "EDT", "ET"), "America/New_York"),
    **dict.fromkeys(("CDT", "CT"), "America/Chicago"),
    **dict.fromkeys(("MST", "MDT", "MT"), "America/Denver"),
    **dict.fromkeys(("PST", "PDT", "PT"), "America/Los_Angeles"),
    "HST": "Pacific/Honolulu",
    **dict.fromkeys(("GMT", "UTC"), "Etc/GMT"),
    "BST": "Europe/London",
    **dict.fromkeys(("CET", "CEST"), "CET"),
    **dict.fromkeys(("EET", "EEST"), "EET"),
    "IDT": "Asia/Jerusalem",
    "ICT": "Asia/Bangkok",
    "PHT": "Asia/Manila",
    "JST": "Asia/Tokyo",
    "KST": "Asia/Seoul",
    "CVT": "Atlantic/Cape_Verde",
}
"""IANA names of the abbreviations that mean one zone in a line of an hour."""


def find_hour(paragraphs: Sequence[str], zone: str) -> tuple[str, str | None] | None:
    """The first hour that stands at the beginning of a short line, "HH:MM", and its zone; `zone` where none is said."""
    for text in paragraphs:
        found = _CLOCK.match(text) if len(text) <= _LONGEST else None
        if found:
            hour = int(found[1]) % 12 + (12 if found[3] in "Pp" else 0)
            return f"{hour:02}:{found[2]}", ZONES.get(found[4]) if found[4] else zone
    return None


def is_hour_line(text: str) -> bool:
    """Whether a line gives an hour and nothing else, as below the last word of a transcript: "END 1:20 P.M. EDT"."""
    bare = re.sub(r"\A(?:END|End)\b[\s.:]*", "", text) if len(text) <= _LONGEST else ""
    found = _CLOCK.match(bare)
    return found is not None and not re.search(r"[^\W\d_]{2}", bare[found.end() :])
