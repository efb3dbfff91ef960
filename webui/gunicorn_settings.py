"""What gunicorn is to know of this application beyond its command line: how long a request line may be, what is shared.

gunicorn cuts off at 8,190 bytes, with a bare page of its own. Ours answers 414 from there on, so lines must reach it; a
bound far above keeps a line without an end from being read for ever. The one decision: whoever sends more than that
gets our page all the same, from a worker that asks the application for it. Counters of limits are made before the
first worker is, and handed to each.
"""

import socket
from contextlib import suppress
from datetime import timedelta

from gunicorn.arbiter import Arbiter
from gunicorn.http import message
from gunicorn.http.errors import LimitRequestLine
from gunicorn.workers.gthread import ThreadWorker

from webui.counters import Counters

message.MAX_REQUEST_LINE = limit_request_line = 65_536

TOO_LONG = "/".ljust(limit_request_line, "x")
"""An address that the application refuses."""
MOST_HEARD = 2**20
"""Bytes that are still heard from whoever is answered so: who is cut off in the middle of a word hears no answer."""
PATIENCE = timedelta(seconds=1)


def on_starting(server: Arbiter) -> None:
    """Make what the workers share, before there are any."""
    server.counters = Counters()


def pre_fork(server: Arbiter, worker: ThreadWorker) -> None:
    """Hand it to a worker that is about to be."""
    worker.counters = server.counters


def post_worker_init(worker: ThreadWorker) -> None:
    """Let a worker's application count there."""
    worker.wsgi.extensions["lectern.quotas"].share(worker.counters)


class Worker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no type hints
    """gunicorn's worker with threads, but for what it says of a line too long for it."""

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
