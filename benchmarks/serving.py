"""A real server beside the benchmark: started as `lectern serve`, asked over HTTP, its workers' memory read.

Here belongs what needs another process. The one decision: it is the command that users run, gunicorn and all.
"""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from socket import create_server
from types import MappingProxyType
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import urlopen

COMMAND = [sys.executable, "-c", "from index.start import main; main()"]
START = 60.0
"""Seconds that a server is given to answer for the first time."""


@contextmanager
def serve(home: Path, *, workers: int, settings: Mapping[str, str] = MappingProxyType({})) -> Iterator["Server"]:
    """A server over `home`, with `settings` from the environment, until the block ends; it logs to `server.log`."""
    with create_server(("127.0.0.1", 0)) as probe:
        port = int(probe.getsockname()[1])
    words = ["--home", str(home), "serve", "--port", str(port), "--workers", str(workers)]
    with (home / "server.log").open("w") as log:
        process = subprocess.Popen(  # noqa: S603
            [*COMMAND, *words],
            stdout=log,
            stderr=log,
            start_new_session=True,
            env={**os.environ, "LECTERN_RATE_LIMIT": "off", **settings},
        )
        try:
            server = Server(f"http://127.0.0.1:{port}", process.pid)
            server.wait()
            yield server
        finally:
            os.killpg(process.pid, signal.SIGINT)
            process.wait(30)


class Server:
    """A server that runs.

    Attributes:
        address: where, without a slash at the end.
        pid: of gunicorn's own process, whose children are the workers.
    """

    def __init__(self, address: str, pid: int) -> None:
        self.address = address
        self.pid = pid

    def wait(self) -> None:
        """Come back when the server answers. Raises TimeoutError."""
        until = time.monotonic() + START
        while time.monotonic() < until:
            try:
                with urlopen(f"{self.address}/robots.txt", timeout=START):  # noqa: S310 (our own address)
                    return
            except URLError:
                time.sleep(0.05)
        raise TimeoutError(f"{self.address} does not answer within {START:.0f} seconds")

    def fetch(self, path: str) -> str:
        """The text at a path."""
        with urlopen(f"{self.address}{path}", timeout=120) as answer:  # noqa: S310 (our own address)
            return str(answer.read().decode())

    def search(self, parameters: Sequence[tuple[str, str]]) -> dict[str, Any]:
        """The API's answer to a search."""
        with urlopen(f"{self.address}/api/v1/search?{urlencode(parameters)}", timeout=120) as answer:  # noqa: S310
            found: dict[str, Any] = json.load(answer)
            return found

    def workers(self) -> list[int]:
        """Process ids of the workers."""
        return [int(pid) for pid in Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text("utf-8").split()]

    def private_bytes(self) -> int:
        """Memory of the largest worker that is its own: mapped files are not counted."""
        return max(read_private(Path(f"/proc/{pid}/status").read_text("utf-8")) for pid in self.workers())


def read_private(status: str) -> int:
    """Bytes of anonymous memory in the text of a process's `/proc/PID/status`. Raises ValueError."""
    found = re.search(r"(?m)^RssAnon:\s+(\d+) kB$", status)
    if not found:
        raise ValueError("no line RssAnon; this needs Linux 4.5 or later")
    return int(found[1]) * 1024
