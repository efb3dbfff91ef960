"""Every request, seen once: who asked for what kind of page, what came of it, and how long it took.

Here belong the line that a log has of a request and the id that ties lines together; what is counted is said in
`webui.metrics`. The one decision: a request is named by its endpoint and, where that is a page of ours, by its path;
never by its query or by its reader, unless the setting asks for those.
"""

import logging
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from flask import Flask, Response, g, has_request_context, request

from search.errors import LecternError
from search.logs import FIELDS, LogPlan

HEADER = "X-Request-ID"
OWN_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
"""An id that a proxy in front may have given already."""
LONGEST = 500
"""Characters of a query that a line holds at most."""
METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")

log = logging.getLogger("lectern.requests")


@dataclass(frozen=True, slots=True)
class Seen:
    """A request that was answered.

    Attributes:
        endpoint: its page's name in the program, "none" where there is no such page.
        method: one of `METHODS`, or "other".
        status: of the answer.
        seconds: from its arrival to the end of the answer, where that was sent piece by piece; else to its beginning.
        failure: the code of the error that was answered, or "".
    """

    endpoint: str
    method: str
    status: int
    seconds: float
    failure: str


class Witness:
    """Sees the requests of an application.

    Args:
        plan: what may be logged of them.

    Attributes:
        listeners: are told of each request that was answered.
    """

    def __init__(self, plan: LogPlan) -> None:
        self._plan = plan
        self.listeners: list[Callable[[Seen], None]] = []

    def watch(self, app: Flask) -> None:
        """Begin to see. To be called before anything else asks to be called before a request."""
        app.before_request(self._begin)
        app.after_request(self._end)
        app.logger.addFilter(_name_request)

    def _begin(self) -> None:
        given = request.headers.get(HEADER, "")
        g.request_id = given if OWN_ID.fullmatch(given) else secrets.token_hex(8)
        g.began = perf_counter()

    def _end(self, response: Response) -> Response:
        response.headers[HEADER] = g.request_id
        began, failure = g.began, g.get("failure")
        fields = self._fields(response, failure)
        endpoint, method, status = request.endpoint or "none", fields["method"], response.status_code

        def tell() -> None:
            seconds = perf_counter() - began
            seen = Seen(endpoint, method, status, seconds, failure.code if failure else "")
            for listener in self.listeners:
                listener(seen)
            level = logging.ERROR if status >= 500 else logging.INFO
            log.log(level, "request", extra={FIELDS: fields | {"ms": round(seconds * 1000, 1)}})

        if response.is_streamed and not response.direct_passthrough:
            response.call_on_close(tell)
        else:
            tell()
        return response

    def _fields(self, response: Response, failure: LecternError | None) -> dict[str, Any]:
        """What stands in the line of a request, but for its time."""
        fields: dict[str, Any] = {
            "request": g.request_id,
            "method": request.method if request.method in METHODS else "other",
            "path": request.path if request.url_rule else "-",
            "endpoint": request.endpoint or "none",
            "status": response.status_code,
            "bytes": response.content_length,
        }
        if failure:
            fields["failure"] = failure.code
            if failure.status >= 500:
                fields["error"] = f"{failure}"
        if self._plan.queries:
            fields["query"] = request.query_string.decode("utf-8", "backslashreplace")[:LONGEST]
        if self._plan.readers:
            fields["reader"] = request.remote_addr
        return fields


def _name_request(record: logging.LogRecord) -> bool:
    """Tie what Flask logs of an error to the line of its request."""
    if has_request_context() and "request_id" in g:
        setattr(record, FIELDS, {"request": g.request_id})
    return True
