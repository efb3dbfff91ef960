"""Whose address a request comes from: what LECTERN_TRUSTED_PROXIES lets a proxy say.

The one decision: the address is put right before anything reads it, so that limits, logs and pages see one address, and
nothing but this reads `X-Forwarded-For`.
"""

import logging
from collections.abc import Iterable
from typing import TYPE_CHECKING

from search.proxies import Proxies

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

UNHEARD = (
    "a request names X-Forwarded-For, but LECTERN_TRUSTED_PROXIES is not set: all that comes through one proxy counts "
    "as one reader towards the limits"
)


class Forwarded:
    """A WSGI application that knows for whom a trusted proxy asks.

    Args:
        app: the application behind it.
        proxies: who is believed.
        log: is told, once, where a proxy seems to have been forgotten.
    """

    def __init__(self, app: "WSGIApplication", proxies: Proxies, log: logging.Logger) -> None:
        self._app = app
        self._proxies = proxies
        self._log = log
        self._told = bool(proxies.networks)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """The answer to a request whose REMOTE_ADDR is the reader's, as far as anybody who is trusted says so."""
        forwarded = environ.get("HTTP_X_FORWARDED_FOR")
        if forwarded is not None:
            if not self._told:
                self._told = True
                self._log.warning(UNHEARD)
            environ["REMOTE_ADDR"] = self._proxies.client(environ.get("REMOTE_ADDR", ""), forwarded)
        return self._app(environ, start_response)
