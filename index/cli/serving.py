"""`lectern serve` and `lectern demo`: the web side under gunicorn.

The web side is named by import string, so that nothing here imports it.
"""

import os
import shutil
import socket
import sys
import tempfile
from pathlib import Path

import click

from index.cli.intake import read_authority
from index.cli.report import counts_line, find_problems, finding_line
from index.ingest import add
from search.cores import count_cores
from search.engines import open_engine
from search.errors import LecternError, SettingsError
from search.settings import Settings, metrics_address, read_settings

APPLICATION = "webui.served:create_served()"
THREADS = 4
"""Of each process: an answer is computed on one core at a time, but others may wait for their readers meanwhile."""
GRACE = 30
"""Seconds for requests under way when a process is to end; whoever does not end by then is ended."""
SAMPLES = Path(__file__).parents[1] / "samples"
DEMO_PORT = 8000
PORTS_TRIED = 100
OWN = ("LECTERN_HOME", "LECTERN_ENGINE")
"""Settings of the environment that a demo passes over: it fills nobody's home and nobody's cluster."""


class PortTaken(LecternError):
    """Somebody listens there already, or nobody may."""

    code = "port_taken"


def is_free(host: str, port: int) -> bool:
    """Whether a server could listen at `host`:`port` now."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def next_free_port(host: str, first: int) -> int:
    """The first port from `first` on at which nobody listens. Raises PortTaken."""
    for port in range(first, min(first + PORTS_TRIED, 65_536)):
        if is_free(host, port):
            return port
    raise PortTaken(f"no port from {first} on is free", where=host, hint="give another with --port")


def run_gunicorn(settings: Settings, host: str, port: int, workers: int) -> None:
    """Become gunicorn: does not return."""
    binds = [_written(host, port)]
    environ = os.environ | {
        "LECTERN_HOME": str(settings.home.resolve()),
        "LECTERN_ENGINE": settings.values.get("LECTERN_ENGINE", ""),
    }
    if metrics := metrics_address(settings.values):
        binds.append(_written(*metrics))
        # Workers count into files there; gunicorn_settings removes it at the end.
        environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="lectern-metrics-")
    options = {
        "--workers": str(workers),
        "--worker-class": "webui.gunicorn_worker.Worker",
        "--threads": str(THREADS),
        "--config": "python:webui.gunicorn_settings",
        "--graceful-timeout": str(GRACE),
    }
    words = [word for bind in binds for word in ("--bind", bind)]
    words += [word for pair in options.items() for word in pair]
    # The control socket's thread in the parent can leave a forked worker waiting for a lock for ever; nobody uses it.
    arguments = [sys.executable, "-m", "gunicorn", *words, "--no-control-socket", APPLICATION]
    sys.stdout.flush()
    sys.stderr.flush()
    os.execve(sys.executable, arguments, environ)  # noqa: S606 (our own interpreter, no shell)


def _written(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def default_workers() -> int:
    """A process for each core, two at least, so that one that ends leaves another; more than eight have to be asked."""
    return min(8, max(2, count_cores()))


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65_535))
@click.option("--workers", type=click.IntRange(1, 64), help="Processes.  [default: one a core, 2 to 8]")
@click.pass_obj
def serve(settings: Settings, host: str, port: int, workers: int | None) -> None:
    """Serve the web side: pages, API. SIGHUP begins anew with new settings, nobody being cut off; SIGTERM ends it."""
    addresses = [(host, port)]
    if metrics := metrics_address(settings.values):
        if metrics[1] == port:
            raise SettingsError("metrics need a port of their own", where="LECTERN_METRICS", hint=f"not {port}")
        addresses.append(metrics)
    for at, free in addresses:
        if not is_free(at, free):
            raise PortTaken(f"port {free} is taken or may not be used", where=at, hint="give another with --port")
    click.echo(f"Lectern serves {settings.home} at http://{_written(host, port)}/ (stop it with Ctrl+C)", err=True)
    run_gunicorn(settings, host, port, workers or default_workers())


@click.command()
@click.option("--port", default=DEMO_PORT, show_default=True, type=click.IntRange(1, 65_535), help="First port to try.")
@click.pass_context
def demo(ctx: click.Context, port: int) -> None:
    """Index the sample briefings in a home of their own, and serve them.

    The home is the one given with --home, else ./.demo; never ./var. Running it again is harmless.
    """
    given = ctx.parent.params["home"] if ctx.parent else None
    settings = read_settings(given or Path(".demo"), {k: v for k, v in os.environ.items() if k not in OWN})
    if settings.archive.exists() and not (settings.home / "authority").is_dir():
        raise SettingsError(
            "this is not a demo's home", where=str(settings.home), hint="give an empty folder with --home"
        )
    fill_demo(settings)
    free = next_free_port("127.0.0.1", port)
    click.echo(f"Lectern's demo is at http://127.0.0.1:{free}/")
    click.echo("Stop it with Ctrl+C.")
    run_gunicorn(settings, "127.0.0.1", free, 2)


def fill_demo(settings: Settings) -> None:
    """Index the samples, then the correction of one of them, in the demo's home."""
    settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    shutil.copytree(SAMPLES / "authority", settings.authority, dirs_exist_ok=True)
    engine, authority = open_engine(settings.index), read_authority(settings)
    for folder in (SAMPLES, SAMPLES / "corrections"):
        pages = sorted(f for f in folder.iterdir() if f.suffix in (".html", ".txt"))
        report = add(pages, settings, engine, authority, manifest=folder / "index.tsv")
        if report.exit_status:
            lines = "; ".join(map(finding_line, find_problems(report.rows)))
            raise SettingsError(f"a sample could not be added: {lines}", where=str(folder))
        click.echo(counts_line(report), err=True)
    engine.close()
