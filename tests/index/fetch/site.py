"""A publisher's site on this machine, which behaves as badly as a test wants."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from index.fetch.visits import Time
from index.parsers.profile import Profile

Handler = BaseHTTPRequestHandler
Serve = Callable[[Handler], None]


def page(data: bytes | str = "", status: int = 200, type: str = "text/html; charset=utf-8", **headers: str) -> Serve:
    """What answers with these bytes; names of headers have low lines for hyphens."""
    body = data.encode() if isinstance(data, str) else data

    def serve(handler: Handler) -> None:
        said = {name.replace("_", "-"): value for name, value in headers.items()}
        etag, known = said.get("ETag"), handler.headers.get("If-None-Match")
        if etag and etag == known:
            handler.send_response(304)
            handler.end_headers()
            return
        handler.send_response(status)
        for name, value in {"Content-Type": type, "Content-Length": str(len(body)), **said}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return serve


def moved(to: str, status: int = 302) -> Serve:
    """What leads elsewhere."""
    return page(status=status, Location=to)


def trickle(piece: bytes, head: bytes = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n") -> Serve:
    """What answers a little at a time, for twenty seconds."""

    def serve(handler: Handler) -> None:
        handler.wfile.write(head)
        with contextlib.suppress(OSError):
            for _ in range(1_000):
                handler.wfile.write(piece)
                handler.wfile.flush()
                time.sleep(0.02)

    return serve


def raw(data: bytes) -> Serve:
    """What answers with these bytes, and hangs up."""
    return lambda handler: void(handler.wfile.write(data))


def void(_: object) -> None:
    """Nothing."""


@dataclass
class Site:
    """A site: what is where, and what was asked for."""

    origin: str = ""
    pages: dict[str, Serve | list[Serve]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    headers: list[Mapping[str, str]] = field(default_factory=list)

    @property
    def host(self) -> str:
        """Name and port."""
        return self.origin.removeprefix("http://")

    def profile(self, **more: tuple[str, ...]) -> Profile:
        """A publisher whose site it is."""
        keys = {"private_hosts": (self.host,), "pages": (rf"{self.origin}/t\d+\.html",), **more}
        return Profile("xv-mfa", "Ministry", ("en",), "Etc/GMT-2", "place-xv", hosts=("valdria.example",), **keys)

    def answer(self, handler: Handler) -> None:
        """Answer one question."""
        self.asked.append(handler.path)
        self.headers.append(dict(handler.headers))
        found = self.pages.get(handler.path, page("nothing", 404))
        if isinstance(found, list):
            found = found.pop(0) if len(found) > 1 else found[0]
        found(handler)


@contextlib.contextmanager
def open_site() -> Iterator[Site]:
    """A site that is up while the block runs."""
    site = Site()

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            with contextlib.suppress(ConnectionError):
                site.answer(self)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    site.origin = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass
class Clock:
    """A time that passes only where somebody sleeps."""

    at: datetime = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.slept.append(seconds)
        self.at += timedelta(seconds=seconds)

    def seconds(self) -> float:
        """How late it is."""
        return self.at.timestamp()

    @property
    def time(self) -> Time:
        """As fetching wants it."""
        return Time(self.sleep, self.seconds, lambda: self.at)
