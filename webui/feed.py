"""`/feed.atom`: the newest answers of a search, as Atom (RFC 4287) for feed readers.

The one decision: an entry is an item for good. Its id is a tag URI (RFC 4151) of the item's id, its day that of the
briefing, and a correction changes `updated` alone, so that no reader takes an edited answer for a new one.
"""

import re
from dataclasses import dataclass, replace
from itertools import islice
from urllib.parse import quote, urlsplit

from flask import Blueprint, Response, render_template, request
from markupsafe import escape

from search.addresses import address_of, pairs_of, request_from
from search.citations import cite_entry, name_of
from search.engine import Engine, Entry, Sort
from search.labels import Labels
from search.model import PARAGRAPH
from search.page import SearchRequest
from webui.names import value_text
from webui.origin import for_outside, site_address
from webui.shelf import current_shelf

feeds = Blueprint("feeds", __name__)

ENTRIES = 50
"""How many of the newest answers a feed has."""

AGE = 300
"""Seconds for which a reader need not ask again."""

NOBODY = "lectern.invalid"
"""Who names entries where the collection has no address of its own (RFC 2606)."""

SINCE = "2026"
"""A year in which whoever serves a collection had its host's name: a part of every tag, and never changed."""

EPOCH = "1970-01-01T00:00:00+00:00"
TITLE_CUT = 120
"""Characters of a question that a title shows."""

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """An answer or a statement. `html` is its text, escaped once."""

    id: str
    title: str
    address: str
    published: str
    updated: str
    authors: tuple[str, ...]
    language: str
    categories: tuple[tuple[str, str], ...]
    html: str


@dataclass(frozen=True, slots=True)
class Feed:
    """All that feed.xml shows; every text is legal in XML."""

    id: str
    title: str
    address: str
    results: str
    site: str
    updated: str
    entries: tuple[FeedEntry, ...]


@feeds.get("/feed.atom")
def feed() -> Response:
    """The newest answers that a search finds."""
    shelf, asked = current_shelf(), request_from(request.args)
    wanted = replace(asked, sort=Sort.NEWEST)
    entries = tuple(islice(shelf.searcher.scan(wanted), ENTRIES))
    named_by = urlsplit(shelf.settings.site).hostname or NOBODY
    made = feed_of(asked, entries, shelf.engine, site_address(), named_by)
    response = Response(render_template("feed.xml", page=made), mimetype="application/atom+xml")
    response.headers["Content-Type"] = "application/atom+xml; charset=utf-8"
    response.add_etag()
    response.make_conditional(request)
    return for_outside(response, AGE)


def feed_of(asked: SearchRequest, entries: tuple[Entry, ...], engine: Engine, site: str, named_by: str) -> Feed:
    """The feed of a search; `named_by` is the host in whose name its ids are given."""
    labels = engine.labels()
    # One search has one feed, whichever page or order it is come upon in.
    default = SearchRequest()
    same = replace(asked, sort=default.sort, page=default.page, per_page=default.per_page, fold="", strict=False)
    made = tuple(_entry(entry, labels, site, named_by) for entry in entries)
    arrivals = [one.updated for one in made] or [row.added for row in engine.coverage()] or [EPOCH]
    pairs = "&".join(f"{quote(name, safe='-')}={quote(value, safe='')}" for name, value in pairs_of(same))
    return Feed(
        id=f"tag:{named_by},{SINCE}:search?{pairs}",
        title=legal(f"Lectern: {_title(same, labels)}"),
        address=f"{site}{address_of(same, '/feed.atom')}",
        results=f"{site}{address_of(replace(same, sort=Sort.NEWEST))}",
        site=site,
        updated=max(arrivals),
        entries=made,
    )


def legal(text: str) -> str:
    """`text` without what XML has no way to say."""
    return _ILLEGAL.sub("\ufffd", text)


def _title(asked: SearchRequest, labels: Labels) -> str:
    picked = asked.selection
    held = [
        f"{sign}{value_text(field, value, labels.label(field, value))}"
        for sign, values in (("", picked.include), ("not ", picked.exclude))
        for field in values
        for value in values[field]
    ]
    if picked.since or picked.until:
        held.append(f"{picked.since or ''}–{picked.until or ''}")
    return " · ".join((asked.text or "all answers", *held))


def _entry(entry: Entry, labels: Labels, site: str, named_by: str) -> FeedEntry:
    document, item = entry.document, entry.document.item
    citation = cite_entry(entry, labels)
    who = labels.label("outlet", item.outlet) if item.outlet else item.asker or ""
    said = " ".join((item.question or item.text).split())
    heading = f"{citation.by or citation.publisher}{f' to {who}' if who else ''}: "
    return FeedEntry(
        id=f"tag:{named_by},{SINCE}:{quote(document.id)}",
        title=legal(f"{heading}{said[:TITLE_CUT].rstrip()}{'…' if len(said) > TITLE_CUT else ''}"),
        address=f"{site}{citation.path}",
        published=f"{document.date.isoformat()}T00:00:00Z",
        updated=max(entry.received, *(a.since for a in item.amendments), ""),
        authors=tuple(map(legal, citation.authors)),
        language=document.language,
        categories=tuple((id, legal(labels.in_document(document, id))) for id in document.entities),
        html=legal(_html(entry, labels)),
    )


def _html(entry: Entry, labels: Labels) -> str:
    turns = (
        (name_of(turn, labels), [escape(part) for part in turn.text.split(PARAGRAPH)])
        for turn in entry.document.item.turns
    )
    parts = (
        f"<p>{f'<b>{escape(name)}:</b> ' if name else ''}{'</p><p>'.join(paragraphs)}</p>" for name, paragraphs in turns
    )
    return "".join((*parts, f"<p><small>{escape(cite_entry(entry, labels).source)}</small></p>"))
