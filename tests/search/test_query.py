"""The query tree: what may be made, and what may not."""

from datetime import date

import pytest

from search.query import (
    All,
    And,
    DateRange,
    Fuzzy,
    Near,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Scope,
    Term,
    Variants,
    Wildcard,
    all_of,
    any_of,
    iter_nodes,
    iter_runs,
    none_of,
    phrase_of,
    words_of_run,
)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Term("two words"),
        lambda: Term(""),
        lambda: Term("OR"),
        lambda: Phrase(()),
        lambda: Phrase(("two words",)),
        lambda: Near(("one",), 3),
        lambda: Near(("a", "b"), 101),
        lambda: Prefix("a"),
        lambda: Wildcard("abc"),
        lambda: Wildcard("abc*"),
        lambda: Wildcard("ab**c"),
        lambda: Wildcard("a?c"),
        lambda: Wildcard("abc?"),
        lambda: Scope("no-such-field", "x"),
        lambda: Scope("outlet", Term("x")),
        lambda: Scope("question", "x"),
        lambda: Scope("outlet", 'a"b'),
        lambda: Scope("question", All()),
        lambda: Scope("question", Scope("answer", Term("x"))),
        DateRange,
        lambda: Not(Not(Term("x"))),
        lambda: And((Term("x"),)),
        lambda: And((Term("x"), And((Term("y"), Term("z"))))),
        lambda: Or((Term("x"),)),
        any_of,
    ],
)
def test_what_has_no_canonical_text_cannot_be_made(make: type[Query]) -> None:
    """A node that could not be written down and read back is refused when made."""
    with pytest.raises(ValueError, match=r"."):
        make()


def test_flattening() -> None:
    """all_of and any_of give flat trees; of one node, the node; all_of of none, everything."""
    a, b, c = Term("a"), Term("b"), Term("c")
    assert all_of(all_of(a, b), c) == And((a, b, c))
    assert any_of(a, any_of(b, c)) == Or((a, b, c))
    assert (all_of(a), any_of(b), all_of()) == (a, b, All())
    assert none_of(none_of(a)) == a


def test_iter_nodes_visits_everything() -> None:
    """Parents come first, and scopes are looked into."""
    tree = all_of(Scope("question", any_of(Term("a"), Fuzzy("b"))), none_of(Term("c")))
    kinds = [type(n).__name__ for n in iter_nodes(tree)]
    assert kinds == ["And", "Scope", "Or", "Term", "Fuzzy", "Not", "Term"]


def test_a_single_day_is_written_short() -> None:
    """A range of one day is that day."""
    assert str(DateRange(date(2024, 2, 8), date(2024, 2, 8))) == "date:2024-02-08"


@pytest.mark.parametrize(("word", "edits"), [("talks", 1), ("talked", 2), ("中", 1)])
def test_how_fuzzy(word: str, edits: int) -> None:
    """One edit up to five letters, two above."""
    assert Fuzzy(word).edits == edits


def test_a_name_of_several_words_is_a_part_of_what_was_typed_side_by_side() -> None:
    """Looked for under other names too, its words still stand in their row; other alternatives have no words."""
    name = all_of(Term("port"), Term("osk"))
    either = any_of(name, Variants((Phrase(("port", "osk")), Term("PO"))))
    ((field, run),) = iter_runs(all_of(Term("the"), either, Term("ferry")))
    assert (field, phrase_of(run)) == ("", Phrase(("the", "port", "osk", "ferry")))
    assert tuple(words_of_run(run)) == tuple(map(Term, ("the", "port", "osk", "ferry")))
    assert [phrase_of(run).words for _, run in iter_runs(either)] == [("port", "osk")]
    other = any_of(name, Variants((Phrase(("kelp", "bay")), Term("PO"))))
    assert [phrase_of(run).words for _, run in iter_runs(all_of(Term("the"), other))] == [("port", "osk")]
