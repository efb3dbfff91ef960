"""From the query as read to the query that is asked."""

from collections.abc import Sequence

import pytest

from search.expansion import MAX_NAMES, Counter, Expanded, Named, Synonyms, expand
from search.query import And, Not, Or, Phrase, Query, Run, Scope, Term, Variants, all_of
from search.syntax import parse_query

GROUPS = (
    ("South Veld", "ROV", "Republic of Veld"),
    ("Valdria", "Kingdom of Valdria"),
    ("Nordhaven Pact", "NP"),
    ("海港", "海港自治区"),
    ("港务总局", "总局"),
    ("Ny-Haven", "New Haven"),
)
COUNTS = {
    Term("ROV"): 99,
    Term("rov"): 100,
    Term("NP"): 50,
    Term("np"): 100,
    Run(tuple("核污水")): 5,
    Phrase(tuple("核污水")): 2,
    Run(tuple("大海港")): 4,
    Phrase(tuple("大海港")): 4,
    Run(tuple("海大港")): 3,
    Scope("question", Run(tuple("核污水"))): 1,
    Scope("question", Phrase(tuple("核污水"))): 1,
}


def count(queries: Sequence[Query], *, picked: bool = False) -> list[int]:
    """What an invented collection has of each query; all of it is picked."""
    return [COUNTS.get(query, 0) for query in queries]


def count_elsewhere(queries: Sequence[Query], *, picked: bool = False) -> list[int]:
    """The same where something is picked that has nothing of them."""
    return [0 if picked else COUNTS.get(query, 0) for query in queries]


def asked(text: str, count: Counter = count, *, apart: bool = True) -> Expanded:
    """What is asked where `text` was typed."""
    return expand(parse_query(text).query, text, Synonyms(GROUPS), count, apart=apart)


ROV = Variants((Term("ROV"), Phrase(("South", "Veld")), Phrase(("Republic", "of", "Veld"))))


def test_a_name_stands_for_its_group() -> None:
    """A name is looked for with the others of its group, and it is told as what."""
    assert asked("ROV") == Expanded(ROV, (Named("ROV", ("South Veld", "Republic of Veld")),))


def test_words_that_spell_a_name_may_stand_apart_too() -> None:
    """Of neighbouring words that are a name each is found as before, or all as one of the names."""
    name = Variants((Phrase(("south", "veld")), Term("ROV"), Phrase(("Republic", "of", "Veld"))))
    words = And((Term("south"), Term("veld")))
    assert asked("south veld").query == Or((words, name))
    assert asked("tax south veld").query == And((Term("tax"), Or((words, name))))
    assert asked("south tax veld").query == parse_query("south tax veld").query


def test_the_longest_name_is_taken() -> None:
    """Of a name within a name only the outer is one."""
    expanded = asked("kingdom of Valdria tax")
    assert expanded.names == (Named("kingdom of Valdria", ("Valdria",)),)


@pytest.mark.parametrize("text", ['"South Veld"', '"ROV"', "“海港”", '"south veld" ~', '"tax in South Veld"', "ROV*"])
def test_what_is_quoted_stays(text: str) -> None:
    """What stands in quotation marks, and a pattern, is asked as it was typed."""
    assert asked(text) == Expanded(parse_query(text).query)


def test_a_longer_name_finds_nothing_more() -> None:
    """A name that holds the typed one is not looked for, and then there is nothing to tell."""
    assert asked("Valdria") == Expanded(Term("Valdria"))
    assert asked("海港") == Expanded(Phrase(("海", "港")))


def test_han_names() -> None:
    """Names without spaces are names, two characters or more."""
    assert asked("港务总局").query == Variants((Phrase(tuple("港务总局")), Phrase(("总", "局"))))
    assert asked("海港自治区").names == (Named("海港自治区", ("海港",)),)


def test_small_letters_are_an_acronym_where_they_stand_for_nothing_else() -> None:
    """`rov` is hardly ever anything but ROV; `np` half of the time."""
    assert asked("rov").query == Variants((Term("rov"), *ROV.forms[1:]))
    assert asked("np").query == Term("np")


def test_names_in_scopes_and_below_not() -> None:
    """A scope keeps its names inside, and who excludes a name excludes the thing."""
    assert asked("q:ROV").query == Scope("question", ROV)
    assert asked("tax -ROV").query == And((Term("tax"), Not(ROV)))
    assert asked("tax OR ROV").query == Or((Term("tax"), ROV))


def test_names_are_bounded() -> None:
    """Of very many names the first are looked for under others."""
    text = " ".join(["ROV"] * (MAX_NAMES + 3))
    query = asked(text).query
    assert isinstance(query, And)
    assert sum(isinstance(child, Variants) for child in query.children) == MAX_NAMES


def test_a_name_may_be_typed_with_a_hyphen() -> None:
    """What is joined by a hyphen is a phrase that nobody quoted."""
    assert asked("Ny-Haven").query == Variants((Phrase(("Ny", "Haven")), Phrase(("New", "Haven"))))


def test_a_run_is_asked_as_it_serves_best() -> None:
    """Both ways where both find something; as a phrase where pairs add nothing; by pairs where it is nowhere."""
    run = Run(tuple("核污水"))
    assert asked("核污水") == Expanded(run, apart=True)
    assert asked("q:核污水").query == Scope("question", run.phrase)
    assert asked("大海港") == Expanded(Phrase(tuple("大海港")))
    assert asked("海大港") == Expanded(all_of(*Run(tuple("海大港")).pairs), apart=True)
    assert asked("海大港", apart=False).query == Phrase(tuple("海大港"))


def test_what_is_picked_changes_nothing_that_is_found() -> None:
    """Facets count what other picks would find, so the same is asked under each: for a run by its pairs."""
    pairs = all_of(*Run(tuple("核污水")).pairs)
    assert asked("核污水", count_elsewhere) == Expanded(pairs, apart=True)
    for text in ("大海港", "海大港", "rov", "np", "ROV"):
        assert asked(text, count_elsewhere) == asked(text)
