"""The review list: what is counted, what is shown beside it, what is suggested, and cells that are safe."""

import csv
import io
from collections.abc import Iterable
from datetime import date

import pytest

from index.authority.rows import EntityRow
from index.candidates import (
    COLUMNS,
    Counted,
    LikeNames,
    find_candidates,
    propose_id,
    review_table,
)
from index.sightings import sight
from search.model import Briefing, EntityType
from tests.index.finders import Finder
from tests.invented import answer, briefing, statement

ROWS = (
    EntityRow("person-wang-yong", "person", "Wang Yong"),
    EntityRow("org-tide-union", "organisation", "Tide Union", ("TU", "潮汐联盟")),
    EntityRow("org-wkf", "organisation", "WKF"),
    EntityRow("block-kelp-post", "organisation", "Kelp Post", flags=("block",)),
)


def listed(texts: Iterable[Briefing], finder: Finder) -> list[Counted]:
    """The names that `finder` finds in `texts`, and that no row has."""
    known = {row.id for row in ROWS}
    return find_candidates([(text, sight(text, finder, known)) for text in texts], known)


def test_names_are_counted_over_all_briefings() -> None:
    """The most frequent first: mentions, briefings, first and last day; a row's own mentions are none of them."""
    texts = [
        briefing("2024-03-07", answer(1, "The Kelp Forum?", "Kelp Forum it is, at the Kelp Forum.")),
        briefing("2024-03-05", answer(1, "The Kelp Forum?", "No, the Tide Pact.")),
    ]
    found = listed(texts, Finder({"Tide Pact": "event", "Kelp Forum": "event"}))
    assert [(c.id, c.label, c.count, c.briefings, c.first, c.last) for c in found] == [
        ("event-kelp-forum", "Kelp Forum", 4, 2, date(2024, 3, 5), date(2024, 3, 7)),
        ("event-tide-pact", "Tide Pact", 1, 1, date(2024, 3, 5), date(2024, 3, 5)),
    ]


def test_what_is_written_alike_is_one_name() -> None:
    """Case, diacritics and quotes make no other name: the most frequent form is the label, the others are aliases."""
    text = briefing(
        "2024-03-05", statement(1, "Foro Océano, Foro Océano and Foro Oceano; FORO OCÉANO. Foro Oceano. Foro Océano")
    )
    names: dict[str, EntityType] = {"Foro Océano": "event", "Foro Oceano": "event", "FORO OCÉANO": "event"}
    (found,) = listed([text], Finder(names))
    assert (found.id, found.label, found.aliases, found.count) == (
        "event-foro-oceano",
        "Foro Océano",
        ("Foro Oceano", "FORO OCÉANO"),
        6,
    )


def test_a_person_whom_readers_see_counts_by_every_mention() -> None:
    """The id that readers know is proposed; a title before the name is one, a surname alone is no alias."""
    text = briefing("2024-03-05", answer(1, "What did Minister Ada Vale say?", "Ms Vale said no. Ask Ada Vale."))
    seen = {
        "Minister Ada Vale": ("person-ada-vale", "Ada Vale"),
        "Ms Vale": ("person-ada-vale", "Ada Vale"),
    }
    (found,) = listed([text], Finder({"Ada Vale": "person"}, seen))
    assert (found.id, found.aliases, found.titles, found.count) == ("person-ada-vale", (), ("Minister",), 4)


def test_one_place_counts_once() -> None:
    """A person whom readers see, and whom the rules list besides, is not counted twice."""
    text = briefing("2024-03-05", statement(1, "Ada Vale spoke."))
    seen = {"Ada Vale": ("person-ada-vale", "Ada Vale")}
    (found,) = listed([text], Finder({"Ada Vale": "person"}, seen))
    assert found.count == 1


