"""A real `lectern serve` with several processes: they count together, also when one of them is killed and replaced."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from socket import create_server

import pytest

COMMAND = [sys.executable, "-c", "from index.start import main; main()"]
START = 60.0
"""Seconds that a server is given to answer for the first time."""
LIMIT = 40


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[int, int]]:
    """Port and process of a server with two workers over a home with nothing in it."""
    with create_server(("127.0.0.1", 0)) as probe:
        port = int(probe.getsockname()[1])
    words = ["--home", str(tmp_path), "serve", "--port", str(port), "--workers", "2"]
    environ = os.environ | {"LECTERN_RATE_LIMIT": f"{LIMIT}/hour"}
    with (tmp_path / "server.log").open("w") as log:
        process = subprocess.Popen([*COMMAND, *words], stdout=log, stderr=log, start_new_session=True, env=environ)
        try:
            until = time.monotonic() + START
            while time.monotonic() < until:
                try:
                    ask(port, "/robots.txt")
                    break
                except ConnectionRefusedError:
                    time.sleep(0.05)
            yield port, process.pid
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(30)
    assert "Traceback" not in (tmp_path / "server.log").read_text("utf-8")


def ask(port: int, address: str) -> int:
    """The status of an answer."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", address)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()


def workers_of(process: int) -> set[int]:
    """The processes that a server has made."""
    listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True)
    pairs = [line.split() for line in listed.stdout.splitlines()]
    return {int(pid) for pid, parent in pairs if int(parent) == process}


def test_processes_count_together(served: tuple[int, int]) -> None:
    """Of so many requests exactly as many are let through as one process would, and a worker's end changes nothing."""
    port, process = served
    seen = Counter(ask(port, "/api/v1/nothing") for _ in range(LIMIT // 2))
    killed = workers_of(process)
    assert len(killed) == 2
    for worker in killed:
        os.kill(worker, signal.SIGKILL)
    until = time.monotonic() + START
    while killed & workers_of(process) and time.monotonic() < until:
        time.sleep(0.02)
    seen.update(ask(port, "/api/v1/nothing") for _ in range(LIMIT // 2 + 10))
    assert seen == {404: LIMIT, 429: 10}
