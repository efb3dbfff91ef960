"""How a search is asked on the command line: its words and its filters, the same for every command that searches."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

import click

from search.engine import Selection, Sort
from search.guide import CHAPTERS
from search.page import SearchRequest
from search.schema import PICKED

DAY = click.DateTime(["%Y-%m-%d"])


class Words(click.ParamType[str]):
    """Text that is compared with text: bytes that are no UTF-8, which a path may have, mean nothing in it."""

    name = "text"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """`value` as it is."""
        try:
            value.encode()
        except UnicodeEncodeError:
            self.fail(f"{value!r} is not valid UTF-8", param, ctx)
        return value


WORDS = Words()

Decorator = Callable[[Callable[..., None]], Callable[..., None]]

_FILTERS: tuple[Decorator, ...] = (
    click.argument("query", nargs=-1, type=WORDS),
    *(
        click.option(
            f"--{field.name}",
            multiple=True,
            type=WORDS,
            metavar="VALUE",
            help=f"{field.label}: only this; may be given again.",
        )
        for field in PICKED
    ),
    click.option("--from", "since", type=DAY, help="First day."),
    click.option("--to", "until", type=DAY, help="Last day."),
    click.option("--sort", type=click.Choice([s.value for s in Sort]), default="relevance", show_default=True),
    click.option("--exact", is_flag=True, help="No synonyms; runs of Han characters only whole."),
    click.option("--subject", is_flag=True, help="--entity finds, and its facet counts, only what answers are about."),
    click.option(
        "--rollup", is_flag=True, help="--entity finds, and its facet counts, parts too: cities in countries."
    ),
)


def asks(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the query and the filters of a search; it is called with the request that they make."""

    @wraps(command)
    def asked(  # noqa: PLR0913 (each is an option of the command)
        *,
        query: tuple[str, ...],
        since: datetime | None,
        until: datetime | None,
        sort: str,
        exact: bool,
        subject: bool,
        rollup: bool,
        **options: Any,  # noqa: ANN401 (whatever the command has besides)
    ) -> None:
        if unknown := [word for word in query if word.startswith("--")]:
            raise click.NoSuchOption(unknown[0])
        picked = {field.name: options.pop(field.name) for field in PICKED}
        selection = Selection(
            include={name: values for name, values in picked.items() if values},
            since=since.date() if since else None,
            until=until.date() if until else None,
        )
        text = " ".join(query)
        command(SearchRequest(text, selection, Sort(sort), exact=exact, subject=subject, rollup=rollup), **options)

    made: Callable[..., None] = asked
    for add in reversed(_FILTERS):
        made = add(made)
    return made


class GuidedCommand(click.Command):
    """A command that takes a query: its help ends with the guide to the language."""

    def format_epilog(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The guide's chapters, two columns each."""
        for chapter in CHAPTERS:
            with formatter.section(chapter.title):
                formatter.write_dl([("  ".join(rule.typed), rule.finds) for rule in chapter.rules], col_max=26)


# Only --help asks for help: -hague leaves out a word.
AS_TYPED = {"ignore_unknown_options": True, "help_option_names": ["--help"]}
"""How the words after such a command are read."""
