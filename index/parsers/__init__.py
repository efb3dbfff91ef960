"""Pages to briefings: what a source says, by publisher, date, speakers and items.

`parse_source` is the whole of it; each step stands in a file of its own (`decoding`, `recognise`, `page` and `plain`,
`furniture`, `dates`, `labels`, `turns`, `items`), and what is peculiar to a publisher is a `Profile`. The one decision:
words alone decide who speaks, so that a page and its plain text give the same record, and no input whatever raises.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from index.authority.tables import Authority
from index.parsers import cn_mfa, xv_mfa
from index.parsers.dates import Evidence, When, find_when
from index.parsers.decoding import decode
from index.parsers.furniture import strip_furniture
from index.parsers.items import build_items
from index.parsers.labels import find_podium, label_lines
from index.parsers.language import detect_language
from index.parsers.page import HtmlPage, Page, is_tangled
from index.parsers.phrases import PHRASES
from index.parsers.plain import PlainPage
from index.parsers.profile import Profile
from index.parsers.recognise import recognise, unknown_publisher
from index.parsers.turns import gather_turns
from index.sources import Source
from index.validate import validate
from search.model import Briefing, Item, Problem

PARSER_VERSION = 1
"""Raised with every change that may read a page differently; what was parsed by an earlier version is parsed again."""

PROFILES: Mapping[str, Profile] = MappingProxyType({p.id: p for p in (cn_mfa.PROFILE, xv_mfa.PROFILE)})
"""The publishers whose pages can be read."""

_LEAST_BODY = 40
"""Characters below which the largest block of an unknown layout is no transcript."""

_HTML_MARKS = ("<html", "<!doctype html", "<body", "<div", "<p>", "<p ", "<br", "<span", "<table", "<title")
_HTML_HEAD = 4_096


@dataclass(frozen=True, slots=True)
class Parsed:
    """What became of a source.

    Attributes:
        source: what was read.
        briefing: what it says; `None` exactly if a problem is `refused`.
        problems: everything a librarian should know; the same as the briefing's.
    """

    source: Source
    briefing: Briefing | None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Read:
    """A page and whose it is."""

    profile: Profile
    page: Page
    paragraphs: tuple[str, ...]
    language: str
    notes: tuple[Problem, ...]


def parse_source(source: Source, authority: Authority, publisher: str | None = None) -> Parsed:
    """The briefing that `source` holds, or the problem that forbids it; it raises on no input.

    Args:
        source: the bytes, and what is known about them.
        authority: names of speakers and outlets.
        publisher: id of the publisher, where the librarian states it; else it is recognised.
    """
    read = _read(source, publisher)
    if isinstance(read, Problem):
        return Parsed(source, None, (read,))
    evidence = Evidence(
        source.file, read.page.title, read.page.stamp, source.url or "", source.title or "", read.page.images
    )
    when = find_when(evidence)
    if isinstance(when, Problem):
        return Parsed(source, None, (*read.notes, when))
    title = read.page.title or source.title or ""
    podium = find_podium(title, read.profile, PHRASES[read.language], authority)
    items = build_items(gather_turns(label_lines(read.paragraphs, podium), podium), podium)
    if not any(item.kind == "answer" for item in items):
        text = f"{source.file}: no question and answer found; check that it is a transcript, or give --publisher"
        return Parsed(source, None, (*read.notes, *when.notes, Problem("no-items", "refused", text)))
    briefing = _briefing(source, read, when, title, items)
    problems = (*read.notes, *when.notes, *validate(briefing, authority, podium.phrases))
    return Parsed(source, replace(briefing, problems=problems), problems)


def _read(source: Source, publisher: str | None) -> _Read | Problem:
    """The page in its publisher's layout and language, or why it cannot be read."""
    text = decode(source.data, source.file)
    if isinstance(text, Problem):
        return text
    if publisher is not None and publisher not in PROFILES:
        return unknown_publisher(source.file, f"no publisher is called {publisher!r}", PROFILES)
    is_html = any(mark in text[:_HTML_HEAD].lower() for mark in _HTML_MARKS)
    if is_html and is_tangled(text):
        message = f"{source.file}: its tags are nested too deeply to be read; save the page again, or its text alone"
        return Problem("tangled", "refused", message)
    document = HtmlPage(text) if is_html else PlainPage(text)
    notes: tuple[Problem, ...] = ()
    if publisher is None:
        found = recognise(source.file, document.headings(), text, source.url, PROFILES)
        if isinstance(found, Problem):
            return found
        profile, notes = found
    else:
        profile = PROFILES[publisher]
    page = document.read(profile)
    paragraphs = strip_furniture(page, profile)
    size = sum(map(len, paragraphs))
    if not size or (not page.is_known and size < _LEAST_BODY):
        message = f"{source.file}: no transcript in it, only a page's frame; save the page again, or its text alone"
        return Problem("no-body", "refused", message)
    if not page.is_known:
        message = f"{source.file}: its layout is not known; read from its largest block of text"
        notes = (*notes, Problem("unknown-layout", "note", message))
    return _with_language(source.file, profile, page, paragraphs, notes)


def _with_language(
    file: str, profile: Profile, page: Page, paragraphs: tuple[str, ...], notes: tuple[Problem, ...]
) -> _Read | Problem:
    language = detect_language("\n".join((page.title, *paragraphs)))
    known = ", ".join(profile.languages)
    if language is None:
        language = profile.languages[0]
        message = f"{file}: the language is not clear; read as {language}"
        notes = (*notes, Problem("language-unclear", "note", message))
    if language not in profile.languages:
        message = f"{file}: {profile.id} is read in {known} only, and this page is in {language}; leave it out for now"
        return Problem("unsupported-language", "refused", message)
    return _Read(profile, page, paragraphs, language, notes)


def _briefing(source: Source, read: _Read, when: When, title: str, items: tuple[Item, ...]) -> Briefing:
    return Briefing(
        id=f"{read.profile.id}/{read.language}/{when.day.isoformat()}",
        publisher=read.profile.id,
        language=read.language,
        date=when.day,
        title=title,
        items=items,
        time=when.time,
        zone=read.profile.zone if when.time else None,
        url=source.url,
        speakers=tuple(dict.fromkeys(name for item in items for name in item.speakers)),
        file=source.file,
    )
