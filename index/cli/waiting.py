"""`--wait`: a command that writes waits for another one that does.

The one decision: as in other programs whose option may have a value, that value follows an equals sign (`--wait=30`);
so `lectern add --wait saved/` waits for as long as it takes, and adds what is in `saved/`.
"""

import math
import time
from dataclasses import replace

import click

from index.lock import read_holder


class WritingCommand(click.Command):
    """A command with `--wait` or `--wait=SECONDS`; its settings say how long (`Settings.wait`)."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # whatever click gives its commands
        self.params.append(
            click.Option(
                ["--wait"],
                type=click.FloatRange(min=0),
                metavar="[=SECONDS]",
                expose_value=False,
                callback=_note_wait,
                help="Wait for another command that writes, at most so many seconds; without a number, to its end.",
            )
        )

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """What is left of the arguments; a `--wait` without a number waits without end."""
        options = args[: args.index("--")] if "--" in args else args
        given = [f"--wait={math.inf}" if one == "--wait" else one for one in options]
        return super().parse_args(ctx, given + args[len(options) :])


_PAUSE = 0.1  # seconds


def _note_wait(ctx: click.Context, _: click.Parameter, seconds: float | None) -> None:
    """Wait for whoever is writing now, and say so; note in the settings how long to wait for another one after that."""
    if seconds is None or ctx.resilient_parsing:
        return
    started = time.monotonic()
    if holder := read_holder(ctx.obj.home):
        click.echo(f"waiting: {holder} is writing", err=True)
    # Here, and not only at the lock: tables of names are then read as that writer leaves them.
    while holder and read_holder(ctx.obj.home) == holder and time.monotonic() - started < seconds:
        time.sleep(_PAUSE)
    ctx.obj = replace(ctx.obj, wait=max(0, seconds - (time.monotonic() - started)))
