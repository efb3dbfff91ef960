"""What grows, by how much."""

from benchmarks.collection import invent
from benchmarks.resampled import Resampled
from benchmarks.scale import Size, Stream, group_seconds, show_growth, show_sizes

SMALL = Size(1_000, 2.0, 500, 800.0, 3.0, 90.0, {"p": 0.001, "q": 0.004}, {"p": 3, "q": 900})
LARGE = Size(4_000, 8.0, 1_000, 400.0, 12.0, 99.0, {"p": 0.002, "q": 0.016}, {"p": 600, "q": 3_600})


def cells(table: str) -> list[list[str]]:
    """The cells of a table's rows, without its head."""
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines() if line[2].isdigit()]


def test_growth_is_told_by_that_of_the_answers() -> None:
    """Of four times the answers, twice the words is half, half the rate twice the time, four times the index 1."""
    ((_, answers, words, rebuild, index, *pages),) = cells(show_growth([SMALL, LARGE]))
    assert (answers, words, rebuild, index) == ("4.00", "0.500", "2.00", "1.00")
    assert pages == ["0.900", "0.500", "1.00", "-"]


def test_query_keeps_its_class() -> None:
    """A query that is rare in the small collection is compared as a rare one in the large."""
    assert group_seconds(LARGE, SMALL) == [[0.002, 0.016], [0.002], [0.016], []]


def test_every_size_is_shown() -> None:
    """Both tables have a row for each size."""
    assert len([line for line in show_sizes([SMALL, LARGE]).splitlines() if line.startswith("| 1,000 ")]) == 2


def test_stream_looks_and_keeps_nothing() -> None:
    """What passes is counted; the publications themselves go through untouched."""
    dealt = Resampled(invent(40).publications, 60)
    stream = Stream(dealt)
    assert list(stream) == list(dealt)
    assert stream.survey.answers >= 60
    assert stream.text_bytes > 10_000
    assert stream.words
