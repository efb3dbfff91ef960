"""The application: `create_app()` is what gunicorn runs. Routes are in `views` and `api`, here what holds for all."""

import hashlib
from pathlib import Path

from flask import Flask, Response, url_for
from flask.json.provider import DefaultJSONProvider
from jinja2 import StrictUndefined

from search.engine import Engine
from search.settings import Settings, read_settings
from webui.api import api
from webui.browse import browse
from webui.comparing import comparing
from webui.crawlers import crawlers
from webui.exporting import exports
from webui.failures import catch_failures
from webui.feed import feeds
from webui.origin import stated_site
from webui.plugin import plugin
from webui.shelf import Shelf
from webui.suggest import suggest
from webui.views import pages

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}
"""Sent with every answer: nothing inline, nothing from elsewhere, nothing framed, no query told to other sites."""


class OrderedJson(DefaultJSONProvider):
    """JSON with its fields in the order of the interface, and its text as it is."""

    sort_keys = False
    ensure_ascii = False


STATIC_AGE = 365 * 24 * 3600
"""Seconds that browsers keep a static file; its address changes with its bytes."""


def create_app(settings: Settings | None = None, engine: Engine | None = None) -> Flask:
    """The application over `engine`, else over the index of `settings`, else of the environment's."""
    app = Flask(__name__)
    app.json = OrderedJson(app)
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = STATIC_AGE
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.globals["site"] = stated_site
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    # A slash too many at the end does no harm; one in the middle is no page, since its redirect would name the Host.
    app.url_map.strict_slashes = app.url_map.merge_slashes = False
    app.extensions["lectern"] = Shelf(settings or read_settings(), engine)
    app.register_blueprint(pages)
    app.register_blueprint(api)
    app.register_blueprint(suggest)
    app.register_blueprint(browse)
    app.register_blueprint(crawlers)
    app.register_blueprint(exports)
    app.register_blueprint(feeds)
    app.register_blueprint(plugin)
    app.register_blueprint(comparing)
    catch_failures(app)
    _name_static_files(app)
    app.after_request(set_headers)
    return app


def set_headers(response: Response) -> Response:
    """What every answer says to the browser."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def _name_static_files(app: Flask) -> None:
    """Give templates `static(name)`: the address of a static file, with a digest of its bytes."""
    folder = Path(app.static_folder or "")
    digests = {f.name: hashlib.sha256(f.read_bytes()).hexdigest()[:12] for f in sorted(folder.iterdir())}

    def static(name: str) -> str:
        return url_for("static", filename=name, v=digests[name])

    app.jinja_env.globals["static"] = static
