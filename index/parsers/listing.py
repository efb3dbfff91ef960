"""Saved lists of transcripts: the addresses that a page links to, where its publisher's profile says.

Here belongs no network. The one decision: links are read as a browser reads them (`<base>` counts, fragments do not),
and whether one leads to a transcript is decided by who asks, from its address alone.
"""

from collections.abc import Iterator, Sequence
from urllib.parse import urldefrag, urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from index.parsers.decoding import decode
from index.parsers.page import is_tangled
from search.model import Problem

MAX_LINKS = 50_000


def find_links(data: bytes, address: str, selectors: Sequence[str]) -> tuple[str, ...]:
    """The addresses of the links that the selectors pick (`selector@attribute` for another than `href`), each once.

    Args:
        data: the page.
        address: where it was found, to which its links are relative.
        selectors: CSS selectors; one that picks no link picks those inside.

    Raises:
        ValueError: it cannot be read as a page; why, in part of a line.
    """
    text = decode(data, address)
    if isinstance(text, Problem):
        raise ValueError(text.message.removeprefix(f"{address}: "))
    if is_tangled(text):
        raise ValueError("its tags are nested too deeply to be read")
    tree = LexborHTMLParser(text)
    base = tree.css_first("base[href]")
    if base is not None:
        address = _join(address, base.attributes.get("href") or "") or address
    found: dict[str, None] = {}
    for selector in selectors:
        css, _, attribute = selector.partition("@")
        for node in tree.css(css):
            for link in _iter_values(node, attribute):
                if url := _join(address, link):
                    found[url] = None
    return tuple(found)[:MAX_LINKS]


def _iter_values(node: LexborNode, attribute: str) -> Iterator[str]:
    if attribute:
        yield node.attributes.get(attribute) or ""
    elif node.attributes.get("href"):
        yield node.attributes["href"] or ""
    else:
        yield from (link.attributes.get("href") or "" for link in node.css("a[href]"))


def _join(base: str, link: str) -> str:
    """The address that a link leads to, "" if it is none."""
    if not link.strip():
        return ""
    try:
        url = urldefrag(urljoin(base, link.strip())).url
    except ValueError:
        return ""
    return url if url.startswith(("http://", "https://")) else ""
