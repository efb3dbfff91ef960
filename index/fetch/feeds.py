"""Sitemaps and feeds: the addresses that they list. The only user of defusedxml.

Here belongs XML that others write. The one decision: it is read as a stream, without document types, entities and
anything from elsewhere (so no XXE and no billion laughs), and elements are known by their own name, whatever namespace
they are said to be in.
"""

import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

MAX_LINKS = 50_000
"""Links of one list: what the protocol of sitemaps allows."""

_ROOTS = (b"<urlset", b"<sitemapindex", b"<rss", b"<feed", b"<rdf:rdf")
_HEAD = 4_096


class NotXml(ValueError):
    """What is no whole sitemap or feed; its text says why, in part of a line."""


@dataclass(frozen=True, slots=True)
class Link:
    """An address on a list, and when the list says that it changed, as it says it ("" where it does not)."""

    url: str
    changed: str = ""


@dataclass(frozen=True, slots=True)
class Links:
    """What a list leads to: transcripts, and other lists (a sitemap's parts or, of a web page, the next page of it)."""

    pages: tuple[Link, ...]
    lists: tuple[str, ...] = ()
    is_page: bool = False


def unpack_list(data: bytes, most: int) -> bytes:
    """A list that may be packed with gzip, as its file name says (`.xml.gz`), unpacked. Raises NotXml."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        packed = zlib.decompressobj(wbits=31)
        plain = packed.decompress(data, most + 1)
    except zlib.error as error:
        raise NotXml(f"damaged: {error}") from error
    if len(plain) > most:
        raise NotXml(f"more than {most / 1e6:.0f} MB come out of it")
    if not packed.eof:
        raise NotXml("it ends too early")
    return plain


def is_feed(data: bytes) -> bool:
    """Whether it begins as a sitemap or feed does, and not as a web page."""
    return any(root in data[:_HEAD].lower() for root in _ROOTS)


def read_feed(data: bytes) -> Links:
    """The addresses that a sitemap or a feed (RSS, Atom) lists, each once. Raises NotXml."""
    pages: dict[str, Link] = {}
    lists: dict[str, None] = {}
    try:
        for entry in _iter_entries(data):
            link = _link_of(entry)
            if link.url and _name(entry) == "sitemap":
                lists[link.url] = None
            elif link.url:
                pages.setdefault(link.url, link)
            if len(pages) + len(lists) > MAX_LINKS:
                raise NotXml(f"more than {MAX_LINKS:,} addresses are on it")
    except ParseError as error:
        raise NotXml(f"not well-formed, perhaps cut off: {error}") from error
    except DefusedXmlException as error:
        raise NotXml("it has a document type, which lists need not have, and attacks do") from error
    except (ValueError, LookupError) as error:
        raise NotXml(f"its encoding is not known: {error}") from error
    return Links(tuple(pages.values()), tuple(lists))


def _iter_entries(data: bytes) -> Iterator[Element]:
    """Each entry once it is whole; it is emptied when it has been looked at, so that memory does not grow."""
    for _, element in iterparse(io.BytesIO(data), events=("end",), forbid_dtd=True):
        if _name(element) in {"url", "sitemap", "item", "entry"}:
            yield element
            element.clear()


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _link_of(entry: Element) -> Link:
    found = {"loc": "", "link": "", "changed": ""}
    for child in entry:
        name, text = _name(child), " ".join((child.text or "").split())
        if name == "loc":
            found["loc"] = text
        elif name == "link" and child.get("rel", "alternate") == "alternate":
            found["link"] = found["link"] or child.get("href") or text
        elif name in {"lastmod", "updated", "pubdate", "date"}:
            found["changed"] = text[:40]
    return Link((found["loc"] or found["link"]).strip(), found["changed"])
