"""The memory of a worker: what a thousand searches leave behind in it, mapped files aside."""

from collections.abc import Iterator
from itertools import islice

from benchmarks.queries import QUERIES, Question, Variation
from benchmarks.serving import Server
from search.addresses import pairs_of

SEARCHES = 1_000


def measure_memory(server: Server, variation: Variation, searches: int = SEARCHES) -> int:
    """Bytes of a worker after so many searches, beyond those before the first one."""
    before = server.private_bytes()
    for question in islice(iter_questions(variation), searches):
        server.search(pairs_of(question.request))
    return server.private_bytes() - before


def iter_questions(variation: Variation) -> Iterator[Question]:
    """Questions without end: the whole list, each time with another filter."""
    repeat = 1
    while True:
        for asked in QUERIES:
            yield variation.question(asked, repeat)
        repeat += 1
