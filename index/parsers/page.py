"""Saved HTML to a page: title, time line, and paragraphs as a browser would show them. The only user of selectolax.

Who speaks is none of this file's business. The one decision: the tree is walked once with a stack of our own, inline
tags joined without a space and blocks and line breaks split, so that a page gives the paragraphs of its plain text.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from index.parsers.profile import Profile

MAX_TITLE = 500
"""A longer heading is no title."""

MAX_TANGLE = 2_000_000
"""Bound on the depths of all tags, added up; a parser's work grows with it. Real pages stay under a tenth of it."""

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/<>]*)")
_MAX_ATTRIBUTES = 1_000
_LONG_TAG = re.compile(rf"<[a-zA-Z][^<>]{{{_MAX_ATTRIBUTES},}}")
_HARMLESS_LENGTH = 50_000
_UNNESTED = frozenset(
    "area base br col dd dt embed hr img input li link meta option p param source tbody td th thead tr wbr".split()
)
_BLOCKS = frozenset(
    "address article aside blockquote body br caption center dd div dl dt fieldset figcaption figure footer form h1 h2 "
    "h3 h4 h5 h6 header hr li main nav ol p pre section table tbody td tfoot th thead tr ul".split()
)
_UNSEEN = (
    "script, style, noscript, template, select, option, button, textarea, iframe, svg, object, title, head, "
    '[hidden], [style*="display:none" i], [style*="display: none" i]'
)
_PRINTED_BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
"""What says only where a line may break."""

