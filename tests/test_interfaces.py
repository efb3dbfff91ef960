"""docs/interfaces.md and the program agree."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from index.cli import main
from search.schema import FACETS
from webui.app import create_app

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docs" / "interfaces.md").read_text("utf-8")
COMMANDS = dict(re.findall(r"(?m)^\| `lectern ([a-z]+(?: [a-z]+)*)(.*?)` \|", TEXT))


def iter_commands(group: click.Group, above: str = "") -> Iterator[tuple[str, click.Command]]:
    """Every command of a group, and of the groups in it, by the words that are typed."""
    for name, command in group.commands.items():
        yield above + name, command
        if isinstance(command, click.Group):
            yield from iter_commands(command, f"{above}{name} ")


THERE = dict(iter_commands(main))


def test_every_make_target_is_named() -> None:
    """The page names the targets of the Makefile, and no others."""
    phony = re.search(r"(?m)^\.PHONY: (.*)$", (ROOT / "Makefile").read_text("utf-8"))
    assert phony
    section = TEXT.split("## Command line")[0]
    assert set(re.findall(r"`make ([a-z-]+)`", section)) == set(phony[1].split())


def test_every_command_is_described() -> None:
    """The table has a row for each command, and for nothing else."""
    assert set(COMMANDS) == set(THERE)


@pytest.mark.parametrize("name", sorted(THERE))
def test_every_option_is_described(name: str) -> None:
    """A command's row names its options, and no others."""
    options = {o for p in THERE[name].params if isinstance(p, click.Option) for o in p.opts if o.startswith("--")}
    assert set(re.findall(r"--[a-z-]+", COMMANDS[name])) == options - {"--help"}


def test_every_address_is_described() -> None:
    """The page names every route of the web side, and no others."""
    rules = create_app().url_map.iter_rules()
    routes = {re.sub(r"<\w+:", "<", rule.rule) for rule in rules if rule.endpoint != "static"}
    cells = re.findall(r"(?m)^\| ((?:`/[^`]*`(?:, )?)+) \|", TEXT)
    described = {address for cell in cells for address in re.findall(r"`(/[^`]*)`", cell)}
    assert described == routes


def test_every_facet_is_a_parameter() -> None:
    """The parameters of a search name every facet."""
    section = TEXT.split("Parameters of a search:")[1].split("## API")[0]
    assert {f.name for f in FACETS} <= set(re.findall(r"`(\w+)`", section))
