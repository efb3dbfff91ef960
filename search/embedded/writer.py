"""Putting records into a Whoosh index: the one place that opens its writers.

One commit holds all that one call brings, with the sequence number it brings the index up to.
"""

from collections.abc import Iterable

from whoosh.index import FileIndex

from search.embedded import schema
from search.engine import Publication, Tombstone

MEMORY_MB = 256
"""How much memory Whoosh may fill with postings before it writes them out."""


def write_records(
    index: FileIndex, publications: Iterable[Publication], tombstones: Iterable[Tombstone], sequence: int
) -> None:
    """Replace the records of each briefing and tombstone, and the state; commit once, or leave all as it was."""
    writer = index.writer(limitmb=MEMORY_MB)
    try:
        for publication in publications:
            writer.delete_by_term("group", publication.briefing.id)
            for record in schema.iter_records(publication):
                writer.add_document(**record)
        for tombstone in tombstones:
            writer.delete_by_term("group", tombstone.id)
            writer.delete_by_term("key", schema.tombstone_key(tombstone.id))
            writer.add_document(**schema.tombstone_record(tombstone))
        writer.delete_by_term("key", schema.STATE_KEY)
        writer.add_document(**schema.state_record(sequence))
    except BaseException:
        writer.cancel()
        raise
    writer.commit()
