"""Markdown with a YAML head to a page: title, address and day from the head, paragraphs as a reader would see them.

Who speaks is none of this file's business. The one decision: of YAML only what a flat head needs is read (plain and
quoted texts, folded lines), and of Markdown only what shows: escapes and emphasis are resolved, lists and hard wraps
become paragraphs, and words that are struck out stay, between `~~` and `~~`, for so the page shows them.
"""

import html
import re
from collections.abc import Iterator, Mapping

from index.parsers.page import MAX_TITLE, Page, collapse
from index.parsers.profile import Profile

_MAX_HEAD = 20_000
_HEAD = re.compile(r"\ufeff?---[ \t]*\r?\n(.*?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_KEY = re.compile(r"([A-Za-z_][\w-]{0,60}):(?:[ \t]+(.*)|[ \t]*)\Z")
_BLOCK_SCALARS = frozenset((">", ">-", ">+", "|", "|-", "|+"))
_DAY = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")

_ESCAPE = re.compile(
    r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|\r?\n[ \t]*|(.))"
    r"|[ \t]*(?P<blank>\r?\n[ \t]*)(?P<lines>(?:\r?\n[ \t]*)*)",
    re.DOTALL,
)
_NAMED = {"n": "\n", "t": "\t", "r": "\r", "_": "\u00a0", "N": "\u0085", "L": "\u2028", "P": "\u2029", "0": "", "e": ""}
_RULE = re.compile(r" {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*\Z")
_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(.*?)[ \t]*#*\Z")
_BULLET = re.compile(r" {0,3}[-+*][ \t]+(?=\S)")
_MARKERS = ("#", "-", "*", "_", "+")
_QUOTE = re.compile(r" {0,3}>[ \t]?")
_CAPITALS = r"[A-Z\u00c0-\u00de][A-Z\u00c0-\u00de.\u2019'-]+"
_BEGINS_TURN = re.compile(
    rf"[\s*_]*(?:Q(?:\s{{2,}}|\u00a0|\s?:)|(?:Mr\.?|Ms\.?|Dr\.?|{_CAPITALS})(?:\s{{1,3}}{_CAPITALS}){{1,5}}:)"
)
_BEGINS_TURN_AFTER_SENTENCE = re.compile(rf"[\s*_]*(?:Q\s|{_CAPITALS}:)")
_SENTENCE_END = re.compile(r"[.?!\u2014\u2013\u2026][)\]\"'\u201d\u2019*\s]{0,4}\Z")

_URL = r"(?:https?|ftp)://[^\s<>]+"
_INLINE = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    rf"|(?P<url>{_URL})"
    rf"|<(?P<auto>{_URL}|mailto:[^\s<>]+|[^\s<>@]{{1,80}}@[^\s<>]{{1,80}})>"
    r"|<(?P<strike>s|del|strike)>(?P<struck>[^<>]{1,1000})</(?P=strike)>"
    r"|(?P<tag></?[a-zA-Z][^<>]{0,2000}>)"
    r"|!?\[(?P<shown>(?:\\.|[^\[\]\\]){0,500})\]\((?:\\.|[^()\\\s]|\([^()\s]{0,300}\)){0,1000}(?:\s+\"[^\"]{0,300}\")?\)"
    r"|(?P<stars>\*{1,3})"
    r"|(?P<ticks>`{1,3})"
    r"|(?<!\w)_(?P<stressed>[^\s_](?:[^_]{0,300}[^\s_])?)_(?!\w)"
    r"|(?P<entity>&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,31});)",
    re.DOTALL,
)


_MARKED = re.compile(r"[\\*_<\[&`]|://")
"""A paragraph without any of these is as it shows; most are."""


def has_head(text: str) -> bool:
    """Whether a text begins with a YAML head that gives a title."""
    found = _HEAD.match(text, 0, _MAX_HEAD)
    return found is not None and re.search(r"^title:", found[1], re.MULTILINE) is not None


def read_head(text: str) -> Mapping[str, str]:
    """The keys at the margin of a YAML head and their texts; what stands deeper (lists, tables) is left out."""
    found = _HEAD.match(text, 0, _MAX_HEAD)
    values: dict[str, str] = {}
    key, lines = "", [""]
    for line in (*(found[1] if found else "").split("\n"), "end:"):
        if begun := _KEY.match(line.rstrip("\r")):
            if key:
                values.setdefault(key, _scalar("\n".join(lines)))
            key, lines = begun[1], [begun[2] or ""]
        else:
            lines.append(line.rstrip("\r"))
    return values


