"""The accent that the configurator makes of a colour."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webui.widget.colours import DARK_PAPER, ENOUGH, LIGHT_PAPER, accent_pair, contrast

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@given(COLOURS)
def test_every_accent_can_be_read_and_written_on(colour: str) -> None:
    """Whatever the colour, links on the paper and words on the button have the contrast of WCAG AA, light and dark."""
    accent, ink = (re.findall("#[0-9a-f]{6}", value) for value in accent_pair(colour))
    for shown, paper, written in zip(accent, (LIGHT_PAPER, DARK_PAPER), ink, strict=True):
        assert contrast(shown, paper) >= ENOUGH
        assert contrast(shown, written) >= ENOUGH


@pytest.mark.parametrize(("one", "other", "ratio"), [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48)])
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    """Contrast is as WCAG defines it, either way round."""
    assert contrast(one, other) == contrast(other, one) == pytest.approx(ratio, abs=0.005)


def test_colour_that_can_be_read_stays() -> None:
    """A colour that is readable on light paper is what the snippet says for it."""
    assert accent_pair("#7a1f3d")[0].startswith("light-dark(#7a1f3d, ")
