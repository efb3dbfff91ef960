"""The librarian's decisions, as typed: review, amend, remove, diff, and what is decided up front."""

import json
import sqlite3
from pathlib import Path

import pytest

from tests.index.cli.conftest import PLAIN, Run

ID = "xv-mfa/en/2024-03-05"
URL = "https://valdria.example/5"


def write_talk(file: Path, *answers: str) -> Path:
    """A transcript of the same day with other questions and answers."""
    talk = [
        f"Harbour Post: What about {a}?\n\nIlsa Verlaine: On {a} there is nothing new to say today." for a in answers
    ]
    file.write_text("\n\n".join([*PLAIN.split("\n\n")[:2], *talk]) + "\n", "utf-8")
    return file


class TestReview:
    """What is held, why, and what it would change."""

    @pytest.fixture
    def held(self, run: Run, page: Path) -> None:
        """A revision that lost an answer and says another day waits."""
        run("add", page, "--url", URL)
        page.write_text(PLAIN.partition("Northern Wire")[0].replace("on Friday", "on Monday"), "utf-8")
        assert run("add", page, "--url", URL).exit_code == 1

    @pytest.mark.usefixtures("held")
    def test_the_list_shows_what_would_change(self, run: Run) -> None:
        """Each held text has its reason and its difference from what is shown, with marks; the status is 1."""
        done = run("review")
        assert done.exit_code == 1
        assert "suspicious-revision: 1 of 2 items are gone" in done.stdout
        assert "item 1 edited" in done.stdout
        assert "[-Friday.-]{+Monday.+}" in done.stdout
        assert "item 2 removed\n[-Northern Wire: And the ferry?" in done.stdout

    @pytest.mark.usefixtures("held")
    def test_one_is_shown_in_full(self, run: Run) -> None:
        """By id or by number; another id is an error."""
        for which in (ID, "2"):
            done = run("review", which)
            assert done.exit_code == 1
            assert "Harbour Post: Will the kelp harvest begin this week?" in done.stdout
        nothing = run("review", "xv-mfa/en/2024-03-06")
        assert nothing.exit_code == 2
        assert "nothing is held there" in nothing.stderr

    @pytest.mark.usefixtures("held")
    def test_a_decision_needs_an_id(self, run: Run) -> None:
        """`--accept` alone does nothing."""
        assert run("review", "--accept").exit_code == 2
        assert run("search", "ferry").exit_code == 0


class TestAmend:
    """An attribution is put right."""

    def test_it_is_searched_shown_and_taken_back(self, run: Run, page: Path) -> None:
        """The facet and the API's record have it, with what the page says; undone, it is as before."""
        run("add", page)
        before = run("show", f"{ID}/2").stdout
        done = run("amend", f"{ID}/2", "--speaker", "Otto Brandt", "--outlet", "Coast Radio", "--reason", "misheard")
        assert done.exit_code == 0
        assert f"{ID}/2: speaker is Otto Brandt (the page says Ilsa Verlaine): misheard" in done.stdout
        found = json.loads(run("search", "--speaker", "Otto Brandt", "--outlet", "Coast Radio", "--json").stdout)
        assert [h["id"] for h in found["hits"]] == [f"{ID}/2"]
        assert run("show", f"{ID}/2").stdout == before, "words and labels stay as printed"
        assert "as the page says" in run("amend", f"{ID}/2", "--undo").stdout
        assert run("search", "--speaker", "Otto Brandt").exit_code == 1
        assert run("amend", f"{ID}/2", "--undo").exit_code == 2

    def test_a_rebuild_keeps_it(self, run: Run, page: Path) -> None:
        """It is in the archive, not only in the index."""
        run("add", page)
        run("amend", f"{ID}/1", "--kind", "statement", "--reason", "nobody asked")
        run("rebuild")
        assert json.loads(run("search", "--kind", "statement", "--json").stdout)["total"] == 1

    def test_names_are_the_authoritys(self, run: Run, page: Path, tmp_path: Path) -> None:
        """An alias gives the canonical name; a name that is not known is taken, with a note on stderr."""
        names = tmp_path / "home" / "authority"
        names.mkdir(parents=True)
        (names / "outlets.csv").write_text("name,aliases,country,note\nThe Coast Radio,Coast Radio|CR,,\n", "utf-8")
        run("add", page)
        known = run("amend", f"{ID}/1", "--outlet", "CR", "--reason", "misheard")
        assert "outlet is The Coast Radio" in known.stdout
        assert known.stderr == ""
        unknown = run("amend", f"{ID}/1", "--outlet", " Some Gazette ", "--reason", "misheard")
        assert (unknown.exit_code, "outlet is Some Gazette (" in unknown.stdout) == (0, True)
        assert "outlets.csv" in unknown.stderr

    @pytest.mark.parametrize(
        "arguments",
        [
            ("--speaker", "Otto Brandt"),
            ("--reason", "misheard"),
            ("--undo", "--reason", "misheard"),
            ("--kind", "answer", "--reason", "misheard"),
            ("--speaker", " ", "--reason", "misheard"),
            ("--speaker", "Otto Brandt", "--reason", ""),
        ],
    )
    def test_what_is_right_and_why(self, run: Run, page: Path, arguments: tuple[str, ...]) -> None:
        """Without both nothing is done; the status is 2."""
        run("add", page)
        assert run("amend", f"{ID}/1", *arguments).exit_code == 2
        assert run("search", "--speaker", "Ilsa Verlaine").exit_code == 0

    def test_it_needs_an_archive(self, run: Run, tmp_path: Path) -> None:
        """In a home that is not there it says so, and makes none."""
        done = run("amend", f"{ID}/1", "--speaker", "X", "--reason", "x")
        assert done.exit_code == 2
        assert "there is no archive" in done.stderr
        assert not (tmp_path / "home").exists()


