"""`lectern search --help` ends with the guide."""

from click.testing import CliRunner

from index.cli import main
from search.guide import CHAPTERS


def test_help_shows_the_guide() -> None:
    """Every chapter, example and meaning of the guide stands in the command's help, in its order."""
    text = " ".join(CliRunner().invoke(main, ["search", "--help"]).output.split())
    at = 0
    for chapter in CHAPTERS:
        at = text.index(f"{chapter.title}:", at)
        for rule in chapter.rules:
            for words in (*rule.typed, rule.finds):
                at = text.index(" ".join(words.split()), at) + 1


def test_help_is_for_a_terminal_of_eighty_columns() -> None:
    """But for rows with wide characters, no line of it is longer."""
    lines = CliRunner().invoke(main, ["search", "--help"]).output.splitlines()
    assert [line for line in lines if len(line) > 80] == []
