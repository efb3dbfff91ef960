"""gunicorn's worker with threads, made so that one who dawdles keeps nobody waiting.

A worker has few threads. gunicorn gives one to a connection before a word was heard there, and lets it wait without end
for the rest of a word half said, or for a reader who takes nothing. The one decision: a connection gets a thread when
there is something to read, then has to be done asking and to take what it is given, each within some seconds.
"""

import errno
import socket
import time
from contextlib import suppress
from datetime import timedelta
from functools import partial
from selectors import EVENT_READ
from typing import Any

from gunicorn.http.errors import LimitRequestLine
from gunicorn.workers.gthread import TConn, ThreadWorker

from webui.gunicorn_settings import limit_request_line

TOO_LONG = "/".ljust(limit_request_line, "x")
"""An address that the application refuses."""
MOST_HEARD = 2**20
"""Bytes that are still heard from whoever is answered so: who is cut off in the middle of a word hears no answer."""
PATIENCE = timedelta(seconds=1)
ASKING = timedelta(seconds=10)
"""From a connection to its first word, and from there to the end of its request's head."""
TAKING = timedelta(seconds=30)
"""For each piece of an answer; a page is one piece, an export has many."""


class Worker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no type hints
    """gunicorn's worker with threads, but for how long it waits, and for what it says of a line too long for it."""

    def __init__(self, *args: Any, **more: Any) -> None:  # noqa: ANN401 (gunicorn's signature)
        super().__init__(*args, **more)
        self._asking: dict[TConn, float] = {}

    def accept(self, listener: socket.socket) -> None:
        """Take a connection, and wait for its first word without a thread."""
        try:
            client, address = listener.accept()
        except OSError as error:
            if error.errno not in (errno.EAGAIN, errno.ECONNABORTED, errno.EWOULDBLOCK):
                raise
            return
        self.nr_conns += 1
        conn = TConn(self.cfg, client, address, listener.getsockname())
        conn.timeout = time.monotonic() + ASKING.total_seconds()
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, EVENT_READ, partial(self.on_pending_socket_readable, conn))

    def handle(self, conn: TConn) -> object:
        """Read a request and answer it; whoever does not come to the end of asking is cut off."""
        self._asking[conn] = time.monotonic() + ASKING.total_seconds()
        try:
            return super().handle(conn)
        finally:
            self._asking.pop(conn, None)

    def handle_request(self, req: object, conn: TConn) -> object:
        """Answer a request; whoever does not take the answer is cut off."""
        self._asking.pop(conn, None)
        conn.sock.settimeout(TAKING.total_seconds())
        try:
            return super().handle_request(req, conn)
        except TimeoutError:
            self.log.debug("A reader did not take the answer.")
            return False

    def murder_pending(self) -> None:
        """Cut off those who have not said a word, or not come to its end, in time. gunicorn calls it every second."""
        super().murder_pending()
        now = time.monotonic()
        for conn, until in tuple(self._asking.items()):
            if until < now:
                with suppress(OSError):  # gone by itself
                    conn.sock.shutdown(socket.SHUT_RDWR)

    def _cap_keepalive(self, deadline: float) -> None:
        """Where the worker is to stop, wait no longer for those who have not asked yet than for those who may again."""
        super()._cap_keepalive(deadline)
        for conn in self.pending_conns:
            conn.timeout = min(conn.timeout, deadline)

    def handle_quit(self, sig: int, frame: object) -> None:
        """End at once. gunicorn takes a lock here that the very thread which is interrupted may hold: no end."""
        for conn in tuple(self._asking):
            with suppress(OSError):  # gone by itself
                conn.sock.shutdown(socket.SHUT_RDWR)
        super(ThreadWorker, self).handle_quit(sig, frame)

    def handle_error(self, req: object, client: socket.socket, addr: object, exc: Exception) -> None:
        """Answer what gunicorn refuses before the application sees it."""
        if not isinstance(exc, LimitRequestLine):
            super().handle_error(req, client, addr, exc)
            return
        answer = self.wsgi.test_client().get(TOO_LONG)
        answer.headers["Connection"] = "close"
        head = "".join(f"{name}: {value}\r\n" for name, value in answer.headers)
        with suppress(OSError):  # whoever is gone needs no answer
            client.settimeout(PATIENCE.total_seconds())
            client.sendall(f"HTTP/1.1 {answer.status}\r\n{head}\r\n".encode("latin-1") + answer.data)
            client.shutdown(socket.SHUT_WR)
            heard = 0
            while heard < MOST_HEARD and (data := client.recv(65_536)):
                heard += len(data)
