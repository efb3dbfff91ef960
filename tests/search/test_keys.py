"""What is kept of a key, and how one is known again."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.keys import Key, digest_of, find_key, keys_from_json, keys_to_json, new_secret


def test_a_key_cannot_be_guessed() -> None:
    """A key is 256 random bits behind a word that says what it is; no two are the same."""
    made = {new_secret() for _ in range(100)}
    assert len(made) == 100
    assert all(secret.startswith("lectern_") and len(secret) == len("lectern_") + 43 for secret in made)


def test_a_key_is_known_again() -> None:
    """Only the key itself is it: not its digest, its name, another one, or nothing."""
    secret = new_secret()
    keys = [Key("A", digest_of(new_secret()), "", ""), Key("B", digest_of(secret), "", "")]
    assert find_key(keys, secret) == keys[1]
    for other in ("", "B", digest_of(secret), secret[:-1], f"{secret} ", secret.upper(), new_secret()):
        assert find_key(keys, other) is None


def test_nothing_of_a_key_is_kept() -> None:
    """The digest does not hold the key, nor any part of it."""
    secret = new_secret()
    text = keys_to_json([Key("A", digest_of(secret), "", "")])
    assert secret[-20:] not in text
    assert secret[8:20] not in text


texts = st.text(max_size=20)


@given(st.lists(st.builds(Key, texts, texts, texts, texts), max_size=4))
def test_keys_come_back_as_they_were(keys: list[Key]) -> None:
    """What is written is read."""
    assert keys_from_json(keys_to_json(keys)) == tuple(keys)


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"keys": [{}]}', '{"keys": 1}', '{"keys": [{"name": 1, "digest": 2, "limit": 3, "since": 4}]}'],
)  # fmt: skip
def test_rubbish_is_no_keys(text: str) -> None:
    """Anything else is an error, and never an empty list."""
    with pytest.raises((ValueError, KeyError, TypeError)):
        keys_from_json(text)


def test_the_form_is_json() -> None:
    """It can be read by people."""
    assert json.loads(keys_to_json([Key("Daily", "0", "", "")]))["keys"][0]["name"] == "Daily"
