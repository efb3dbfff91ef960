"""Pages that are added one after another."""

from pathlib import Path
from random import Random

from benchmarks.adding import ANSWERS, Additions, marker_of, write_page
from benchmarks.invented import Speech
from index.authority.tables import load_authority
from index.parsers import parse_source, read_profiles
from index.sources import Source, iter_sources


def test_page_is_read_whole(tmp_path: Path) -> None:
    """The parser reads an invented page as a briefing of its day, with every answer and the word that marks it."""
    pages = []
    for number in (0, 31, 199):
        file = tmp_path / f"{number}.txt"
        file.write_text(write_page(number, Speech("en", Random(number), distinct=500)), "utf-8")
        (source,) = iter_sources([file])
        assert isinstance(source, Source)
        parsed = parse_source(source, load_authority(), None, read_profiles(tmp_path / "none"))
        assert parsed.briefing is not None
        assert all(problem.severity == "note" for problem in parsed.problems)
        assert [item.kind for item in parsed.briefing.items] == ["answer"] * ANSWERS
        assert marker_of(number) in parsed.briefing.items[0].answer
        pages.append(parsed.briefing.id)
    assert len(set(pages)) == 3


def test_markers_differ() -> None:
    """Each page's mark is another word."""
    assert len({marker_of(number) for number in range(1_000)}) == 1_000


def test_percentiles_of_additions() -> None:
    """Of a hundred times, half are up to the median, and five are beyond the 95th percentile."""
    additions = Additions(tuple(float(n) for n in range(1, 101)), segments=3)
    assert (additions.median, additions.p95) == (50.0, 95.0)
