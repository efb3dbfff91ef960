"""What a librarian decides about what is in the archive, and how it is taken back."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from index import archive_tables
from index.archive import Archive, ArchiveError, ArchiveReader, Outcome, Verdict
from index.parsers import PARSER_VERSION, Parsed
from search.errors import BadParameter, NotFound
from search.model import Adjournment, Problem
from tests.index.arrivals import NOW, arrival, change, text

ID = "xv-mfa/en/2024-03-04"
URL = "https://mfa.example/t"
LATER = NOW + timedelta(days=1)


@pytest.fixture
def archive() -> Iterator[Archive]:
    """An empty archive that no disk has to keep."""
    with Archive.rehearse(Path("nowhere")) as opened:
        yield opened


def receive(archive: Archive, *inputs: Parsed) -> list[Outcome]:
    """The outcomes of inputs that arrive one after the other."""
    return [archive.receive(parsed, NOW) for parsed in inputs]


def codes(outcome: Outcome) -> list[str]:
    """The codes of an outcome's problems."""
    return [p.code for p in outcome.problems]


class TestAmending:
    """An attribution is put right."""

    def test_it_is_shown_and_published(self, archive: Archive) -> None:
        """The live text has it, with what was; the journal says so; the record as parsed stays."""
        receive(archive, arrival(text("a", "b"), URL))
        before = archive.sequence()
        item = archive.amend(f"{ID}/2", {"speaker": "Otto Brandt"}, "misheard", LATER)
        assert (item.speakers, item.amendments[0].was) == (("Otto Brandt",), "Ilsa Verlaine")
        live = archive.readings(ID)[-1].briefing
        assert live.items[1] == item
        assert live.items[0].amendments == ()
        assert live.speakers == ("Ilsa Verlaine", "Otto Brandt")
        assert [c.id for c in archive.changes(before)] == [ID]

    def test_it_outlasts_corrections_and_better_parsers(self, archive: Archive) -> None:
        """It follows the item by its number, through a new revision and a re-parse; earlier texts stay as received."""
        receive(archive, arrival(text(*"abcdef"), URL))
        archive.amend(f"{ID}/2", {"outlet": "Coast Radio"}, "misheard", NOW)
        corrected = change(text("new", *"abcdef"), 3)
        archive.receive(arrival(corrected, URL, data=b"2"), NOW, 1)
        archive.receive(arrival(change(corrected, 1), URL, data=b"2"), NOW, 2)
        first, last = archive.readings(ID)
        assert [(i.n, i.outlet) for i in last.briefing.items if i.amendments] == [(2, "Coast Radio")]
        assert all(not i.amendments for i in first.briefing.items)

    def test_it_follows_a_briefing_that_moves(self, archive: Archive) -> None:
        """After a corrected date it is there under the new id."""
        receive(archive, arrival(text("a"), URL))
        archive.amend(f"{ID}/1", {"kind": "note"}, "a stage direction", NOW)
        receive(archive, arrival(text("a", day="2024-03-05"), URL))
        moved = archive.accept(ID, NOW)
        assert archive.readings(moved)[-1].briefing.items[0].kind == "note"

    def test_it_is_taken_back(self, archive: Archive) -> None:
        """Undone, the item is as the page says, which is published; a second time there is nothing to undo."""
        receive(archive, arrival(text("a"), URL))
        (plain,) = archive.readings(ID)[-1].briefing.items
        archive.amend(f"{ID}/1", {"speaker": "Otto Brandt"}, "misheard", NOW)
        archive.amend(f"{ID}/1", {"outlet": "Coast Radio"}, "misheard", NOW)
        before = archive.sequence()
        assert archive.unamend(f"{ID}/1", LATER) == plain
        assert [c.id for c in archive.changes(before)] == [ID]
        with pytest.raises(NotFound, match="nothing was amended"):
            archive.unamend(f"{ID}/1", LATER)

    @pytest.mark.parametrize("id", [ID, f"{ID}/2", f"{ID}/01", "xv-mfa/en/2024-03-05/1", "x"])
    def test_only_what_is_shown(self, archive: Archive, id: str) -> None:
        """An id under which no item stands is not found, and nothing is noted."""
        receive(archive, arrival(text("a"), URL))
        before = archive.sequence()
        with pytest.raises(NotFound, match="no such item"):
            archive.amend(id, {"speaker": "Otto Brandt"}, "misheard", NOW)
        assert archive.sequence() == before

    def test_a_reason_is_needed(self, archive: Archive) -> None:
        """Without one, or where nothing would change, it is refused with the item's id."""
        receive(archive, arrival(text("a"), URL))
        with pytest.raises(BadParameter, match="reason"):
            archive.amend(f"{ID}/1", {"speaker": "Otto Brandt"}, " ", NOW)
        with pytest.raises(BadParameter, match=rf"{ID}/1: the speaker is Ilsa Verlaine already"):
            archive.amend(f"{ID}/1", {"speaker": "Ilsa Verlaine"}, "x", NOW)


