"""Whatever is typed is read within its time, into a tree whose canonical text means the same."""

import gc
from time import process_time

import pytest

from search.errors import QueryTooLong
from search.syntax import MAX_CHARACTERS, MAX_DEPTH, MAX_TERMS, Reading, parse_query
from tests.typed import iter_typed

LONGEST = 0.25
"""Seconds of processor time that reading one text may take."""


def read(text: str) -> Reading | None:
    """How a text is read; `None` where it is refused for its length, which must be true."""
    try:
        return parse_query(text)
    except QueryTooLong as error:
        assert len(text) > MAX_CHARACTERS or "terms" in error.message, text  # noqa: PT017 (said of some texts only)
        return None


def check(count: int, seed: int) -> None:
    """Every one of so many texts."""
    gc.freeze()  # what other tests have left is not looked through while a text is timed
    refused = 0
    for text in iter_typed(count, seed):
        begun = process_time()
        reading = read(text)
        assert process_time() - begun < LONGEST, text
        if reading is None:
            refused += 1
            continue
        canonical = str(reading.query)
        if len(canonical) <= MAX_CHARACTERS and canonical.count("(") < MAX_DEPTH:
            assert parse_query(canonical).query == reading.query, text
    assert refused < count / 5, f"{refused} of {count} texts were refused for more than {MAX_TERMS} terms"


def test_texts_are_read() -> None:
    """A few in every run."""
    check(1_000, 1)


@pytest.mark.fuzz
def test_a_hundred_thousand_texts_are_read() -> None:
    """The same, for long."""
    check(100_000, 2)
