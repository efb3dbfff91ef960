"""What arrives in the archive, and what becomes of it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.archive import Archive, Outcome
from index.parsers import Parsed
from search.errors import BadParameter, NotFound
from search.model import Briefing, Problem
from tests.index.arrivals import NOW, arrival, change, items, refused, text

ID = "xv-mfa/en/2024-03-04"
URL = "https://mfa.example/t"


@pytest.fixture
def archive() -> Iterator[Archive]:
    """An empty archive that no disk has to keep."""
    with Archive.rehearse(Path("nowhere")) as opened:
        yield opened


def receive(archive: Archive, *inputs: Parsed) -> list[Outcome]:
    """The outcomes of inputs that arrive one after the other, a day apart."""
    return [archive.receive(parsed, NOW + timedelta(days=n)) for n, parsed in enumerate(inputs)]


def numbers(archive: Archive, id: str = ID) -> list[int]:
    """The item numbers of a briefing as it reads now."""
    return [item.n for item in archive.readings(id)[-1].briefing.items]


def codes(outcome: Outcome) -> list[str]:
    """The codes of an outcome's problems."""
    return [p.code for p in outcome.problems]


class TestArriving:
    """New texts, known ones, and corrections."""

    def test_a_new_text_is_added(self, archive: Archive) -> None:
        """It stands under its day's id, with its address, and its bytes are kept."""
        parsed = arrival(text("a", "b"), URL + "1")
        (outcome,) = receive(archive, parsed)
        assert (outcome.what, outcome.id, outcome.problems) == ("added", ID, ())
        (reading,) = archive.readings(ID)
        assert (reading.number, reading.briefing.url, reading.since) == (1, URL + "1", "2026-01-02T03:04:05+00:00")
        assert reading.briefing.items == text("a", "b").items
        assert archive.source(parsed.source.digest) == parsed.source.data

    def test_the_same_again_changes_nothing(self, archive: Archive) -> None:
        """Nothing is noted in the journal, with the address or without."""
        receive(archive, arrival(text("a"), URL))
        before = archive.sequence()
        same = repr(text("a")).encode()
        again = receive(archive, arrival(text("a"), URL), arrival(text("a"), data=same))
        assert [(o.what, o.id) for o in again] == [("unchanged", ID)] * 2
        assert archive.sequence() == before

    def test_other_bytes_of_the_same_text_change_nothing(self, archive: Archive) -> None:
        """A page saved again with other advertisements is kept, noted, and no revision."""
        receive(archive, arrival(text("a"), URL))
        before = archive.sequence()
        other = arrival(text("a"), URL, data=b"saved again")
        first, second = receive(archive, other, other)
        assert (first.what, codes(first), second.what) == ("unchanged", ["same-text"], "unchanged")
        assert archive.source(other.source.digest) == b"saved again"
        assert (archive.sequence(), len(archive.readings(ID))) == (before, 1)

    def test_what_is_refused_is_not_kept(self, archive: Archive) -> None:
        """A refused input has its problem, and leaves no trace."""
        (outcome,) = receive(archive, refused())
        assert (outcome.what, outcome.id, codes(outcome)) == ("refused", None, ["empty"])
        with pytest.raises(NotFound):
            archive.source(refused().source.digest)

    def test_a_correction_is_a_revision(self, archive: Archive) -> None:
        """Items keep their numbers, a new one has the next, a removed one stays known with the instant and why."""
        corrected = text("new", "a", *"cdef")
        outcomes = receive(archive, arrival(text(*"abcdef"), URL), arrival(corrected, URL))
        assert [(o.what, o.id) for o in outcomes] == [("added", ID), ("corrected", ID)]
        assert numbers(archive) == [7, 1, 3, 4, 5, 6]
        assert [r.number for r in archive.readings(ID)] == [1, 2]
        (stone,) = archive.tombstones(ID)
        assert (stone.id, stone.since, stone.moved_to) == (f"{ID}/2", "2026-01-03T03:04:05+00:00", None)
        assert "corrected" in stone.reason

    def test_an_item_that_comes_back_is_no_longer_gone(self, archive: Archive) -> None:
        """The same words come back under their number, and their tombstone goes."""
        whole, short = text(*"abcdef"), text(*"acdef")
        restored = arrival(change(whole, 6), URL)
        receive(archive, arrival(whole, URL), arrival(short, URL), restored)
        assert numbers(archive) == [1, 2, 3, 4, 5, 6]
        assert archive.tombstones(ID) == ()

    def test_an_earlier_text_does_not_come_back_by_itself(self, archive: Archive) -> None:
        """A folder with both texts of a page can be added again and again."""
        both = arrival(text(*"abcdef"), URL), arrival(text(*"abcdeg"), URL)
        receive(archive, *both)
        before = archive.sequence()
        assert [o.what for o in receive(archive, *both)] == ["unchanged", "unchanged"]
        assert archive.sequence() == before

    def test_an_address_is_learned(self, archive: Archive) -> None:
        """The same bytes with an address give it to the briefing, which is published again; nothing else changes."""
        unknown, known = arrival(text("a")), arrival(text("a"), URL)
        receive(archive, unknown)
        before = archive.sequence()
        (outcome,) = receive(archive, known)
        assert (outcome.what, codes(outcome)) == ("unchanged", ["address-learned"])
        assert [c.id for c in archive.changes(before)] == [ID]
        (reading,) = archive.readings(ID)
        assert reading.briefing.url == URL

    def test_without_an_address_date_and_title_tell(self, archive: Archive) -> None:
        """A second text of one date and title is a correction."""
        outcomes = receive(archive, arrival(text(*"abcdef")), arrival(text(*"abcdeg")))
        assert [(o.what, o.id) for o in outcomes] == [("added", ID), ("corrected", ID)]

    def test_a_newer_parser_replaces_the_record(self, archive: Archive) -> None:
        """The same bytes read anew are no revision: the record is replaced, numbers stay; older code does nothing."""
        before, after = text("a", "b", "c"), text("a", "b", "x", "c")
        data = b"the page"
        archive.receive(arrival(before, URL, data=data), NOW, 1)
        again = archive.receive(arrival(after, URL, data=data), NOW, 2)
        assert (again.what, codes(again)) == ("corrected", ["reparsed"])
        assert archive.receive(arrival(before, URL, data=data), NOW, 1).what == "unchanged"
        (reading,) = archive.readings(ID)
        assert [i.n for i in reading.briefing.items] == [1, 2, 4, 3]
        assert reading.briefing.items[2].turns == after.items[2].turns

    def test_a_reparse_of_an_earlier_text_leaves_the_present_one(self, archive: Archive) -> None:
        """Only the old reading changes; what is new in it is not taken for an item of today."""
        old, new = text(*"abcdef"), text(*"abcdeg")
        archive.receive(arrival(old, URL, data=b"old"), NOW, 1)
        archive.receive(arrival(new, URL, data=b"new"), NOW, 1)
        archive.receive(arrival(text(*"abcdefz"), URL, data=b"old"), NOW, 2)
        first, second = archive.readings(ID)
        assert [i.n for i in first.briefing.items] == [1, 2, 3, 4, 5, 6, 8]
        assert [i.n for i in second.briefing.items] == [1, 2, 3, 4, 5, 7]
        assert sorted(t.id for t in archive.tombstones(ID)) == [f"{ID}/6", f"{ID}/8"]

    def test_a_reparse_may_put_right_the_date(self, archive: Archive) -> None:
        """A date that newer code reads better moves the briefing, and the old id leads to the new one."""
        archive.receive(arrival(text("a"), URL, data=b"page"), NOW, 1)
        moved = archive.receive(arrival(text("a", day="2024-03-05"), URL, data=b"page"), NOW, 2)
        assert moved.id == "xv-mfa/en/2024-03-05"
        assert archive.tombstones(ID)[0].moved_to == moved.id

    def test_the_name_of_a_file_does_not_move_a_briefing(self, archive: Archive) -> None:
        """The same bytes read under another date or publisher, because a file name or option says so, stay put."""
        data = b"the page"
        receive(archive, arrival(text("a"), URL, data=data))
        before = archive.sequence()
        elsewhere = replace(text("a"), publisher="xw-mfa")
        for other in (text("a", day="2024-03-05"), elsewhere):
            (outcome,) = receive(archive, arrival(other, URL, data=data))
            assert (outcome.what, outcome.id, codes(outcome)) == ("unchanged", ID, ["read-otherwise"])
        assert archive.receive(arrival(elsewhere, URL, data=data), NOW, 2).what == "unchanged"
        assert archive.sequence() == before


