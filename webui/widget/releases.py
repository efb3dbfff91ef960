"""The released versions of the widget: their files, and the digests that partners' pages hold them to.

`released/digests.tsv` has a line for each: version, and the digest of its bytes as Subresource Integrity writes it.
"""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "released"
DIGESTS = "digests.tsv"


@dataclass(frozen=True, slots=True)
class Release:
    """A released version: its number, its digest, its bytes."""

    version: str
    digest: str
    data: bytes

    @property
    def path(self) -> str:
        """Where it is served for good."""
        return f"/widget-{self.version}.js"


def digest_of(data: bytes) -> str:
    """A digest as the attribute `integrity` has it (Subresource Integrity, W3C)."""
    return f"sha384-{base64.b64encode(hashlib.sha384(data).digest()).decode()}"


def read_digests(folder: Path = FOLDER) -> dict[str, str]:
    """Digest by version, oldest first."""
    file = folder / DIGESTS
    lines = file.read_text("utf-8").splitlines() if file.is_file() else []
    return dict(sorted((_pair(line) for line in lines), key=lambda pair: _place(pair[0])))


def write_digests(digests: Mapping[str, str], folder: Path = FOLDER) -> None:
    """Keep the digests."""
    rows = sorted(digests.items(), key=lambda pair: _place(pair[0]))
    (folder / DIGESTS).write_text("".join(f"{version}\t{digest}\n" for version, digest in rows), "utf-8")


@cache
def releases() -> Mapping[str, Release]:
    """Every released version, oldest first; read once."""
    return {
        version: Release(version, digest, (FOLDER / f"widget-{version}.js").read_bytes())
        for version, digest in read_digests().items()
    }


def newest() -> Release:
    """The version that `/widget.js` gives."""
    return list(releases().values())[-1]


def _pair(line: str) -> tuple[str, str]:
    version, digest = line.split("\t")
    return version, digest


def _place(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in version.split("."))
