"""How much anybody may ask for: limits for each asker, one of its own for every part of the site.

Here belongs who counts as one asker, what a request costs, and what the answer says of it; counting is
`webui.counters`' business, and Flask-Limiter's. The one decision: a request is let in if there is anything left, and
what it has cost the engine is charged when that is known, so that nothing is worked out twice, and an answer that is
kept costs one.
"""

import time
from collections.abc import Mapping
from ipaddress import IPv6Address, ip_network
from math import ceil
from typing import cast

from flask import Flask, Response, g, request
from flask_limiter import ApplicationLimit, Limiter

from search.errors import LecternError
from search.keys import Key, find_key
from search.proxies import read_address
from search.rates import OFF, Rate
from search.spending import Meter, begin_counting
from webui.counters import SCHEME, Counters, CounterStorage
from webui.parts import Part, part_of
from webui.shelf import current_shelf

LIMITS: Mapping[Part, Rate] = {
    "api": Rate(300, "minute"),
    "suggest": Rate(1_200, "minute"),
    "export": Rate(300, "minute"),
    "page": Rate(3_000, "minute"),
}
"""What one asker may spend, unless LECTERN_RATE_LIMIT or his key says otherwise of the API. Files cost nothing."""
PLACES = 200_000
"""Places that the engine looks through (`search.spending`) for one more: about two milliseconds' work."""
NETWORK = 64
"""Bits of an address of the sixth version that tell one household or office from another."""
WITH_KEY = frozenset({"api", "suggest", "export"})
"""Parts in which a key counts."""


class KeyRefused(LecternError):
    """A key that is not, or no longer, known."""

    code = "key_unknown"
    status = 401


class Quotas:
    """Limits what each asker may have of an application.

    Args:
        app: the application.
        setting: what LECTERN_RATE_LIMIT says.
        counters: where to count; `share` may put others in their place before the first request.
    """

    def __init__(self, app: Flask, setting: Rate | str, counters: Counters) -> None:
        self._limits = limits_of(setting)
        limit = ApplicationLimit(
            limit_provider=self._limit, key_function=_asker, scope=lambda _endpoint: part_of(request.path)
        )
        self._limiter = Limiter(
            _asker,
            application_limits=[limit],
            storage_uri=f"{SCHEME}://",
            storage_options={"counters": counters},  # type: ignore[dict-item]  # handed on as it is
            strategy="fixed-window",
            request_identifier=lambda: request.endpoint or "nowhere",  # what leads nowhere counts as well
        )
        app.before_request(_begin)
        self._limiter.init_app(app)
        app.before_request(_refuse_unknown_key)

    def share(self, counters: Counters) -> None:
        """Count there instead."""
        cast("CounterStorage", self._limiter.storage).counters = counters

    def _limit(self) -> str:
        """What whoever asks may spend in this part of the site; "" where that is not limited."""
        part = part_of(request.path)
        limit = self._limits.get(part, "")
        if not limit or request.method == "OPTIONS":
            return ""
        key = present_key() if part == "api" else None
        return key.limit if key and key.limit else limit

    def charge(self, response: Response) -> Response:
        """Charge what the answer has cost, and say what is left."""
        current = self._limiter.current_limit
        if current is None:
            return response
        more = cast("Meter", g.meter).places // PLACES
        if more and not current.breached:
            self._limiter.limiter.hit(current.limit, *current.request_args, cost=more)
        part, amount = part_of(request.path), current.limit.amount
        if part not in WITH_KEY and not current.breached:
            return response
        wait = max(1, ceil(current.window.reset_time - time.time()))
        if current.breached:
            response.headers["Retry-After"] = f"{wait}"
        if part in WITH_KEY:
            response.headers["RateLimit-Policy"] = f'"{part}";q={amount};w={current.limit.get_expiry()}'
            response.headers["RateLimit"] = f'"{part}";r={current.remaining};t={wait}'
            response.headers["RateLimit-Limit"] = f"{amount}"
            response.headers["RateLimit-Remaining"] = f"{current.remaining}"
            response.headers["RateLimit-Reset"] = f"{wait}"
        return response


def _begin() -> None:
    g.meter = begin_counting()


def limits_of(setting: Rate | str) -> Mapping[Part, str]:
    """What one asker may spend of each part that is limited, where LECTERN_RATE_LIMIT says `setting`."""
    if setting == OFF:
        return {}
    limits = {part: f"{rate}" for part, rate in LIMITS.items()}
    return {**limits, "api": f"{setting}"} if setting else limits


def _asker() -> str:
    """Who counts as one: the holder of a key, else an address, or its network where one house has many."""
    key = present_key()
    if key:
        return f"key {key.digest}"
    address = read_address(request.remote_addr or "")
    if isinstance(address, IPv6Address):
        return f"{ip_network((address, NETWORK), strict=False)}"
    return f"{address or 'nobody'}"


def present_key() -> Key | None:
    """The key that a request brings, `None` where it brings none that is known; looked up once a request."""
    if "key" not in g:
        secret = _secret()
        g.key = find_key(current_shelf().engine.keys(), secret) if secret else None
    return cast("Key | None", g.key)


def _secret() -> str:
    """What a request brings as a key: `Authorization: Bearer …`. What another scheme says is for somebody else."""
    if part_of(request.path) not in WITH_KEY:
        return ""
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else ""


def _refuse_unknown_key() -> None:
    if _secret() and request.method != "OPTIONS" and present_key() is None:
        raise KeyRefused(
            "this key is not known here, or no longer", hint="ask for another, or leave the key out: the API needs none"
        )
