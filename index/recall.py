"""What is known already, and need not be parsed again.

Here belongs by what a text was read. The one decision: a file is parsed only if its bytes, or anything that its reading
depends on (the parser, names, profiles, what the librarian says of it), differ from the last time; so adding a whole
collection once more costs little more than reading the files.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import replace

from index.authority.tables import Authority
from index.parsers import PARSER_VERSION, Parsed
from index.parsers.profile import Profile
from index.sources import Source
from search.model import Briefing, Problem


class Reader:
    """By what sources are read in a run."""

    def __init__(self, authority: Authority, publisher: str | None, profiles: Mapping[str, Profile]) -> None:
        known = (PARSER_VERSION, authority.version, publisher, sorted(profiles.items()))
        self.version = hashlib.sha256(repr(known).encode()).hexdigest()
        """Changes with whatever may read a text otherwise."""

    def mark(self, source: Source) -> str:
        """Forty hexadecimal digits, the same for the same bytes only if they are read alike."""
        told = (self.version, source.file, source.url, source.title)
        return hashlib.sha256(repr(told).encode()).hexdigest()[:40]


def recalled(source: Source, stored: Briefing, revision: int) -> Parsed:
    """What `source` says, as it was read before and stands in the archive under the key `revision`."""
    problems = tuple(_about(problem, stored.file, source.file) for problem in stored.problems)
    return Parsed(source, replace(stored, file=source.file, problems=problems), problems, revision)


def _about(problem: Problem, before: str, file: str) -> Problem:
    """The problem, told of the file by its name of today."""
    if before == file or not problem.message.startswith(f"{before}: "):
        return problem
    return replace(problem, message=f"{file}: {problem.message.removeprefix(f'{before}: ')}")
