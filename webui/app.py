"""The application: `create_app()` is what gunicorn runs. Routes are in `views` and `api`, here what holds for all."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from flask import Flask
from flask.json.provider import DefaultJSONProvider
from jinja2 import StrictUndefined

from search.engine import Engine
from search.logs import log_plan
from search.settings import Settings, read_settings
from webui.aging import Aging, answer_unchanged
from webui.api import api
from webui.api_pages import api_pages
from webui.browse import browse
from webui.carried import carry, switched
from webui.compare import by_step
from webui.comparing import comparing
from webui.cors import Cors
from webui.counters import Counters
from webui.crawlers import crawlers
from webui.exporting import exports
from webui.facet_page import facets
from webui.failures import catch_failures
from webui.feed import feeds
from webui.formats import number_text
from webui.headers import set_headers
from webui.kept import Kept
from webui.names import kind_text
from webui.origin import stated_site
from webui.packing import Packer
from webui.plugin import plugin
from webui.proxies import Forwarded
from webui.quotas import Quotas
from webui.scripts import saving, suggesting
from webui.shelf import Shelf
from webui.suggest import suggest
from webui.tongue import speak, vary
from webui.views import pages
from webui.widget.routes import widget
from webui.witness import Witness


class OrderedJson(DefaultJSONProvider):
    """JSON with its fields in the order of the interface, and its text as it is."""

    sort_keys = False
    ensure_ascii = False


def create_app(settings: Settings | None = None, engine: Engine | None = None) -> Flask:
    """The application over `engine`, else over the index of `settings`, else of the environment's."""
    app = Flask(__name__)
    app.json = OrderedJson(app)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.globals["site"] = stated_site
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    # A slash too many at the end does no harm; one in the middle is no page, since its redirect would name the Host.
    app.url_map.strict_slashes = app.url_map.merge_slashes = False
    settings = settings or read_settings()
    app.extensions["lectern"] = shelf = Shelf(settings, engine)
    app.extensions["lectern.witness"] = witness = Witness(log_plan(settings.values))
    witness.watch(app)  # the first to see a request, the last to see its answer
    app.extensions["lectern.kept"] = Kept()
    speak(app)
    app.jinja_env.globals.update(
        switched=switched,
        suggesting=suggesting,
        saving=saving,
        by_step=by_step,
        kind_text=kind_text,
        number_text=number_text,
    )
    app.register_blueprint(pages)
    app.register_blueprint(api)
    app.register_blueprint(api_pages)
    app.register_blueprint(suggest)
    app.register_blueprint(browse)
    app.register_blueprint(crawlers)
    app.register_blueprint(exports)
    app.register_blueprint(feeds)
    app.register_blueprint(plugin)
    app.register_blueprint(comparing)
    app.register_blueprint(facets)
    app.register_blueprint(widget)
    catch_failures(app)
    app.extensions["lectern.quotas"] = quotas = Quotas(app, shelf.settings.rate_limit, Counters())
    app.before_request(answer_unchanged)
    static_digests = _name_static_files(app)
    # The last one named is called first: an answer is validated, then packed, then signed.
    app.after_request(set_headers)
    app.after_request(Cors(shelf.settings.partners).tell_origin)
    app.after_request(quotas.charge)
    app.after_request(Packer().pack)
    app.after_request(Aging(static_digests).set_age)
    app.after_request(vary)
    app.after_request(carry)
    app.wsgi_app = Forwarded(app.wsgi_app, shelf.settings.proxies, app.logger)  # type: ignore[method-assign]
    return app


def _name_static_files(app: Flask) -> Mapping[str, str]:
    """Give templates `static(name)`: the address of a static file, with a digest of its bytes. Returns the digests."""
    folder = Path(app.static_folder or "")
    digests = {f.name: hashlib.sha256(f.read_bytes()).hexdigest()[:12] for f in sorted(folder.iterdir())}

    addresses = {name: f"{app.static_url_path}/{quote(name)}?v={digest}" for name, digest in digests.items()}
    app.jinja_env.globals["static"] = addresses.__getitem__
    return digests
