"""Snippets: the publisher's words, the best passage, marked as they matched."""

import time

from hypothesis import given
from hypothesis import strategies as st

from search.engine import Light
from search.highlight import Highlighter
from search.model import Turn
from search.query import Term
from search.snippets import LENGTH, best_snippet
from search.syntax import parse_query

FILLER = "We have said this before and will say it again. " * 20


def cut(query: str, *texts: str, rarity: dict[Term, float] | None = None) -> tuple[str, list[str], str | None]:
    """Text, marked words, and speaker of the snippet of turns by Speaker 1, Speaker 2 and so on."""
    turns = [Turn("answer", None, text, speaker=f"Speaker {n}") for n, text in enumerate(texts, 1)]
    highlighter = Highlighter(parse_query(query).query, "answer", "en")
    snippet = best_snippet(turns, [highlighter.lights(text) for text in texts], rarity or {})  # type: ignore[arg-type]
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
    snippet = best_snippet([turn], [Highlighter(parse_query(query).query, "answer", "en").lights(text)], {})
    joined = "".join(p.text for p in snippet.pieces)
    assert joined in text
    assert len(joined) <= LENGTH
    assert snippet.cut_before or text.startswith(joined)
    assert snippet.cut_after or text.rstrip().endswith(joined.rstrip())


def test_a_passage_begins_with_its_sentence() -> None:
    """More matches further on do not make a passage begin in the midst of a sentence."""
    text, marks, _ = cut(
        "ferry",
        FILLER
        + "Nobody"
        + " at all" * 13
        + " denies that the ferry sails"
        + " when it can" * 15
        + ", ferry. "
        + FILLER,
    )
    assert text.startswith("Nobody at all")
    assert marks == ["ferry"]


def test_a_match_late_in_a_long_sentence_is_shown() -> None:
    """Where the sentence is too long to be shown from its beginning, the passage begins a few whole words earlier."""
    text, marks, _ = cut("ferry", "We say" + " again and again" * 40 + " that the ferry sails. " + FILLER)
    assert marks == ["ferry"]
    assert 50 < text.index("ferry") <= LENGTH // 4
    assert text.split()[0] in ("again", "and")


def test_both_words_are_shown_where_they_fit() -> None:
    """Two words that stand close are shown together, even if that means to begin in the midst of a sentence."""
    _, marks, _ = cut(
        "ferry kelp", "We say" + " again and again" * 12 + " that the ferry" + " and yet" * 10 + " brings kelp. "
    )
    assert marks == ["ferry", "kelp"]


def test_a_match_at_the_end_is_shown_with_what_goes_before() -> None:
    """The last words of a long text come with sentences before them, not alone."""
    text, marks, _ = cut("kelp", FILLER + "Kelp.")
    assert marks == ["Kelp"]
    assert text.startswith("We have said this before")
    assert len(text) > LENGTH * 2 // 3


def test_an_initial_ends_no_sentence() -> None:
    """Neither "U.S." nor "Mr." is where a passage begins or ends."""
    text, _, _ = cut("ferry", FILLER + "Senator Reed of the U.S. Senate met Mr. Stone on a ferry. " + FILLER)
    assert text.startswith("Senator Reed of the U.S. Senate")


def test_a_passage_ends_at_a_word_or_a_sentence() -> None:
    """A passage ends with a whole sentence where little is lost by that, else with a whole word, never with half."""
    long = "The ferry sails" + " again and again" * 40
    text, _, _ = cut("ferry", long)
    assert LENGTH - 6 < len(text) <= LENGTH
    assert text.split()[-1] in ("again", "and")
    assert cut("ferry", "The ferry sails " + "now and then " * 17 + "here. " + FILLER)[0].endswith("here.")


def test_chinese_is_cut_at_sentences_and_characters() -> None:
    """Text without spaces begins with the sentence of the match and is no longer than any other."""
    text, marks, _ = cut("渡轮", "我们多次表明立场。" * 60 + "渡轮明天启航。" + "我们多次表明立场。" * 60)
    assert marks == ["渡轮"]
    assert text.startswith("渡轮明天启航。我们")
    assert text.endswith("。")
    assert LENGTH * 2 // 3 < len(text) <= LENGTH


def test_a_sentence_ends_with_its_closing_quotation_mark() -> None:
    """What closes belongs to the sentence before, in Chinese too, where no space follows."""
    text, _, _ = cut("渡轮", "他说“我们多次表明立场。”" * 30 + "渡轮明天启航。" + "我们多次表明立场。" * 60)
    assert text.startswith("渡轮明天启航。我们")


def test_a_passage_within_a_sentence_begins_with_a_word() -> None:
    """Not with the comma behind a character."""
    text, _, _ = cut("渡轮", "我们多次表明立场，" * 69 + "再说一次吧，" + "渡轮明天启航" + "，我们多次表明立场" * 60)
    assert "渡轮" in text
    assert not text.startswith("，")


def test_a_long_text_costs_no_more() -> None:
    """A thousand times the text around one match takes less than three times as long: it is not looked at."""

    def measure(times: int) -> float:
        text = FILLER * times + "Kelp. " + FILLER * times
        turn, lights = Turn("answer", None, text), [Light(len(FILLER) * times, len(FILLER) * times + 4, Term("kelp"))]
        found = []
        for _ in range(20):
            began = time.process_time()
            best_snippet([turn], [lights], {})
            found.append(time.process_time() - began)
        return min(found)

    assert measure(1_000) < 3 * measure(1)


def test_a_phrase_longer_than_a_snippet_is_cut() -> None:
    """Even where all is one match, a snippet is no longer than others."""
    text, marks, _ = cut('"' + FILLER.strip() + '"', "Well. " + FILLER)
    assert len(text) <= LENGTH
    assert len(marks) == 1


def test_a_text_of_matches_alone_is_cut_in_time_that_grows_with_its_length() -> None:
    """Ten times the text takes about ten times the time, not a hundred: nothing looks at every pair of matches."""
    highlighter = Highlighter(parse_query('ab OR ac "ab ac"~100').query, "answer", "en")

    def measure(times: int) -> float:
        turn = Turn("answer", None, "ab ac " * times)
        began = time.process_time()
        best_snippet([turn], [highlighter.lights(turn.text)], {})
        return time.process_time() - began

    measure(100)
    long, short = (min(measure(times) for _ in range(3)) for times in (5_000, 500))
    assert long < 40 * short


def test_a_passage_does_not_end_before_what_it_was_chosen_for() -> None:
    """A sentence's end is no reason to leave out a word that fits and was counted."""
    text = (
        "The ferry sails "
        + "now and then " * 14
        + "here. It also brings kelp to Saint Orla, to Port Anselm, and to every other harbour of the coast. "
    )
    assert cut("ferry kelp", text + FILLER)[1] == ["ferry", "kelp"]
