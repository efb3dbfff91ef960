"""`lectern fetch` and `lectern watch`, as they are typed."""

import json
from pathlib import Path

from tests.index.cli.conftest import Run


def write_profile(tmp_path: Path, more: str) -> None:
    """A publisher of the home's own."""
    folder = tmp_path / "home" / "publishers"
    folder.mkdir(parents=True, exist_ok=True)
    head = 'name = "M"\nlanguages = ["en"]\nzone = "Etc/GMT-2"\ncountry = "place-xv"\nhosts = ["valdria.example"]\n'
    (folder / "xw-test.toml").write_text(head + more, "utf-8")


def test_an_address_on_no_allow_list_is_not_done(run: Run) -> None:
    """Exit status 2, and a line that says where it would have to stand."""
    done = run("fetch", "https://elsewhere.example/")
    assert done.exit_code == 2
    assert "on no publisher's allow-list" in done.stderr
    assert done.stderr.count("\n") == 1
    assert run("fetch", "xx").exit_code == run("fetch", "cn-mfa").exit_code == 2


def test_a_site_that_cannot_be_reached_is_a_problem(run: Run, tmp_path: Path) -> None:
    """Exit status 1, a row for its list, and the site is not asked more often than politeness allows."""
    write_profile(tmp_path, "lists = ['http://127.0.0.1/list']\npages = ['x']\n")
    done = run("fetch", "xw-test", "--dry-run", "--json")
    assert done.exit_code == 1
    report = json.loads(done.stdout)
    assert (report["counts"], report["rows"][0]["problems"][0]["code"]) == ({"refused": 1}, "list-failed")
    assert "allow-list" in report["rows"][0]["problems"][0]["message"]


def test_lists_without_pages_are_a_fault_of_the_profile(run: Run, tmp_path: Path) -> None:
    """Else everything that a list links to would be fetched; so is an address that is none, and a selector."""
    for more, said in (
        ("lists = ['https://valdria.example/']\n", "pages"),
        ("lists = ['valdria.example']\npages = ['x']\n", "lists"),
        ("link_selectors = ['a[']\n", "link_selectors"),
        ("private_hosts = ['http://intranet/']\n", "private_hosts"),
    ):
        write_profile(tmp_path, more)
        done = run("fetch", "xw-test")
        assert done.exit_code == 2
        assert f"xw-test.toml, {said}: " in done.stderr


def test_watching_needs_a_folder(run: Run, tmp_path: Path) -> None:
    """A file, or nothing, cannot be followed."""
    assert run("watch", tmp_path / "none").exit_code == 2
