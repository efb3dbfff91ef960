"""The command line: `lectern`.

Here belongs what is typed and what is printed; the work is done elsewhere. Results go to stdout, everything else to
stderr. The one decision: a command raises LecternError, or lets the system's own error through, and prints nothing
about it; here it becomes one line and exit status 2, once for all.
"""

import sys
from pathlib import Path

import click

from index.cli import (
    checking,
    desk,
    entities,
    exporting,
    fetching,
    intake,
    keeping,
    keys,
    overview,
    reading,
    rebuilding,
    serving,
)
from index.cli.given import read_given
from search.errors import LecternError, SettingsError
from search.logs import LogPlan, failure_line, log_plan
from search.settings import Settings


class LecternGroup(click.Group):
    """Runs a command; what goes wrong, but by a fault of ours, is one line on stderr and exit status 2."""

    def invoke(self, ctx: click.Context) -> object:
        """The command's result, if it has one."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise  # whoever reads our output has seen enough; click ends quietly
        except LecternError as error:
            text = f"{error}"
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            text = f"{where}{error.strerror or error} (check the home's owner and permissions, and the free space)"
        except KeyboardInterrupt:
            text = "stopped before the end (nothing is lost: run the command again)"
        plan = log_plan(ctx.obj.values) if isinstance(ctx.obj, Settings) else LogPlan()
        click.echo(failure_line(plan, ctx.invoked_subcommand or "lectern", text), err=True)
        return ctx.exit(2)


@click.group(cls=LecternGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--home",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder that holds archive and index. Default: LECTERN_HOME, else ./var.",
)
@click.option(
    "--engine",
    metavar="ADDRESS",
    help="Where the index is: opensearch://host:9200/name. Default: LECTERN_ENGINE, else a folder of the home.",
)
@click.version_option(package_name="lectern")
@click.pass_context
def main(ctx: click.Context, home: Path | None, engine: str | None) -> None:
    """Search press-briefing transcripts: who said what at the podium, when, to whom, about whom.

    Exit status: 0 all well; 1 done, but some input was held or refused, or nothing was found; 2 not done.
    """
    settings = read_given(home, engine)
    log_plan(settings.values)  # what it says is wrong for every command
    ctx.obj = settings
    if ctx.obj.home.exists() and not ctx.obj.home.is_dir():
        raise SettingsError(
            "the home is a file, not a folder", where=str(ctx.obj.home), hint="give another: --home or LECTERN_HOME"
        )
    keeping.refuse_half_restored(ctx.obj, ctx.invoked_subcommand)
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")


for command in (
    intake.parse,
    intake.add,
    fetching.fetch,
    fetching.watch,
    desk.review,
    desk.amend,
    desk.remove,
    rebuilding.rebuild,
    rebuilding.rollback,
    checking.check,
    keeping.backup,
    keeping.restore,
    overview.status,
    reading.search,
    reading.show,
    reading.diff,
    exporting.export,
    entities.entities,
    keys.keys,
    serving.serve,
    serving.demo,
):
    main.add_command(command)
