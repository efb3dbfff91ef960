"""The form of an invented transcript in this folder: why it is there, whose it is, its text, and what must come out.

A `.case` has three parts between lines of equals signs: `why:` and `publisher:`, the transcript, and the expected
outline, an item a line with its turns below it. The one decision: a case is one trap, small enough to be read whole.
"""

from dataclasses import dataclass
from pathlib import Path

from search.model import Briefing

CORPUS = Path(__file__).parent
_RULE = "\n=====\n"


@dataclass(frozen=True, slots=True)
class Case:
    """An invented transcript with the outline that it must give."""

    name: str
    why: str
    publisher: str
    text: str
    outline: str


def read_cases() -> list[Case]:
    """Every case of the folder, by name."""
    return [_read(path) for path in sorted(CORPUS.glob("*.case"))]


def _read(path: Path) -> Case:
    head, text, outline = path.read_text("utf-8").split(_RULE)
    keys = dict(line.split(": ", 1) for line in head.strip().splitlines())
    return Case(path.stem, keys["why"], keys["publisher"], text.strip() + "\n", outline.strip())


def outline(briefing: Briefing) -> str:
    """Kind, flags and adjournment of each item; role, label, name and first words of each of its turns."""
    lines = [f"day {briefing.date}{f' {briefing.time}' if briefing.time else ''}"]
    lines += [f"adjourned {days.since} to {days.until}" for days in briefing.adjournments]
    for item in briefing.items:
        marks = " after the briefing" if item.after_briefing else ""
        marks += f" follows {item.follow_up_to}" if item.follow_up_to else ""
        lines.append(f"{item.n} {item.kind}{marks}")
        for turn in item.turns:
            said = turn.text.replace("\n\n", " / ")
            shown = said if len(said) <= 60 else f"{said[:24]} … {said[-24:]}"
            lines.append(f"  {turn.role} | {turn.label or '-'} | {turn.speaker or turn.outlet or '-'} | {shown}")
    return "\n".join(lines)