class TestWithdrawing:
    """A briefing goes, and may come back."""

    def test_it_is_gone_with_the_reason(self, archive: Archive) -> None:
        """Nothing is shown under its id; it and its items have a tombstone; items gone before keep their own."""
        receive(archive, arrival(text(*"abcdef"), URL), arrival(text(*"acdef"), URL))
        before = archive.sequence()
        archive.withdraw([ID], "published by mistake", LATER)
        assert (archive.ids(), archive.readings(ID), archive.withdrawn()) == ((), (), (ID,))
        assert [c.id for c in archive.changes(before)] == [ID]
        stones = archive.tombstones(ID)
        assert (stones[0].id, stones[0].reason, stones[0].moved_to) == (ID, "published by mistake", None)
        reasons = {t.id.rpartition("/")[2]: t.reason for t in stones[1:]}
        assert reasons.pop("2") == "not in the corrected transcript"
        assert reasons == dict.fromkeys("13456", "published by mistake")

    def test_its_texts_stay_out(self, archive: Archive) -> None:
        """The same file, a changed page at its address, and the same bytes from elsewhere stay out, with a note."""
        receive(archive, arrival(text(*"abcdef"), URL + "5"))
        archive.withdraw([ID], "published by mistake", NOW)
        data = repr(text(*"abcdef")).encode()
        again = receive(
            archive,
            arrival(text(*"abcdef"), URL + "5"),
            arrival(text(*"abcdef"), data=data),
            arrival(text(*"abcdeg"), URL + "5"),
            arrival(text("a"), URL + "5"),
            arrival(text(*"abcdef"), URL + "6", data=data),
        )
        assert [(o.what, o.id, codes(o)) for o in again] == [("unchanged", ID, ["withdrawn"])] * 5
        assert "published by mistake" in again[0].problems[0].message
        assert (archive.ids(), archive.held()) == ((), ())

    def test_it_comes_back_under_its_id(self, archive: Archive) -> None:
        """With its numbers and the latest of its texts; what was held meanwhile waits again."""
        receive(archive, arrival(text(*"abcdef"), URL + "5"), arrival(text("y", "z"), URL + "6"))
        archive.withdraw([ID], "by mistake", NOW)
        receive(archive, arrival(text(*"acdefg"), URL + "5"), arrival(text("a"), URL + "5"))
        assert archive.ids() == (f"{ID}-2",)
        before = archive.sequence()
        archive.restore([ID], LATER)
        assert archive.ids() == (ID, f"{ID}-2")
        assert [i.n for i in archive.readings(ID)[-1].briefing.items] == [1, 3, 4, 5, 6, 7]
        assert [t.id for t in archive.tombstones(ID)] == [f"{ID}/2"]
        assert [c.id for c in archive.changes(before)] == [ID]
        assert [h.id for h in archive.held()] == [ID]
        assert archive.withdrawn() == ()

    def test_the_day_keeps_its_ids(self, archive: Archive) -> None:
        """A new briefing of the day is not given the id of one that is withdrawn."""
        receive(archive, arrival(text("a", "b"), URL + "5"))
        archive.withdraw([ID], "by mistake", NOW)
        assert receive(archive, arrival(text("y", "z"), URL + "6"))[0].id == f"{ID}-2"
        assert archive.ids() == (f"{ID}-2",)

    def test_a_text_that_leaves_it_stays_out_too(self, archive: Archive) -> None:
        """Where newer code reads another date at one of its addresses, that does not bring its text back."""
        receive(archive, arrival(text("a"), URL + "1"), arrival(text("a"), URL + "2", data=b"2"))
        archive.withdraw([ID], "by mistake", NOW)
        moved = arrival(text("a", day="2024-03-05"), URL + "2", data=b"2")
        assert archive.receive(moved, NOW, PARSER_VERSION + 1).what == "unchanged"
        assert archive.ids() == ()
        assert archive.withdrawn() == (ID, "xv-mfa/en/2024-03-05")

    def test_all_or_none(self, archive: Archive) -> None:
        """If one of several ids is not shown, none is withdrawn, and the message says what became of it."""
        receive(archive, arrival(text("a"), URL + "1"), arrival(text("a", day="2024-03-05"), URL + "1"))
        archive.accept(ID, NOW)
        new = "xv-mfa/en/2024-03-05"
        for ids, said in (([new, ID], f"it is {new} now"), ([new, "x"], "no such briefing"), ([f"{new}/1"], "whole")):
            with pytest.raises(NotFound, match=said):
                archive.withdraw(ids, "by mistake", NOW)
        assert archive.ids() == (new,)
        archive.withdraw([new, new], "by mistake", NOW)
        with pytest.raises(NotFound, match="withdrawn already"):
            archive.withdraw([new], "again", NOW)
        with pytest.raises(NotFound, match="no briefing was withdrawn"):
            archive.restore([new, ID], NOW)
        assert archive.withdrawn() == (new,)

    def test_a_reason_is_needed(self, archive: Archive) -> None:
        """Readers who follow a link are told why."""
        receive(archive, arrival(text("a"), URL))
        with pytest.raises(BadParameter, match="reason"):
            archive.withdraw([ID], "", NOW)


