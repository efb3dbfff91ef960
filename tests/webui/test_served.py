"""A real `lectern serve`: what is between the application and the reader lets our pages through."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from socket import create_server

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.webui.conftest import text_of

COMMAND = [sys.executable, "-c", "from index.start import main; main()"]
START = 60.0
"""Seconds that a server is given to answer for the first time."""
ROUND = "GET  HTTP/1.1"
"""What stands around the address in a request line."""


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a server over a home with nothing in it."""
    home = tmp_path_factory.mktemp("home")
    with create_server(("127.0.0.1", 0)) as probe:
        port = int(probe.getsockname()[1])
    words = ["--home", str(home), "serve", "--port", str(port), "--workers", "1"]
    with (home / "server.log").open("w") as log:
        process = subprocess.Popen([*COMMAND, *words], stdout=log, stderr=log, start_new_session=True)
        try:
            until = time.monotonic() + START
            while time.monotonic() < until:
                try:
                    ask(port, "/robots.txt")
                    break
                except ConnectionRefusedError:
                    time.sleep(0.05)
            yield port
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(30)
    assert "Traceback" not in (home / "server.log").read_text("utf-8")


def ask(port: int, address: str, method: str = "GET") -> tuple[int, str]:
    """Status and body of the answer to an address."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request(method, address)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


@pytest.mark.parametrize("length", [8_190 - len(ROUND), 8_190])
def test_a_long_line_is_answered(port: int, length: int) -> None:
    """A request line of 8,190 characters reaches the application, and so does an address of as many."""
    status, body = ask(port, "/help?x=".ljust(length, "a"))
    assert (status, text_of(LexborHTMLParser(body), "h1")) == (200, "How to search")


@pytest.mark.parametrize("length", [8_191, 9_000, 65_500, 66_000, 300_000])
def test_a_longer_line_gets_our_page(port: int, length: int) -> None:
    """An address longer than that gets our 414 page, whether gunicorn would have let it through or not."""
    status, body = ask(port, "/help?x=".ljust(length, "a"))
    page = LexborHTMLParser(body)
    assert (status, text_of(page, "h1")) == (414, "Address too long")
    assert page.css_first("input[name=q]") is not None


def test_a_longer_line_of_the_api_is_json(port: int) -> None:
    """Under /api the 414 has the one shape."""
    status, body = ask(port, "/api/v1/search?q=".ljust(60_000, "a"))
    assert (status, json.loads(body)["error"]["code"]) == (414, "address_too_long")


def test_other_refusals_are_left_to_gunicorn(port: int) -> None:
    """A request that is none is still refused by gunicorn itself, and the server goes on."""
    assert ask(port, "/help", "G{T")[0] == 400
    assert ask(port, "/help")[0] == 200
