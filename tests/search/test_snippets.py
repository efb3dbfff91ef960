"""Snippets: the publisher's words, the best passage, marked as they matched."""

from hypothesis import given
from hypothesis import strategies as st

from search.highlight import Highlighter
from search.model import Turn
from search.query import Term
from search.snippets import LENGTH, best_snippet
from search.syntax import parse_query

FILLER = "We have said this before and will say it again. " * 20


def cut(query: str, *texts: str, rarity: dict[Term, float] | None = None) -> tuple[str, list[str], str | None]:
    """Text, marked words, and speaker of the snippet of turns by Speaker 1, Speaker 2 and so on."""
    turns = [Turn("answer", None, text, speaker=f"Speaker {n}") for n, text in enumerate(texts, 1)]
    snippet = best_snippet(turns, Highlighter(parse_query(query).query, "answer"), rarity or {})  # type: ignore[arg-type]
    return "".join(p.text for p in snippet.pieces), [p.text for p in snippet.pieces if p.hit], snippet.speaker


def test_a_short_text_comes_whole() -> None:
    """A text that fits is not cut."""
    assert cut("ferry", "The ferry sails.") == ("The ferry sails.", ["ferry"], "Speaker 1")


def test_a_match_far_down_is_shown_from_its_sentence_on() -> None:
    """The passage begins at the beginning of the sentence that matched."""
    text, marks, _ = cut("ferry", FILLER + "The new ferry sails on Monday. " + FILLER)
    assert text.startswith("The new ferry sails")
    assert marks == ["ferry"]


def test_the_rarer_word_wins() -> None:
    """Of two passages, the one with the rarer word is shown."""
    rare = {Term("kelp"): 5.0, Term("ferry"): 0.1}
    text, marks, _ = cut("ferry kelp", "The ferry, the ferry. " + FILLER + "Kelp.", rarity=rare)
    assert marks == ["Kelp"]
    assert "Kelp" in text


def test_different_words_win_over_one_repeated() -> None:
    """A passage with both words beats one with the first word three times."""
    _, marks, _ = cut("ferry kelp", "Ferry ferry ferry. " + FILLER + "Ferry and kelp.")
    assert marks == ["Ferry", "kelp"]


def test_the_person_who_said_it_is_named() -> None:
    """When the second speaker's words matched, the snippet is his."""
    assert cut("kelp", "No.", "Kelp grows well.")[2] == "Speaker 2"


def test_without_a_match_the_beginning_is_shown() -> None:
    """A document found by something else shows how it begins."""
    text, marks, _ = cut("absent", "It begins here. " + FILLER)
    assert text.startswith("It begins here.")
    assert marks == []


@given(st.text(alphabet="ab .\n中。é", max_size=900), st.sampled_from(["a", "ab", '"a b"', "中", "é*", "b OR ab"]))
def test_a_snippet_is_a_stretch_of_the_text(text: str, query: str) -> None:
    """Pieces put together are one stretch of the turn, bounded in length, cut where it says."""
    turn = Turn("answer", None, text, speaker="S")
    snippet = best_snippet([turn], Highlighter(parse_query(query).query, "answer"), {})
    joined = "".join(p.text for p in snippet.pieces)
    assert joined in text
    assert len(joined) <= 2 * LENGTH
    assert snippet.cut_before or text.startswith(joined)
    assert snippet.cut_after or text.rstrip().endswith(joined.rstrip())
