"""The figure: bars as SVG."""

import xml.etree.ElementTree as ET

import pytest

from benchmarks.figure import Chart, draw

SVG = "{http://www.w3.org/2000/svg}"


def chart(**groups: list[tuple[str, float]]) -> Chart:
    """A chart of these groups."""
    return Chart("Pages & times", "now, here", "ms", groups)


def bars(svg: str) -> list[ET.Element]:
    """The bars of a figure, in order."""
    return [r for r in ET.fromstring(svg).iter(f"{SVG}rect") if r.find(f"{SVG}title") is not None]  # noqa: S314 (ours)


def test_every_number_has_a_bar_and_is_written_out() -> None:
    """Each number is a bar with its name, engine and unit, and a text that says it."""
    svg = draw(chart(rare=[("a", 1.5), ("b", 12.0)], frequent=[("a", 3.25)]))
    root = ET.fromstring(svg)  # noqa: S314 (our own)
    assert [b.findtext(f"{SVG}title") for b in bars(svg)] == ["a: 1.50 ms", "b: 12.0 ms", "a: 3.25 ms"]
    texts = [t.text for t in root.iter(f"{SVG}text")]
    assert {"Pages & times", "now, here", "rare", "frequent", "1.50 ms", "12.0 ms", "3.25 ms"} <= set(texts)


def test_ten_times_as_much_is_as_much_longer_everywhere() -> None:
    """On the logarithmic scale 1 to 10 and 10 to 100 are the same step."""
    widths = [float(b.attrib["width"]) for b in bars(draw(chart(all=[("a", 1), ("b", 10), ("c", 100)])))]
    assert widths[1] - widths[0] == pytest.approx(widths[2] - widths[1], abs=0.2)
    assert widths[0] > 0


def test_an_engine_has_one_colour() -> None:
    """An engine's bars are of one colour in all groups, another engine's of another."""
    first, second, third = bars(draw(chart(rare=[("a", 1), ("b", 2)], frequent=[("b", 2)])))
    assert second.attrib["fill"] == third.attrib["fill"] != first.attrib["fill"]


def test_everything_is_within_the_picture() -> None:
    """No bar ends outside, whatever the numbers."""
    svg = draw(chart(all=[("a", 0.0007), ("b", 99_999.0)]))
    width = float(ET.fromstring(svg).attrib["width"])  # noqa: S314 (our own)
    assert all(float(b.attrib["x"]) + float(b.attrib["width"]) < width for b in bars(svg))


@pytest.mark.parametrize("groups", [{}, {"all": []}, {"all": [("a", 0.0)]}])
def test_what_has_no_logarithm_is_refused(groups: dict[str, list[tuple[str, float]]]) -> None:
    """No bars, or a bar of nothing, cannot be drawn."""
    with pytest.raises(ValueError, match="above 0"):
        draw(chart(**groups))