class TestVerdicts:
    """A librarian says beforehand whose text a file is."""

    @pytest.fixture
    def doubtful(self, archive: Archive) -> Parsed:
        """A text that may be the day's briefing or another one, which is there."""
        receive(archive, arrival(text("a", "b", "c"), URL + "5"))
        return arrival(text("a", "b", "x"), URL + "6")

    def test_it_is_the_same(self, archive: Archive, doubtful: Parsed) -> None:
        """Nothing is held; the later address's text is shown, and stays joined when the day is settled anew."""
        outcome = archive.receive(doubtful, NOW, verdict=Verdict(ID))
        assert (outcome.what, outcome.id, archive.held()) == ("duplicate", ID, ())
        receive(archive, arrival(text("y", "z"), URL + "7"))
        assert archive.ids() == (ID, f"{ID}-2")
        assert archive.readings(ID)[-1].briefing.url == URL + "6"
        assert receive(archive, doubtful)[0].what == "unchanged"

    def test_it_is_another_one(self, archive: Archive, doubtful: Parsed) -> None:
        """Nothing is held; it is the day's second briefing, by address."""
        outcome = archive.receive(doubtful, NOW, verdict=Verdict(None))
        assert (outcome.what, outcome.id, archive.held()) == ("added", f"{ID}-2", ())

    def test_even_what_is_nearly_the_same_may_be_another_one(self, archive: Archive) -> None:
        """Where the librarian says so, two texts with nine words in ten in common are two briefings."""
        one = text(*"abcdefghijkl")
        receive(archive, arrival(one, URL + "5"))
        outcome = archive.receive(arrival(change(one, 1), URL + "6"), NOW, verdict=Verdict(None))
        assert (outcome.what, outcome.id) == ("added", f"{ID}-2")

    @pytest.mark.parametrize(("verdict", "what", "ids"), [(ID, "duplicate", 1), (None, "added", 2)])
    def test_what_is_held_is_decided_so_too(
        self, archive: Archive, doubtful: Parsed, verdict: str | None, what: str, ids: int
    ) -> None:
        """The same file once more, with the librarian's word, is no longer in doubt."""
        assert receive(archive, doubtful)[0].what == "held"
        outcome = archive.receive(doubtful, NOW, verdict=Verdict(verdict))
        assert (outcome.what, codes(outcome)) == (what, ["decided"])
        assert (archive.held(), len(archive.ids())) == ((), ids)

    @pytest.mark.parametrize(("verdict", "what", "ids"), [(ID, "duplicate", 1), (None, "added", 2)])
    def test_a_rejection_is_taken_back(
        self, archive: Archive, doubtful: Parsed, verdict: str | None, what: str, ids: int
    ) -> None:
        """A file that was rejected comes in after all, if a librarian says whose it is."""
        receive(archive, doubtful)
        archive.reject(ID, NOW)
        assert archive.receive(doubtful, NOW, verdict=Verdict(verdict)).what == what
        assert len(archive.ids()) == ids

    def test_a_rejected_revision_is_asked_about_again(self, archive: Archive) -> None:
        """A suspicious text that was rejected waits again, once it is said to be the briefing's."""
        receive(archive, arrival(text(*"abcde"), URL), arrival(text("a"), URL))
        archive.reject(ID, NOW)
        assert archive.receive(arrival(text("a"), URL), NOW, verdict=Verdict(ID)).what == "held"
        assert archive.accept(ID, NOW) == ID
        assert [i.n for i in archive.readings(ID)[-1].briefing.items] == [1]

    def test_without_an_address_it_is_a_correction(self, archive: Archive) -> None:
        """A file of another title, said to be the briefing's, is its new revision, and suspicious all the same."""
        receive(archive, arrival(text(*"abcdef"), URL))
        renamed = arrival(text(*"abcdeg", title="Corrected Transcript"))
        outcome = archive.receive(renamed, NOW, verdict=Verdict(ID))
        assert (outcome.what, outcome.id, len(archive.readings(ID))) == ("corrected", ID, 2)
        short = arrival(text("a", title="Cut Off"))
        assert archive.receive(short, NOW, verdict=Verdict(ID)).what == "held"

    def test_what_is_known_stays(self, archive: Archive) -> None:
        """A verdict against what is known already is ignored, and that is said."""
        receive(archive, arrival(text("a", "b"), URL + "5"), arrival(text("y", "z"), URL + "6"))
        outcome = archive.receive(arrival(text("y", "z"), URL + "6"), NOW, verdict=Verdict(ID))
        assert (outcome.what, outcome.id, codes(outcome)) == ("unchanged", f"{ID}-2", ["known-otherwise"])

    def test_it_must_be_possible(self, archive: Archive) -> None:
        """A briefing that is not there, or is of another day, is an error, and nothing is taken in."""
        receive(archive, arrival(text("a"), URL + "5"))
        other = arrival(text("b", day="2024-03-05"), URL + "6")
        with pytest.raises(NotFound, match="no such briefing"):
            archive.receive(other, NOW, verdict=Verdict("xv-mfa/en/2024-03-05"))
        with pytest.raises(BadParameter, match="cannot be one of this briefing"):
            archive.receive(other, NOW, verdict=Verdict(ID))
        assert receive(archive, other)[0].what == "added"


