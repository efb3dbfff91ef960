"""The query language: what typed text means, and that anything typed gives a tree, quickly."""

from datetime import date
from time import process_time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from search.errors import QuerySyntaxError, QueryTooLong
from search.query import (
    All,
    DateRange,
    Fuzzy,
    Near,
    Phrase,
    Prefix,
    Query,
    Run,
    Scope,
    Term,
    Wildcard,
    all_of,
    any_of,
    iter_nodes,
    none_of,
)
from search.syntax import MAX_CHARACTERS, MAX_DEPTH, MAX_PHRASE, MAX_TERMS, parse_query
from tests.strategies import queries

LONGEST = 0.25
"""Seconds of processor time that the longest text may take; on a quiet machine it is a tenth of that."""

A, B, C, FERRY, QUOTA = map(Term, ("a", "b", "c", "ferry", "quota"))
POLLUTED = Run(tuple("核污染水"))


def phrase(words: str) -> Phrase:
    """A phrase of words that stand between spaces."""
    return Phrase(tuple(words.split()))


def within(field: str, *values: str) -> Query:
    """A scope of a keyword, for any of its values."""
    return any_of(*(Scope(field, value) for value in values))


def days(since: str, until: str) -> DateRange:
    """A range of days; an empty end is open."""
    return DateRange(*(date.fromisoformat(day) if day else None for day in (since, until)))


