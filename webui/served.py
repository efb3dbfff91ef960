"""What gunicorn runs: the application, and at another port, if one is set, what it counts.

The one decision: both ports belong to the same workers, and it is the socket at which a request came in that says
which of the two answers; nothing that a request says of itself opens the other door.
"""

from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask
from prometheus_client import CollectorRegistry, make_wsgi_app

from search.engines import open_engine
from search.settings import Settings, metrics_address, read_settings
from webui.app import create_app
from webui.metrics import Meter, timed

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def create_served(settings: Settings | None = None) -> Flask:
    """The application of the settings, with its metrics at their own port where they are asked for."""
    settings = settings or read_settings()
    address = metrics_address(settings.values)
    if address is None:
        return create_app(settings)
    meter, engine = Meter(), open_engine(settings.index)
    app = create_app(settings, timed(engine, meter.time_call))
    app.extensions["lectern.witness"].listeners.append(meter.count)
    # Outermost, before anything that a proxy says of the port is believed.
    app.wsgi_app = Doors(app.wsgi_app, address[1], meter.registry(engine))  # type: ignore[method-assign]
    return app


class Doors:
    """Sends each request to the pages or to the metrics, by the port at which it came in."""

    def __init__(self, pages: Application, port: int, registry: CollectorRegistry) -> None:
        self._pages, self._port = pages, f"{port}"
        self._metrics: Application = make_wsgi_app(registry)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer a request."""
        if environ["SERVER_PORT"] != self._port:
            return self._pages(environ, start_response)
        if environ["PATH_INFO"] == "/metrics" and environ["REQUEST_METHOD"] in ("GET", "HEAD"):
            return self._metrics(environ, start_response)
        start_response("404 Not Found", [("Content-Type", "text/plain; charset=utf-8")])
        return [b"metrics are at /metrics\n"]
