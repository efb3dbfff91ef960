"""Collections dealt out of another one's paragraphs."""

from datetime import date

import pytest

from benchmarks.invented import Invented
from benchmarks.resampled import Resampled, iter_paragraphs
from search.model import PARAGRAPH, Mention
from search.schema import is_searched
from tests.invented import answer, briefing, note, publish, statement

SOURCE = [
    publish(
        briefing(
            "2024-02-08",
            statement(1, "Calvera opens its port.\n\nThe day is fine."),
            answer(2, "Does Verdania agree?", "It does.\n\nSo does Calvera.", second=("Ivo Thorn", "I agree.")),
            note(3, "(Laughter.)"),
        ),
        named={"Calvera": "place-calvera", "Verdania": "place-verdania"},
    ),
    publish(briefing("2024-02-09", answer(1, "And the harbour?", "It is open."))),
]


def test_the_same_twice() -> None:
    """Iterating again deals the same, so that it need not be kept."""
    dealt = Resampled(SOURCE, 30)
    assert list(dealt) == list(dealt)


@pytest.mark.parametrize("answers", [1, 50])
def test_at_least_as_many_answers_as_asked_for(answers: int) -> None:
    """Whole briefings are dealt until there are so many searched documents, all with ids and days of their own."""
    publications = list(Resampled(SOURCE, answers))
    searched = [sum(map(is_searched, p.documents)) for p in publications]
    assert sum(searched) >= answers > sum(searched[:-1])
    days = [p.briefing.date for p in publications]
    assert len(set(days)) == len(days)
    assert date(2024, 2, 8) not in days


def test_paragraphs_stay_whole() -> None:
    """Every paragraph is one of the source, of the same kind of text, with at most one rare word behind it."""
    known = {
        where: {p for s in SOURCE for d in s.documents for p in getattr(d.item, where).split(PARAGRAPH)}
        for where in ("question", "answer", "text")
    }
    for publication in Resampled(SOURCE, 40):
        for document in publication.documents:
            for where, paragraphs in known.items():
                for paragraph in getattr(document.item, where).split(PARAGRAPH):
                    assert paragraph in paragraphs or paragraph.rpartition(" ")[0] in paragraphs


def test_mentions_move_with_their_paragraphs() -> None:
    """Each mention's span still holds its surface."""
    mentions = [(d, m) for p in Resampled(SOURCE, 60) for d in p.documents for m in d.mentions]
    assert {m.surface for _, m in mentions} == {"Calvera", "Verdania"}
    assert all(getattr(d.item, m.where)[m.start : m.end] == m.surface for d, m in mentions)


def test_nobody_real_speaks() -> None:
    """Speakers and their labels are invented anew."""
    was = {s for p in SOURCE for i in p.briefing.items for s in i.speakers}
    for publication in Resampled(SOURCE, 20):
        for item in publication.briefing.items:
            assert not was & {*item.speakers, *(t.speaker for t in item.turns), *(t.label for t in item.turns)}


def test_words_go_on_growing() -> None:
    """Twice as many answers of the same paragraphs have more distinct words, and counting begins anew each time."""
    source = list(Invented(40))
    few, many = Resampled(source, 500), Resampled(source, 1_000)
    for dealt in (few, many, few):
        assert sum(1 for _ in dealt)
    assert len(few.vocabulary) + 100 < len(many.vocabulary)


def test_mention_across_paragraphs_is_dropped() -> None:
    """A mention that does not lie within one paragraph is in none."""
    across = Mention("x", "x", "place", "answer", 2, 7, "c\n\nde")
    inside = Mention("y", "y", "place", "answer", 5, 8, "def")
    dealt = list(iter_paragraphs("abc\n\ndef", [across, inside], "answer"))
    assert [(p.text, [(m.id, m.start, m.end) for m in p.mentions]) for p in dealt] == [
        ("abc", []),
        ("def", [("y", 0, 3)]),
    ]