READ = [
    # nothing, everything
    ("", All()),
    ("   ", All()),
    ("\u3000\t\n", All()),
    ("*", All()),
    # words
    ("ferry", FERRY),
    ("ferry quota", all_of(FERRY, QUOTA)),
    ("  ferry\n\tquota ", all_of(FERRY, QUOTA)),
    ("ferry\u00a0quota", all_of(FERRY, QUOTA)),
    ("ferry AND quota", all_of(FERRY, QUOTA)),
    ("ferry and quota", all_of(FERRY, Term("and"), QUOTA)),
    ("ferry or quota", all_of(FERRY, Term("or"), QUOTA)),
    ("not ferry", all_of(Term("not"), FERRY)),
    ("Or ferry", all_of(Term("Or"), FERRY)),
    ("NEAR", Term("NEAR")),
    ("ferry NEAR quota", all_of(FERRY, Term("NEAR"), QUOTA)),
    ("ferry TO quota", all_of(FERRY, Term("TO"), QUOTA)),
    ("U.S. US us", all_of(Term("U.S."), Term("US"), Term("us"))),
    ("don’t", Term("don’t")),
    ("don't", Term("don't")),
    ("Türkiye", Term("Türkiye")),
    ("Tu\u0308rkiye", Term("Tu\u0308rkiye")),
    ("nación", Term("nación")),
    ("переговоры", Term("переговоры")),
    ("محادثات", Term("محادثات")),
    ("5,000", Term("5,000")),
    ("3.5", Term("3.5")),
    ("5G", Term("5G")),
    ("50%", Term("50")),
    ("$5", Term("5")),
    ("@ferry", FERRY),
    # punctuation
    ("Did it respond?", all_of(Term("Did"), Term("it"), Term("respond"))),
    ("¿Qué pasa?", all_of(Term("Qué"), Term("pasa"))),
    ("ferry, quota; cable.", all_of(FERRY, QUOTA, Term("cable"))),
    ("ferry,quota", all_of(FERRY, QUOTA)),
    ("ferry—quota", all_of(FERRY, QUOTA)),
    ("ferry – quota", all_of(FERRY, QUOTA)),
    ("ferry - quota", all_of(FERRY, QUOTA)),
    ("ferry ... quota !", all_of(FERRY, QUOTA)),
    ("ferry… quota", all_of(FERRY, QUOTA)),
    ("[ferry] {quota}", all_of(FERRY, QUOTA)),
    ("‘ferry quota’", all_of(FERRY, QUOTA)),
    ("ferry ----- quota", all_of(FERRY, QUOTA)),
    ("1,2", phrase("1 2")),
    # without a space
    ("AT&T", phrase("AT T")),
    ("12:30", phrase("12 30")),
    ("12:30pm", phrase("12 30pm")),
    ("one-China", phrase("one China")),
    ("one\u2011China", phrase("one China")),
    ("2020–2023", phrase("2020 2023")),
    ("2020~2023", phrase("2020 2023")),
    ("and/or", phrase("and or")),
    ("R&D", phrase("R D")),
    ("U.S.-China", phrase("U.S. China")),
    ("P5+1", phrase("P5 1")),
    ("a-NOT-b", phrase("a NOT b")),
    ("http://valdria.example/a", phrase("http valdria example a")),
    ("https://valdria.example/?q=a&x=1#top", phrase("https valdria example q a x 1 top")),
    ("press@valdria.example", phrase("press valdria example")),
    ("foo:bar", phrase("foo bar")),
    ("foo:", Term("foo")),
    ('foo:"a b"', all_of(Term("foo"), phrase("a b"))),
    ("Re: ferry", all_of(Term("Re"), FERRY)),
    # phrases
    ('"ferry quota"', phrase("ferry quota")),
    ('"Ferry, quota!"', phrase("Ferry quota")),
    ('"ferry"', phrase("ferry")),
    ('"in the"', phrase("in the")),
    ('"OR"', phrase("OR")),
    ('"ferry OR quota"', phrase("ferry OR quota")),
    ('"-ferry (quota"', phrase("ferry quota")),
    ('"q:ferry"', phrase("q ferry")),
    ('"ferry*"', phrase("ferry")),
    ("“ferry quota”", phrase("ferry quota")),
    ("„ferry quota“", phrase("ferry quota")),
    ("”ferry quota”", phrase("ferry quota")),
    ("«ferry quota»", phrase("ferry quota")),
    ("＂ferry quota＂", phrase("ferry quota")),
    ('"ferry quota”', phrase("ferry quota")),
    ('ferry"quota"', all_of(FERRY, phrase("quota"))),
    ('"a b""c d"', all_of(phrase("a b"), phrase("c d"))),
    ('"a b"~5', Near(("a", "b"), 5)),
    ('"a b"~0', Near(("a", "b"), 0)),
    ("“a b”～５", Near(("a", "b"), 5)),
    ('"a b c"~100', Near(("a", "b", "c"), 100)),
    # operators
    ("a OR b", any_of(A, B)),
    ("a OR b OR c", any_of(A, B, C)),
    ("a OR b c", any_of(A, all_of(B, C))),
    ("a b OR c", any_of(all_of(A, B), C)),
    ("(a OR b) c", all_of(any_of(A, B), C)),
    ("((a))", A),
    ("a(b)c", all_of(A, B, C)),
    ("(a b)(c)", all_of(A, B, C)),
    ("-a", none_of(A)),
    ("NOT a", none_of(A)),
    ("--a", A),
    ("NOT -a", A),
    ("NOT NOT NOT a", none_of(A)),
    ("−a", none_of(A)),
    ("a -b", all_of(A, none_of(B))),
    ("a NOT b", all_of(A, none_of(B))),
    ("a AND NOT b", all_of(A, none_of(B))),
    ("a OR -b", any_of(A, none_of(B))),
    ('-"a b"', none_of(phrase("a b"))),
    ("a -(b OR c)", all_of(A, none_of(any_of(B, C)))),
    ("NOT(a b)", none_of(all_of(A, B))),
    ("(-a)", none_of(A)),
    # patterns
    ("sanction*", Prefix("sanction")),
    ("sanction**", Prefix("sanction")),
    ("(sanction*)", Prefix("sanction")),
    ("'sanction*'", Prefix("sanction")),
    ("sanction*, ferry", all_of(Prefix("sanction"), FERRY)),
    ("sanction*.", Prefix("sanction")),
    ("Did he sanction*?", all_of(Term("Did"), Term("he"), Prefix("sanction"))),
    ("organi?ation", Wildcard("organi?ation")),
    ("organi?ation*", Wildcard("organi?ation*")),
    ("or*ion", Wildcard("or*ion")),
    ("organi？ation", Wildcard("organi?ation")),
    ("ferry~", Fuzzy("ferry")),
    ("OR~ a", all_of(Fuzzy("OR"), A)),
    ("a NOT*", all_of(A, Prefix("NOT"))),
    ("ferry～", Fuzzy("ferry")),
    ("-ferry~", none_of(Fuzzy("ferry"))),
    # texts
    ("q:ferry", Scope("question", FERRY)),
    ("Q:ferry", Scope("question", FERRY)),
    ("question:ferry", Scope("question", FERRY)),
    ("a:ferry", Scope("answer", FERRY)),
    ("answer:ferry", Scope("answer", FERRY)),
    ("title:ferry", Scope("title", FERRY)),
    ("q:ferry -a:ferry", all_of(Scope("question", FERRY), none_of(Scope("answer", FERRY)))),
    ("q:Xinjiang -a:Xinjiang", all_of(Scope("question", Term("Xinjiang")), none_of(Scope("answer", Term("Xinjiang"))))),
    ("q:ferry quota", all_of(Scope("question", FERRY), QUOTA)),
    ('q:"ferry quota"', Scope("question", phrase("ferry quota"))),
    ('q:"a b"~3', Scope("question", Near(("a", "b"), 3))),
    ("q:(a OR b)", Scope("question", any_of(A, B))),
    ("q:(a -b)", Scope("question", all_of(A, none_of(B)))),
    ("q:-a", Scope("question", none_of(A))),
    ("q:sanction*", Scope("question", Prefix("sanction"))),
    ("q:one-China", Scope("question", phrase("one China"))),
    # keywords
    ("speaker:Verlaine", within("speaker", "Verlaine")),
    ('speaker:"Ilsa Verlaine"', within("speaker", "Ilsa Verlaine")),
    ("speaker:“Ilsa Verlaine”", within("speaker", "Ilsa Verlaine")),
    ("outlet:AFP", within("outlet", "AFP")),
    ("OUTLET:AFP", within("outlet", "AFP")),
    ("outlet:AFP?", within("outlet", "AFP")),
    ("outlet:AFP.", within("outlet", "AFP")),
    ("outlet:U.S.", within("outlet", "U.S.")),
    ("ferry outlet:AFP, quota", all_of(FERRY, within("outlet", "AFP"), QUOTA)),
    ('outlet:""', within("outlet", "")),
    ('-outlet:""', none_of(within("outlet", ""))),
    ('outlet:"*"', within("outlet", "*")),
    ("outlet:(AFP OR VANA)", within("outlet", "AFP", "VANA")),
    ('-outlet:(AFP OR "Harbour Post")', none_of(within("outlet", "AFP", "Harbour Post"))),
    ("outlet:OR", within("outlet", "OR")),
    ("entity:ROK", within("entity", "ROK")),
    ("about:ROK", within("about", "ROK")),
    ("publisher:cn-mfa", within("publisher", "cn-mfa")),
    ("lang:zh", within("language", "zh")),
    ("language:zh", within("language", "zh")),
    ("kind:statement", within("kind", "statement")),
    ("year:2024", within("year", "2024")),
    ("month:2024-02", within("month", "2024-02")),
    ("briefing:xv-mfa/en/2024-03-04", within("briefing", "xv-mfa/en/2024-03-04")),
    ("id:xv-mfa/en/2024-03-04/7", within("id", "xv-mfa/en/2024-03-04/7")),
    ("(outlet:AFP)", within("outlet", "AFP")),
    # days
    ("date:2024", days("2024-01-01", "2024-12-31")),
    ("date:2024-02", days("2024-02-01", "2024-02-29")),
    ("date:2024-02-08", days("2024-02-08", "2024-02-08")),
    ("date:2024-2-8", days("2024-02-08", "2024-02-08")),
    ("Was it date:2024-02-08?", all_of(Term("Was"), Term("it"), days("2024-02-08", "2024-02-08"))),
    ("date:2024-02-08.", days("2024-02-08", "2024-02-08")),
    ("date:2024/02/08", days("2024-02-08", "2024-02-08")),
    ("date:2024.02", days("2024-02-01", "2024-02-29")),
    ("date:2024年2月8日", days("2024-02-08", "2024-02-08")),
    ("date:2023年..2024年2月", days("2023-01-01", "2024-02-29")),
    ("date:２０２４－０２", days("2024-02-01", "2024-02-29")),
    ('date:"2024-02"', days("2024-02-01", "2024-02-29")),
    ("date:2023..2024-02-08", days("2023-01-01", "2024-02-08")),
    ("date:2023..", days("2023-01-01", "")),
    ("date:..2023", days("", "2023-12-31")),
    ("date:(2021 OR 2023)", any_of(days("2021-01-01", "2021-12-31"), days("2023-01-01", "2023-12-31"))),
    ("before:2024", days("", "2023-12-31")),
    ("after:2024-02", days("2024-03-01", "")),
    ("-date:2024", none_of(days("2024-01-01", "2024-12-31"))),
    # Chinese
    ("中", Term("中")),
    ("中国", phrase("中 国")),
    ("中国 外交", all_of(phrase("中 国"), phrase("外 交"))),
    ("核污染水", POLLUTED),
    ("5G网络", Run(("5G", "网", "络"))),
    ("唐纳德·特朗普", Run(tuple("唐纳德特朗普"))),
    ("-核污染水", none_of(POLLUTED)),
    ("q:核污染水", Scope("question", POLLUTED)),
    ('"核污染水"', phrase("核 污 染 水")),
    ("“核污染水”", phrase("核 污 染 水")),
    ("「核污染水」", phrase("核 污 染 水")),
    ("『核污染水』", phrase("核 污 染 水")),
    ("《核污染水》", phrase("核 污 染 水")),
    ("《核“污染”水》", phrase("核 污 染 水")),
    ("核污染水，排海", all_of(POLLUTED, phrase("排 海"))),
    ("核污染水、排海。", all_of(POLLUTED, phrase("排 海"))),
    ("核污染水,排海!", all_of(POLLUTED, phrase("排 海"))),
    ("核污染水？排海！", all_of(POLLUTED, phrase("排 海"))),
    ("核污染水：排海", all_of(POLLUTED, phrase("排 海"))),
    ("【核污染水】排海", all_of(POLLUTED, phrase("排 海"))),
    ("核污染水——排海……", all_of(POLLUTED, phrase("排 海"))),
    ("（核污染水　ＯＲ　排海）　中国", all_of(any_of(POLLUTED, phrase("排 海")), phrase("中 国"))),
    ("ｑ：核污染水", Scope("question", POLLUTED)),
    ("outlet：路透社", within("outlet", "路透社")),
    ("ｏｕｔｌｅｔ：“路透社”", within("outlet", "路透社")),
    ("－核污染水", none_of(POLLUTED)),
    ("ＵＳ", Term("US")),
    ("5，000", Term("5,000")),
    # what nobody sees
    ("fer\u200bry", FERRY),
    ("fer\u00adry", FERRY),
    ("\ufeffferry\u2060", FERRY),
    ("\u202eferry\u202c \u2066quota\u2069", all_of(FERRY, QUOTA)),
    ("ferry\x00quota", all_of(FERRY, QUOTA)),
    ("\ud800ferry", FERRY),
    ("outlet:A\u200bFP", within("outlet", "AFP")),
    ('outlet:"Harbour\x00Post"', within("outlet", "Harbour Post")),
    ("\u200b", All()),
]