class TestSameDay:
    """Several addresses on one day."""

    def test_an_alias_is_noted_and_the_later_address_wins(self, archive: Archive) -> None:
        """One briefing at two addresses has one id, and shows the later address's text, whichever came first."""
        early, late = arrival(text(*"abcdefghijkl"), URL + "1"), arrival(change(text(*"abcdefghijkl"), 1), URL + "2")
        outcomes = receive(archive, late, early)
        assert [(o.what, o.id) for o in outcomes] == [("added", ID), ("duplicate", ID)]
        assert codes(outcomes[1]) == ["duplicate"]
        assert archive.readings(ID)[-1].briefing.url == URL + "2"
        assert archive.ids() == (ID,)

    def test_a_later_alias_takes_over(self, archive: Archive) -> None:
        """A later address's text becomes a new reading, with the earlier numbers."""
        receive(archive, arrival(text(*"abcdefghijkl"), URL + "1"))
        receive(archive, arrival(change(text(*"abcdefghijkl"), 1), URL + "2"))
        readings = archive.readings(ID)
        assert [r.briefing.url for r in readings] == [URL + "1", URL + "2"]
        assert numbers(archive) == list(range(1, 13))

    def test_a_second_briefing(self, archive: Archive) -> None:
        """A clearly different text has an id of its own."""
        outcomes = receive(archive, arrival(text("a", "b"), URL + "1"), arrival(text("c", "d"), URL + "2"))
        assert [(o.what, o.id) for o in outcomes] == [("added", ID), ("added", f"{ID}-2")]

    def test_an_earlier_address_renumbers_the_day(self, archive: Archive) -> None:
        """Ids go by address, so all of the day's ids are published again, and it is noted."""
        receive(archive, arrival(text("c", "d"), URL + "10"))
        before = archive.sequence()
        (outcome,) = receive(archive, arrival(text("a", "b"), URL + "9"))
        assert (outcome.what, outcome.id, codes(outcome)) == ("added", ID, ["renumbered"])
        assert {c.id for c in archive.changes(before)} == {ID, f"{ID}-2"}
        assert archive.readings(f"{ID}-2")[0].briefing.url == URL + "10"
        assert archive.tombstones(ID) == ()

    def test_in_between_is_held(self, archive: Archive) -> None:
        """What may be either is not published, and says which briefing it is like; once accepted it is the second."""
        receive(archive, arrival(text("a", "b", "c"), URL + "2"))
        before = archive.sequence()
        doubtful = arrival(text("a", "b", "x"), URL + "1")
        held, again = receive(archive, doubtful, doubtful)
        assert (held.what, held.id, codes(held)) == ("held", ID, ["which-briefing"])
        assert (again.what, again.id, codes(again)) == ("held", ID, ["which-briefing"])
        assert archive.sequence() == before
        (waiting,) = archive.held()
        assert waiting.live == archive.readings(ID)[0].briefing
        assert archive.accept(ID, NOW) == ID
        assert [archive.readings(i)[0].briefing.url for i in archive.ids()] == [URL + "1", URL + "2"]
        assert archive.held() == ()

    def test_a_rejected_text_stays_out(self, archive: Archive) -> None:
        """Adding it again says so, and changes nothing."""
        receive(archive, arrival(text("a", "b", "c"), URL + "2"), arrival(text("a", "b", "x"), URL + "1"))
        archive.reject(ID, NOW)
        (again,) = receive(archive, arrival(text("a", "b", "x"), URL + "1"))
        assert (again.what, codes(again)) == ("unchanged", ["rejected-before"])
        assert (archive.held(), archive.ids()) == ((), (ID,))

    @pytest.mark.parametrize("order", list(permutations(range(4))))
    def test_order_does_not_matter(self, archive: Archive, order: tuple[int, ...]) -> None:
        """A day of two briefings, one of them at two addresses and once without: the same ids in every order."""
        one, two = text(*"abcdefghijkl"), text(*"nopq", title="Special Briefing")
        inputs = [
            arrival(one, URL + "9"),
            arrival(change(one, 3), URL + "11"),
            arrival(two, URL + "10"),
            arrival(change(one, 5)),
        ]
        keys = {n: archive.receive(inputs[n], NOW).revision for n in order}
        found = [archive.id_of(key) for n in sorted(keys) if (key := keys[n])]
        assert found == [ID, ID, f"{ID}-2", ID]
        assert archive.readings(ID)[-1].briefing.url == URL + "11"


