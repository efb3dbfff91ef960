"""The query language: what typed text means, and that anything typed gives a tree."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.errors import QuerySyntaxError, QueryTooLong
from search.syntax import MAX_CHARACTERS, MAX_DEPTH, MAX_TERMS, parse_query
from tests.strategies import queries


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("", "*"),
        ("   ", "*"),
        ("trade war", "trade war"),
        ("trade AND war", "trade war"),
        ('"trade war"', '"trade war"'),
        ("“trade war”", '"trade war"'),
        ("«trade war»", '"trade war"'),
        ("one-China", '"one China"'),
        ("a OR b c", "a OR (b c)"),
        ("(a OR b) c", "(a OR b) c"),
        ("a OR b OR c", "a OR b OR c"),
        ("-foo", "-foo"),
        ("NOT foo", "-foo"),
        ("--foo", "foo"),
        ("a -(b OR c)", "a -(b OR c)"),
        ("outlet:AFP", 'outlet:"AFP"'),
        ('speaker:"Ilsa Verlaine" x', 'speaker:"Ilsa Verlaine" x'),
        ('outlet:""', 'outlet:""'),
        ("q:kelp -a:kelp", "q:kelp -a:kelp"),
        ("question:(a b)", "q:(a b)"),
        ("lang:en", 'lang:"en"'),
        ("date:2024-02", "date:2024-02-01..2024-02-29"),
        ("date:2023..2024-02-08", "date:2023-01-01..2024-02-08"),
        ("before:2024", "date:..2023-12-31"),
        ("after:2024-02", "date:2024-03-01.."),
        ("date:2024-2-8", "date:2024-02-08"),
        ("sanction*", "sanction*"),
        ("organi?ation", "organi?ation"),
        ("Did it respond?", "Did it respond"),
        ("wor~", "wor~"),
        ('"a b"~5', '"a b"~5'),
        ("AT&T", '"AT T"'),
        ("C++", "C"),
        ("12:30", '"12 30"'),
        ("http://valdria.example/a", '"http valdria example a"'),
        ("U.S. US us", "U.S. US us"),
        ("中国", '"中国"'),
        ("中", "中"),
        ("don’t", "don’t"),
        ("foo(bar)", "foo bar"),
    ],
)
def test_what_typed_text_means(typed: str, canonical: str) -> None:
    """The tree's canonical text, without a remark."""
    reading = parse_query(typed)
    assert (str(reading.query), reading.remarks) == (canonical, ())


@pytest.mark.parametrize(
    ("typed", "canonical", "remark", "position"),
    [
        ('trade "war', 'trade "war"', "no closing quotation mark", 6),
        ("AND", '"AND"', "nothing to join", 0),
        ("foo OR", 'foo "OR"', "nothing to join", 4),
        ("(foo", "foo", "not closed", 0),
        ("foo)", "foo", "without an opening one", 3),
        ("foo ()", "foo", "empty parentheses", 4),
        ("foo 😀", "foo", "no word in it", 4),
        ('foo ""', "foo", "without a word", 4),
        ("x date:2024-02-30", "x", "not a date", 2),
        ("q:(outlet:AFP)", 'outlet:"AFP"', "cannot hold another scope", 0),
        ("a*", "a", "without its sign", 0),
        ('"a b"~', '"a b"', "read as a phrase", 0),
        ('"a b"~5000', '"a b"~100', "read as 100", 0),
    ],
)
def test_what_had_to_be_guessed_is_said(typed: str, canonical: str, remark: str, position: int) -> None:
    """The reading goes on with a remark that says what and where; strictly, it is refused there."""
    reading = parse_query(typed)
    assert str(reading.query) == canonical
    assert remark in reading.remarks[0].message
    with pytest.raises(QuerySyntaxError, match=remark) as refused:
        parse_query(typed, strict=True)
    assert refused.value.position == position


def test_the_hint_for_an_open_quotation() -> None:
    """An unclosed phrase is answered with the closed one."""
    assert parse_query('"trade talks').remarks[0].hint == 'Did you mean "trade talks"?'


@given(queries)
def test_canonical_text_parses_back(query: object) -> None:
    """Every tree's canonical text gives the same tree, with nothing guessed."""
    reading = parse_query(str(query))
    assert (reading.query, reading.remarks) == (query, ())


typed = st.one_of(
    st.text(max_size=60),
    st.lists(
        st.sampled_from(
            [
                '"',
                "(",
                ")",
                "-",
                "~",
                "*",
                "?",
                ":",
                "q:",
                "a:",
                "outlet:",
                "date:",
                "OR",
                "AND",
                "NOT",
                "foo",
                "US",
                "中国",
                " ",
                "..",
                "~5",
                "2024",
                "\\",
                "’",
            ]
        ),
        max_size=14,
    ).map("".join),
)


@given(typed)
def test_anything_typed_gives_a_tree(text: str) -> None:
    """No text is refused, and what it was read as parses back to itself without a remark."""
    reading = parse_query(text)
    again = parse_query(str(reading.query))
    assert (again.query, again.remarks) == (reading.query, ())


@pytest.mark.parametrize(
    "text", ["x" * (MAX_CHARACTERS + 1), "ab " * (MAX_TERMS + 1), "(" * (MAX_DEPTH + 1) + "x", "-" * 2_000 + "x"]
)
def test_bounds(text: str) -> None:
    """Texts beyond the bounds on length, terms or nesting are refused with a hint, quickly."""
    with pytest.raises(QueryTooLong) as refused:
        parse_query(text)
    assert refused.value.hint


def test_a_long_phrase_is_one_term() -> None:
    """A pasted paragraph in quotation marks counts as one."""
    parse_query('"' + "word " * 300 + '"')
