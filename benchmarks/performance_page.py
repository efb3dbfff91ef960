"""docs/performance.md as a run fills it: `python -m benchmarks.performance_page` shows the newest kept run there.

The one decision: everything between two marks of the page is written by a program and nothing else is, so that prose
can be edited by hand and figures cannot.
"""

import re
import sys
from pathlib import Path

from benchmarks.record import Record, draw_record, read_record, show

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "benchmarks" / "results"
PAGE = ROOT / "docs" / "performance.md"
FIGURE = ROOT / "docs" / "performance.svg"
BEGIN = "<!-- measured: written by the benchmark -->"
END = "<!-- end of measured -->"
NOTHING = "No run is kept yet: `make bench` makes one.\n"


def fill(page: str, measured: str) -> str:
    """The page's text with `measured` between its marks. Raises ValueError if it does not have them both, once."""
    pattern = re.compile(f"{re.escape(BEGIN)}\n.*?{re.escape(END)}", re.DOTALL)
    if len(pattern.findall(page)) != 1:
        raise ValueError(f"the page does not have {BEGIN} and {END}, each once")
    return pattern.sub(lambda _: f"{BEGIN}\n\n{measured}\n{END}", page)


def newest_record() -> Record | None:
    """The newest kept run, if there is one."""
    files = sorted(RESULTS.glob("????-??-??.json"))
    return read_record(files[-1]) if files else None


def measured_part(record: Record | None) -> str:
    """What stands between the marks."""
    if record is None:
        return NOTHING
    return f"![Median time of a page, by engine](performance.svg)\n\n{show(record)}"


def write_page(record: Record) -> None:
    """Show a run in the page and draw its figure."""
    PAGE.write_text(fill(PAGE.read_text("utf-8"), measured_part(record)), "utf-8")
    FIGURE.write_text(draw_record(record), "utf-8")


def main() -> int:
    """Show the newest kept run."""
    record = newest_record()
    if record is None:
        sys.stderr.write(f"no run in {RESULTS}; make bench makes one\n")
        return 1
    write_page(record)
    return 0


if __name__ == "__main__":
    sys.exit(main())
