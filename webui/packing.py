"""Answers packed with gzip for those who take it.

The one decision: gzip by Python's own zlib, and no library. Every browser takes it; Brotli would make a page a tenth
smaller, for a compiled dependency and twice the time of a server that writes each page anew. Nothing that an answer
holds is secret, so nothing can be guessed from its length. What is sent piece by piece is packed piece by piece.
"""

import zlib
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from http import HTTPStatus

from flask import Response, request

LEVEL = 4
"""Of nine: beyond it a page gets a twentieth smaller at most, for up to three times the time."""
LONG, LEVEL_OF_LONG = 120_000, 6
"""Bytes from which on an answer is a long text, which gets smaller by more, and the level for it."""
LEAST = 600
"""Bytes; what is shorter fits into a packet as it is."""
PACKED = frozenset(
    {"image/svg+xml", "application/json", "application/javascript", "application/xml", "text/javascript"}
)
"""Types that are packed, beside all of text and all that are made of XML or JSON."""
GZIP = 16 + zlib.MAX_WBITS
STATIC_FILES = 64
"""So many static files are remembered packed: more than there are."""


class Packer:
    """Packs answers. Static files, which never change while the program runs, are packed once."""

    def __init__(self) -> None:
        self._files: OrderedDict[str, bytes] = OrderedDict()

    def pack(self, response: Response) -> Response:
        """`response`, packed where it is worth it and the reader takes it."""
        if not _is_text(response) or "Content-Encoding" in response.headers:
            return response
        response.vary.add("Accept-Encoding")
        if response.status_code != HTTPStatus.OK or request.accept_encodings.quality("gzip") <= 0:
            return response
        if response.is_streamed and not response.direct_passthrough:
            response.response = pack_stream(response.response)
            del response.headers["Content-Length"]
        elif not self._pack_whole(response):
            return response
        response.headers["Content-Encoding"] = "gzip"
        response.headers.pop("Accept-Ranges", None)
        tag, _ = response.get_etag()
        if tag:
            response.set_etag(tag, weak=True)  # the same text in other bytes
        return response

    def _pack_whole(self, response: Response) -> bool:
        tag, _ = response.get_etag()
        key = f"{request.path} {tag}" if response.direct_passthrough and tag else ""
        packed = self._files.get(key) if key else None
        if packed is None:
            response.direct_passthrough = False
            data = response.get_data()
            if len(data) < LEAST:
                return False
            packed = zlib.compress(data, LEVEL if len(data) < LONG else LEVEL_OF_LONG, GZIP)
            if key:
                self._files[key] = packed
                while len(self._files) > STATIC_FILES:
                    self._files.popitem(last=False)
        else:
            response.close()
            response.direct_passthrough = False
        response.set_data(packed)
        return True


def _is_text(response: Response) -> bool:
    mime = response.mimetype or ""
    return mime.startswith("text/") or mime in PACKED or mime.endswith(("+xml", "+json"))


def pack_stream(pieces: Iterable[bytes | str]) -> Iterator[bytes]:
    """The bytes of `pieces` packed, as they come; what comes out may lag behind by some kilobytes."""
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, GZIP)
    try:
        for piece in pieces:
            if packed := packer.compress(piece.encode() if isinstance(piece, str) else piece):
                yield packed
        yield packer.flush()
    finally:
        close = getattr(pieces, "close", None)
        if close:
            close()