def _scalar(written: str) -> str:
    """The text that a YAML scalar stands for."""
    first, _, rest = written.strip().partition("\n")
    if first in _BLOCK_SCALARS:
        return "\n".join(line.strip() for line in rest.split("\n")).strip()
    text = written.strip()
    if len(text) > 1 and text[0] == text[-1] == '"':
        return _ESCAPE.sub(_unescape, text[1:-1])
    if len(text) > 1 and text[0] == text[-1] == "'":
        text = text[1:-1].replace("''", "'")
    return re.sub(r"\s*\n\s*", " ", text)


def _unescape(match: re.Match[str]) -> str:
    if match["blank"] is not None:
        return "\n" * match["lines"].count("\n") or " "
    if code := match[1] or match[2] or match[3]:
        number = int(code, 16)
        return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else "\N{REPLACEMENT CHARACTER}"
    return _NAMED.get(match[4], match[4]) if match[4] else ""


class MarkdownPage:
    """A Markdown text with a head."""

    def __init__(self, text: str) -> None:
        found = _HEAD.match(text, 0, _MAX_HEAD)
        self._head = read_head(text)
        self._body = text[found.end() :] if found else text

    @property
    def url(self) -> str | None:
        """The address that the head states."""
        stated = next((u for key in ("source_url", "url", "canonical_url") if (u := self._head.get(key))), "")
        return stated if re.match(r"https?://\S+\Z", stated) else None

    def headings(self) -> tuple[str, ...]:
        """The texts by which a publisher is recognised: its title."""
        return (title,) if (title := self._title()) else ()

    def read(self, profile: Profile) -> Page:  # noqa: ARG002 (pages of every format are read with a profile)
        """The page; a head says the same for every publisher."""
        day = _DAY.match(self._head.get("date", ""))
        paragraphs = tuple(_iter_paragraphs(self._body))
        return Page(self._title(), day[0] if day else "", paragraphs, is_dated=day is not None, url=self.url)

    def _title(self) -> str:
        title = collapse(self._head.get("title", ""))
        return title if len(title) <= MAX_TITLE else ""


def _iter_paragraphs(body: str) -> Iterator[str]:
    for lines in _iter_blocks(_without_comments(body)):
        written = "\n".join(lines)
        if text := collapse(_INLINE.sub(_resolve, written) if _MARKED.search(written) else written):
            yield text


def _without_comments(body: str) -> str:
    pieces, at = [], 0
    while (start := body.find("<!--", at)) >= 0 and (end := body.find("-->", start)) >= 0:
        pieces.append(body[at:start])
        at = end + 3
    return "".join((*pieces, body[at:]))


def _iter_blocks(body: str) -> Iterator[list[str]]:
    """The lines of each paragraph, markers of lists, headings and quotations taken off."""
    lines: list[str] = []
    is_broken = False  # the line before ends with a break that shows
    for raw in body.split("\n"):
        line = raw.rstrip("\r")
        rest = line.strip()
        if rest.startswith(">") and (quoted := _QUOTE.match(line)):
            line = line[quoted.end() :]
            rest = line.strip()
        is_marked = rest.startswith(_MARKERS)  # most lines are words alone
        heading = _HEADING.match(line) if is_marked else None
        if lines and (not rest or heading or _begins_block(line, rest, lines[-1], is_broken=is_broken)):
            yield lines
            lines = []
        if heading or (is_marked and _RULE.match(line)):
            yield [heading[1] if heading else rest]
            continue
        is_broken = line.endswith(("  ", "\\"))
        if rest:
            bullet = _BULLET.match(line) if is_marked else None
            lines.append(line.removesuffix("\\")[bullet.end() if bullet else 0 :])
    if lines:
        yield lines


def _begins_block(line: str, rest: str, previous: str, *, is_broken: bool) -> bool:
    if rest.startswith(_MARKERS) and (_RULE.match(line) or _BULLET.match(line)):
        return True
    if is_broken and not rest[0].islower():
        return True
    if rest[0].islower():
        return False
    if _BEGINS_TURN.match(line):
        return True
    return _SENTENCE_END.search(previous[-8:]) is not None and _BEGINS_TURN_AFTER_SENTENCE.match(line) is not None


def _resolve(match: re.Match[str]) -> str:
    """What a reader sees of a piece of Markdown."""
    kind = match.lastgroup
    found = match[0]
    match kind:
        case "escaped" | "auto":
            return match[kind].removeprefix("mailto:")
        case "url":
            return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", found).rstrip("*")
        case "shown" | "stressed":
            return _INLINE.sub(_resolve, match[kind])
        case "stars":
            before, after = match.string[match.start() - 1 : match.start()], match.string[match.end() : match.end() + 1]
            return found if before in ("", " ", "\n") and after in ("", " ", "\n") and len(found) == 1 else ""
        case "struck":
            return f"~~{_INLINE.sub(_resolve, match[kind])}~~"
        case "entity":
            return html.unescape(found)
        case _:  # a tag, the ticks of code
            return "\n" if re.match(r"<br\b", found, re.IGNORECASE) else ""
