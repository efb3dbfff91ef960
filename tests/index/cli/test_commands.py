"""The command line, as typed: what goes in, what is printed, the exit status."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from index.cli import main
from index.cli.serving import SAMPLES

PLAIN = """Spokesperson Ilsa Verlaine’s Regular Press Briefing on March 5, 2024

2024-03-05 15:30

Harbour Post: Will the kelp harvest begin this week?

Ilsa Verlaine: It will begin on Friday.

Northern Wire: And the ferry?

Ilsa Verlaine: I have nothing on the ferry.
"""

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs a command in a home of its own."""

    def run(*arguments: str | Path) -> Result:
        words = ["--home", str(tmp_path / "home"), *map(str, arguments)]
        return CliRunner().invoke(main, words, catch_exceptions=False)

    return run


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A transcript of two answers."""
    file = tmp_path / "2024-03-05.txt"
    file.write_text(PLAIN, "utf-8")
    return file


def test_parse_prints_a_record_a_line_and_touches_nothing(run: Run, page: Path, tmp_path: Path) -> None:
    """`parse --format jsonl` prints the briefing; no home is made."""
    done = run("parse", page, "--format", "jsonl", "--url", "https://valdria.example/5")
    record = json.loads(done.stdout)
    assert done.exit_code == 0
    assert (record["id"], record["time"], record["url"]) == (
        "xv-mfa/en/2024-03-05",
        "15:30",
        "https://valdria.example/5",
    )
    assert [(i["asker"], i["speaker"]) for i in record["items"]] == [
        ("Harbour Post", "Ilsa Verlaine"),
        ("Northern Wire", "Ilsa Verlaine"),
    ]
    assert not (tmp_path / "home").exists()


def test_parse_as_text_is_for_reading(run: Run, page: Path) -> None:
    """The text form names asker and speaker of each item."""
    done = run("parse", page)
    assert "Harbour Post -> Ilsa Verlaine" in done.stdout
    assert "original not recorded" in done.stdout


def test_add_search_show(run: Run, page: Path) -> None:
    """What was added is found, and shown by its id."""
    assert run("add", page).exit_code == 0
    found = run("search", "kelp")
    assert found.exit_code == 0
    assert "xv-mfa/en/2024-03-05/1" in found.stdout
    assert "It will begin on Friday." in run("show", "xv-mfa/en/2024-03-05/1").stdout
    assert run("show", "xv-mfa/en/2024-03-05").stdout.count("[") == 2


def test_the_json_of_a_search_is_the_apis(run: Run, page: Path) -> None:
    """`search --json` has the API's fields, and the address of the answer in its transcript."""
    run("add", page)
    answer = json.loads(run("search", "kelp", "--json").stdout)
    assert (answer["total"], answer["total_is"], answer["query"]) == (1, "exact", "kelp")
    assert answer["hits"][0]["url"] == "/briefings/xv-mfa/en/2024-03-05?q=kelp#1"


@pytest.mark.parametrize(
    ("arguments", "total"),
    [
        (("--outlet", "Harbour Post"), 1),
        (("--outlet", "Harbour Post", "--outlet", "Northern Wire"), 2),
        (("--from", "2024-03-06"), 0),
        (("--year", "2024", "--kind", "answer"), 2),
        (("-ferry",), 1),
        (('"on the ferry"',), 1),
    ],
)
def test_filters(run: Run, page: Path, tmp_path: Path, arguments: tuple[str, ...], total: int) -> None:
    """Filters are the page's; a search that finds nothing ends with 1."""
    shutil.copytree(SAMPLES / "authority", tmp_path / "home" / "authority")
    run("add", page)
    done = run("search", "--json", *arguments)
    assert json.loads(done.stdout)["total"] == total
    assert done.exit_code == (0 if total else 1)


def test_adding_again_changes_nothing(run: Run, page: Path) -> None:
    """The second time everything is unchanged, and so is the index's sequence number."""
    run("add", page)
    before = json.loads(run("status", "--json").stdout)["index"]
    again = run("add", page, "--json")
    assert json.loads(again.stdout)["counts"] == {"unchanged": 1}
    assert again.exit_code == 0
    assert json.loads(run("status", "--json").stdout)["index"] == before


def test_a_corrected_page_is_a_new_revision(run: Run, page: Path) -> None:
    """Changed words replace the earlier ones in the index; both texts are kept."""
    run("add", page, "--url", "https://valdria.example/5")
    page.write_text(PLAIN.replace("on Friday", "on Monday"), "utf-8")
    assert json.loads(run("add", page, "--url", "https://valdria.example/5", "--json").stdout)["counts"] == {
        "corrected": 1
    }
    assert run("search", "friday").exit_code == 1
    assert run("search", "monday").exit_code == 0
    assert len(run("show", "xv-mfa/en/2024-03-05", "--revisions").stdout.splitlines()) == 2


