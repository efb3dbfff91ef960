"""Every file of a run, parsed: by all cores, and by its neighbours where it states no year.

Here belongs what takes more than one file to know. The one decision: a file without a year waits until all others are
read, and comes last; nothing else is kept, so that memory does not grow with the folder.
"""

from collections.abc import Generator, Iterable, Mapping

from index.authority.tables import Authority
from index.parsers import Parsed, parse_source
from index.parsers.neighbours import Neighbours
from index.parsers.pool import parse_all
from index.parsers.profile import Profile
from index.sources import Source, Unreadable


def parse_files(
    sources: Iterable[Source | Unreadable | Parsed],
    authority: Authority,
    publisher: str | None,
    profiles: Mapping[str, Profile],
) -> Generator[Parsed | Unreadable, None, None]:
    """What becomes of each source, in their order; those whose year only their neighbours tell come last.

    What is parsed already, since the archive knows it, passes through, and tells its neighbours' years.
    """
    neighbours = Neighbours()
    waiting: list[Source] = []
    for parsed in parse_all(sources, authority, publisher, profiles):
        if isinstance(parsed, Parsed):
            if any(p.code == "no-year" and p.severity == "refused" for p in parsed.problems):
                waiting.append(parsed.source)
                continue
            if parsed.briefing and not any(p.code == "year-inferred" for p in parsed.problems):
                neighbours.see(parsed.source.file, parsed.briefing.date)
        yield parsed
    for source in waiting:
        yield parse_source(source, authority, publisher, profiles, neighbours.around(source.file))
