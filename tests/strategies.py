"""Hypothesis strategies: random briefings over a small vocabulary, and random query trees over the same."""

from datetime import date, timedelta

from hypothesis import strategies as st

from search.engine import Publication, Request, Revision, Selection, Sort
from search.model import Briefing, Item, Mention, Turn, iter_documents
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
    Variants,
    Wildcard,
    all_of,
    any_of,
    none_of,
)
from search.schema import ENTITIES as FIELDS_OF_ENTITIES
from search.schema import FACETS
from search.text import iter_tokens

WORDS = (
    "trade",
    "traded",
    "trades",
    "TRADE",
    "trade-talks",
    "China's",
    "China",
    "US",
    "us",
    "U.S.",
    "NGOs",
    "NGO",
    "NGO's",
    "ngo",
    "Türkiye",
    "the",
    "of",
    "5,000",
    "5G",
    "中国",
    "5G网络",
    "don\u2019t",
    "nación",
    "nacion",
    "naciones",
    "economía",
    "economías",
)
QUERY_WORDS = (
    "trade",
    "traded",
    "trading",
    "talks",
    "talk",
    "China's",
    "china",
    "US",
    "us",
    "U.S.",
    "NGO",
    "NGOs",
    "ngo",
    "Turkiye",
    "the",
    "5,000",
    "5G",
    "中",
    "国",
    "nacion",
    "naciones",
    "economia",
    "absent",
)
LANGUAGES = ("en", "es", "zh")
SPEAKERS = ("Ilsa Verlaine", "Tomas Reed")
OUTLETS = (None, "Harbour Post", "Northern Wire", "Radio Meridian")
ENTITIES = ("place-xv", "place-no", "place-orla", "org-un", "org-kelp", "person-ada-vale")
PARENTS = {"place-orla": ("place-xv", "place-isles"), "org-kelp": ("org-un",)}
FIRST_DAY = date(2021, 12, 28)

texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)


def _cut(run: str) -> list[str]:
    return [run[token.start : token.end] for token in iter_tokens(run)]


days = st.integers(0, 8).map(lambda n: FIRST_DAY + timedelta(days=n))


@st.composite
def answers(draw: st.DrawFn, n: int) -> Item:
    """An answer to a question, now and then given by two."""
    outlet = draw(st.sampled_from(OUTLETS))
    speakers = draw(st.lists(st.sampled_from(SPEAKERS), min_size=1, max_size=2, unique=True))
    question = Turn("question", outlet, draw(texts), outlet=outlet)
    said = tuple(Turn("answer", s, draw(texts), speaker=s) for s in speakers)
    return Item(n, n, "answer", (question, *said), asker=outlet, outlet=outlet, speakers=tuple(speakers))


@st.composite
def other_items(draw: st.DrawFn, n: int) -> Item:
    """A statement or a note."""
    if draw(st.booleans()):
        return Item(n, n, "note", (Turn("note", None, draw(texts)),))
    return Item(n, n, "statement", (Turn("statement", None, draw(texts), SPEAKERS[0]),), speakers=SPEAKERS[:1])


@st.composite
def publications(draw: st.DrawFn) -> Publication:
    """A briefing of one to four items on one of nine days."""
    day, language = draw(days), draw(st.sampled_from(LANGUAGES))
    items = tuple(
        draw(answers(n) if draw(st.integers(0, 3)) else other_items(n)) for n in range(1, draw(st.integers(1, 4)) + 1)
    )
    briefing = Briefing(f"xv-mfa/{language}/{day}", "xv-mfa", language, day, draw(texts), items, speakers=SPEAKERS)
    named = st.lists(st.sampled_from(ENTITIES), max_size=4)  # twice: a subject
    where = {"answer": "answer", "statement": "text", "note": "text"}
    mentions = {
        i.n: tuple(Mention(e, e, "place", where[i.kind], 0, 1, (i.answer or i.text)[0]) for e in draw(named))  # type: ignore[arg-type]
        for i in items
    }
    added = "2026-01-01T00:00:00+00:00"
    documents = tuple(iter_documents(briefing, mentions, lambda id: PARENTS.get(id, ())))
    return Publication(briefing, documents, (Revision(1, added, briefing),), added)


