"""What a golden record says of a parsed transcript: who speaks in which order, and where each turn begins and ends.

The texts are third parties' and never stand here: two words of either end show whether a turn was cut in the right
place. The one decision: a record is drawn by the hash of its file's name, so that nobody chose it.
"""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from index.authority.tables import Authority
from index.parsers import parse_source
from index.sources import Source
from search.model import Briefing, Item, Turn

GOLDEN = Path(__file__).parent
FOLDERS = {
    "cn-mfa-en": "cn-mfa/en",
    "cn-mfa-zh": "cn-mfa/zh",
    "us-white-house-en": "us-white-house",
    "mx-presidencia-es": "mx-presidencia",
}
"""The golden files, without `.tsv`, and the folders of the real material that their records are drawn from."""

DRAWN = 10
_HAN_ENDS = 4


def transcripts(corpus: Path, name: str) -> dict[str, Path]:
    """The transcripts in a golden file's folder, by file name, in the order in which they are drawn."""
    files = [p for p in (corpus / "data" / FOLDERS[name]).rglob("*") if p.suffix in (".html", ".md", ".txt")]
    files = [p for p in files if p.name != "README.md"]
    return {p.name: p for p in sorted(files, key=lambda p: sha256(p.name.encode()).hexdigest())}


def split_records(text: str) -> dict[str, str]:
    """The records of a golden file by the names of the transcripts' files."""
    records = ["record\t" + record for record in text.split("record\t")[1:]]
    return {record.split("\t", 2)[1]: record for record in records}


def write_record(path: Path, authority: Authority) -> str:
    """The record of one transcript, a line for the whole, for each item and for each turn."""
    data = path.read_bytes()
    briefing = parse_source(Source(path.name, data, sha256(data).hexdigest()), authority).briefing
    return "".join(f"{line}\n" for line in _iter_lines(path.name, briefing))


def _iter_lines(name: str, briefing: Briefing | None) -> Iterator[str]:
    if briefing is None:
        yield f"record\t{name}\trefused"
        return
    title = sha256(briefing.title.encode()).hexdigest()[:12]
    yield f"record\t{name}\t{briefing.id}\t{briefing.time or '-'}\ttitle {title}"
    for item in briefing.items:
        yield f"item\t{item.n}\t{item.kind}\t{_marks(item)}"
        for turn in item.turns:
            yield f"turn\t{turn.role}\t{turn.label or '-'}\t{turn.speaker or turn.outlet or '-'}\t{_ends(turn)}"


def _marks(item: Item) -> str:
    marks = ["after the briefing"] if item.after_briefing else []
    if item.follow_up_to:
        marks.append(f"follows {item.follow_up_to}")
    return ", ".join(marks) or "-"


def _ends(turn: Turn) -> str:
    words = turn.text.split()
    first, last = " ".join(words[:2]), " ".join(words[-2:])
    if any("\u3400" <= c <= "\u9fff" for c in turn.text):  # no spaces tell its words
        first, last = first[:_HAN_ENDS], last[-_HAN_ENDS:]
    return f"{first}\t{last}"
