"""Suggestions while typing, over the oracle."""

from collections.abc import Sequence

import pytest

from search.addresses import pairs_of
from search.engine import Request, Results, Selection, Tombstone
from search.labels import Labels, Name
from search.query import Query
from search.suggestions import LONGEST_TEXT, MOST, Suggester, Suggestion
from search.syntax import parse_query
from tests.invented import answer, briefing, publish
from tests.oracle import OracleEngine

PLACES = {"Norway": "place-no", "Norland": "place-nl", "Saint Orla": "place-so", "渡轮": "thing-ferry"}
LABELS = Labels(
    {
        "entity": {
            "place-no": Name("Norway", ("Norwegian", "N.W.Y.", "NWY", "挪威"), "place"),
            "place-nl": Name("Norland", (), "place"),
            "place-so": Name("Saint Orla", ("Órla City",), "place"),
            "place-zz": Name("Norstrand, of which nobody speaks", (), "place"),
            "thing-ferry": Name("The ferry", ("渡轮",), "event"),
        },
        "outlet": {"Northern Wire": Name("Northern Wire", ("NW",)), 'The "Odd" Post': Name('The "Odd" Post')},
    },
    phrases=("ferry crossing", "ferry", "crossing", "Norway", "crossings", "harbour dues", "never said", "春天恢复"),
)


class Counting(OracleEngine):
    """The oracle, which notes what it is asked."""

    def __init__(self) -> None:
        super().__init__()
        self.found = 0
        self.counted: list[Query] = []

    def find(self, request: Request) -> Results:
        """Find, and note it where values are counted."""
        self.found += bool(request.facets)
        return super().find(request)

    def count(self, queries: Sequence[Query], selection: Selection = Selection()) -> tuple[int, ...]:  # noqa: B008
        """Count, and note it."""
        self.counted += queries
        return super().count(queries, selection)


@pytest.fixture
def engine() -> Counting:
    """An engine over three briefings."""
    made = Counting()
    first = briefing(
        "2023-03-01",
        answer(1, "The ferry crossing to Norway?", "Norway pays harbour dues.", asker="Northern Wire"),
        answer(2, "Norway and Saint Orla?", "The ferry crossing is shut.", asker="Northern Wire", speaker="Nora Vint"),
        answer(3, "Norland?", "Norland has crossings.", asker='The "Odd" Post'),
    )
    chinese = briefing("2024-02-08", answer(1, "渡轮何时恢复？", "渡轮将于春天恢复。"), language="zh")
    made.add([publish(first, PLACES), publish(chinese, PLACES)], sequence=1)
    made.publish_labels(LABELS)
    return made


@pytest.fixture
def suggest(engine: Counting) -> Suggester:
    """A suggester over it."""
    return Suggester(engine)


def labels_of(found: Sequence[Suggestion]) -> list[tuple[str, str, int]]:
    """Kind, label and count of each."""
    return [(one.kind, one.label, one.count) for one in found]


def test_names_begin_with_what_was_typed(suggest: Suggester) -> None:
    """A prefix finds entities, outlets and speakers with their counts, the more frequent first; never without hits."""
    assert labels_of(suggest.suggest("nor")) == [
        ("entity", "Norway", 2),
        ("entity", "Norland", 1),
        ("outlet", "Northern Wire", 2),
        ("speaker", "Nora Vint", 1),
    ]


def test_name_that_everybody_means_comes_first(engine: Counting, suggest: Suggester) -> None:
    """One that is many times as frequent stands before one that begins with what was typed."""
    said = [answer(n, "And?", "Yes.", speaker="Ilsa Vint-Norr") for n in range(1, 13)]
    engine.add([publish(briefing("2025-01-01", *said, answer(13, "And?", "No.", speaker="Norr Vale")))], sequence=2)
    assert labels_of(suggest.suggest("norr")) == [("speaker", "Ilsa Vint-Norr", 12), ("speaker", "Norr Vale", 1)]