@pytest.mark.parametrize(("typed", "tree"), READ)
def test_what_typed_text_means(typed: str, tree: Query) -> None:
    """The tree, without a remark."""
    reading = parse_query(typed)
    assert (reading.query, reading.remarks) == (tree, ())


def test_the_table_is_long() -> None:
    """Every text of the table is another one."""
    assert len({typed for typed, _ in READ}) == len(READ) >= 150


@given(queries)
def test_canonical_text_parses_back(query: Query) -> None:
    """Every tree's canonical text gives the same tree, with nothing guessed.

    But for ranges that run backwards: what finds nothing is not what anybody means who types it.
    """
    assume(not any(isinstance(n, DateRange) and n.since and n.until and n.since > n.until for n in iter_nodes(query)))
    reading = parse_query(str(query))
    assert (reading.query, reading.remarks) == (query, ())


PARTS = (
    *'"()-~*?:\\’“”「」《》，：？（）.,;&#',
    *"q: a: outlet: date: speker: OR AND NOT foo US U.S. 5,000 中国 核污染水 5G网络 .. ~5 2024".split(),
    *(" ", "\u3000", "\u200b", "\u0301", "\ud800", "\x00", "😀", "ＯＲ", "ｑ："),
)
typed_texts = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PARTS), max_size=14).map("".join))


