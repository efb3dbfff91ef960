"""Slips in names, and words misremembered."""

from random import Random

import pytest

from benchmarks.slips import SOUND_ALIKE, misremember, misspell
from search.words import alignment_distance


@pytest.mark.parametrize("name", ["Verdania", "Ilsa Verlaine", "González", "O Verlaine"])
def test_name_has_one_slip(name: str) -> None:
    """One letter is transposed, doubled, missing, or has a wrong accent; the first letter of each word is right."""
    for seed in range(200):
        slipped = misspell(name, Random(seed))
        assert slipped is not None
        assert slipped != name
        assert [word[0] for word in slipped.split()] == [word[0] for word in name.split()]
        # An accent that moves is wrong in two places.
        assert alignment_distance(slipped, name) <= (2 if "á" in name else 1)


def test_every_sort_of_slip_comes_up() -> None:
    """Letters are transposed, doubled and left out, accents dropped and moved."""
    slipped = {misspell("González", Random(seed)) for seed in range(400)}
    assert {"Gonázlez", "Gonzzález", "Gonzáez", "Gonzalez", "Gonzaléz"} <= slipped


def test_short_name_and_acronym_have_no_slip() -> None:
    """A short name with a slip would be another word, and an acronym another acronym."""
    assert misspell("Iran", Random(0)) is None
    assert misspell("UNICEF", Random(0)) is None


def test_han_name_has_a_character_wrong_or_missing() -> None:
    """A character is another that sounds alike, or one in the middle is left out."""
    slipped = {misspell("东山国", Random(seed)) for seed in range(100)}
    assert slipped == {"冬山国", "东山果", "东国"}


def test_han_name_of_which_nothing_sounds_alike_has_no_slip() -> None:
    """Where no character has another that sounds alike, and none can go, there is no slip."""
    assert misspell("山人", Random(0)) is None


def test_no_character_is_in_two_groups() -> None:
    """What sounds alike is one group, of two characters at least."""
    characters = [one for group in SOUND_ALIKE for one in group]
    assert len(set(characters)) == len(characters)
    assert min(map(len, SOUND_ALIKE)) > 1


def test_one_word_is_misremembered() -> None:
    """One word is another about as common that is none of the words; which one, and for what, is drawn."""
    alike = {"harbour": ["bridge", "harbour", "new"], "the": ["of"]}
    found = {
        tuple(misremember(["the", "new", "harbour"], lambda word: alike.get(word, []), Random(seed)) or ())
        for seed in range(50)
    }
    assert found == {("the", "new", "bridge"), ("of", "new", "harbour")}


def test_words_without_others_alike_are_not_misremembered() -> None:
    """Where there is no other word about as common, nothing is asked."""
    assert misremember(["the", "harbour"], lambda word: [word], Random(0)) is None