FILES = st.lists(
    st.tuples(st.sampled_from(["wx", "abcdefghijkl", "mnop", "qrst"]), st.integers(0, 1), st.sampled_from([0, 1, 2])),
    min_size=2,
    max_size=7,
    unique=True,
)
"""Files of one day: which briefing, as first printed or corrected, and at which of its addresses (0: not known)."""

ADDRESSES = {"wx": (21, 8), "abcdefghijkl": (9, 100), "mnop": (10, 7), "qrst": (3, 30)}


@given(files=FILES, order=st.randoms())
def test_ids_do_not_depend_on_the_order(files: list[tuple[str, int, int]], order: Random) -> None:
    """Any order of adding the same files, duplicates and second briefings among them, gives the same ids."""
    inputs = []
    for seeds, changed, address in files:
        briefing = text(*seeds, title=f"Briefing on {seeds}")
        url = f"{URL}{ADDRESSES[seeds][address - 1]}" if address else None
        inputs.append(arrival(change(briefing, 1) if changed else briefing, url))
    results = []
    shuffled = list(range(len(inputs)))
    for _ in range(2):
        with Archive.rehearse(Path("nowhere")) as archive:
            keys = {n: archive.receive(inputs[n], NOW).revision for n in shuffled}
            ids = {n: archive.id_of(key) for n, key in keys.items() if key}
            results.append((ids, {id: archive.readings(id)[-1].briefing.url for id in archive.ids()}))
        order.shuffle(shuffled)
    assert results[0] == results[1]
    assert len(results[0][1]) == len({seeds for seeds, _, _ in files})


