"""Pages to briefings: what a source says, by publisher, date, speakers and items.

`parse_source` is the whole of it; each step stands in a file of its own (`decoding`, `recognise`, `page` and `plain`,
`furniture`, `dates`, `labels`, `turns`, `items`), and what is peculiar to a publisher is a `Profile`. The one decision:
words alone decide who speaks, so that a page and its plain text give the same record, and no input whatever raises.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from index.authority.tables import Authority
from index.parsers.adjournment import find_adjournments
from index.parsers.clock import find_hour
from index.parsers.dates import Evidence, When, find_when
from index.parsers.decoding import decode
from index.parsers.furniture import strip_furniture
from index.parsers.items import build_items
from index.parsers.labels import Podium, find_podium, label_lines
from index.parsers.language import detect_language
from index.parsers.languages import PHRASES
from index.parsers.markdown import MarkdownPage, has_head
from index.parsers.page import HtmlPage, Page, is_tangled
from index.parsers.plain import PlainPage
from index.parsers.play import read_play
from index.parsers.profile import Profile
from index.parsers.profiles import SHIPPED_FOLDER, load_profiles
from index.parsers.recognise import recognise, unknown_publisher
from index.parsers.turns import gather_turns
from index.sources import Source
from index.validate import validate
from search.model import Briefing, Item, Problem

PARSER_VERSION = 1
"""Raised with every change that may read a page differently; what was parsed by an earlier version is parsed again."""

SHIPPED: Mapping[str, Profile] = load_profiles(SHIPPED_FOLDER)
"""The publishers whose pages can be read everywhere; a librarian's own are laid over them by `read_profiles`."""

PROFILES = SHIPPED

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
        recalled: the archive's key of the text, where its record was taken and nothing was parsed.
    """

    source: Source
    briefing: Briefing | None
    problems: tuple[Problem, ...] = ()
    recalled: int | None = None


@dataclass(frozen=True, slots=True)
class _Read:
    """A page and whose it is."""

    profile: Profile
    page: Page
    paragraphs: tuple[str, ...]
    language: str
    notes: tuple[Problem, ...]


def read_profiles(*folders: Path) -> Mapping[str, Profile]:
    """The shipped profiles with those of each folder over them; a folder that is not there lays nothing over.

    Raises:
        ProfileError: a profile in one of the folders is at fault.
    """
    return {**SHIPPED, **load_profiles(*folders)}


def parse_source(
    source: Source,
    authority: Authority,
    publisher: str | None = None,
    profiles: Mapping[str, Profile] = SHIPPED,
    around: Sequence[date] = (),
) -> Parsed:
    """The briefing that `source` holds, or the problem that forbids it; it raises on no input.

    Args:
        source: the bytes, and what is known about them.
        authority: names of speakers and outlets.
        publisher: id of the publisher, where the librarian states it; else it is recognised.
        profiles: the publishers whose pages can be read, by id.
        around: the days of the files before and after it, from `Neighbours`; for what was refused with `no-year`.
    """
    read = _read(source, publisher, profiles)
    if isinstance(read, Problem):
        return Parsed(source, None, (read,))
    if read.profile.is_cast:
        return _parse_play(source, authority, read)
    title = read.page.title or source.title or ""
    podium = find_podium(title, read.profile, PHRASES[read.language], authority)
    when = find_when(_evidence(source, read, podium, around))
    if isinstance(when, Problem):
        return Parsed(source, None, (*read.notes, when))
    items = build_items(gather_turns(label_lines(read.paragraphs, podium), podium), podium)
    is_statement = read.page.is_known and any(re.match(p, title) for p in read.profile.statements)
    if not is_statement and not any(item.kind == "answer" for item in items):
        text = f"{source.file}: no question and answer found; check that it is a transcript, or give --publisher"
        return Parsed(source, None, (*read.notes, *when.notes, Problem("no-items", "refused", text)))
    briefing = _briefing(source, read, when, title, items)
    problems = (*read.notes, *when.notes, *validate(briefing, authority, podium.phrases))
    return Parsed(source, replace(briefing, problems=problems), problems)


def _parse_play(source: Source, authority: Authority, read: _Read) -> Parsed:
    """A transcript in which everybody has a label in capitals."""
    when = find_when(_evidence(source, read))
    if isinstance(when, Problem):
        return Parsed(source, None, (*read.notes, when))
    title = read.page.title or source.title or ""
    play = read_play(
        read.paragraphs, title, when.day, read.language, read.profile, authority, is_published=read.page.is_dated
    )
    if not play.items:
        text = f"{source.file}: nobody has a label in capitals; check that it is a transcript, or give --publisher"
        return Parsed(source, None, (*read.notes, *when.notes, Problem("no-items", "refused", text)))
    briefing = _briefing(source, read, replace(when, day=play.day), title, play.items)
    if hour := find_hour(play.opening, read.profile.zone):
        briefing = replace(briefing, time=hour[0], zone=hour[1])
    problems = (*read.notes, *when.notes, *play.notes)
    return Parsed(source, replace(briefing, problems=problems), problems)


def _read(source: Source, publisher: str | None, profiles: Mapping[str, Profile]) -> _Read | Problem:
    """The page in its publisher's layout and language, or why it cannot be read."""
    text = decode(source.data, source.file)
    if isinstance(text, Problem):
        return text
    if publisher is not None and publisher not in profiles:
        return unknown_publisher(source.file, f"no publisher is called {publisher!r}", profiles)
    is_markdown = has_head(text)
    is_html = not is_markdown and any(mark in text[:_HTML_HEAD].lower() for mark in _HTML_MARKS)
    if is_html and is_tangled(text):
        message = f"{source.file}: its tags are nested too deeply to be read; save the page again, or its text alone"
        return Problem("tangled", "refused", message)
    document: HtmlPage | MarkdownPage | PlainPage
    document = MarkdownPage(text) if is_markdown else HtmlPage(text) if is_html else PlainPage(text)
    notes: tuple[Problem, ...] = ()
    if publisher is None:
        found = recognise(source.file, document.headings(), text, source.url or document.url, profiles)
        if isinstance(found, Problem):
            return found
        profile, notes = found
    else:
        profile = profiles[publisher]
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


def _evidence(source: Source, read: _Read, podium: Podium | None = None, around: Sequence[date] = ()) -> Evidence:
    page = read.page
    return Evidence(
        source.file,
        "" if page.is_dated else page.title,
        page.stamp,
        source.url or page.url or "",
        "" if page.is_dated else source.title or "",
        page.images,
        read.paragraphs,
        podium.tenure if podium else (),
        around,
    )


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
        url=source.url or read.page.url,
        speakers=tuple(dict.fromkeys(name for item in items for name in item.speakers)),
        adjournments=find_adjournments(items, when.day, PHRASES[read.language]),
        file=source.file,
    )
