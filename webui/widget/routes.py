"""The widget's addresses: the newest version, every released one, the configurator, the frame.

The one decision: the script itself may be loaded by any page, whatever partners are listed: it is no secret, and says
to a page that is not listed what is wrong. `/widget.js` is asked for again each time; a version is kept for a year.
"""

from http import HTTPStatus

from flask import Blueprint, Response, render_template, request

from search.errors import LecternError, NotFound
from webui.headers import HEADERS, YEAR
from webui.origin import stated_site
from webui.shelf import current_shelf
from webui.widget.demo import demo_page
from webui.widget.frame import frame_page, refused_page
from webui.widget.releases import Release, newest, releases

widget = Blueprint("widget", __name__)

FRAME = "widget.frame"
"""The endpoint whose page may be framed."""
NOBODY = "frame-ancestors 'none'"
"""What every other page says."""


@widget.get("/widget.js")
def current() -> Response:
    """The newest version."""
    return _script(newest(), "no-cache")


@widget.get("/widget-<version>.js")
def released(version: str) -> Response:
    """A released version, for good."""
    found = releases().get(version)
    if found is None:
        known = ", ".join(releases())
        raise NotFound("there is no such version of the widget", where=version[:40], hint=f"there are {known}")
    return _script(found, f"public, max-age={YEAR}, immutable")


def _script(release: Release, age: str) -> Response:
    response = Response(release.data, mimetype="text/javascript")
    # A page that pins a digest asks with CORS; one that isolates itself loads only what says that it may.
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Cache-Control"] = age
    response.set_etag(release.digest.removeprefix("sha384-"))
    response.make_conditional(request)
    return response


@widget.get("/widget/demo")
def demo() -> Response:
    """The configurator. Where nobody said which host this is, no cache may give its snippets to anybody else."""
    response = Response(render_template("widget-demo.html", page=demo_page(request.args, current_shelf())))
    if not stated_site():
        response.headers["Cache-Control"] = "private, no-cache"
    return response


@widget.get("/widget/frame")
def frame() -> Response:
    """The widget as a page of its own, without a script; what is wrong is said in the frame as well."""
    shelf = current_shelf()
    try:
        page, status = frame_page(request.args, shelf), HTTPStatus.OK
    except LecternError as error:
        page, status = refused_page(request.args, error), HTTPStatus(error.status)
    return Response(render_template("widget-frame.html", page=page), status)


@widget.after_request
def let_partners_frame(response: Response) -> Response:
    """The frame's page may be framed by the sites that are listed; by nobody where none is, as all else of ours."""
    listed = current_shelf().settings.partners.sources
    if request.endpoint == FRAME and listed:
        # X-Frame-Options stays DENY: it cannot list sites, and browsers that know frame-ancestors pass it over.
        policy = HEADERS["Content-Security-Policy"].replace(NOBODY, f"frame-ancestors {' '.join(listed)}")
        response.headers["Content-Security-Policy"] = policy
    return response