class TestHolding:
    """What looks wrong waits for a librarian."""

    @pytest.mark.parametrize(
        ("worse", "figure"),
        [
            (text(*"abcd"), "1 of 5 items are gone"),
            (text(*"abcde", day="2024-03-05"), "the date changes from 2024-03-04 to 2024-03-05"),
        ],
    )
    def test_a_suspicious_revision_leaves_the_live_text(self, archive: Archive, worse: Briefing, figure: str) -> None:
        """It is held with its figures, and nothing that readers see changes."""
        receive(archive, arrival(text(*"abcde"), URL))
        before = archive.sequence()
        (outcome,) = receive(archive, arrival(worse, URL))
        assert (outcome.what, outcome.id, codes(outcome)) == ("held", ID, ["suspicious-revision"])
        assert outcome.problems[0].severity == "held"
        assert figure in outcome.problems[0].message
        assert (archive.sequence(), numbers(archive)) == (before, [1, 2, 3, 4, 5])
        (held,) = archive.held()
        assert (held.id, held.briefing.items, held.problems) == (ID, worse.items, outcome.problems)

    def test_an_accepted_revision_is_shown(self, archive: Archive) -> None:
        """Its items keep their numbers, and what is gone is remembered."""
        receive(archive, arrival(text(*"abcde"), URL), arrival(text(*"bcd"), URL))
        assert archive.accept(ID, NOW) == ID
        assert numbers(archive) == [2, 3, 4]
        assert [t.id for t in archive.tombstones(ID)] == [f"{ID}/1", f"{ID}/5"]

    def test_a_rejected_revision_is_not_shown(self, archive: Archive) -> None:
        """The earlier text stays, and nothing waits any more."""
        receive(archive, arrival(text(*"abcde"), URL), arrival(text(*"bcd"), URL))
        archive.reject(ID, NOW)
        assert (numbers(archive), archive.held()) == ([1, 2, 3, 4, 5], ())

    def test_what_its_parser_holds_waits(self, archive: Archive) -> None:
        """A text with a problem of severity held is archived, not published, and published once accepted."""
        doubtful = arrival(text("a"), URL, problems=(Problem("few-items", "held", "only one item"),))
        (outcome,) = receive(archive, doubtful)
        assert (outcome.what, outcome.id, archive.ids(), archive.sequence()) == ("held", ID, (), 0)
        assert archive.held()[0].live is None
        archive.accept(ID, NOW)
        assert archive.ids() == (ID,)

    def test_newer_code_may_release_what_is_held(self, archive: Archive) -> None:
        """A held text that is read without that problem now is added."""
        doubtful = arrival(text("a"), URL, data=b"x", problems=(Problem("few-items", "held", "only one item"),))
        archive.receive(doubtful, NOW, 1)
        assert archive.receive(arrival(text("a"), URL, data=b"x"), NOW, 2).what == "added"
        assert archive.held() == ()

    def test_a_corrected_date_moves_the_id_for_good(self, archive: Archive) -> None:
        """The old id, and those of its items, lead to the new one; it is never given to another briefing."""
        new = "xv-mfa/en/2024-03-05"
        receive(archive, arrival(text("a", "b"), URL + "5"), arrival(text("a", "b", day="2024-03-05"), URL + "5"))
        before = archive.sequence()
        assert archive.accept(ID, NOW) == new
        assert {c.id for c in archive.changes(before)} == {ID, new}
        assert [(t.id, t.moved_to) for t in archive.tombstones(ID)] == [
            (ID, new),
            (f"{ID}/1", f"{new}/1"),
            (f"{ID}/2", f"{new}/2"),
        ]
        (other,) = receive(archive, arrival(text("y", "z"), URL + "1"))
        assert other.id == f"{ID}-2"
        assert archive.redirects() == (ID,)

    def test_a_date_that_is_corrected_back_takes_its_id_again(self, archive: Archive) -> None:
        """No id leads in a circle."""
        there, back = text("a", "b", day="2024-03-05"), change(text("a", "b"), 1)
        receive(archive, arrival(text("a", "b"), URL), arrival(there, URL))
        archive.accept(ID, NOW)
        receive(archive, arrival(back, URL))
        assert archive.accept("xv-mfa/en/2024-03-05", NOW) == ID
        assert archive.redirects() == ("xv-mfa/en/2024-03-05",)
        assert archive.tombstones("xv-mfa/en/2024-03-05")[0].moved_to == ID
        assert archive.tombstones(ID) == ()

    def test_an_alias_keeps_the_id_of_a_briefing_that_moved(self, archive: Archive) -> None:
        """Where another address still gives the old date, its text stays under the old id."""
        receive(archive, arrival(text("a"), URL + "1"), arrival(text("a"), URL + "2", data=b"2"))
        receive(archive, arrival(text("a", day="2024-03-05"), URL + "2"))
        assert archive.accept(ID, NOW) == "xv-mfa/en/2024-03-05"
        assert archive.readings(ID)[-1].briefing.url == URL + "1"
        assert archive.redirects() == ()

    def test_deciding_needs_one_text(self, archive: Archive) -> None:
        """Nothing held is an error, several under one id too, and the message names their numbers."""
        with pytest.raises(NotFound, match="lectern review"):
            archive.accept(ID, NOW)
        receive(archive, arrival(text(*"abcde"), URL), arrival(text("a"), URL), arrival(text("b"), URL))
        with pytest.raises(BadParameter, match="2, 3"):
            archive.reject(ID, NOW)
        assert archive.accept("3", NOW) == ID
        assert numbers(archive) == [2]


def test_a_revision_of_another_publisher_is_held(archive: Archive) -> None:
    """The same address under another publisher is a suspicious revision, not a new briefing."""
    receive(archive, arrival(text("a"), URL))
    (outcome,) = receive(archive, arrival(replace(text("a"), publisher="xw-mfa", date=date(2024, 3, 5)), URL))
    assert (outcome.what, outcome.id) == ("held", ID)
    assert archive.accept(ID, NOW) == "xw-mfa/en/2024-03-05"
    assert archive.readings("xw-mfa/en/2024-03-05")[-1].briefing.items == items("a")
