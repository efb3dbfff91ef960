"""What robots are told: which pages there are (sitemap.xml), and which to leave alone (robots.txt).

Facets make endlessly many searches, so whatever has parameters is closed, but for the calendar's years; transcripts,
entities, outlets and speakers are all in the sitemap. The one decision: a page that counts the collection has changed
when the collection has; a transcript when its latest text arrived.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape

from flask import Blueprint, Response, current_app, request

from search.addresses import address_of_entity, address_of_record
from search.errors import IndexMissing, NotFound
from webui.origin import site_address
from webui.people import address_of_profile, directory
from webui.shelf import current_shelf
from webui.year import address_of_year

crawlers = Blueprint("crawlers", __name__)

PART = 10_000
"""Addresses of one sitemap; where there are more, sitemap.xml lists several. The protocol allows 50,000."""
ROBOTS = """\
User-agent: *
Allow: /static/
Allow: /calendar?year=
Disallow: /?
Disallow: /*?
Disallow: /api/
Disallow: /export.
Disallow: /facets/
Disallow: /saved

Sitemap: {origin}/sitemap.xml
"""
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
XMLNS = "http://www.sitemaps.org/schemas/sitemap/0.9"


class Entry(NamedTuple):
    """A page's path, and the day of its last change ("" if that is not known)."""

    path: str
    changed: str


@crawlers.get("/robots.txt")
def robots() -> Response:
    """What robots may read."""
    return Response(ROBOTS.format(origin=site_address()), mimetype="text/plain")


@crawlers.get("/sitemap.xml")
def sitemap() -> Response:
    """Every page, or where they are too many, every part of the list."""
    entries = _entries()
    if len(entries) <= PART:
        return _answer(_urlset(entries))
    parts = enumerate(_parts(entries), 1)
    rows = _rows("sitemap", [Entry(f"/sitemap-{n}.xml", max(one.changed for one in part)) for n, part in parts])
    return _answer(f'{HEAD}<sitemapindex xmlns="{XMLNS}">\n{rows}</sitemapindex>\n')


@crawlers.get("/sitemap-<int:n>.xml")
def part(n: int) -> Response:
    """One part of the list of pages."""
    parts = _parts(_entries())
    if not 1 <= n <= len(parts):
        raise NotFound("there is no such part of the sitemap", where=request.path, hint="begin at /sitemap.xml")
    return _answer(_urlset(parts[n - 1]))


def _answer(text: str) -> Response:
    """XML that may be kept for an hour and then asked for by its digest."""
    response = current_app.response_class(text, mimetype="application/xml")
    response.cache_control.public = True
    response.cache_control.max_age = 3600
    response.add_etag()
    response.make_conditional(request)
    return response


def _entries() -> Sequence[Entry]:
    shelf = current_shelf()
    try:
        return shelf.kept.get(shelf.engine, "sitemap", lambda: tuple(_iter_entries()))
    except IndexMissing:
        return (Entry("/", ""), Entry("/help", ""))


def _iter_entries() -> Iterator[Entry]:
    engine = current_shelf().engine
    listed = engine.briefings()
    added = max((one.added for one in listed), default="")[:10]
    yield from (Entry(path, added) for path in ("/", "/calendar", "/outlets", "/speakers", "/entities"))
    yield Entry("/help", "")
    yield from (Entry(address_of_year(year), added) for year in sorted({one.date.year for one in listed}))
    for one in reversed(listed):
        yield Entry(address_of_record(one.id), one.added[:10])
    for field in ("outlet", "speaker"):
        own = directory(field)
        yield from (Entry(address_of_profile(field, one.value, own), added) for one in own.entries)
    yield from (Entry(address_of_entity(one.value), added) for one in directory("entity").entries)


def _parts(entries: Sequence[Entry]) -> list[Sequence[Entry]]:
    return [entries[start : start + PART] for start in range(0, len(entries), PART)]


def _urlset(entries: Sequence[Entry]) -> str:
    return f'{HEAD}<urlset xmlns="{XMLNS}">\n{_rows("url", entries)}</urlset>\n'


def _rows(name: str, entries: Sequence[Entry]) -> str:
    base = escape(site_address())
    return "".join(
        f"<{name}><loc>{base}{escape(path)}</loc>{f'<lastmod>{changed}</lastmod>' if changed else ''}</{name}>\n"
        for path, changed in entries
    )
