"""Pages made in turns."""

from benchmarks.collection import invent
from benchmarks.pages import Entrant, bring_to_whole, measure_pages
from benchmarks.peers import Made
from benchmarks.queries import QUERIES, Question, Survey, Variation

VARIATION = Variation(Survey(invent(60).documents))


class Note:
    """An engine that notes what it is asked, in a list that others share."""

    def __init__(self, name: str, asked: list[tuple[str, str]]) -> None:
        self.name = name
        self._asked = asked

    def page(self, question: Question) -> Made:
        """Note it."""
        self._asked.append((self.name, question.request.text))
        return Made(total=7, hits=0, snippets=0, values=0, bars=0)


def test_engines_take_turns_and_first_place() -> None:
    """Each makes the whole list of pages alone, another begins each round, and warming up is no sample."""
    asked: list[tuple[str, str]] = []
    entrants = [Entrant(Note(name, asked), VARIATION, 2) for name in "ab"]
    samples = measure_pages(entrants, lambda _: None)
    lists = [asked[at : at + len(QUERIES)] for at in range(0, len(asked), len(QUERIES))]
    assert [{name for name, _ in pages} for pages in lists] == [{"a"}, {"b"}, {"b"}, {"a"}, {"a"}, {"b"}]
    assert all(
        [text for _, text in one] == [text for _, text in other]
        for one, other in zip(lists[::2], lists[1::2], strict=True)
    )
    assert len(asked) == 3 * 2 * len(QUERIES)
    assert len(samples) == 2 * 2 * len(QUERIES)
    assert {(s.repeat, s.total) for s in samples} == {(1, 7), (2, 7)}


def test_slow_engine_may_stop_earlier() -> None:
    """An engine with fewer repeats takes part in the first ones only."""
    entrants = [Entrant(Note("a", []), VARIATION, 3), Entrant(Note("b", []), VARIATION, 1)]
    samples = measure_pages(entrants, lambda _: None)
    assert {s.repeat for s in samples if s.engine == "b"} == {1}
    assert {s.repeat for s in samples if s.engine == "a"} == {1, 2, 3}


def test_only_what_grows_is_brought_to_the_whole() -> None:
    """With a tenth of the documents all counts tenfold but what is fixed."""
    made = Made(total=0, hits=0, snippets=0, values=0, bars=0, fixed=0.5)
    assert bring_to_whole(2.0, made, 0.1) == 15.5
    assert bring_to_whole(2.0, made, 1.0) == 2.0