class TestRemove:
    """A briefing is withdrawn, and shown again."""

    def test_it_is_gone_and_stays_out(self, run: Run, page: Path) -> None:
        """Search and show have it no more, with the reason; adding it again is unchanged and well."""
        run("add", page, "--url", URL)
        shown = run("show", ID).stdout
        assert run("remove", ID, "--reason", "published by mistake").stdout == f"withdrawn: {ID}\n"
        assert run("search", "ferry").exit_code == 1
        gone = run("show", f"{ID}/2")
        assert gone.exit_code == 2
        assert "published by mistake" in gone.stderr
        again = run("add", page, "--json")
        (row,) = json.loads(again.stdout)["rows"]
        assert (again.exit_code, row["outcome"], [p["code"] for p in row["problems"]]) == (
            0,
            "unchanged",
            ["withdrawn"],
        )
        run("rebuild")
        assert "published by mistake" in run("show", ID).stderr
        assert json.loads(run("status", "--json").stdout)["archive"]["withdrawn"] == 1
        assert run("remove", "--undo", ID).stdout == f"shown again: {ID}\n"
        assert run("show", ID).stdout == shown

    def test_several_at_once_or_none(self, run: Run, page: Path) -> None:
        """An id that is not there stops all of them."""
        run("add", page)
        assert run("remove", ID, "xv-mfa/en/2024-03-06", "--reason", "x").exit_code == 2
        assert run("search", "ferry").exit_code == 0

    @pytest.mark.parametrize("arguments", [(), ("--undo", "--reason", "x"), ("--reason", "")])
    def test_a_reason_or_undo(self, run: Run, page: Path, arguments: tuple[str, ...]) -> None:
        """One of them is needed, and not both."""
        run("add", page)
        assert run("remove", ID, *arguments).exit_code == 2
        assert run("search", "ferry").exit_code == 0


