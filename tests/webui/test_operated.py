"""A real `lectern serve` as it is operated: its log, its metrics, a reload, and readers who dawdle."""

import json
import os
import re
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from socket import create_server
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from benchmarks.serving import Server, serve
from index.archive import Archive
from index.authority.tables import load_authority
from index.ingest import rebuild
from search.engines import open_engine
from search.settings import Settings
from tests.index.arrivals import NOW, arrival, text

TYPED = "herring"


@pytest.fixture(scope="module")
def metrics_port() -> int:
    """A port at which nobody listens."""
    with create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a briefing in its index."""
    settings = Settings(tmp_path_factory.mktemp("home"), {})
    with Archive.open(settings.archive) as archive:
        archive.receive(arrival(text("kelp"), "https://valdria.example/4"), NOW)
    rebuild(settings, open_engine(settings.index), load_authority(settings.authority))
    return settings.home


@pytest.fixture(scope="module")
def server(home: Path, metrics_port: int) -> Iterator[Server]:
    """A server of two workers that logs as JSON and tells metrics; at its end no file of theirs is left."""
    with serve(home, workers=2, settings={"LECTERN_LOG": "json", "LECTERN_METRICS": f"{metrics_port}"}) as server:
        folder = re.search(rb"PROMETHEUS_MULTIPROC_DIR=([^\0]+)", Path(f"/proc/{server.pid}/environ").read_bytes())
        assert folder
        yield server
    assert not Path(os.fsdecode(folder[1])).exists()


def connect(server: Server) -> socket.socket:
    """A connection to a server."""
    address = urlsplit(server.address)
    return socket.create_connection((str(address.hostname), address.port or 0), timeout=30)


def answer(connection: socket.socket) -> bytes:
    """All that comes until the other side ends."""
    heard = b""
    while data := connection.recv(65_536):
        heard += data
    return heard


def fetch(address: str) -> str:
    """The body of a page."""
    with urlopen(address, timeout=60) as found:  # noqa: S310 (our own address)
        return str(found.read().decode())


def count(metrics_port: int, series: str) -> float:
    """The value of a series, told by whichever worker."""
    told = fetch(f"http://127.0.0.1:{metrics_port}/metrics")
    found = re.search(rf"(?m)^{re.escape(series)} (\S+)$", told)
    return float(found[1]) if found else 0.0


def test_all_workers_count_together(server: Server, metrics_port: int) -> None:
    """Whichever worker answered, and whichever is asked: forty requests are forty, also after a reload."""
    series = 'lectern_requests_total{endpoint="pages.guide",method="GET",status="200"}'
    for _ in range(20):
        fetch(f"{server.address}/help?x={TYPED}")
    assert [count(metrics_port, series) for _ in range(8)] == [20.0] * 8
    before = set(server.workers())
    os.kill(server.pid, signal.SIGHUP)
    until = time.monotonic() + 60
    while time.monotonic() < until and before & set(server.workers()):
        fetch(f"{server.address}/help")
    assert not before & set(server.workers()), "other processes serve now, and no request was lost on the way"
    assert count(metrics_port, series) >= 20
    assert count(metrics_port, "lectern_up") == 1
    assert count(metrics_port, "lectern_generation") == 1


def test_the_log_is_json_and_names_nobody(server: Server, home: Path) -> None:
    """Each line is an object; the words typed stand in none, however they came, nor does the reader's address."""
    fetch(f"{server.address}/?q={TYPED}")
    with connect(server) as connection:
        connection.sendall(f"GET /?q={TYPED} and more HTTP/1.1\r\n\r\n".encode())
        assert answer(connection).startswith(b"HTTP/1.1 400")
    text = (home / "server.log").read_text("utf-8")
    lines = [json.loads(line) for line in text.splitlines() if not line.startswith("Lectern serves")]
    assert any(line.get("endpoint") == "pages.home" and line["status"] == 200 for line in lines)
    assert any("Invalid request from ip=-" in line["message"] for line in lines)
    assert TYPED not in text


@pytest.mark.parametrize(("length", "status"), [(8_000, b"200"), (9_000, b"431")])
def test_a_header_has_a_limit(server: Server, length: int, status: bytes) -> None:
    """A field of 8,190 bytes is read, one that is longer refused."""
    with connect(server) as connection:
        connection.sendall(b"GET /help HTTP/1.1\r\nConnection: close\r\nX-Long: " + b"x" * length + b"\r\n\r\n")
        assert answer(connection).split(b" ", 2)[1] == status


def test_those_who_say_nothing_keep_nobody_waiting(server: Server) -> None:
    """Two hundred connections without a word take no thread: the next request is answered at once."""
    with ExitStack() as stack:
        for _ in range(200):
            stack.enter_context(connect(server))
        began = time.monotonic()
        fetch(f"{server.address}/robots.txt")
        assert time.monotonic() - began < 5


@pytest.mark.fault
def test_it_stops_at_once_in_the_middle_of_a_rush(home: Path) -> None:
    """Ctrl+C while two hundred connections end: every process ends, and soon."""
    with serve(home, workers=2) as server:
        connections = [connect(server) for _ in range(200)]
        fetch(f"{server.address}/robots.txt")
        for connection in connections:
            connection.close()
        began = time.monotonic()
    assert time.monotonic() - began < 20


@pytest.mark.soak
def test_those_who_never_finish_are_cut_off(server: Server) -> None:
    """Half a request, or one letter a second, is heard for ten seconds, then others are; so with who takes nothing."""
    with ExitStack() as stack:
        dawdlers = [stack.enter_context(connect(server)) for _ in range(8)]
        for dawdler in dawdlers:
            dawdler.sendall(b"GET /help HTTP/1.1\r\nX-Slow: ")
        began = time.monotonic()
        fetch(f"{server.address}/robots.txt")
        assert time.monotonic() - began < 25
        assert all(answer(dawdler) == b"" for dawdler in dawdlers)
    with ExitStack() as stack:
        for _ in range(8):
            taker = stack.enter_context(connect(server))
            taker.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2_048)
            taker.sendall(b"GET /static/lectern.css HTTP/1.1\r\n\r\n" * 200)
        began = time.monotonic()
        fetch(f"{server.address}/robots.txt")
        assert time.monotonic() - began < 55
