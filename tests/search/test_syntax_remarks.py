"""What is read otherwise than typed: the tree all the same, and a remark that says how, where, and what to do."""

import pytest

from search.errors import QuerySyntaxError
from search.query import (
    MAX_DISTANCE,
    All,
    Fuzzy,
    Near,
    Phrase,
    Prefix,
    Query,
    Run,
    Scope,
    Term,
    all_of,
    any_of,
    none_of,
)
from search.signs import MAX_RUN
from search.syntax import MAX_DEPTH, MAX_PHRASE, MAX_TERMS, parse_query
from tests.search.test_syntax import FERRY, QUOTA, A, B, C, days, phrase, within

OTHERWISE = [
    # quotation marks
    ('ferry "quota', all_of(FERRY, phrase("quota")), "no closing quotation mark", 6),
    ("ferry “quota", all_of(FERRY, phrase("quota")), "no closing quotation mark", 6),
    ("「核污", phrase("核 污"), "no closing quotation mark", 0),
    ('ferry"', FERRY, "no closing quotation mark", 5),
    ('5" pipe', all_of(Term("5"), phrase("pipe")), "no closing quotation mark", 1),
    ('ferry ""', FERRY, "without a word", 6),
    ('ferry "!?"', FERRY, "without a word", 6),
    ('"', All(), "no closing quotation mark", 0),
    ('"a b"~', phrase("a b"), "read as a phrase", 0),
    ('"a"~3', phrase("a"), "read as a phrase", 0),
    ('"a b"~5000', Near(("a", "b"), MAX_DISTANCE), "read as 100", 0),
    # operators
    ("AND", All(), "nothing to join", 0),
    ("OR", All(), "nothing to join", 0),
    ("NOT", All(), "nothing to join", 0),
    ("ferry OR", FERRY, "nothing to join", 6),
    ("OR ferry", FERRY, "nothing to join", 0),
    ("AND ferry", FERRY, "nothing to join", 0),
    ("ferry AND", FERRY, "nothing to join", 6),
    ("ferry NOT", FERRY, "nothing to join", 6),
    ("ferry NOT.", FERRY, "nothing to join", 6),
    ("(ferry OR)", FERRY, "nothing to join", 7),
    ("q:(ferry OR)", Scope("question", FERRY), "nothing to join", 9),
    ("a OR OR b", any_of(A, B), "nothing to join", 2),
    ("a AND OR b", any_of(A, B), "nothing to join", 2),
    ("ＯＲ", All(), "nothing to join", 0),
    ("😀 OR a", A, "no word is in it", 0),
    ("-", All(), "nothing is left to look for", 1),
    # parentheses
    ("(ferry", FERRY, "not closed", 0),
    ("((ferry)", FERRY, "not closed", 0),
    ("（ferry", FERRY, "not closed", 0),
    ("ferry)", FERRY, "without an opening one", 5),
    (")ferry", FERRY, "without an opening one", 0),
    ("a) OR b", any_of(A, B), "without an opening one", 1),
    ("ferry ()", FERRY, "empty parentheses", 6),
    ("a) b) OR c", any_of(all_of(A, B), C), "without an opening one", 1),
    ("ferry :)", FERRY, "without an opening one", 7),
    # signs
    ("C++", Term("C"), "not searched for", 0),
    ("C#", Term("C"), "not searched for", 0),
    ("#ferry", FERRY, "not searched for", 0),
    ("+ferry", FERRY, "not searched for", 0),
    ("ferry😀", FERRY, "not searched for", 0),
    ("ferry 😀", FERRY, "no word is in it", 6),
    ("👩‍🚀", All(), "no word is in it", 0),
    ("a & b", all_of(A, B), "no word is in it", 2),
    ("a || b", all_of(A, B), "no word is in it", 2),
    ("!ferry", FERRY, "read as ferry", 0),
    ("\u0301", All(), "no word is in it", 0),
    ("**", All(), "no word is in it", 0),
    ("???", All(), "nothing is left to look for", 3),
    # patterns
    ("*tion", Term("tion"), "read as tion", 0),
    ("?erry", Term("erry"), "read as erry", 0),
    ("*ferry*", Prefix("ferry"), "read as ferry*", 0),
    ("ferry~2", Fuzzy("ferry"), "read as ferry~", 0),
    ("a*", A, "without its signs", 0),
    ("a?b", phrase("a b"), "without its signs", 0),
    ("one-Chin*", phrase("one Chin"), "without its signs", 0),
    ("中国*", phrase("中 国"), "without its signs", 0),
    ("核污染水~", Run(tuple("核污染水")), "without its signs", 0),
    # scopes
    ("outlet: AFP", within("outlet", "AFP"), "though a space is behind it", 0),
    ("Q: ferry", Scope("question", FERRY), "though a space is behind it", 0),
    ("ferry outlet:", FERRY, "nothing behind it", 6),
    ("(ferry outlet:)", FERRY, "nothing behind it", 7),
    ("date:", All(), "nothing behind it", 0),
    ("speker:Verlaine", phrase("speker Verlaine"), "no place to look in", 0),
    ('otlet:"Harbour Post"', all_of(Term("otlet"), phrase("Harbour Post")), "no place to look in", 0),
    ("speakers:Verlaine", phrase("speakers Verlaine"), "no place to look in", 0),
    ("dtae:2024", phrase("dtae 2024"), "no place to look in", 0),
    ("ferry country:China", all_of(Term("ferry"), phrase("country China")), "no place to look in", 6),
    ('country:"South Korea"', all_of(Term("country"), phrase("South Korea")), "no place to look in", 0),
    ("q:(outlet:AFP)", within("outlet", "AFP"), "cannot hold another scope", 0),
    ("q:(a date:2024)", all_of(A, days("2024-01-01", "2024-12-31")), "cannot hold another scope", 0),
    ("q:*", All(), "cannot hold another scope", 0),
    ("q:a:b", Scope("answer", B), "another place to look in", 0),
    ("outlet:(q:a)", Scope("question", A), "read on its own", 8),
    ("outlet:A*", within("outlet", "A*"), "knows no patterns", 7),
    ('outlet:"Harbour Post', within("outlet", "Harbour Post"), "no closing quotation mark", 7),
    ("ferry outlet:\\", FERRY, "wants a value", 13),
    # days
    ("a date:2024-02-30", A, "not a date", 7),
    ("a date:yesterday", A, "not a date", 7),
    ("a before:2024..2025", A, "not a date", 9),
    ("a date:2023-2024", A, "not a date", 7),
    ("date:2024..2023", days("2023-01-01", "2024-12-31"), "backwards", 5),
    # what nobody sees moves no position
    ("\u200bfer\u200bry \u202e(quota", all_of(FERRY, QUOTA), "not closed", 9),
    # bounds
    ("(" * 33 + "a b" + ")" * 33, all_of(A, B), "nested more than 32 deep", MAX_DEPTH),
    ("a " * (MAX_TERMS + 1), Phrase(("a",) * (MAX_TERMS + 1)), "are a passage", 0),
    ("a, (b) “c”. " * 300, Phrase(("a", "b", "c") * (MAX_PHRASE // 3)), f"its first {MAX_PHRASE} words", 0),
    (f'c "{"a " * (MAX_PHRASE + 1)}"', all_of(C, Phrase(("a",) * MAX_PHRASE)), f"the first {MAX_PHRASE} of 301", 2),
    ("中" * (MAX_RUN + 1), Phrase(("中",) * (MAX_RUN + 1)), "side by side", 0),
]


@pytest.mark.parametrize(("typed", "tree", "remark", "position"), OTHERWISE)
def test_what_had_to_be_guessed_is_said(typed: str, tree: Query, remark: str, position: int) -> None:
    """The reading goes on with a remark that says what and where; strictly, it is refused there, with a hint."""
    reading = parse_query(typed)
    assert reading.query == tree
    assert remark in reading.remarks[0].message
    with pytest.raises(QuerySyntaxError) as refused:
        parse_query(typed, strict=True)
    assert (refused.value.message, refused.value.position) == (reading.remarks[0].message, position)
    assert refused.value.hint


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ('"trade talks', 'Did you mean "trade talks"?'),
        ("(trade", "add )"),
        ("AND", '"AND" in quotation marks is the word'),
        ("speker:Verlaine", "Did you mean speaker:?"),
        ("languge:en", "Did you mean language:?"),
        ("a date:yesterday", "a date is 2024, 2024-02, 2024-02-08 or a range like 2023..2024-02-08"),
        ("a | b", "OR between words finds either"),
        ("😀 b", ""),
        ("a !b", "-b rules it out"),
        ("*tion", "a pattern begins with at least two letters of one word"),
        ("ferry~2", "how many letters may differ follows from the length of the word"),
        ("outlet: AFP", '"outlet" in quotation marks is the word'),
        ("a " * 65, "type fewer words to find them anywhere"),
    ],
)
def test_the_hint_says_what_to_do(typed: str, hint: str) -> None:
    """A remark comes with what to type to have it otherwise."""
    assert parse_query(typed).remarks[0].hint == hint


def test_the_same_is_said_once() -> None:
    """A mistake that is made again and again gets one line."""
    assert len(parse_query("a) b) c)").remarks) == 1
    assert [r.message for r in parse_query("a 😀 ☂ 😀 ☀ ☁").remarks] == [
        "😀 and ☂ and others: no word is in it, so it was left out"
    ]


def test_a_remark_quotes_little() -> None:
    """What is quoted in a remark is cut to a few words."""
    (remark,) = parse_query("C" * 1_000 + "++").remarks
    assert len(remark.message) < 150


def test_a_colon_that_no_scope_is_meant_by_is_let_be() -> None:
    """Of addresses, times, short words before a colon, and a colon at a word's end, nothing is said."""
    for typed in ("http://x.example", "12:30", "q:ferry", "Re:x", "note: this", "Chapter:7", "mind:"):
        assert parse_query(typed).remarks == ()


def test_a_passage_with_operators_is_refused_not_guessed() -> None:
    """Only a text without operators, scopes and minus signs is taken for a passage."""
    assert parse_query("word " * 65).query == Phrase(("word",) * 65)
    assert isinstance(parse_query("Q: word? " * 65).query, Phrase)


def test_a_misspelt_scope_still_excludes() -> None:
    """The minus before a misspelt scope holds for its words."""
    assert parse_query("-speker:Verlaine").query == none_of(phrase("speker Verlaine"))