@pytest.mark.parametrize("typed", ["orla", "ORL", "Órla", "ｓａｉｎｔ", "Saint O", "saint-orla", "  saint  orla"])
def test_any_word_in_any_dress(suggest: Suggester, typed: str) -> None:
    """Any word of a name begins it, whatever the case, accents, widths, spaces and hyphens."""
    assert suggest.suggest(typed)[0].label == "Saint Orla"


@pytest.mark.parametrize(("typed", "alias"), [("挪", "挪威"), ("norwe", "Norwegian"), ("nwy", "NWY"), ("norw", "")])
def test_alias_is_named(suggest: Suggester, typed: str, alias: str) -> None:
    """A name that is found by another one says by which, the plainest first; found by its label it does not."""
    best = suggest.suggest(typed)[0]
    assert (best.label, best.alias, best.type) == ("Norway", alias, "place")


def test_name_becomes_a_filter_and_the_words_stay(suggest: Suggester) -> None:
    """A name leads to the words typed before it with its value picked; as one text it is a scope."""
    (best, *_) = suggest.suggest("ferry crossing norw")
    assert pairs_of(best.request) == (("q", "ferry crossing"), ("entity", "place-no"))
    assert best.completion == 'ferry crossing entity:"Norway"'


@pytest.mark.parametrize(
    ("typed", "pairs"),
    [
        ("ferry -norw", (("q", "ferry"), ("-entity", "place-no"))),
        ("ferry NOT norw", (("q", "ferry"), ("-entity", "place-no"))),
        ("ferry AND norw", (("q", "ferry"), ("entity", "place-no"))),
        ("entity:norw", (("entity", "place-no"),)),
        ('ferry -outlet:"north', (("q", "ferry"), ("-outlet", "Northern Wire"))),
        ("访问挪", (("q", "访问"), ("entity", "place-no"))),
        ("ferry OR norw", (("q", 'ferry OR entity:"Norway"'),)),
        ("(ferry OR norw", (("q", '(ferry OR entity:"Norway"'),)),
    ],
)
def test_signs_and_scopes_are_heeded(suggest: Suggester, typed: str, pairs: tuple[tuple[str, str], ...]) -> None:
    """What was typed with a minus is excluded, a scope says the kind, and within an Or a name stays in the text."""
    assert pairs_of(suggest.suggest(typed)[0].request) == pairs


def test_phrases_and_words_complete_the_text(suggest: Suggester) -> None:
    """A phrase is completed in quotes, a word as it is; forms of one word are offered once."""
    found = suggest.suggest("old cros")
    assert labels_of(found) == [("phrase", "ferry crossing", 2), ("word", "crossing", 3)]
    assert [one.completion for one in found] == ['old "ferry crossing"', "old crossing"]
    assert [pairs_of(one.request) for one in found] == [(("q", one.completion),) for one in found]


def test_chinese_phrase(suggest: Suggester) -> None:
    """A run of Han characters is completed from any of them."""
    assert ("phrase", "春天恢复", 1) in labels_of(suggest.suggest("将于春"))


def test_phrase_in_a_scope_is_counted_there(suggest: Suggester) -> None:
    """In the scope of a text field words and phrases alone are suggested, with their counts in that field."""
    found = suggest.suggest('q:"ferry cr')
    assert labels_of(found) == [("phrase", "ferry crossing", 1)]
    assert found[0].completion == 'q:"ferry crossing"'


def test_nothing_is_said_twice(suggest: Suggester) -> None:
    """A word that is also a name shown, or what was typed already, is not suggested."""
    assert [one.kind for one in suggest.suggest("norway")] == ["entity"]
    assert "ferry" not in [one.label for one in suggest.suggest("ferry")]


