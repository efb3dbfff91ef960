"""Named arrays in one file, written once and then mapped: nothing is copied, and all processes share the pages.

Layout: the arrays, each from a multiple of 64 bytes on; the directory (JSON: for each array its type, length and
offset, and `notes`, what the writer says of the file); the footer (offset, length and CRC-32 of the directory, magic
word). The one decision: the directory stands at the end, so that arrays may be written as they come.
"""

import json
import mmap
import os
import struct
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

ALIGNMENT = 64
_FOOTER = struct.Struct("<QQL8s")
_MAGIC = b"lectern\n"

Array = NDArray[Any]


class ArrayWriter:
    """Writes a file of arrays; used as a context. Without an error inside, the file is whole and on the disk after it.

    Args:
        file: where; it must not be there yet.
        notes: what to say of the file, JSON; may be added to until the end.
    """

    def __init__(self, file: Path, notes: dict[str, Any]) -> None:
        self.notes = notes
        self._file = file
        self._out = file.open("xb")
        self._directory: dict[str, tuple[str, int, int]] = {}

    def put(self, name: str, array: Array) -> None:
        """Write an array of one dimension."""
        self.stream(name, array.dtype, (array,))

    def put_all(self, arrays: Mapping[str, Array]) -> None:
        """Write arrays by their names, in their order."""
        for name, array in arrays.items():
            self.put(name, array)

    def stream(self, name: str, dtype: np.dtype[Any], parts: Iterable[Array]) -> None:
        """Write an array that comes in parts; each is of the type `dtype`, or becomes it."""
        self._out.write(b"\0" * (-self._out.tell() % ALIGNMENT))
        offset = self._out.tell()
        for part in parts:
            self._out.write(np.ascontiguousarray(part, dtype=dtype).data)
        length = (self._out.tell() - offset) // dtype.itemsize
        self._directory[name] = (dtype.str, length, offset)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._out as out:
            if kind is None:
                directory = json.dumps({"arrays": self._directory, "notes": self.notes}).encode()
                offset = out.tell()
                out.write(directory)
                out.write(_FOOTER.pack(offset, len(directory), zlib.crc32(directory), _MAGIC))
                out.flush()
                os.fsync(out.fileno())
        if kind is not None:
            self._file.unlink()


class Arrays(Mapping[str, Array]):
    """The arrays of a file, read-only, mapped as long as one of them is in use; the file may be removed meanwhile.

    Attributes:
        notes: what its writer said of the file.

    Raises:
        FileNotFoundError: it is not there.
        ValueError: it is no such file, or cut off.
    """

    def __init__(self, file: Path) -> None:
        with file.open("rb") as opened:
            size = os.fstat(opened.fileno()).st_size
            if size < _FOOTER.size:
                raise ValueError(f"{file.name} is cut off")
            mapped = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
        offset, length, checksum, magic = _FOOTER.unpack_from(mapped, size - _FOOTER.size)
        directory = mapped[offset : offset + length]
        if magic != _MAGIC or zlib.crc32(directory) != checksum:
            raise ValueError(f"{file.name} is cut off or overwritten")
        said = json.loads(directory)
        self.notes: dict[str, Any] = said["notes"]
        self._arrays: dict[str, Array] = {
            name: np.frombuffer(mapped, np.dtype(dtype), count, start) if count else np.zeros(0, np.dtype(dtype))
            for name, (dtype, count, start) in said["arrays"].items()
        }

    def __getitem__(self, name: str) -> Array:
        return self._arrays[name]

    def __iter__(self) -> Any:  # noqa: ANN401 (an iterator over names)
        return iter(self._arrays)

    def __len__(self) -> int:
        return len(self._arrays)