class TestReadingAgain:
    """Texts are read from the archive's own bytes by newer code."""

    def test_only_what_older_code_read(self, archive: Archive) -> None:
        """Each text once, with its file as received, its address and its title; afterwards there is none left."""
        archive.receive(arrival(text("a"), URL, data=b"page"), NOW, PARSER_VERSION - 1)
        archive.receive(arrival(text("b", day="2024-03-05"), URL + "2"), NOW, PARSER_VERSION)
        (revision,) = archive.outdated(PARSER_VERSION)
        source, stored = archive.original(revision)
        assert (source.data, source.url, source.title) == (b"page", URL, "Regular Press Briefing")
        assert stored.items == text("a").items
        better = Parsed(source, replace(stored, items=text("x", "a").items))
        outcome = archive.reread(revision, better, LATER)
        assert (outcome.what, outcome.id, codes(outcome)) == ("corrected", ID, ["reparsed"])
        (reading,) = archive.readings(ID)
        assert [i.n for i in reading.briefing.items] == [2, 1]
        assert archive.outdated(PARSER_VERSION) == ()

    def test_the_same_again_is_not_read_a_second_time(self, archive: Archive) -> None:
        """A text that newer code reads alike is unchanged, and no longer outdated."""
        archive.receive(arrival(text("a"), URL, data=b"page"), NOW, PARSER_VERSION - 1)
        (revision,) = archive.outdated(PARSER_VERSION)
        before = archive.sequence()
        assert archive.reread(revision, arrival(text("a"), URL, data=b"page"), NOW).what == "unchanged"
        assert (archive.outdated(PARSER_VERSION), archive.sequence()) == ((), before)

    def test_what_newer_code_refuses_stays(self, archive: Archive) -> None:
        """The text as read before is shown, the refusal is told, and it is tried again next time."""
        archive.receive(arrival(text("a"), URL, data=b"page"), NOW, PARSER_VERSION - 1)
        (revision,) = archive.outdated(PARSER_VERSION)
        source, _ = archive.original(revision)
        outcome = archive.reread(revision, Parsed(source, None, (Problem("no-items", "refused", "none"),)), NOW)
        assert (outcome.what, outcome.id, codes(outcome)) == ("refused", ID, ["no-items"])
        assert archive.readings(ID)[-1].briefing.items == text("a").items
        assert archive.outdated(PARSER_VERSION) == (revision,)


