"""Which briefing a file is, on the real material."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from index.archive import Archive
from index.authority.tables import load_authority
from index.parsers import SHIPPED, Parsed
from index.parsing import parse_files
from index.sources import Unreadable, iter_sources

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
Inputs = list[Parsed | Unreadable]


def parse(corpus: Path, *paths: Path) -> list[Parsed]:
    """The transcripts at `paths`, with their addresses."""
    sources = iter_sources(paths, manifest=corpus / "data" / "index.tsv")
    found = parse_files(sources, load_authority(), None, SHIPPED)
    return [parsed for parsed in found if isinstance(parsed, Parsed) and parsed.briefing]


def archive_all(inputs: list[Parsed], seed: int) -> tuple[Counter[str], dict[str, str], dict[str, str]]:
    """What becomes of inputs that arrive in some order: outcomes, ids by file, and the file shown under each id."""
    order = Random(seed).sample(inputs, len(inputs))
    with Archive.rehearse(Path("nowhere")) as archive, archive.write():
        outcomes = {parsed.source.file: archive.receive(parsed, NOW) for parsed in order}
        ids = {file: archive.id_of(o.revision) for file, o in outcomes.items() if o.revision}
        shown = {id: archive.readings(id)[-1].briefing.file for id in archive.ids()}
        return Counter(o.what for o in outcomes.values()), ids, shown


def test_a_ministrys_pages_in_any_order(corpus: Path) -> None:
    """All English pages: the same ids in two orders, one briefing at two addresses, no second one, none held."""
    inputs = parse(corpus, corpus / "data" / "cn-mfa" / "en")
    counts, ids, shown = archive_all(inputs, 1)
    assert archive_all(inputs, 2) == (counts, ids, shown)
    assert counts == {"added": len(inputs) - 1, "duplicate": 1}
    twins = {Path(file).name: id for file, id in ids.items() if "t1659619" in file or "t1660057" in file}
    assert twins == dict.fromkeys(("t1659619.html", "t1660057.html"), "cn-mfa/en/2019-04-29")
    assert Path(shown["cn-mfa/en/2019-04-29"]).name == "t1660057.html", "the later address"


@pytest.mark.soak
def test_days_with_several_briefings_in_any_order(corpus: Path) -> None:
    """The days of which there are several files: the same ids in two orders, few duplicates, nearly none held."""
    files = sorted((corpus / "data" / "us-white-house").glob("*.md"))
    days = Counter(file.name[:10] for file in files)
    inputs = parse(corpus, *(file for file in files if days[file.name[:10]] > 1))
    counts, ids, shown = archive_all(inputs, 1)
    assert archive_all(inputs, 2) == (counts, ids, shown)
    assert counts["held"] <= len(inputs) // 200
    assert counts["duplicate"] <= len(inputs) // 40
    assert counts["added"] > len(days) / 2
