"""Reports of what was found in files, for reading and as data."""

import json
from pathlib import Path

import pytest

from index.cli.report import find_problems, finding_line, print_problems
from index.report import Row
from search.model import Problem
from tests.index.cli.conftest import PLAIN, Run, Screen

ROWS = (
    Row("a.html", "parsed", "x", 3, (Problem("unknown-label", "note", "'Gazette' is no outlet", 2),)),
    Row("b.html", "parsed", "y", 3, (Problem("unknown-label", "note", "'Gazette' is no outlet", 7),)),
    Row("c.html", "parsed", "z", 3, (Problem("long-item", "note", "[sic] 30,000 characters", 1),)),
    Row("d.html", "refused", None, 0, (Problem("empty", "refused", "d.html: the file is empty"),)),
    Row("e.html", "held", "w", 3, (Problem("which-briefing", "held", "in between"),)),
)


def test_a_problem_is_told_once() -> None:
    """What many files share is one finding with its first place; the gravest come first, the file is not said twice."""
    assert [finding_line(f) for f in find_problems(ROWS)] == [
        "refused  empty                the file is empty  [d.html]",
        "held     which-briefing       in between  [e.html]",
        "note     unknown-label        'Gazette' is no outlet  [a.html item 2 (and 1 more)]",
        "note     long-item            [sic] 30,000 characters  [c.html item 1]",
    ]


def test_a_terminal_gets_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the same findings; brackets in a message are no markup; nothing at all if there is no problem."""
    screen = Screen()
    monkeypatch.setattr("sys.stdout", screen)
    monkeypatch.setenv("COLUMNS", "120")
    print_problems(ROWS)
    lines = screen.getvalue().splitlines()
    assert any("which-briefing" in line and "e.html" in line for line in lines)
    assert any("[sic] 30,000 characters" in line for line in lines)
    screen.truncate(0)
    print_problems([])
    assert not screen.getvalue().strip("\0")


def test_parse_reports_problems_below_the_texts(run: Run, page: Path, tmp_path: Path) -> None:
    """As text on stdout; beside records, which have stdout for themselves, on stderr."""
    (tmp_path / "empty.txt").write_bytes(b"")
    done = run("parse", page, tmp_path / "empty.txt")
    assert done.exit_code == 1
    assert done.stdout.index("Harbour Post") < done.stdout.index("refused  empty")
    records = run("parse", page, tmp_path / "empty.txt", "--format", "jsonl")
    assert len(records.stdout.splitlines()) == 1
    assert "refused  empty" in records.stderr
    assert "1 parsed, 1 refused" in records.stderr


def test_parse_as_data(run: Run, page: Path, tmp_path: Path) -> None:
    """`--json` gives a row for each file with its problems, and the counts; no texts."""
    (tmp_path / "empty.txt").write_bytes(b"")
    done = run("parse", page, tmp_path / "empty.txt", "--json")
    report = json.loads(done.stdout)
    assert report["counts"] == {"parsed": 1, "refused": 1}
    assert [(r["id"], r["items"]) for r in report["rows"]] == [("xv-mfa/en/2024-03-05", 2), (None, 0)]
    assert report["rows"][1]["problems"][0]["code"] == "empty"
    assert "kelp" not in done.stdout
    assert done.exit_code == 1


def test_a_dry_run_reports_problems(run: Run, page: Path, tmp_path: Path) -> None:
    """The findings stand between the rows and the counts."""
    page.write_text(PLAIN.replace("Northern Wire: And the ferry?\n\n", ""), "utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    done = run("add", "--dry-run", page, tmp_path / "empty.txt")
    lines = done.stdout.splitlines()
    assert lines[0].startswith("added ")
    assert any(line.startswith("refused  empty") for line in lines)
    assert lines[-1].endswith("(dry run: nothing was touched)")


def test_a_date_out_of_order_is_noted(run: Run, tmp_path: Path) -> None:
    """By `parse` and by `add`: the page numbered between two others says a day that is not between theirs."""
    for n, day in enumerate((1, 2, 28, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13)):
        text = PLAIN.replace("March 5", f"March {day}").replace("03-05", f"03-{day:02}").replace("kelp", f"kelp {n}")
        (tmp_path / f"t{n}.txt").write_text(text, "utf-8")
    for command in (("parse",), ("add", "--dry-run")):
        done = run(*command, tmp_path, "--json")
        noted = [r["file"] for r in json.loads(done.stdout)["rows"] if "date-out-of-order" in str(r["problems"])]
        assert [Path(file).name for file in noted] == ["t2.txt"]
        assert done.exit_code == 0


def test_the_closing_table_counts_outcomes_and_notes_by_kind(run: Run, page: Path, tmp_path: Path) -> None:
    """Every outcome has a line, also where there was none; notes are told by kind; the last line is all in one."""
    (tmp_path / "empty.txt").write_bytes(b"")
    lines = run("add", page, tmp_path / "empty.txt").stdout.splitlines()
    table = {line.split()[0]: line.split()[1] for line in lines[-8:-1]}
    assert list(table) == ["added", "corrected", "unchanged", "held", "refused", "notes", "time"]
    assert (table["added"], table["corrected"], table["refused"]) == ("1", "0", "1")
    assert "unknown-label 2" in lines[-3]
    assert lines[-1].startswith("1 added, 1 refused in ")
    report = json.loads(run("add", "--json", page).stdout)
    assert (report["counts"], report["notes"]["unknown-label"]) == ({"unchanged": 1}, 2)


def test_notes_do_not_turn_the_exit_status(run: Run, page: Path) -> None:
    """A night with nothing but notes, and one with nothing new, end with 0."""
    first, second = run("add", page), run("add", page)
    assert "unknown-label" in first.stdout
    assert (first.exit_code, second.exit_code) == (0, 0)