_STAMP = re.compile(r"[A-Z]0(20\d\d)(\d\d)(\d\d)\d{6,18}\.\w{3,4}")


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says, before anybody asks who says it.

    Attributes:
        title: its title, "" where it has none.
        stamp: the line that states its date and time, "" where it has none.
        paragraphs: the body's paragraphs, white space collapsed; none is empty.
        images: (year, month, day) stamps in the names of the body's images.
        is_known: whether the body stood where its publisher's profile says.
        is_dated: whether `stamp` is the publisher's own word for the day, to be believed before the title.
        url: its address, where the page itself states it.
    """

    title: str
    stamp: str
    paragraphs: tuple[str, ...]
    images: tuple[tuple[int, int, int], ...] = ()
    is_known: bool = True
    is_dated: bool = False
    url: str | None = None


@dataclass(slots=True)
class _Paragraph:
    container: int
    pieces: list[str] = field(default_factory=list)


def collapse(text: str) -> str:
    """`text` with every run of white space made one space, none at its ends, and nothing that nobody sees."""
    return " ".join((text if text.isascii() else _INVISIBLE.sub("", text)).split())


def is_tangled(html: str) -> bool:
    """Whether tags are nested so deeply, or hold so many attributes, that reading the page would take far too long."""
    if html.count("<") ** 2 < 2 * MAX_TANGLE and len(html) < _HARMLESS_LENGTH:
        return False
    if any(len(match[0].split()) > _MAX_ATTRIBUTES for match in _LONG_TAG.finditer(html)):
        return True
    depth = total = 0
    for closing, name in _TAG.findall(html):
        if name.lower() not in _UNNESTED:
            depth = max(0, depth - 1) if closing else depth + 1
        total += depth
        if total > MAX_TANGLE:
            return True
    return False


def is_selector(selector: str) -> bool:
    """Whether elements can be selected with a CSS selector, an attribute behind "@" left aside."""
    try:
        LexborHTMLParser("").css(selector.partition("@")[0])
    except SelectolaxError:
        return False
    return True


class HtmlPage:
    """An HTML page, parsed once."""

    url: str | None = None
    """No page is believed to know its own address."""

    def __init__(self, html: str) -> None:
        self._tree = LexborHTMLParser(html)

    def headings(self) -> tuple[str, ...]:
        """The texts by which a publisher is recognised: its title and first headings."""
        nodes = self._tree.css("title, h1, h2, .title")[:12]
        return tuple(t for n in nodes if (t := collapse(n.text(deep=True))) and len(t) <= MAX_TITLE)

    def read(self, profile: Profile) -> Page:
        """The page as `profile` says to read it; from its largest block of text where its layout is not known."""
        unseen = {n.mem_id for n in self._tree.css(_UNSEEN)}
        unseen |= {n.mem_id for selector in profile.drop_selectors for n in self._tree.css(selector)}
        titles = [t for s in profile.title_selectors for t in self._titles(s) if t and len(t) <= MAX_TITLE]
        patterns = [re.compile(p) for p in profile.titles]
        title = next((t for t in titles if any(p.match(t) for p in patterns)), titles[0] if titles else "")
        stamp = next((t for s in profile.time_selectors for t in self._texts(s) if t), "")[:MAX_TITLE]
        for selector in profile.body_selectors:
            for body in self._tree.css(selector):
                if paragraphs := [text for text, _ in _iter_paragraphs(body, unseen)]:
                    return Page(title, stamp, tuple(paragraphs), _image_stamps(body))
        root = self._tree.body
        paragraphs = _largest_block(list(_iter_paragraphs(root, unseen))) if root else []
        return Page(title, stamp, tuple(paragraphs), _image_stamps(root) if root else (), is_known=False)

    def _titles(self, selector: str) -> Iterator[str]:
        # A page's own <title> goes on with the name of the site, behind a low line; a printed tag is a line break.
        texts = (collapse(_PRINTED_BREAK.sub(" ", text)) for text in self._texts(selector))
        return (t.partition("_")[0].strip() if selector == "title" else t for t in texts)

    def _texts(self, selector: str) -> Iterator[str]:
        css, _, attribute = selector.partition("@")
        for node in self._tree.css(css):
            yield collapse(node.attributes.get(attribute) or "" if attribute else node.text(deep=True))


def _iter_paragraphs(root: LexborNode, unseen: set[int]) -> Iterator[tuple[str, int]]:
    """Each paragraph under `root` that is not empty, with the identity of the element that its block stands in."""
    blocks = [root.mem_id, root.mem_id]
    paragraph = _Paragraph(root.mem_id)
    stack = [(root.iter(include_text=True), False)]
    while stack:
        children, is_block = stack[-1]
        for child in children:
            tag = child.tag
            if tag == "-text":
                paragraph.pieces.append(child.text_content or "")
            elif child.mem_id not in unseen:
                opens = tag in _BLOCKS
                if opens:
                    if text := collapse("".join(paragraph.pieces)):
                        yield text, paragraph.container
                    blocks.append(child.mem_id)
                    paragraph = _Paragraph(blocks[-2])
                stack.append((child.iter(include_text=True), opens))
                break
        else:
            stack.pop()
            if is_block:
                if text := collapse("".join(paragraph.pieces)):
                    yield text, paragraph.container
                blocks.pop()
                paragraph = _Paragraph(blocks[-2])
    if text := collapse("".join(paragraph.pieces)):
        yield text, paragraph.container


def _largest_block(paragraphs: Sequence[tuple[str, int]]) -> list[str]:
    """The paragraphs from the first to the last one of the element that holds the most text in its own paragraphs."""
    sizes: Counter[int] = Counter()
    for text, container in paragraphs:
        sizes[container] += len(text)
    if not sizes:
        return []
    largest = max(sizes, key=sizes.__getitem__)
    places = [i for i, (_, container) in enumerate(paragraphs) if container == largest]
    return [text for text, _ in paragraphs[places[0] : places[-1] + 1]]


def _image_stamps(body: LexborNode) -> tuple[tuple[int, int, int], ...]:
    names = (node.attributes.get("src") or "" for node in body.css("img"))
    found = (m for name in names if (m := _STAMP.search(name[-200:])))
    return tuple((int(m[1]), int(m[2]), int(m[3])) for m in found)