def test_a_dry_run_touches_nothing(run: Run, page: Path, tmp_path: Path) -> None:
    """It says what would be added; no home is made."""
    done = run("add", "--dry-run", page)
    assert "1 added" in done.stdout
    assert "nothing was touched" in done.stdout
    assert not (tmp_path / "home").exists()


def test_bad_input_is_a_line_each_and_the_rest_is_done(run: Run, page: Path, tmp_path: Path) -> None:
    """Each bad file is refused in one line with its name, exit status 1; the good one alone is searchable."""
    bad = tmp_path / "bad"
    bad.mkdir()
    (bad / "empty.html").write_bytes(b"")
    (bad / "binary.html").write_bytes(b"\x7fELF\0\0\0" * 100)
    with (bad / "huge.html").open("wb") as huge:
        huge.truncate(50_000_000)
    (bad / "no-body.html").write_text("<html><head><title>Nothing here</title></head></html>")
    (bad / "no-such-day.txt").write_text(
        PLAIN.replace("March 5, 2024", "February 30, 2024").replace("2024-03-05 15:30", "")
    )
    (bad / "latin.txt").write_bytes(PLAIN.encode("utf-8") + b"\n\nHarbour Post: \xff\xfe?\n")
    (bad / "missing-link.html").symlink_to(bad / "nowhere")
    done = run("add", bad, page)
    assert done.exit_code == 1
    lines = [line for line in done.stdout.splitlines() if "refused:" in line]
    for name in ("empty", "binary", "huge", "no-body", "no-such-day", "latin", "missing-link"):
        assert sum(name in line for line in lines) == 1, name
    assert json.loads(run("status", "--json").stdout)["index"]["briefings"] == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything; tests/index/test_sources.py fakes the refusal")
def test_a_folder_without_permission_is_a_line(run: Run, page: Path, tmp_path: Path) -> None:
    """A folder that may not be read is refused in one line, and the rest is done."""
    closed = tmp_path / "closed"
    closed.mkdir(mode=0)
    done = run("add", closed, page)
    assert done.exit_code == 1
    assert "closed" in next(line for line in done.stdout.splitlines() if "refused:" in line)


def test_review(run: Run, page: Path) -> None:
    """A revision that lost half of its answers waits, the earlier text stays; accepting publishes it."""
    run("add", page, "--url", "https://valdria.example/5")
    page.write_text(PLAIN.partition("Northern Wire")[0], "utf-8")
    held = run("add", page, "--url", "https://valdria.example/5")
    assert held.exit_code == 1
    assert "lectern review" in held.stdout
    assert run("search", "ferry").exit_code == 0
    listed = run("review")
    assert listed.exit_code == 1
    assert "xv-mfa/en/2024-03-05" in listed.stdout
    assert run("review", "xv-mfa/en/2024-03-05", "--accept").exit_code == 0
    assert run("search", "ferry").exit_code == 1
    assert run("review").exit_code == 0
    gone = run("show", "xv-mfa/en/2024-03-05/2")
    assert gone.exit_code == 2
    assert "is gone since" in gone.stderr


def test_rebuild_gives_the_same_answers(run: Run, page: Path) -> None:
    """A new generation is made from the archive alone."""
    run("add", page)
    before = json.loads(run("search", "ferry", "--json").stdout)
    assert "generation 2" in run("rebuild").stdout
    after = json.loads(run("search", "ferry", "--json").stdout)
    assert after["hits"] == before["hits"]
    assert after["generation"] == 2


def test_errors_are_one_line_and_status_2(run: Run, tmp_path: Path) -> None:
    """Searching where nothing is, and a wrong publisher, are said in a line with a hint."""
    nothing = run("search", "x")
    assert nothing.exit_code == 2
    assert nothing.stderr.count("\n") == 1
    assert "lectern add" in nothing.stderr
    wrong = run("add", tmp_path, "--publisher", "zz-mfa")
    assert wrong.exit_code == 2
    assert "cn-mfa" in wrong.stderr


def test_nothing_to_add_is_said(run: Run, tmp_path: Path) -> None:
    """An empty folder ends with 1, and says so."""
    (tmp_path / "empty").mkdir()
    done = run("add", tmp_path / "empty")
    assert done.exit_code == 1
    assert "nothing to add" in done.stdout


def test_status_of_an_empty_home(run: Run) -> None:
    """Where nothing is, status says so and ends well."""
    done = run("status")
    assert done.exit_code == 0
    assert "none" in done.stdout


def test_entities_of_a_text(run: Run, tmp_path: Path) -> None:
    """Mentions are printed with spans that cut their surface."""
    file = tmp_path / "text.txt"
    file.write_text("Norway’s minister visited Türkiye.", "utf-8")
    rows = json.loads(run("entities", "--text", file, "--json").stdout)
    assert [(r["id"], r["surface"]) for r in rows] == [("place-no", "Norway"), ("place-tr", "Türkiye")]
    assert all(file.read_text("utf-8")[r["start"] : r["end"]] == r["surface"] for r in rows)
