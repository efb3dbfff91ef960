"""Did you mean."""

import pytest

from search.engines import open_engine
from search.labels import Labels, Name
from search.page import SearchRequest
from search.searcher import Searcher
from search.spelling import TIMES
from tests.invented import answer, briefing, publish

MANY = TIMES * 6


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    """A searcher over a day of the same few words, and some that stand there once."""
    said = "The ferry to Port Anselm sails; the Valdria treaty holds. La comisión del Río Claro sesiona. 港务大臣访问。"
    texts = [answer(n, "On the ferry government?", said) for n in range(1, MANY)]
    texts.append(answer(MANY, "On the ferries and a goverment?", "A treasy of sorts, said Ferra."))
    engine = open_engine(tmp_path_factory.mktemp("index"))
    engine.add([publish(briefing("2024-02-08", *texts))], sequence=1)
    labels = {
        "outlet": {"Harbour Post": Name("Harbour Post", ("HP",))},
        "speaker": {"Ilsa Verlaine": Name("Ilsa Verlaine", ("伊尔莎",)), "Ilsa Quiet": Name("Ilsa Quiet")},
        "publisher": {"xv-mfa": Name("Foreign Office of Valdria")},
        "entity": {"x": Name("港务大臣")},
    }
    engine.publish_labels(Labels(labels))
    return Searcher(engine)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ferrry", "ferry"),
        ("fery", "ferry"),
        ("frery", "ferry"),
        ("Ansellm", "Anselm"),
        ("tretay valdira", "treaty valdria"),
        ("comicion", "comision"),
        ("portanselm", "port anselm"),
        ("vald ria", "valdria"),
        ('"ferry to prot anselm"', '"ferry to port anselm"'),
        ('"treaty government holds"', None),
        ("a:tretay -q:kelp", "a:treaty -q:kelp"),
        ("港务大巨", "港务大臣"),
        ("港务大巨访问", "港务大臣访问"),
        ('outlet:"Harbor Post"', 'outlet:"Harbour Post"'),
        ("outlet:Harbourpost ferry", 'outlet:"Harbour Post" ferry'),
        ("FERRY", "ferry"),
        ("goverment", "government"),
        ("treasy", None),
        ("ferry", None),
        ("xqzzv", None),
        ("ferry*x", None),
        ("-ferrry", None),
        # words that are there and common are meant, in a phrase that is nowhere too
        ('"treaty ferry holds"', None),
        ("treaty^2", None),
        # who speaks and asks is seldom named
        ("Ilsa Verlaine", 'speaker:"Ilsa Verlaine"'),
        ('"ilsa verlaine"', 'speaker:"Ilsa Verlaine"'),
        ("ilsa verlain", 'speaker:"Ilsa Verlaine"'),
        ("Ilsa Verlaine ferry", 'speaker:"Ilsa Verlaine" ferry'),
        ("ferry (Harbour Post OR kelp)", 'ferry (outlet:"Harbour Post" OR kelp)'),
        ("speaker:Ilsa Verlaine", 'speaker:"Ilsa Verlaine"'),
        ("伊尔莎", 'speaker:"Ilsa Verlaine"'),
        ("伊尔莎 港务", 'speaker:"Ilsa Verlaine" 港务'),
        ("a:伊尔莎", None),
        ('q:"Ilsa Verlaine"', None),
        ("NOT Ilsa Verlaine", None),
        ("Verlaine", None),
        ('"with Ilsa Verlaine"', None),
        ('"Ilsa Verlaine said"', None),
        # a part of a value's name; how languages and kinds are called
        ("speaker:ilsa", 'speaker:"Ilsa Verlaine"'),
        ("outlet:post ferry", 'outlet:"Harbour Post" ferry'),
        ("publisher:mfa", 'publisher:"Foreign Office of Valdria"'),
        ("lang:englsh", 'lang:"en"'),
    ],
)
def test_what_was_meant(searcher: Searcher, typed: str, meant: str | None) -> None:
    """A letter lost, doubled, swapped or wrong, two words for one and one for two, in words, phrases, scopes, values.

    Nothing is proposed for a word that is there, unless it is a slip of a far more frequent one.
    """
    suggestion = searcher.search(SearchRequest(typed)).suggestion
    assert (suggestion.request.text if suggestion else None) == meant


def test_a_suggestion_is_counted(searcher: Searcher) -> None:
    """Its number is the total of the search that it leads to, under the same filters."""
    for text in ("ferrry tretay", '"prot anselm"'):
        suggestion = searcher.search(SearchRequest(text, page=1)).suggestion
        assert suggestion
        assert suggestion.total == searcher.search(suggestion.request).total > 0


def test_endless_words_are_left_alone(searcher: Searcher) -> None:
    """Very long words, runs and phrases are no reason to look long for others."""
    for text in ("x" * 3_000, "港" * 1_000, '"' + "zq " * 200 + '"'):
        assert searcher.search(SearchRequest(text)).suggestion is None