def test_contexts_are_the_first_and_the_last_ones() -> None:
    """Up to three snippets, each of another briefing, on one line, the name in brackets, with the item's id."""
    said = "We wait.\n\nThe Kelp Forum begins" + " again" * 20 + "."
    texts = [briefing(f"2024-03-0{n}", statement(1, said)) for n in range(1, 6)]
    (found,) = listed(texts, Finder({"Kelp Forum": "event"}))
    assert [context[-19:] for context in found.contexts] == [f"xv-mfa/en/2024-03-0{n}/1)"[-19:] for n in (1, 4, 5)]
    assert found.contexts[0].startswith("We wait. The [Kelp Forum] begins again")
    assert "…" in found.contexts[0]
    assert len(found.contexts[0]) < 130


def test_an_id_that_a_row_has_is_not_proposed() -> None:
    """Another thing of a row's name gets a number."""
    text = briefing("2024-03-05", statement(1, "The Kelp Forum."))
    known = {"org-wkf", "event-kelp-forum", "event-kelp-forum-2"}
    (found,) = find_candidates([(text, sight(text, Finder({"Kelp Forum": "event"}), known))], known)
    assert found.id == "event-kelp-forum-3"


@pytest.mark.parametrize(
    ("type", "label", "id"),
    [
        ("organisation", "People’s Kelp Bank (P.K.B.)", "org-peoples-kelp-bank-pkb"),
        ("person", "José Ñandú-Pérez", "person-jose-nandu-perez"),
        ("event", "海带论坛", ""),
        ("place", "Osk 奥斯克", ""),
    ],
)
def test_ids_are_made_of_latin_letters(type: EntityType, label: str, id: str) -> None:
    """Others have to be given by who knows the language."""
    assert propose_id(type, label) == id


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("Wang Yang", ("person-wang-yong",)),
        ("Tide Unions", ("org-tide-union",)),
        ("TIDE UNION", ("org-tide-union",)),
        ("World Kelp Forum", ("org-wkf",)),
        ("WY", ("person-wang-yong",)),
        ("W", ()),
        ("潮汐联盟会", ("org-tide-union",)),
        ("Kelp Post", ()),
        ("Harbour Wire", ()),
    ],
)
def test_rows_of_like_names_are_suggested(name: str, ids: tuple[str, ...]) -> None:
    """A letter or an ending more, an acronym and what it stands for; no block, and nothing far-fetched."""
    assert LikeNames(ROWS).find(name) == ids


def test_no_more_than_three_rows_are_suggested_the_likest_first() -> None:
    """A row counts by its likest name."""
    rows = [EntityRow(f"person-{n}", "person", "Wang Yang" + "o" * n, ("Otto Vale",)) for n in range(5)]
    assert LikeNames(reversed(rows)).find("Wang Yang") == ("person-0", "person-1", "person-2")


def test_the_table_is_what_a_librarian_edits() -> None:
    """Nothing stands under accept; all else is in its column."""
    day = date(2024, 3, 5)
    one = Counted("person-a", "person", "Wang Yang", ("Wáng Yang",), ("Mr",), 1200, 7, day, day, ("a [b] c", "d"))
    (row,) = csv.DictReader(io.StringIO(review_table([one], LikeNames(ROWS))))
    assert tuple(row) == COLUMNS
    assert {name: cell for name, cell in row.items() if cell} == {
        "id": "person-a",
        "type": "person",
        "label": "Wang Yang",
        "aliases": "Wáng Yang",
        "titles": "Mr",
        "count": "1200",
        "briefings": "7",
        "first": "2024-03-05",
        "last": "2024-03-05",
        "contexts": "a [b] c | d",
        "suggestions": "person-wang-yong",
    }


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "－"])
def test_no_cell_is_a_formula(start: str) -> None:
    """What a page prints cannot make a spreadsheet compute, whichever column it comes to stand in."""
    day, evil = date(2024, 3, 5), f'{start}HYPERLINK("x")'
    one = Counted("", "person", evil, (evil,), (evil,), 1, 1, day, day, (evil,))
    (row,) = csv.reader(io.StringIO(review_table([one], LikeNames(ROWS)).partition("\n")[2]))
    assert [cell for cell in row if cell.startswith(start)] == []
    assert len([cell for cell in row if cell.startswith(f"'{start}")]) == 4