words = st.sampled_from(QUERY_WORDS)
leaves: st.SearchStrategy[Query] = st.one_of(
    words.map(Term),
    words.map(Term),
    st.lists(words, min_size=1, max_size=3).map(lambda w: Phrase(tuple(w))),
    st.builds(Near, st.lists(words, min_size=2, max_size=3).map(tuple), st.integers(0, 4)),
    st.sampled_from(("tr", "trad", "Chi", "tür", "do")).map(Prefix),
    st.sampled_from(("tr?de", "tra*d", "chi?a*", "tr*?d")).map(Wildcard),
    st.sampled_from(("trad", "Chinas", "tlaks", "teh")).map(Fuzzy),
    st.sampled_from(("中国中", "5G网络", "国中国中")).map(lambda run: Run(tuple(_cut(run)))),
)
variants: st.SearchStrategy[Query] = st.lists(
    words.map(Term) | st.lists(words, min_size=1, max_size=3).map(lambda w: Phrase(tuple(w))),
    min_size=2,
    max_size=3,
    unique=True,
).map(lambda forms: Variants(tuple(forms)))
"""Nobody types them: they stand in trees that engines are asked, not in those that are read from text."""
asked_leaves = leaves | variants
dates: st.SearchStrategy[Query] = st.one_of(
    st.builds(DateRange, days, days), st.builds(DateRange, since=days), st.builds(lambda d: DateRange(None, d), days)
)
values: st.SearchStrategy[Query] = st.one_of(
    st.sampled_from((*SPEAKERS, "")).map(lambda v: Scope("speaker", v)),
    st.sampled_from(("Harbour Post", "Northern Wire", "", "nobody")).map(lambda v: Scope("outlet", v)),
    st.builds(Scope, st.sampled_from(FIELDS_OF_ENTITIES), st.sampled_from((*ENTITIES, ""))),
    st.sampled_from(("2021", "2022")).map(lambda v: Scope("year", v)),
    st.sampled_from(LANGUAGES).map(lambda v: Scope("language", v)),
)


def _grown(children: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    several = st.lists(children, min_size=2, max_size=3)
    return st.one_of(several.map(lambda c: all_of(*c)), several.map(lambda c: any_of(*c)), children.map(none_of))


def _trees(leaves: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    word_trees = st.recursive(leaves, _grown, max_leaves=4)
    scopes = st.builds(Scope, st.sampled_from(("question", "answer", "title")), word_trees)
    return st.recursive(st.one_of(leaves, leaves, scopes, values, dates, st.just(All())), _grown, max_leaves=6)


queries = _trees(leaves)
"""What can be typed."""
asked_queries = _trees(asked_leaves)
"""What engines are asked."""

selections = st.builds(
    Selection,
    include=st.dictionaries(
        st.sampled_from(("speaker", "outlet", *FIELDS_OF_ENTITIES, "year", "kind")),
        st.lists(st.sampled_from((*SPEAKERS, "Harbour Post", "", "2021", *ENTITIES, "answer")), max_size=2).map(tuple),
        max_size=2,
    ),
    exclude=st.dictionaries(
        st.sampled_from(("speaker", "outlet", *FIELDS_OF_ENTITIES, "language")),
        st.lists(st.sampled_from((*SPEAKERS, "Northern Wire", "", "es", *ENTITIES)), max_size=2).map(tuple),
        max_size=2,
    ),
    since=st.none() | days,
    until=st.none() | days,
)
requests = st.builds(
    Request,
    query=asked_queries,
    selection=selections,
    sort=st.sampled_from(Sort),
    offset=st.integers(0, 3),
    limit=st.integers(0, 6),
    facets=st.sampled_from((tuple(f.name for f in FACETS), ("outlet", *FIELDS_OF_ENTITIES))),
    facet_limit=st.integers(1, 5),
    type_limit=st.integers(0, 3),
    lit=st.sampled_from(((), ("answer",), ("question", "answer", "title"))),
)
