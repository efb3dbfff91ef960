"""The generator of invented collections."""

from collections import Counter
from itertools import islice

import pytest

from benchmarks.invented import CHINESE, ENGLISH, PHRASES, RARE, SPANISH, Invented, make_name, make_word
from benchmarks.queries import QUERIES
from search.query import Near, Phrase, Prefix, Term, Wildcard, iter_nodes
from search.schema import is_searched
from search.syntax import parse_query
from search.text import TOKEN, fold


def words(text: str) -> list[str]:
    """The words of a text, folded."""
    return [fold(m.group()) for m in TOKEN.finditer(text)]


def test_the_same_twice() -> None:
    """One size and seed give the same publications each time, so that two engines are given the same."""
    collection = Invented(300)
    assert list(collection) == list(collection)
    assert next(iter(Invented(300, seed=8))) != next(iter(collection))


@pytest.mark.parametrize("answers", [1, 20, 333])
def test_as_many_answers_as_asked_for(answers: int) -> None:
    """There are exactly so many searched documents, each with an id of its own, in days that go on."""
    publications = list(Invented(answers))
    documents = [d for p in publications for d in p.documents]
    assert len({d.id for d in documents}) == len(documents) == answers
    assert all(map(is_searched, documents))
    assert [p.briefing.date for p in publications] == sorted(p.briefing.date for p in publications)


def test_invented_words_differ() -> None:
    """No two numbers make the same word, and all are plain words."""
    made = [make_word(n) for n in range(50_000)]
    assert len(set(made)) == len(made)
    assert all(words(word) == [word] for word in made[:500])
    assert len({make_name(n) for n in range(500)}) == 500


def test_words_follow_zipf() -> None:
    """The most frequent words make up much of the text, and half of all words are met only once or twice."""
    counts: Counter[str] = Counter()
    for publication in Invented(1_500):
        for document in publication.documents:
            if document.language == "en":
                counts.update(words(document.item.answer))
    ranked = [count for _, count in counts.most_common()]
    assert sum(ranked[:10]) > 0.1 * sum(ranked)
    assert sum(count <= 2 for count in ranked) > 0.4 * len(ranked)


def test_every_word_of_the_queries_is_known() -> None:
    """The vocabularies hold each word that the queries name, so that a query finds nothing only by chance."""
    texts = [*ENGLISH, *SPANISH, *CHINESE, *(w for rare in RARE.values() for w in rare)]
    texts += [phrase for phrases in PHRASES.values() for phrase in phrases]
    known = {word for text in texts for word in words(text)}
    for asked in QUERIES:
        for node in iter_nodes(parse_query(asked.text).query):
            match node:
                case Term(text):
                    assert set(words(text)) <= known, text
                case Phrase(typed) | Near(typed):
                    assert {w for one in typed for w in words(one)} <= known, typed
                case Prefix(text) | Wildcard(text):
                    assert any(word.startswith(fold(text)[:5]) for word in known), text


def test_places_are_where_they_are_said_to_be() -> None:
    """A mention's span holds its surface, and some answers have one."""
    mentions = [(d, m) for p in islice(Invented(400), 20) for d in p.documents for m in d.mentions]
    assert mentions
    assert all(d.item.answer[m.start : m.end] == m.surface for d, m in mentions)
