"""`lectern entities`: the tables of names, looked after from the command line."""

import csv
import json
from pathlib import Path

import pytest

from tests.index.cli.conftest import PLAIN, Run

HEADER = "id,type,label,aliases,titles,parent,scope,flags,note\n"


@pytest.fixture
def authority(tmp_path: Path) -> Path:
    """The home's folder of tables, empty."""
    folder = tmp_path / "home" / "authority"
    folder.mkdir(parents=True)
    return folder


def test_tables_without_mistakes(run: Run) -> None:
    """What ships has none; exit status 0."""
    done = run("entities", "check")
    assert done.exit_code == 0
    assert done.stdout.startswith("no mistakes in ")
    assert json.loads(run("entities", "check", "--json").stdout) == {"faults": []}


def test_mistakes_have_file_line_and_hint(run: Run, authority: Path) -> None:
    """Every one is a line on stdout, in order, or an object; exit status 1."""
    file = authority / "entities.csv"
    file.write_text(HEADER + "place-xv,town,Valdria,,,,,,\n" + "org-xo,organisation,May,,,org-zz,,,\n", "utf-8")
    done = run("entities", "check")
    *lines, count = done.stdout.splitlines()
    assert done.exit_code == 1
    assert [line.split(": ")[0] for line in lines] == [f"{file}:2", f"{file}:3", f"{file}:3"]
    assert count == "mistakes: 3"
    as_json = run("entities", "check", "--json")
    first = json.loads(as_json.stdout)["faults"][0]
    assert as_json.exit_code == 1
    assert (first["file"], first["line"], first["message"]) == (str(file), 2, "place-xv has the type 'town'")
    assert first["hint"]


def test_a_table_that_cannot_be_read_has_no_line(run: Run, authority: Path) -> None:
    """The fault is about the whole file."""
    (authority / "entities.csv").mkdir()
    (fault,) = json.loads(run("entities", "check", "--json").stdout)["faults"]
    assert (fault["file"], fault["line"]) == (str(authority / "entities.csv"), None)


def test_the_list_is_edited_and_fed_back(run: Run, tmp_path: Path, authority: Path) -> None:
    """Names that rules find are listed, one is accepted, and then texts are found by it and a check is content."""
    page = tmp_path / "2024-03-05.txt"
    said = "Minister Corvin Ashdale met Corvin Ashdale's deputy at the Kelp Harvest Conference"
    page.write_text(PLAIN.replace("It will begin on Friday", said), "utf-8")
    assert run("add", page).exit_code == 0
    listed = tmp_path / "list.csv"
    assert run("entities", "candidates", "--min-count", "1", "-o", listed).exit_code == 0
    with listed.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    person = next(row for row in rows if row["id"] == "person-corvin-ashdale")
    assert person["label"] == "Corvin Ashdale"
    assert "[" in person["contexts"]
    person["accept"] = "yes"
    person["note"] = "invented"
    with listed.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(person))
        writer.writeheader()
        writer.writerows(rows)
    done = run("entities", "promote", listed)
    assert done.exit_code == 0
    assert "new      person-corvin-ashdale  Corvin Ashdale" in done.stdout
    assert f"new rows: 1; names given to rows: 0; blocked: 0; left for later: {len(rows) - 1}\n" in done.stdout
    assert "lectern entities retag" in done.stdout
    assert run("entities", "check").exit_code == 0
    assert "rows that had changed: 1; briefings tagged again: 1" in run("entities", "retag").stdout
    assert json.loads(run("search", "--json", "entity:person-corvin-ashdale").stdout)["total"] == 1
    again = run("entities", "candidates", "--min-count", "1")
    assert "person-corvin-ashdale" not in {row["id"] for row in csv.DictReader(again.stdout.splitlines())}


@pytest.mark.parametrize("options", [("--language", "zh"), ("--publisher", "cn-mfa"), ("--min-count", "99")])
def test_a_list_without_names(run: Run, page: Path, options: tuple[str, ...]) -> None:
    """Where no name is left by the options there is only the header; exit status 1."""
    run("add", page)
    done = run("entities", "candidates", *options)
    assert (done.exit_code, done.stdout.count("\n")) == (1, 1)
    assert done.stdout.startswith("accept,id,type,label,")


def test_a_list_is_not_written_over(run: Run, page: Path) -> None:
    """A file that is there may be a list with a librarian's work in it."""
    done = run("entities", "candidates", "-o", page)
    assert done.exit_code == 2
    assert "the file is there already" in done.stderr
    assert page.read_text("utf-8") == PLAIN


def test_candidates_need_an_archive(run: Run) -> None:
    """Without one there is nothing to look through; exit status 2."""
    assert run("entities", "candidates").exit_code == 2


def test_a_list_at_fault_changes_nothing(run: Run, tmp_path: Path, authority: Path) -> None:
    """Each fault is a line on stderr; exit status 2."""
    listed = tmp_path / "list.csv"
    listed.write_text("accept," + HEADER + "yes,org-un,event,May,,,,,,\nwhat?,,,,,,,,,\n", "utf-8")
    done = run("entities", "promote", listed)
    assert done.exit_code == 2
    assert [line.split(": ")[0] for line in done.stderr.splitlines()] == [
        f"{listed}:2",
        f"{listed}:3",
        "nothing was changed",
    ]
    assert list(authority.iterdir()) == []


def test_merge_and_split(run: Run, authority: Path) -> None:
    """What was done is said, and the tables are right afterwards."""
    rows = "org-a,organisation,Kelp Office,KO,,,,,\norg-b,organisation,Tide Office,,,,,,\n"
    rows += "org-c,organisation,C Office,,,org-a,,,\n"
    (authority / "entities.csv").write_text(HEADER + rows, "utf-8")
    merged = run("entities", "merge", "org-a", "org-b")
    assert "org-a is org-b now, Tide Office, by the names Kelp Office, KO" in merged.stdout
    assert "part of it now: org-c" in merged.stdout
    done = run("entities", "split", "org-c", "org-un", "org-b")
    assert "org-c was split into United Nations, Tide Office" in done.stdout
    assert "no longer found, till rows of yours have them: C Office" in done.stdout
    assert run("entities", "check").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (("split", "org-un", "org-who"), "two or more"),
        (("merge", "org-un", "org-zz"), "no row has this id"),
        ((), "--text"),
        (("--text", "-", "check"), "--text does not go with check"),
    ],
)
def test_what_makes_no_sense_is_refused(run: Run, arguments: tuple[str, ...], error: str) -> None:
    """With exit status 2 and what to do."""
    done = run("entities", *arguments)
    assert done.exit_code == 2
    assert error in done.stderr
