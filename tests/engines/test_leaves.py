"""Where words stand: what arithmetic on places may get wrong, at the line's edges and on either side of each bound."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.embedded.builder import SegmentBuilder
from search.embedded.cache import Cache
from search.embedded.leaves import Leaves
from search.embedded.schema import document_record
from search.embedded.segment import Segment, Text
from search.query import Near, Phrase, Query, Term
from search.text import PASSAGE_GAP
from tests.invented import briefing, publish, statement

said = st.lists(st.sampled_from("abc"), min_size=1, max_size=12)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for segments."""
    return tmp_path_factory.mktemp("segments")


def line_of(folder: Path, texts: list[list[str]]) -> Text:
    """The answers of a segment of statements with these words, one word a place, one place between two."""
    builder = SegmentBuilder()
    for document in publish(
        briefing("2024-01-01", *(statement(n, " ".join(t)) for n, t in enumerate(texts)))
    ).documents:
        builder.add(document_record(document))
    file = folder / "segment"
    builder.write(file)
    text = Segment(file).texts["answer"]
    file.unlink()
    return text


def places(folder: Path, texts: list[list[str]], query: Query) -> list[int]:
    """The places of `query` on such a line."""
    found: list[int] = Leaves(Cache()).places(query, line_of(folder, texts)).tolist()
    return found


class Forgotten(dict[str, tuple[list[int], bool]]):
    """The words of a field while other threads clear them: whatever is put in is gone at once."""

    def __setitem__(self, word: str, known: tuple[list[int], bool]) -> None:
        """Forget it."""


def test_a_word_is_found_while_another_thread_forgets_it(folder: Path) -> None:
    """What a request has found out of a word it does not look up again, where others may have cleared it meanwhile."""
    text = line_of(folder, [["a", "b"], ["a"]])
    text.words = Forgotten()
    assert Leaves(Cache()).places(Term("a"), text).tolist() == [0, 3]


@pytest.mark.parametrize("sparse", [0, 8, 1_000_000])
@pytest.mark.parametrize("stretch", [3, 2**18])
@given(texts=st.lists(said, min_size=1, max_size=4), words=st.lists(st.sampled_from("abcd"), min_size=1, max_size=4))
def test_a_phrase_begins_where_its_words_stand(
    folder: Path, sparse: int, stretch: int, texts: list[list[str]], words: list[str]
) -> None:
    """By halving and by marking, in whole and in stretches: also where a word stands before the line would begin."""
    line = [word for text in texts for word in (*text, "")]
    size = len(words)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("search.embedded.leaves.FEW", min(sparse, 4_000))
        patch.setattr("search.embedded.leaves.SPARSE", sparse)
        patch.setattr("search.embedded.leaves.STRETCH", stretch)
        found = places(folder, texts, Phrase(tuple(words)))
    assert found == [at for at in range(len(line)) if line[at : at + size] == words]


@pytest.mark.parametrize("sparse", [0, 8, 1_000_000])
@given(
    texts=st.lists(said, min_size=1, max_size=4),
    words=st.lists(st.sampled_from("abcd"), min_size=2, max_size=4),
    distance=st.integers(0, 5),
)
def test_near_begins_where_its_window_holds_all(
    folder: Path, sparse: int, texts: list[list[str]], words: list[str], distance: int
) -> None:
    """Also at the line's first place, and never from one text into the next."""
    line = [word for text in texts for word in (*text, *[""] * PASSAGE_GAP)]
    window = len(words) + distance
    began = [at for at, word in enumerate(line) if word in words]
    wanted = [at for at in began if all(line[at : at + window].count(word) >= words.count(word) for word in words)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("search.embedded.leaves.SPARSE", sparse)
        found = places(folder, texts, Near(tuple(words), distance))
    # On the line of a segment, one place is left free after a text; here as many as the oracle leaves.
    shifts = [0]
    for text in texts:
        shifts.append(shifts[-1] + len(text) + 1)
    far = [0]
    for text in texts:
        far.append(far[-1] + len(text) + PASSAGE_GAP)
    assert found == [at - far[k] + shifts[k] for at in wanted for k in range(len(texts)) if far[k] <= at < far[k + 1]]
