"""Bytes to characters.

The one decision: no byte is replaced or dropped. A text that is not in the encoding that it declares, or in UTF-8 where
it declares none, is refused with the place of the first byte at fault.
"""

import codecs
import re

from search.model import Problem

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_-]{2,20})""", re.IGNORECASE)
_HEAD = 4_096
_ENCODINGS = dict.fromkeys(("gb2312", "gbk", "gb18030", "x-gbk"), "gb18030") | {
    "big5": "big5",
    "iso-8859-1": "cp1252",
    "windows-1252": "cp1252",
}
"""Declared encodings that are honoured; any other page is read as UTF-8. Web pages that declare Latin-1 mean cp1252."""


def decode(data: bytes, file: str) -> str | Problem:
    """The text of `data`, or a problem `not-utf8`."""
    encoding = next((name for bom, name in _BOMS if data.startswith(bom)), None)
    if encoding is None:
        declared = _CHARSET.search(data[:_HEAD])
        encoding = _ENCODINGS.get(declared[1].decode("ascii").lower(), "utf-8") if declared else "utf-8"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        # A page may be UTF-8 in truth while its head, copied from elsewhere, declares something else.
        if encoding != "utf-8" and (text := _as_utf8(data)) is not None:
            return text
        name = "UTF-8" if encoding.startswith("utf-8") else encoding
        text = f"{file}: not valid {name} at byte {error.start}; save the page again as UTF-8"
        return Problem("not-utf8", "refused", text)


def _as_utf8(data: bytes) -> str | None:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None
