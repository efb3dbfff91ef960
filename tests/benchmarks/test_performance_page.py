"""docs/performance.md: what a program writes in it, and the commands that it shows."""

import re
import shlex

import pytest

from benchmarks import scale, speed
from benchmarks.performance_page import BEGIN, END, FIGURE, PAGE, ROOT, fill, measured_part, newest_record
from benchmarks.record import draw_record

PARSERS = {"benchmarks.speed": speed.make_parser, "benchmarks.scale": scale.make_parser}


def test_only_the_measured_part_is_replaced() -> None:
    """What stands before and after the marks stays, and filling again replaces what was filled."""
    page = f"# Title\n\n{BEGIN}\nold\n{END}\n\nafter\n"
    filled = fill(page, "new\n")
    assert filled == f"# Title\n\n{BEGIN}\n\nnew\n\n{END}\n\nafter\n"
    assert fill(filled, "new\n") == filled


@pytest.mark.parametrize("page", ["", BEGIN, f"{END}\n{BEGIN}\n", f"{BEGIN}\n{END}\n{BEGIN}\n{END}\n"])
def test_page_without_its_marks_is_refused(page: str) -> None:
    """A page with no marks, or two pairs, is not guessed at."""
    with pytest.raises(ValueError, match="each once"):
        fill(page, "new")


def test_page_shows_the_newest_run() -> None:
    """docs/performance.md has between its marks exactly what the newest kept run says, and its figure is that run's."""
    page, record = PAGE.read_text("utf-8"), newest_record()
    assert fill(page, measured_part(record)) == page
    assert (FIGURE.read_text("utf-8") if FIGURE.exists() else None) == (draw_record(record) if record else None)


def test_commands_are_read_as_they_stand() -> None:
    """Each command that the page shows names a module that there is, with options that it takes."""
    blocks = re.findall(r"(?ms)^```sh\n(.*?)^```$", PAGE.read_text("utf-8"))
    commands = [shlex.split(line) for block in blocks for line in block.splitlines() if "-m" in line]
    assert len(commands) >= 3
    for _, _, module, *words in commands:
        assert (ROOT / module.replace(".", "/")).with_suffix(".py").exists()
        if words:
            assert PARSERS[module]().parse_args(words)