class TestDiff:
    """What corrections changed."""

    def test_revision_by_revision(self, run: Run, page: Path) -> None:
        """Items added, removed and edited under each correction, word by word."""
        run("add", page, "--url", URL)
        more = PLAIN + "\nCoast Radio: And the lighthouse?\n\nIlsa Verlaine: It is being painted.\n"
        for text in (PLAIN.replace("on Friday", "on Monday"), more.replace("on Friday", "on Monday")):
            page.write_text(text, "utf-8")
            assert run("add", page, "--url", URL).exit_code == 0
        done = run("diff", ID)
        first, second = done.stdout.split("revision 3")
        assert done.exit_code == 0
        assert first.startswith("revision 2, received ")
        assert "item 1 edited" in first
        assert "[-Friday.-]{+Monday.+}" in first
        assert "item 3 added\n{+Coast Radio: And the lighthouse?" in second
        assert "item 1" not in second

    def test_without_a_correction(self, run: Run, page: Path) -> None:
        """It says that there was none; a briefing that is not there is an error, one that is gone says why."""
        run("add", page)
        done = run("diff", ID)
        assert (done.exit_code, "has not been corrected" in done.stdout) == (0, True)
        assert run("diff", "xv-mfa/en/2024-03-06").exit_code == 2
        run("remove", ID, "--reason", "published by mistake")
        assert "published by mistake" in run("diff", ID).stderr


class TestUpFront:
    """Whose text a file is, said while adding it."""

    @pytest.fixture
    def doubtful(self, run: Run, tmp_path: Path) -> Path:
        """A transcript that may be the day's briefing or another one; that one is there."""
        run("add", write_talk(tmp_path / "1.txt", "kelp", "the ferry", "the lighthouse"), "--url", f"{URL}1")
        return write_talk(tmp_path / "2.txt", "kelp", "the ferry", "the harbour wall", "herring", "the census")

    def test_in_doubt_it_is_held(self, run: Run, doubtful: Path) -> None:
        """Without a word it waits, and the message names the options."""
        done = run("add", doubtful, "--url", f"{URL}2")
        assert done.exit_code == 1
        assert "which-briefing" in done.stdout
        assert "--as" in done.stdout

    def test_a_long_difference_is_cut(self, run: Run, doubtful: Path) -> None:
        """The list shows the first items that differ and how many more there are; one by itself is whole."""
        more = [f"point {n} of the agenda" for n in range(8)]
        run("add", write_talk(doubtful, "kelp", "the ferry", "the lighthouse", *more), "--url", f"{URL}2")
        listed, whole = run("review").stdout, run("review", "2").stdout
        assert listed.count(" added\n") == 5
        assert "and 3 other items differ; all of it: lectern review 2" in listed
        assert whole.count(" added\n") == 8

    @pytest.mark.parametrize(
        ("word", "id", "what"), [(("--as", ID), ID, "duplicate"), (("--new",), f"{ID}-2", "added")]
    )
    def test_it_is_decided(self, run: Run, doubtful: Path, word: tuple[str, ...], id: str, what: str) -> None:
        """`--as` makes it a text of that briefing, `--new` one of its own; nothing waits."""
        done = run("add", doubtful, "--url", f"{URL}2", *word, "--json")
        (row,) = json.loads(done.stdout)["rows"]
        assert (done.exit_code, row["outcome"], row["id"]) == (0, what, id)
        assert run("review").exit_code == 0

    def test_it_is_about_one_file(self, run: Run, doubtful: Path) -> None:
        """A folder, or both words, do nothing; nor does a briefing that is not there."""
        for arguments in ((doubtful.parent, "--new"), (doubtful, "--new", "--as", ID), (doubtful, "--as", f"{ID}-7")):
            done = run("add", *arguments)
            assert done.exit_code == 2, arguments
        assert run("review").exit_code == 0


def test_rebuild_reads_again_what_an_earlier_parser_read(run: Run, page: Path, tmp_path: Path) -> None:
    """Without the files: from the archive's bytes, once; `--reparse` does it with all, and knows new names."""
    run("add", page)
    page.unlink()
    with sqlite3.connect(tmp_path / "home" / "archive.sqlite3") as archive:
        archive.execute("UPDATE revision SET parser_version = parser_version - 1")
    archive.close()
    first, second = run("rebuild"), run("rebuild")
    assert "read again: 1 unchanged" in first.stdout
    assert "read again" not in second.stdout
    names = tmp_path / "home" / "authority"
    names.mkdir()
    (names / "outlets.csv").write_text("name,aliases,country,note\nThe Harbour Post,Harbour Post,,\n", "utf-8")
    third = run("rebuild", "--reparse")
    assert "read again: 1 corrected" in third.stdout
    assert run("search", "--outlet", "The Harbour Post").exit_code == 0
    assert [done.exit_code for done in (first, second, third)] == [0, 0, 0]
