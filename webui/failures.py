"""Every failure, caught once: a page for people, JSON of one shape for programs, with the fitting status."""

from dataclasses import dataclass

from flask import Flask, Response, g, jsonify, make_response, redirect, render_template, request
from flask_limiter import RateLimitExceeded
from werkzeug.exceptions import HTTPException, InternalServerError, MethodNotAllowed
from werkzeug.wrappers import Response as BaseResponse

from search.addresses import address_of_record
from search.errors import AddressTooLong, LecternError, NotFound, QuerySyntaxError
from webui.frame import Frame, Link, SearchBox
from webui.names import sentence
from webui.parts import part_of
from webui.said import said
from webui.shape import error_to_json
from webui.shelf import Moved
from webui.tongue import gettext, marked

LONGEST_ADDRESS = 8_190
UNAUTHORIZED = 401
RETRY_AFTER = 10
"""Seconds after which whoever could not be answered may ask again."""

TITLES = {
    400: marked("That cannot be read"),
    401: marked("Key not known"),
    404: marked("Not found"),
    405: marked("That cannot be done here"),
    410: marked("Withdrawn"),
    414: marked("Address too long"),
    429: marked("Too many requests"),
    503: marked("Not available just now"),
}


class UnexpectedFailure(LecternError):
    """An error of ours that nobody foresaw; the log has it in full."""

    code = "internal"


class MethodRefused(LecternError):
    """A method that an address does not answer to."""

    code = "method_not_allowed"
    status = 405


class TooManyRequests(LecternError):
    """Somebody has had all that he may have for now."""

    code = "too_many_requests"
    status = 429


class RequestRefused(LecternError):
    """A request that HTTP itself refuses."""

    code = "bad_request"
    status = 400


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """All that error.html shows."""

    frame: Frame
    status: int
    title: str
    message: str
    hint: str
    where: str
    link: Link | None


def catch_failures(app: Flask) -> None:
    """Answer every failure of `app`."""
    app.before_request(refuse_long_address)
    app.register_error_handler(Moved, answer_moved)
    app.register_error_handler(LecternError, answer_failure)
    app.register_error_handler(HTTPException, answer_http)


def refuse_long_address() -> None:
    """Refuse an address longer than any search needs, before anything reads it."""
    asked = request.environ.get("RAW_URI") or request.full_path
    if len(asked) > LONGEST_ADDRESS:
        raise AddressTooLong(
            f"an address has at most {LONGEST_ADDRESS:,} characters, and this one has more",
            hint="shorten the query, or pick fewer filters",
        )


def answer_moved(error: Moved) -> BaseResponse:
    """The same page under the new id, for good."""
    query = f"?{request.query_string.decode('latin-1')}" if request.query_string else ""
    return redirect(request.path.replace(error.old, error.new, 1) + query, 301)


def answer_http(error: HTTPException) -> BaseResponse:
    """What Flask and Werkzeug refuse, in our shape; redirects pass."""
    if error.code is None or error.code < 400:
        return error.get_response()
    response = answer_failure(_failure(error), error.code)
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    return response


def _failure(error: HTTPException) -> LecternError:
    if error.code == 404:
        return NotFound("there is no page at this address", where=request.path, hint="begin at the search page")
    if isinstance(error, InternalServerError):
        return UnexpectedFailure("something went wrong on our side", hint="try again; the failure has been logged")
    if isinstance(error, MethodNotAllowed):
        return MethodRefused(f"{request.method} does nothing here", hint="everything is read with GET")
    if isinstance(error, RateLimitExceeded):
        return TooManyRequests("that was more than may be asked for at a time", hint="wait a little, then go on")
    return RequestRefused(error.description or error.name)


def answer_failure(error: LecternError, status: int | None = None) -> Response:
    """A failure as JSON for what programs read, else as a page."""
    code = status or error.status
    g.failure = error
    if part_of(request.path) in {"api", "suggest"} or request.path == "/healthz":
        response = jsonify(error_to_json(error))
    else:
        response = make_response(render_template("error.html", page=_error_page(error, code)))
    response.status_code = code
    if code == UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = 'Bearer realm="Lectern"'
    if code == 503:
        response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


def _error_page(error: LecternError, status: int) -> ErrorPage:
    title = gettext(TITLES[status]) if status in TITLES else gettext("Something went wrong")
    # Nobody should have to type a refused query again; only a whole address too long is not worth keeping.
    text = "" if status == 414 else request.args.get("q", "")
    return ErrorPage(
        frame=Frame(title, SearchBox(text), indexed=False),
        status=status,
        title=title,
        message=sentence(said(error.message)),
        hint=sentence(said(error.hint)),
        where=_where(error),
        link=_briefing_of(error),
    )


def _where(error: LecternError) -> str:
    """The place at fault. Of what goes wrong on our side the place is a file of ours, which is nobody's business."""
    if isinstance(error, QuerySyntaxError):
        return gettext("position %(number)s", number=error.position)
    return error.where if error.status < 500 else ""


def _briefing_of(error: LecternError) -> Link | None:
    parts = error.where.split("/")
    if error.status not in (404, 410) or len(parts) != 4 or not parts[3].isdecimal():
        return None
    return Link(gettext("The briefing that it stood in"), address_of_record("/".join(parts[:3])))
