"""Limits as they are written."""

import pytest

from search.errors import SettingsError
from search.rates import Rate, read_rate_limit
from search.settings import read_settings


@pytest.mark.parametrize(
    ("text", "rate"),
    [("120/minute", Rate(120, "minute")), ("1/second", Rate(1, "second")), ("9999999/day", Rate(9_999_999, "day"))],
)
def test_a_rate_is_read(text: str, rate: Rate) -> None:
    """So many in a second, a minute, an hour or a day; it is written as it is read."""
    assert read_rate_limit(text) == rate
    assert f"{rate}" == text


def test_what_is_said_without_a_rate() -> None:
    """`off` is off; where nothing is said, nothing is."""
    assert (read_rate_limit("off"), read_rate_limit(None)) == ("off", "")


@pytest.mark.parametrize(
    "text",
    ["", "OFF", "0/minute", "120", "120 / minute", "120/minutes", "120 per minute", "-1/day", "9/day\n"],
)  # fmt: skip
def test_what_is_no_rate_is_refused(text: str) -> None:
    """Anything else stops whatever reads the settings, with what to write."""
    with pytest.raises(SettingsError, match="LECTERN_RATE_LIMIT") as refused:
        read_settings(None, {"LECTERN_RATE_LIMIT": text})
    assert "120/minute" in refused.value.hint