@given(typed_texts)
def test_anything_typed_gives_a_tree(text: str) -> None:
    """No text is refused, and what it was read as parses back to itself."""
    reading = parse_query(text)
    assert parse_query(str(reading.query)).query == reading.query
    assert all(0 <= remark.position <= len(text) for remark in reading.remarks)


@given(typed_texts)
def test_strict_refuses_just_what_is_remarked_on(text: str) -> None:
    """Strictly, a text is refused where its first remark stands, and read the same where there is none."""
    reading = parse_query(text)
    if not reading.remarks:
        assert parse_query(text, strict=True) == reading
        return
    with pytest.raises(QuerySyntaxError) as refused:
        parse_query(text, strict=True)
    assert refused.value.position == reading.remarks[0].position


@pytest.mark.parametrize(
    "text", ["x" * (MAX_CHARACTERS + 1), "a OR " * MAX_TERMS + "a", "q:a " * (MAX_TERMS + 1), '"a b"~9 ' * 33]
)
def test_bounds(text: str) -> None:
    """Too many characters, or too many terms that are joined by hand, are refused with a hint."""
    with pytest.raises(QueryTooLong) as refused:
        parse_query(text)
    assert refused.value.hint


def test_what_is_within_the_bounds() -> None:
    """As many terms, as long a phrase, as deep a nesting and as many characters as may be are read as typed."""
    for text in (
        "ab " * MAX_TERMS,
        '"' + "word " * MAX_PHRASE + '"',
        "(" * MAX_DEPTH + "x" + ")" * MAX_DEPTH,
        "x" * MAX_CHARACTERS,
        f'"{"word " * 20}" ' * 30,
    ):
        assert parse_query(text, strict=True).remarks == ()


REPEATED = (
    *"( 「 a:a: - *? q:- (- q:( outlet:( outlet:- 中， 中文字 x~ a, a- .a 2024.. 中! a* a? A. 5,000 ' ~ * x".split(),
    *('"', "a OR ", "a ", '"a"~9 ', "speker:x ", "NOT ", "& ", "😀 ", ") ", "(a OR b ", "date:2024..2023 ", "q: ", " "),
    *("\u200b", "\u0301"),
)


@pytest.mark.parametrize("part", REPEATED)
def test_time_grows_with_length_alone(part: str) -> None:
    """The longest text of anything over and over is read, or refused, within its time."""
    text = (part * MAX_CHARACTERS)[:MAX_CHARACTERS]
    assert min(_time(text) for _ in range(3)) < LONGEST


def _time(text: str) -> float:
    """Seconds of the processor's that reading a text takes."""
    begun = process_time()
    try:
        parse_query(text)
    except QueryTooLong as error:
        assert error.hint  # noqa: PT017 (either outcome is right; a refusal helps)
    return process_time() - begun
