"""The process that runs commands which are killed: `python -m tests.faults.victim`.

It has all loaded beforehand and gives each command a process of its own by forking, so that two hundred kills take
minutes. A command is a line of JSON on stdin; the answers are its process id and, at its end, its exit status, negative
for a signal. What is few here is few enough for a small collection to be parsed, tagged and built by several workers.
"""

import json
import os
import sys
from pathlib import Path

from tests.faults.steps import ARMED, arm

if __name__ == "__mp_main__" and os.environ.get(ARMED):
    arm(os.environ[ARMED], worker=True)


def main() -> None:
    """Run what is asked for until stdin ends."""
    from index.authority.tables import load_authority  # noqa: PLC0415 (a worker loads what it needs, and no more)
    from index.cli import main as lectern  # noqa: PLC0415
    from index.entities import Tagger  # noqa: PLC0415
    from search.embedded import engine  # noqa: F401, PLC0415

    known = load_authority()
    tagger, _ = Tagger(known), (known.labels, known.outlet(""), known.speaker("", ""), known.ancestors(""))

    for line in sys.stdin:
        asked = json.loads(line)
        child = os.fork()
        if child:
            print(child, flush=True)  # noqa: T201 (the test that started this process reads it)
            print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)  # noqa: T201
            continue
        os.setsid()
        _prepare(asked["fault"], asked["workers"], known, tagger)
        with Path(asked["output"]).open("a", encoding="utf-8") as output:
            os.dup2(output.fileno(), 1)
            os.dup2(output.fileno(), 2)
        try:
            lectern(asked["arguments"])
        except SystemExit as ended:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(ended.code if isinstance(ended.code, int) else 3)
        os._exit(3)


def _prepare(fault: str, workers: int, known: object, tagger: object) -> None:
    """Have so many workers, and early; read tables once; and die as `fault` says."""
    import index.cli.checking  # noqa: PLC0415
    import index.cli.desk  # noqa: PLC0415
    import index.cli.intake  # noqa: PLC0415
    import index.cli.rebuilding  # noqa: PLC0415
    import index.parsers.pool  # noqa: PLC0415
    import index.publishing  # noqa: PLC0415
    import index.tagging  # noqa: PLC0415
    from search.embedded import building  # noqa: PLC0415

    for command in (index.cli.checking, index.cli.desk, index.cli.intake, index.cli.rebuilding):
        command.read_authority = lambda _: known  # type: ignore[attr-defined]
    index.publishing.Tagger = index.tagging.Tagger = lambda _: tagger  # type: ignore[assignment,misc]
    index.parsers.pool.FEW = index.tagging.FEW = 5
    building.BATCH = 30_000
    for module in ("index.parsers.pool", "index.tagging", "search.embedded.building"):
        sys.modules[module].count_cores = lambda: workers  # type: ignore[attr-defined]
    if fault:
        os.environ[ARMED] = fault
        arm(fault, worker=False)


if __name__ == "__main__":
    main()
