"""What the cluster makes of our tokens, by its own account (`_analyze`): places and terms as we have them."""

from collections import defaultdict
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.opensearch.address import read_address
from search.opensearch.cluster import Cluster
from search.opensearch.generations import create_generation
from search.opensearch.tokens import indexed, label, passage_texts, phrase_text
from search.stems import stem
from search.text import PASSAGE_GAP, iter_tokens, query_term
from tests.engines.records import passages
from tests.opensearch.collections import fresh_address, wipe

pytestmark = pytest.mark.opensearch


@pytest.fixture(scope="module")
def generation() -> Iterator[tuple[Cluster, str]]:
    """A cluster and an empty generation in it."""
    address = fresh_address()
    cluster = Cluster(read_address(address))
    yield cluster, create_generation(cluster, 1)
    cluster.close()
    wipe(address)


def analyzed(generation: tuple[Cluster, str], asked: dict[str, object]) -> dict[int, set[str]]:
    """The terms at each place, as the cluster tells them."""
    cluster, index = generation
    held: dict[int, set[str]] = defaultdict(set)
    for token in cluster.ask("POST", f"{index}/_analyze", asked)["tokens"]:
        held[token["position"]].add(token["token"])
    return held


@settings(max_examples=40)
@given(passages, st.sampled_from(("en", "es", "zh")))
def test_cluster_sees_the_terms_that_we_see(
    generation: tuple[Cluster, str], texts: tuple[str, ...], language: str
) -> None:
    """Each token stands at its place with all its terms and its label, and passages are as far apart as ours."""
    sent, _, _ = passage_texts(texts, language)
    held = analyzed(generation, {"field": "answer", "text": sent or [""]})
    expected, place = {}, 0
    for n, text in enumerate(texts):
        tokens = list(iter_tokens(text))
        for token in tokens:
            root = stem(token.base, language)
            expected[place] = {*map(indexed, token.terms), *([label(language, root)] if root else ())}
            place += 1
        # The cluster counts a gap behind each passage, as we do.
        place += PASSAGE_GAP if n < len(texts) - 1 else 0
    assert held == expected


def test_phrase_is_its_terms_in_a_row(generation: tuple[Cluster, str]) -> None:
    """Words asked for side by side are one term each, side by side."""
    words = ("China's", "U.S.", "5,000", "网", "Türkiye")
    held = analyzed(generation, {"analyzer": "terms", "text": phrase_text(words)})
    assert held == {n: {query_term(word)} for n, word in enumerate(words)}