def test_phrase_that_finds_nothing_is_not_suggested(suggest: Suggester) -> None:
    """A phrase that was frequent once, and is in no answer now, is left out."""
    assert suggest.suggest("never") == ()


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        '"ferry"',
        "norway~",
        "nor*",
        "AT&nor",
        "http://nor",
        '"ferry nor',
        "kind:nor",
        "?!",
        "zzz",
        "\x00",
        "🙂",
    ],
)
def test_nothing_to_complete(suggest: Suggester, typed: str) -> None:
    """What is over and closed, stands in the midst of a word or a quotation, or is no word, gets no suggestions."""
    assert suggest.suggest(typed) == ()


def test_input_is_bounded(suggest: Suggester) -> None:
    """For a text longer than a bound nothing is suggested; up to it the end is completed."""
    assert suggest.suggest("x " * (LONGEST_TEXT // 2 - 2) + "norw")
    assert suggest.suggest("x " * LONGEST_TEXT + "norw") == ()


def test_every_completion_reads_as_the_search_it_stands_for(suggest: Suggester) -> None:
    """A completion is read without a guess, and a hostile name does no harm in it."""
    found = [one for typed in ("n", "o", "s", "f", "c", "h", "渡", "春", "v") for one in suggest.suggest(typed)]
    assert {one.kind for one in found} == {"entity", "outlet", "speaker", "phrase", "word"}
    for one in found:
        assert parse_query(one.completion, strict=True).query


@pytest.mark.parametrize("limit", [1, 2, 3, MOST])
def test_limit(suggest: Suggester, limit: int) -> None:
    """No more come than are asked for; half of them may be phrases and words."""
    assert len(suggest.suggest("n", limit)) <= limit


def test_values_are_counted_once_for_a_commit(engine: Counting, suggest: Suggester) -> None:
    """Values and phrases are counted at the first request after a commit or new labels, and at no other."""
    for _ in range(3):
        suggest.suggest("ferry cr")
    assert engine.found == 1
    assert len(engine.counted) == len(set(engine.counted))
    engine.add([publish(briefing("2025-01-01", answer(1, "Norland?", "No.")), PLACES)], sequence=2)
    assert labels_of(suggest.suggest("norl")) == [("entity", "Norland", 2)]
    engine.publish_labels(Labels({"entity": {"place-nl": Name("Elsewhere", (), "place")}}))
    assert labels_of(suggest.suggest("els")) == [("entity", "Elsewhere", 2)]
    assert engine.found == 3


def test_what_is_remembered_stays_small_and_the_same(suggest: Suggester, monkeypatch: pytest.MonkeyPatch) -> None:
    """However much is typed; and the second time the same is suggested."""
    monkeypatch.setattr("search.suggestions.REMEMBERED", 2)
    typed = ("n", "f", "ferry cr", "outlet:n", "-n", "(n")
    first = [suggest.suggest(text, limit) for text in typed for limit in (1, MOST)]
    assert [suggest.suggest(text, limit) for text in typed for limit in (1, MOST)] == first
    commit = suggest._commit
    assert commit
    assert 0 < len(commit.chosen) <= 2
    assert 0 < len(commit.vocabulary.chosen) <= 2


def test_names_come_and_go_with_commits(engine: Counting, suggest: Suggester) -> None:
    """What no answer holds any more is not suggested; new names are, and equal ones stand in the same order."""
    assert labels_of(suggest.suggest("saint"))[:1] == [("entity", "Saint Orla", 1)]
    gone = briefing("2023-03-01", answer(1, "Narvik?", "Nothing.", asker="Northern Wire", speaker="Abel Nohr"))
    engine.add([publish(gone, PLACES)], sequence=2)
    assert suggest.suggest("saint") == ()
    assert suggest.suggest("nor") == Suggester(engine).suggest("nor")
    assert [kind for kind, _, _ in labels_of(suggest.suggest("no"))] == ["outlet", "speaker"]
    engine.add([], sequence=3, tombstones=[Tombstone(gone.id, "2024-01-01T00:00:00Z", "withdrawn")])
    assert suggest.suggest("no") == ()
