"""What an earlier command left to be done, done by the next one that writes.

The one decision: nobody asks why the index is behind: a crash, a full disk, an engine that failed, a generation gone
back to, or an edit of the authority. Whoever writes brings it up to the archive's journal first, and says what it was.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from index.archive import Archive
from index.authority.tables import Authority
from index.parsers.profile import Profile
from index.progress import Begin, no_progress
from index.publishing import indexed, publish
from index.retag import note_edits
from search.engine import Engine


@dataclass(frozen=True, slots=True)
class Healed:
    """What was made good.

    Attributes:
        behind: briefings of which the archive knew more than the index.
        retagged: briefings that were tagged again because names have changed since.
        stood: the sequence number at which the index stood.
        done: the one at which it stands.
    """

    behind: int
    retagged: int
    stood: int
    done: int


def heal(
    archive: Archive,
    engine: Engine,
    authority: Authority,
    profiles: Mapping[str, Profile],
    begin: Begin = no_progress,
) -> Healed:
    """Bring the index up to the archive, and both up to the authority; what there was to do.

    Raises:
        ArchiveError: the index knows of changes that the archive does not; nothing is done.
    """
    stood = indexed(engine)
    behind = len(archive.changes(stood))
    edits = note_edits(archive, authority, stood, begin)
    done = publish(archive, engine, authority, profiles, stood, begin)
    return Healed(behind, edits.briefings, stood, done)
