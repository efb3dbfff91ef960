"""Where texts come from, as typed: `show --revisions`, `show --original`, `show --revision`, `diff` of two texts."""

import hashlib
import json
from pathlib import Path

import pytest

from index.parsers import PARSER_VERSION
from tests.index.cli.conftest import PLAIN, Run

ID = "xv-mfa/en/2024-03-05"
URL = "https://valdria.example/5"
TEXTS = (PLAIN, PLAIN.replace("on Friday", "on Monday"), PLAIN.replace("on Friday", "on Sunday"))


@pytest.fixture
def corrected(run: Run, page: Path) -> None:
    """A briefing that was corrected twice."""
    for text in TEXTS:
        page.write_text(text, "utf-8")
        assert run("add", page, "--url", URL).exit_code == 0


def digest(text: str) -> str:
    """SHA-256 of a text's bytes."""
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.usefixtures("corrected")
def test_each_text_has_its_papers(run: Run) -> None:
    """When, from where, which bytes, which parser, and what became of it; the same in JSON and for reading."""
    known = json.loads(run("show", ID, "--revisions", "--json").stdout)
    assert (known["id"], known["withdrawn"]) == (ID, None)
    assert [r["sha256"] for r in known["revisions"]] == [*map(digest, TEXTS)]
    assert [r["state"] for r in known["revisions"]] == ["superseded", "superseded", "live"]
    assert [r["shown"][0]["number"] for r in known["revisions"]] == [1, 2, 3]
    assert {(r["url"], r["file"].rpartition("/")[2]) for r in known["revisions"]} == {(URL, "2024-03-05.txt")}
    assert {(r["bytes"], r["parser"], r["items"]) for r in known["revisions"]} == {
        (len(PLAIN.encode()), PARSER_VERSION, 2)
    }
    assert all(0 < r["kept_bytes"] < r["bytes"] for r in known["revisions"])
    assert [e["what"] for e in known["history"]] == ["added", "corrected", "corrected"]
    printed = run("show", ID, "--revisions").stdout
    assert printed.count("shown until it was corrected") == 2
    assert all(f"SHA-256 {digest(text)}" in printed for text in TEXTS)


@pytest.mark.usefixtures("corrected")
def test_the_bytes_are_given_back_as_they_came(run: Run) -> None:
    """Of what is shown, of a text by its number, and by the beginning of its digest."""
    assert run("show", ID, "--original").stdout_bytes == TEXTS[2].encode()
    assert run("show", ID, "--original", "--revision", "1").stdout_bytes == TEXTS[0].encode()
    assert run("show", ID, "--original", "--revision", digest(TEXTS[1])[:8]).stdout_bytes == TEXTS[1].encode()


@pytest.mark.usefixtures("corrected")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((ID, "--original", "--revision", "4"), "no text 4"),
        ((ID, "--original", "--revision", "0" * 64), "no text 000"),
        ((ID, "--original", "--revision", "latest"), "names no text"),
        ((f"{ID}/1", "--original"), "texts are of whole briefings"),
        (("xv-mfa/en/2024-03-06", "--revisions"), "no such briefing"),
        ((ID, "--revision", "4"), "3 texts, and no text 4"),
        ((ID, "--revision", "abc"), "no number of a text"),
        ((ID, "--revisions", "--original"), "--revisions goes with --json alone"),
        ((ID, "--json"), "--revisions"),
    ],
)
def test_what_is_not_there_is_said(run: Run, arguments: tuple[str, ...], said: str) -> None:
    """Each mistake ends with 2 and one line that names it."""
    done = run("show", *arguments)
    assert done.exit_code == 2
    assert said in done.stderr


@pytest.mark.usefixtures("corrected")
def test_an_earlier_text_is_shown_as_it_read(run: Run) -> None:
    """A briefing, and an item of it, as the text of a number has them."""
    assert "on Friday." in run("show", ID, "--revision", "1").stdout
    assert "on Monday." in run("show", f"{ID}/1", "--revision", "2").stdout
    assert "on Sunday." in run("show", f"{ID}/1").stdout


@pytest.mark.usefixtures("corrected")
def test_any_two_texts_are_compared(run: Run) -> None:
    """One number: from there to now. Two: from the first to the second. None: each correction."""
    assert "[-Friday.-]{+Sunday.+}" in run("diff", ID, "1").stdout
    assert "[-Sunday.-]{+Monday.+}" in run("diff", ID, "3", "2").stdout
    assert run("diff", ID, "2", "2").stdout == "they read the same\n"
    assert run("diff", ID).stdout.count("edited") == 2
    for numbers in (("4",), ("1", "9"), ("1", "2", "3"), ("one",)):
        assert run("diff", ID, *numbers).exit_code == 2, numbers


def test_what_is_held_and_rejected_has_its_papers(run: Run, page: Path) -> None:
    """A text that never was shown has no number, but its reason, its bytes, and what was decided."""
    run("add", page, "--url", URL)
    short = PLAIN.partition("Northern Wire")[0]
    page.write_text(short, "utf-8")
    assert run("add", page, "--url", URL).exit_code == 1
    (_, held) = json.loads(run("show", ID, "--revisions", "--json").stdout)["revisions"]
    assert (held["state"], held["shown"], [p["code"] for p in held["problems"]]) == (
        "held", [], ["suspicious-revision"],
    )  # fmt: skip
    assert run("show", ID, "--original", "--revision", digest(short)).stdout_bytes == short.encode()
    assert "suspicious-revision: 1 of 2 items" in run("show", ID, "--revisions").stdout
    run("review", ID, "--reject")
    assert "-   received" in run("show", ID, "--revisions").stdout
    assert "rejected" in run("show", ID, "--revisions").stdout


def test_a_withdrawn_briefing_keeps_its_papers(run: Run, page: Path) -> None:
    """Since when and why it is withdrawn, and its bytes; and then that it is shown again."""
    run("add", page, "--url", URL)
    run("remove", ID, "--reason", "published by mistake")
    known = json.loads(run("show", ID, "--revisions", "--json").stdout)
    assert known["withdrawn"]["reason"] == "published by mistake"
    assert [e["what"] for e in known["history"]] == ["added", "withdrawn"]
    assert run("show", ID, "--revisions").stdout.startswith("withdrawn since 2")
    assert run("show", ID, "--original").stdout_bytes == PLAIN.encode()
    run("remove", "--undo", ID)
    known = json.loads(run("show", ID, "--revisions", "--json").stdout)
    assert (known["withdrawn"], known["history"][-1]["what"]) == (None, "restored")


def test_withdrawn_bytes_at_another_address_stay_out(run: Run, page: Path) -> None:
    """They are reported, shown nowhere, and with the withdrawal undone there is one briefing as before."""
    run("add", page, "--url", URL)
    run("remove", ID, "--reason", "published by mistake")
    done = run("add", page, "--new", "--url", f"{URL}/elsewhere", "--json")
    (row,) = json.loads(done.stdout)["rows"]
    assert (done.exit_code, row["outcome"], [p["code"] for p in row["problems"]]) == (0, "unchanged", ["withdrawn"])
    assert run("search", "kelp").exit_code == 1
    assert run("remove", "--undo", ID).exit_code == 0
    assert json.loads(run("search", "kelp", "--json").stdout)["total"] == 1
