"""Merging: what comes out is, array by array, what would have been built of the records that are left."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.crew import Crew
from search.embedded.arrays import Arrays
from search.embedded.builder import SegmentBuilder
from search.embedded.merge import merge_segments
from search.embedded.schema import SEARCHED, Record
from search.embedded.segment import Segment
from search.embedded.stored import Packing, to_json, train
from tests.engines.records import records

PACKED = {"dictionary", "records", "record_bounds"}
"""What is stored may be packed otherwise; what it says is compared."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for segments."""
    return tmp_path_factory.mktemp("segments")


def write(file: Path, given: list[Record], packing: Packing | None = None) -> Segment:
    """A segment of these records."""
    builder = SegmentBuilder(packing)
    for record in given:
        builder.add(record)
    file.unlink(missing_ok=True)
    builder.write(file)
    return Segment(file)


def in_order(given: list[Record]) -> list[Record]:
    """Records as they stand in a segment."""
    return sorted(given, key=lambda record: record.language)


@given(
    parts=st.lists(st.lists(records(), max_size=5), min_size=1, max_size=4),
    gone=st.lists(st.frozensets(st.integers(0, 4)), min_size=4, max_size=4),
    chunk=st.sampled_from((1, 3, 2_000_000)),
)
def test_a_merge_is_what_would_have_been_built(
    folder: Path, parts: list[list[Record]], gone: list[frozenset[int]], chunk: int
) -> None:
    """Without the deleted documents, whatever their number, and without words and values that only these had."""
    deleted = [{n for n in some if n < len(part)} for part, some in zip(parts, gone, strict=False)]
    left = [r for part, some in zip(parts, deleted, strict=True) for n, r in enumerate(in_order(part)) if n not in some]
    opened = [write(folder / f"part{n}.arrays", part) for n, part in enumerate(parts)]
    merged, built = folder / "merged.arrays", folder / "built.arrays"
    merged.unlink(missing_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("search.embedded.merge.CHUNK", chunk)
        assert merge_segments(opened, deleted, merged) == len(left)
    expected = write(built, left)
    found = Arrays(merged)
    assert found.notes == Arrays(built).notes
    for name, array in Arrays(built).items():
        if name not in PACKED:
            assert (name, found[name].dtype, found[name].tolist()) == (name, array.dtype, array.tolist())
    assert set(found) == set(Arrays(built))
    assert [Segment(merged).data(n) for n in range(len(left))] == [expected.data(n) for n in range(len(left))]


def nothing() -> None:
    """What a process of a crew has to know."""


def test_a_merge_that_others_take_a_share_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Comes to the same arrays, and leaves no file but its own."""
    searched = [
        Record(to_json({}), {"id": (f"x#{n}",)}, SEARCHED, "en", 1, (("kelp?",), (f"kelp {n} cable",), ()))
        for n in range(9)
    ]
    parts = [write(folder / f"share{n}.arrays", searched[3 * n : 3 * n + 3]) for n in range(3)]
    merge_segments(parts, [{1}, set(), {0, 2}], folder / "alone.arrays")
    before = set(folder.iterdir())
    monkeypatch.setattr("search.embedded.merge.SHARED", 5)
    shared_out: list[object] = []
    with Crew(1, nothing) as crew:
        submit = crew.submit
        monkeypatch.setattr(
            crew, "submit", lambda work, *things: (shared_out.append(things[2]), submit(work, *things))[1]
        )
        merge_segments(parts, [{1}, set(), {0, 2}], folder / "shared.arrays", crew)
        assert shared_out == ["question", "answer"]
        (folder / "again.answer.arrays").touch()  # what a process cannot write is told as it is
        with pytest.raises(FileExistsError, match=r"again\.answer"):
            merge_segments(parts, [set()] * 3, folder / "again.arrays", crew)
    assert set(folder.iterdir()) - before >= {folder / "shared.arrays"}
    assert not (folder / "again.arrays").exists()
    assert not list(folder.glob("shared.*.arrays"))
    alone, shared = Arrays(folder / "alone.arrays"), Arrays(folder / "shared.arrays")
    assert {name: array.tolist() for name, array in alone.items()} == {n: a.tolist() for n, a in shared.items()}


def numbered(first: int, count: int, word: str) -> list[Record]:
    """Records that are much alike."""
    said = (f"The {word} of the {n}th day is sold by the harbour of Saint Orla." for n in range(first, first + count))
    return [Record(to_json({"said": text}), {}) for text in said]


@pytest.mark.parametrize(("large", "small"), [(400, 20), (400, 390), (20, 15), (0, 5), (1, 0)])
@pytest.mark.parametrize("shared", [True, False])
def test_what_is_stored_is_the_same_however_it_was_packed(
    folder: Path, large: int, small: int, *, shared: bool
) -> None:
    """Packed as in the largest segment, or anew for all, or by no dictionary: each record says what it said."""
    first = write(folder / "large.arrays", numbered(0, large, "kelp"))
    other = first.packing if shared else Packing(train([r.data for r in numbered(0, 300, "salt")]))
    second = write(folder / "small.arrays", numbered(large, small, "salt"), other)
    file = folder / "merged.arrays"
    file.unlink(missing_ok=True)
    merge_segments([second, first], [set(), {0} if large > 1 else set()], file)
    merged = Segment(file)
    expected = [r.data for r in [*numbered(large, small, "salt"), *numbered(0, large, "kelp")[1 if large > 1 else 0 :]]]
    assert [merged.data(n) for n in range(merged.size)] == expected


def test_few_records_are_unpacked_to_choose_a_dictionary(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many gaps deletions have left: a merge of a large collection must not hold all that is stored."""
    parts = [write(folder / f"gaps{n}.arrays", numbered(n, 300, "kelp")) for n in (0, 300, 600, 900)]
    unpacked: list[bytes] = []
    unpack = Packing.unpack
    monkeypatch.setattr(Packing, "unpack", lambda *given: unpacked.append(unpack(*given)) or unpacked[-1])
    monkeypatch.setattr("search.embedded.merge.MAX_SAMPLES", 10)
    file = folder / "gaps.arrays"
    file.unlink(missing_ok=True)
    left = merge_segments(parts, [set(range(0, 300, 2))] * 4, file)
    assert len(unpacked) <= left + 2 * 10  # each record once, to be packed anew, and the samples


def test_merging_again_and_again_changes_nothing(folder: Path) -> None:
    """A merge of a merge is the merge of all."""
    some = numbered(0, 9, "kelp")
    a, b, c = (write(folder / f"{n}.arrays", some[n : n + 3]) for n in (0, 3, 6))
    for name in ("ab", "abc", "once"):
        (folder / name).unlink(missing_ok=True)
    merge_segments([a, b], [set(), set()], folder / "ab")
    merge_segments([Segment(folder / "ab"), c], [set(), set()], folder / "abc")
    merge_segments([a, b, c], [set(), set(), set()], folder / "once")
    assert (folder / "abc").read_bytes() == (folder / "once").read_bytes()
