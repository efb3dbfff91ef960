"""The command line, as typed: what goes in, what is printed, the exit status."""

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from index.cli import main
from index.cli.serving import SAMPLES
from tests.index.cli.conftest import PLAIN, Run


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


@pytest.mark.parametrize(
    ("arguments", "total"),
    [
        (("--entity", "Japan"), 1),
        (("--entity", "Japan", "--subject"), 0),
        (("--entity", "Norway", "--subject"), 1),
        (("--entity", "China"), 0),
        (("--entity", "China", "--rollup"), 1),
    ],
)
def test_what_an_entity_finds(run: Run, page: Path, arguments: tuple[str, ...], total: int) -> None:
    """An entity finds its mentions; with --subject what is about it, with --rollup its parts too."""
    text = PLAIN.replace("And the ferry?", "And the ferry to Norway?").replace("on Friday", "in Japan, or in Beijing")
    page.write_text(text, "utf-8")
    run("add", page)
    assert json.loads(run("search", "--json", *arguments).stdout)["total"] == total


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
    assert run("show", "xv-mfa/en/2024-03-05", "--revisions").stdout.count(" received ") == 2


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
    lines = done.stdout.splitlines()
    for name in ("empty", "binary", "huge", "no-body", "no-such-day", "latin", "missing-link"):
        (line,) = [line for line in lines if name in line]
        assert line.startswith("refused "), line
        assert ";" in line, "a hint follows what is wrong"
    assert json.loads(run("status", "--json").stdout)["index"]["briefings"] == 1


def test_exact_leaves_synonyms_out(run: Run, page: Path) -> None:
    """A name is looked for under its other names too, and the search says so; with `--exact` it is not."""
    run("add", page)
    assert "NATO was also looked for as" in run("search", "NATO").stderr
    assert "also looked for" not in run("search", "--exact", "NATO").stderr


def test_a_folder_without_permission_is_a_line(
    run: Run, page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that may not be read is refused in one line, and the rest is done; for root this is put in by hand."""
    closed = tmp_path / "closed"
    closed.mkdir(mode=0)
    list_folder = Path.iterdir

    def refuse(path: Path) -> Iterator[Path]:
        if path == closed:
            raise PermissionError(13, "Permission denied")
        return list_folder(path)

    if os.geteuid() == 0:
        monkeypatch.setattr(Path, "iterdir", refuse)
    done = run("add", "--dry-run", closed, page)
    assert done.exit_code == 1
    assert "closed" in next(line for line in done.stdout.splitlines() if line.startswith("refused "))
    assert "1 added" in done.stdout


def test_a_file_without_permission_is_a_line(
    run: Run, page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file named by itself that may not be read does not stop the rest; for root the refusal is put in by hand."""
    closed = tmp_path / "closed.txt"
    closed.write_text(PLAIN, "utf-8")
    real_open = Path.open

    def refuse_open(self: Path, *args: Any, **kwargs: Any) -> object:  # noqa: ANN401 (as Path.open)
        if self == closed:
            raise PermissionError(13, "Permission denied")
        return real_open(self, *args, **kwargs)

    monkeypatch.setattr(Path, "open", refuse_open)
    monkeypatch.setattr(os, "access", lambda path, *_, **__: Path(path) != closed)
    done = run("add", closed, page)
    assert done.exit_code == 1
    assert "1 added, 1 refused" in done.stdout


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


def test_what_the_system_refuses_is_one_line_and_status_2(
    run: Run, page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk, a home that cannot be made, and Ctrl+C are each a line that says what to do; no traceback."""
    for error, words in (
        (OSError(28, "No space left on device"), "free space"),
        (KeyboardInterrupt(), "run the command again"),
    ):

        def fail(*_: object, error: BaseException = error, **__: object) -> None:
            raise error

        monkeypatch.setattr("index.cli.rebuilding.rebuild_index", fail)
        done = run("rebuild")
        assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
        assert words in done.stderr
    inside = run("--home", page / "home", "add", page)
    assert (inside.exit_code, inside.stderr.count("\n")) == (2, 1)
    assert str(page / "home") in inside.stderr


def test_a_home_that_is_a_file_is_said(page: Path) -> None:
    """Whatever the command, `LECTERN_HOME` must name a folder."""
    for command in (("status",), ("search", "x"), ("add", str(page)), ("rebuild",)):
        done = CliRunner().invoke(main, command, env={"LECTERN_HOME": str(page)}, catch_exceptions=False)
        assert done.exit_code == 2
        assert "the home is a file" in done.stderr


def test_looking_touches_nothing(run: Run, page: Path, tmp_path: Path) -> None:
    """`status` and `review` make no file and change none, so that they work where nothing may be written."""
    run("add", page)
    home = tmp_path / "home"
    before = {file: file.stat().st_mtime_ns for file in (home, *home.rglob("*"))}
    assert run("status").exit_code == run("review").exit_code == 0
    assert {file: file.stat().st_mtime_ns for file in (home, *home.rglob("*"))} == before


def test_rebuild_and_review_need_an_archive(run: Run, tmp_path: Path) -> None:
    """In a home that is not there they say so, and make none."""
    assert run("review", "--accept").exit_code == run("review", "x").exit_code == 2
    for command in (("rebuild",), ("review", "x", "--accept")):
        done = run(*command)
        assert done.exit_code == 2
        assert "there is no archive" in done.stderr
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(
    ("arguments", "status"),
    [(("-hague",), 0), (("--", "-hague"), 0), (("--jsn", "kelp"), 2), (("\udcff",), 2), (("--outlet", "\udcff"), 2)],
)
def test_words_that_look_like_options(run: Run, page: Path, arguments: tuple[str, ...], status: int) -> None:
    """A word left out is no option; a mistyped option is no word; bytes that are no text are refused."""
    run("add", page)
    done = run("search", *arguments)
    assert done.exit_code == status
    assert ("2 found" in done.stdout) == (status == 0)


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


def test_a_failure_is_json_where_the_log_is(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """`LECTERN_LOG=json`: the one line on stderr is an object; a setting that means nothing stops every command."""
    monkeypatch.setenv("LECTERN_LOG", "json")
    done = run("show", "xv-mfa/en/2024-03-05")
    said = json.loads(done.stderr)
    assert (done.exit_code, said["level"], said["logger"]) == (2, "error", "lectern.show")
    assert "there is no index here" in said["message"]
    monkeypatch.setenv("LECTERN_LOG", "loud")
    done = run("status")
    assert (done.exit_code, "LECTERN_LOG: 'loud' means nothing" in done.stderr) == (2, True)
