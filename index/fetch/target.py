"""What `fetch` is told to fetch: everything new of a publisher, or one address.

Here belongs whose address it is. The one decision: an address that no publisher's profile allows is not fetched,
whoever asks for it.
"""

import ssl
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.metadata import version

from index.authority.tables import Authority
from index.fetch.addresses import AllowList, Place, Resolve, look_up, parse_address
from index.fetch.client import MAX_SECONDS, Client
from index.fetch.errors import FetchError
from index.fetch.harvest import Harvest
from index.fetch.memory import KnownPage, Memory
from index.fetch.visits import PAUSE, Time, Visitor
from index.ingest import add_sources
from index.parsers.profile import Profile
from index.patience import when_free
from index.progress import Begin, no_progress
from index.publishing import read_publishers
from index.recall import Reader
from index.report import Report
from index.sources import Source
from search.engine import Engine
from search.errors import BadParameter
from search.settings import Settings

PATIENCE = 900.0
"""Seconds within which another writer should be done."""

_LISTS = (".xml", ".xml.gz", ".rss", ".atom", "/feed", "/feed/", "/rss", "/rss/")
"""Ends of addresses that are of sitemaps and feeds."""


@dataclass(frozen=True, slots=True)
class Line:
    """How others are reached; tests have their own."""

    resolve: Resolve = look_up
    trust: ssl.SSLContext | None = None
    seconds: float = MAX_SECONDS
    pause: float = PAUSE
    passing: Time = field(default_factory=Time)


def fetch(  # noqa: PLR0913 (each is an option of the command)
    target: str,
    settings: Settings,
    engine: Engine | None,
    authority: Authority,
    *,
    publisher: str | None = None,
    dry_run: bool = False,
    begin: Begin = no_progress,
    line: Line | None = None,
) -> Report:
    """Fetch what is new of a publisher, or one address, and add it; what became of each page.

    Args:
        target: a publisher's id, or an address of one: a transcript's, or a list's.
        settings: which home.
        engine: where to publish; not needed if `dry_run`.
        authority: names of outlets, speakers and entities.
        publisher: whose address it is, where several publishers share a host.
        dry_run: read the lists, and say what would be fetched; nothing is kept.
        begin: is told how far it is.
        line: how others are reached.

    Raises:
        BadParameter: there is no such publisher, or its profile does not say what to fetch.
        FetchError: the address is on no allow-list, or somebody else is fetching into this home.
        LecternError: what adding raises; what was added before stays.
    """
    line = line or Line()
    started = time.monotonic()
    profiles = read_publishers(settings)
    profile, place = find_target(target, profiles, publisher)
    reading = Reader(authority, profile.id, profiles).version[:16]

    def add(sources: Sequence[Source]) -> Report:
        return when_free(
            lambda: add_sources(
                sources, len(sources), settings, engine, authority, publisher=profile.id, doing="fetch"
            ),
            PATIENCE,
        )

    agent = f"Lectern/{version('lectern')}" + (f" (+{settings.site})" if settings.site else "")
    client = Client(agent, resolve=line.resolve, seconds=line.seconds, trust=line.trust)
    with Memory.open(settings.home, rehearse=dry_run) as memory:
        visitor = Visitor(client, AllowList(profile), memory.busy(), line.passing, line.pause)
        harvest = Harvest(visitor, memory, add, reading, line.passing, begin)
        if place is None or place.url in profile.lists or place.url.endswith(_LISTS):
            return harvest.run([place.url] if place else profile.lists, dry_run=dry_run)
        if dry_run:
            raise BadParameter("--dry-run says what is on lists; this is one page", hint="leave it out")
        known = memory.page(place.url) or KnownPage(place.url, line.passing.now())
        # Who names a page wants it, whatever became of it before.
        harvest.fetch([replace(known, fate="waiting", digest="")])
        return Report(tuple(harvest.rows), time.monotonic() - started)


def find_target(target: str, profiles: Mapping[str, Profile], publisher: str | None) -> tuple[Profile, Place | None]:
    """Whose transcripts are meant, and at which address, if not at all that its profile names.

    Raises:
        BadParameter: there is no such publisher, or more than one, or its profile names no list.
        FetchError: the address is on no allow-list.
    """
    if not target.startswith(("http://", "https://")):
        profile = profiles.get(target)
        if profile is None:
            raise BadParameter(f"no publisher {target!r}", hint=f"known are {', '.join(profiles)}; or give an address")
        if not profile.lists:
            hint = "put lists and pages into its profile (docs/adding-a-publisher.md), or give an address"
            raise BadParameter(f"the profile of {target} names no list", hint=hint)
        return profile, None
    place = parse_address(target)
    is_list = place.url.endswith(_LISTS)
    fitting = [
        p
        for p in profiles.values()
        if publisher in {None, p.id}
        and AllowList(p).admits(place)
        and (is_list or place.url in p.lists or not p.pages or AllowList(p).admits_page(place))
    ]
    if not fitting:
        hint = "its host must be among hosts, and the address match one of pages, in a publisher's profile"
        raise FetchError("on no publisher's allow-list", where=target, hint=hint, kind="forbidden")
    if len(fitting) > 1:
        names = ", ".join(p.id for p in fitting)
        raise BadParameter(f"{target} may be of {names}", hint="say which: --publisher ID")
    return fitting[0], place
