"""Files of arrays: what is written is read back, and what is damaged is said so, never taken for something else."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.embedded.arrays import ALIGNMENT, Arrays, ArrayWriter
from search.embedded.storage import generation_folder
from search.engine import Request
from search.engines import open_engine
from search.errors import IndexIncompatible
from tests.invented import answer, briefing, publish

DTYPES = (np.uint8, np.uint16, np.uint32, np.uint64, np.int64, np.float64)

arrays = st.dictionaries(
    st.text(max_size=8),
    st.tuples(st.sampled_from(DTYPES), st.lists(st.lists(st.integers(0, 255), max_size=9), max_size=3)),
    max_size=5,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for files of arrays."""
    return tmp_path_factory.mktemp("arrays")


@given(wanted=arrays, notes=st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=5), max_size=3))
def test_arrays_are_read_as_they_were_written(folder: Path, wanted: dict, notes: dict) -> None:
    """Whole or in parts, empty or not, of every type; aligned, and not to be written to."""
    file = folder / "some"
    with ArrayWriter(file, notes) as out:
        for name, (dtype, parts) in wanted.items():
            out.stream(name, np.dtype(dtype), (np.array(part, dtype=np.int64) for part in parts))
    read = Arrays(file)
    file.unlink()  # what is mapped stays
    assert (set(read), len(read), read.notes) == (set(wanted), len(wanted), notes)
    for name, (dtype, parts) in wanted.items():
        assert read[name].dtype == dtype
        assert read[name].tolist() == [number for part in parts for number in part]
        assert read[name].ctypes.data % ALIGNMENT == 0 or not len(read[name])
        if len(read[name]):
            with pytest.raises(ValueError, match="read-only"):
                read[name][0] = 1


def test_what_is_cut_off_is_refused(folder: Path) -> None:
    """At every length that a file may be cut off at, and with anything after its end."""
    file = folder / "cut"
    with ArrayWriter(file, {"size": 3}) as out:
        out.put("numbers", np.arange(20, dtype=np.uint32))
    whole = file.read_bytes()
    for length in range(len(whole)):
        file.write_bytes(whole[:length])
        with pytest.raises(ValueError, match="cut is cut off"):
            Arrays(file)
    file.write_bytes(whole + b"\0")
    with pytest.raises(ValueError, match="cut is cut off"):
        Arrays(file)


def test_an_interrupted_writer_leaves_no_file(folder: Path) -> None:
    """An error while arrays are written takes the unfinished file away, and goes on."""
    file = folder / "half"
    parts = iter([np.arange(20), "no array"])
    with pytest.raises(ValueError, match="invalid literal"), ArrayWriter(file, {}) as out:
        out.stream("numbers", np.dtype(np.int64), parts)
    assert not file.exists()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The folder of an index's live generation."""
    engine = open_engine(tmp_path / "index")
    engine.add([publish(briefing("2024-01-01", answer(1, "Any kelp?", "Kelp, in May.")))], sequence=1)
    engine.close()
    return generation_folder(tmp_path / "index", 1)


def assert_refused(home: Path) -> None:
    """Reading and writing say what is wrong, where, and what to do."""
    engine = open_engine(home.parent)
    for ask in (lambda: engine.find(Request()), engine.status, lambda: engine.add([], sequence=2)):
        with pytest.raises(IndexIncompatible) as caught:
            ask()
        assert (caught.value.hint, caught.value.where) == ("run lectern rebuild", str(home))
    engine.close()


def changes(data: bytes, first: int) -> list[bytes]:
    """`data` with each byte from `first` on overwritten, in two ways."""
    return [
        data[:at] + bytes([data[at] ^ how]) + data[at + 1 :] for at in range(first, len(data)) for how in (0x01, 0xFF)
    ]


def test_a_segment_that_is_damaged_is_an_error_with_a_hint(home: Path) -> None:
    """Cut off anywhere, or overwritten in its directory or footer: never a crash, never another answer."""
    (file,) = home.glob("*.arrays")
    whole = file.read_bytes()
    directory = whole.index(b'{"arrays"')
    for damaged in [*(whole[:n] for n in range(0, len(whole), 97)), *changes(whole, directory)[::41], b"\0" * 99]:
        file.write_bytes(damaged)
        assert_refused(home)
    file.unlink()
    assert_refused(home)
    file.write_bytes(whole)
    assert open_engine(home.parent).find(Request()).total == 1


def test_a_damaged_record_is_an_error_with_a_hint(home: Path) -> None:
    """What is stored has no checksum; where it cannot be unpacked any more, that is said."""
    (file,) = home.glob("*.arrays")
    packed = bytes(Arrays(file)["records"].data)
    file.write_bytes(file.read_bytes().replace(packed, b"\xff" * len(packed)))
    with pytest.raises(IndexIncompatible, match="lectern rebuild"):
        open_engine(home.parent).find(Request())


@pytest.mark.parametrize("unpacked", [b"", b"[1,", b"[\xff]"])
def test_a_record_that_unpacks_to_something_else(home: Path, monkeypatch: pytest.MonkeyPatch, unpacked: bytes) -> None:
    """One wrong byte in what is packed may come to any other bytes: no JSON is an error with a hint too."""
    monkeypatch.setattr("search.embedded.segment.Segment.data", lambda *_: unpacked)
    with pytest.raises(IndexIncompatible, match="lectern rebuild"):
        open_engine(home.parent).find(Request())


def test_a_directory_with_a_single_byte_changed_is_refused(home: Path) -> None:
    """Wherever in directory and footer it is: all of both is under the checksum, or is looked at."""
    (file,) = home.glob("*.arrays")
    whole = file.read_bytes()
    for damaged in changes(whole, whole.index(b'{"arrays"'))[::5]:
        file.write_bytes(damaged)
        with pytest.raises(ValueError, match="cut off"):
            Arrays(file)


def test_a_damaged_table_of_contents_is_an_error_with_a_hint(home: Path) -> None:
    """Cut off at any length, or any byte overwritten: what is pickled in it is not read then."""
    (file,) = home.glob("*.toc")
    whole = file.read_bytes()
    for damaged in [*(whole[:n] for n in range(0, len(whole), 7)), *changes(whole, 0)[::13]]:
        file.write_bytes(damaged)
        assert_refused(home)
    file.write_bytes(whole)
    assert open_engine(home.parent).find(Request()).total == 1
