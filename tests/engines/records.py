"""Records made up for segments: any text, any values, in the order in which they come."""

from pathlib import Path

from hypothesis import strategies as st

from search.embedded.builder import SegmentBuilder
from search.embedded.schema import COUNTED, HEAD, OTHER, SEARCHED, Record
from search.embedded.segment import Segment
from search.embedded.stored import to_json
from search.schema import TEXTS

_words = st.sampled_from(
    (
        "trade",
        "Trades",
        "China's",
        "US",
        "us",
        "U.S.",
        "NGOs",
        "5,000",
        "5G",
        "中国",
        "naciones",
        "nación",
        "don\u2019t",
    )
)
_gaps = st.sampled_from((" ", " ", ", ", " " * 300, "-", "\u2014", "\U0001f600", ""))
_made = st.lists(st.tuples(_words, _gaps), max_size=8).map(lambda pairs: "".join(word + gap for word, gap in pairs))
_any = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)

passages = st.lists(st.one_of(_made, _made, _any), max_size=3).map(tuple)


@st.composite
def records(draw: st.DrawFn) -> Record:
    """A searched document, a head, or something else; its key is not unique."""
    key = draw(st.integers(0, 9))
    data = to_json({"key": key, "filler": draw(_any)})
    if not draw(st.integers(0, 4)):
        return Record(
            data, {"key": (f"k {key}",), "briefing": (f"b{key % 3}",)}, kind=draw(st.sampled_from((HEAD, OTHER)))
        )
    held = {name: draw(st.lists(st.sampled_from("abc"), max_size=2)) for name in (*COUNTED, "key", "briefing")}
    texts = tuple(draw(passages) for _ in TEXTS)
    return Record(data, held, SEARCHED, draw(st.sampled_from(("en", "es", "zh"))), draw(st.integers(1, 9)), texts)


def build(folder: Path, given: list[Record]) -> Segment:
    """A segment of these records; its file is gone, what is mapped stays."""
    builder = SegmentBuilder()
    for record in given:
        builder.add(record)
    file = folder / "built.arrays"
    builder.write(file)
    segment = Segment(file)
    file.unlink()
    return segment
