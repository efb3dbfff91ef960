"""The guide to adding a publisher, followed from a clean start."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from index.cli import main
from index.parsers.profile import Profile

GUIDE = (Path(__file__).parents[1] / "docs" / "adding-a-publisher.md").read_text("utf-8")


def block(language: str, number: int = 0) -> str:
    """The guide's code of a language, the first one or a later one."""
    return re.findall(rf"^```{language}\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)[number]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with the guide's two transcripts; the home in it does not exist yet."""
    (tmp_path / "briefing.html").write_text(block("html"), "utf-8")
    (tmp_path / "briefing.txt").write_text(block("text"), "utf-8")
    return tmp_path / "var"


def write(path: Path, text: str) -> None:
    """Make a file and its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def lectern(home: Path, *words: str) -> Result:
    """The command line, run in a home."""
    return CliRunner().invoke(main, ["--home", str(home), *words])


def test_the_guide_leads_from_a_refused_page_to_a_briefing_without_notes(home: Path) -> None:
    """Each step gives what the guide says: a refusal, items with notes, the same without, a briefing in the index."""
    pages = [str(home.parent / name) for name in ("briefing.html", "briefing.txt")]
    for page in pages:
        refused = lectern(home, "parse", page)
        assert refused.exit_code == 1
        assert "unknown-publisher" in refused.output

    write(home / "publishers" / "xw-foreign.toml", block("toml"))
    read = lectern(home, "parse", *pages, "--format", "jsonl")
    html, text = map(json.loads, read.stdout.splitlines())
    assert {key: html[key] for key in html if key != "file"} == {key: text[key] for key in text if key != "file"}
    assert (html["id"], html["time"], html["zone"]) == ("xw-foreign/en/2024-05-14", "11:30", "Etc/GMT+1")
    assert [(i["kind"], i.get("asker"), i["speaker"], i.get("follow_up_to")) for i in html["items"]] == [
        ("statement", None, "Anna Thorvale", None),
        ("answer", "Harbour Post", "Anna Thorvale", None),
        ("answer", "Follow-up", "Anna Thorvale", 2),
    ]
    assert "Share" not in read.stdout
    noted = {p["code"] for p in html["problems"]}
    assert {"unknown-label", "unknown-speaker"} <= noted

    write(home / "authority" / "speakers.csv", block("csv"))
    write(home / "authority" / "outlets.csv", block("csv", 1))
    named = json.loads(lectern(home, "parse", pages[0], "--format", "jsonl").stdout)
    assert [i.get("outlet") for i in named["items"]] == [None, "The Harbour Post", "The Harbour Post"]
    assert not {"unknown-label", "unknown-speaker"} & {p["code"] for p in named["problems"]}

    added = lectern(home, "add", pages[0])
    assert added.exit_code == 0, added.output
    assert "xw-foreign/en/2024-05-14" in added.output


def test_every_key_of_a_profile_is_in_the_guide() -> None:
    """The guide's table names each key that a profile may have."""
    table = GUIDE.split("| key |")[1].split("Patterns are")[0]
    named = set(
        re.findall(r"`([a-z_]+)`", "\n".join(line.split("|")[1] for line in table.splitlines()[2:] if "|" in line))
    )
    assert named == {name for name in Profile.__dataclass_fields__ if name != "id"}