def test_a_held_text_is_numbered_as_what_is_shown(archive: Archive) -> None:
    """So that both can be compared: items alike have one number, new ones the next."""
    receive(archive, arrival(text(*"abcdef"), URL), arrival(text("new", *"abc"), URL))
    (held,) = archive.held()
    assert [i.n for i in held.briefing.items] == [7, 1, 2, 3]


def test_days_without_a_briefing_survive(archive: Archive) -> None:
    """What a briefing announces comes out of the archive as it went in."""
    announced = (Adjournment(date(2024, 3, 29), date(2024, 4, 1)),)
    receive(archive, arrival(replace(text("a"), adjournments=announced), URL))
    assert archive.readings(ID)[-1].briefing.adjournments == announced


def test_an_archive_of_the_first_version_is_brought_up_to_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Readers say what to do; the first writer, or a rehearsal in its copy, adds the tables, and all is there."""
    file = tmp_path / "archive.sqlite3"
    with monkeypatch.context() as before:
        before.setattr(archive_tables, "_STEPS", {})
        before.setattr(archive_tables, "ARCHIVE_VERSION", 1)
        archive_tables.open_database(file).close()
    connection = sqlite3.connect(file)
    assert connection.execute("PRAGMA user_version").fetchone() == (1,)
    connection.close()
    with pytest.raises(ArchiveError, match="lectern rebuild"):
        ArchiveReader.read(file)
    archive_tables.require_archive(file)
    with Archive.rehearse(file) as rehearsal:
        assert rehearsal.withdrawn() == ()
    with Archive.open(file) as archive:
        assert archive.receive(arrival(text("a"), URL), NOW).what == "added"
    with ArchiveReader.read(file) as reader:
        assert reader.ids() == (ID,)
