"""Forty real transcripts, drawn by hash and read by eye, come out as they were found right."""

from pathlib import Path

import pytest

from index.authority.tables import load_authority
from tests.golden.records import DRAWN, FOLDERS, GOLDEN, split_records, transcripts, write_record


@pytest.mark.parametrize("name", FOLDERS)
def test_a_golden_file_holds_ten_records(name: str) -> None:
    """A file that is missing, or cut, fails also where there is no real material."""
    records = split_records((GOLDEN / f"{name}.tsv").read_text("utf-8"))
    assert len(records) == DRAWN
    assert all("\nturn\tanswer\t" in r or "\nturn\tstatement\t" in r for r in records.values())


@pytest.mark.parametrize("name", FOLDERS)
def test_real_transcripts_come_out_as_they_were_read(corpus: Path, name: str) -> None:
    """Items, flags, labels, names and the ends of every turn; `python -m tests.golden.write` writes them anew."""
    records = split_records((GOLDEN / f"{name}.tsv").read_text("utf-8"))
    files = transcripts(corpus, name)
    there = [file for file in records if file in files]
    if not there:
        pytest.skip(f"none of the transcripts of {name}.tsv is in {corpus}")
    authority = load_authority()
    for file in there:
        assert write_record(files[file], authority).splitlines() == records[file].splitlines()
