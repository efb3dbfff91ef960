"""Which pages of other sites may read what is here: the API and suggestions, without credentials.

What is read is public. Until partners are listed any page may read it; then those of the list, and a page that is not
on it is told nothing by its browser. The one decision: the answer is the same for all, whoever asks; it is the browser
that keeps it from a page, so an origin says nothing of who may know, and no other program is turned away.
"""

from http import HTTPStatus

from flask import Response, request

from search.origins import Origins
from webui.parts import is_for_programs

ASKED_WITH = "Authorization, Cache-Control, If-None-Match"
"""Headers that a page may send beside those that any page may."""
TOLD = "ETag, RateLimit, RateLimit-Limit, RateLimit-Policy, RateLimit-Remaining, RateLimit-Reset, Retry-After"
"""Headers that a page is told beside those that any page is."""
REMEMBERED = 7200
"""Seconds for which a browser need not ask again whether it may ask; more than this few of them heed."""


class Cors:
    """Says of each answer which origins may read it.

    Args:
        origins: those that may.
    """

    def __init__(self, origins: Origins) -> None:
        self._origins = origins

    def tell_origin(self, response: Response) -> Response:
        """Say whether the page that asked may read `response`, and if it asked beforehand, what it may ask."""
        if not is_for_programs(request.path):
            return response
        if self._origins.anybody:
            response.headers["Access-Control-Allow-Origin"] = "*"
        else:
            response.vary.add("Origin")
            origin = request.headers.get("Origin", "")
            if not self._origins.admits(origin):
                return response
            response.headers["Access-Control-Allow-Origin"] = origin
        if request.method == "OPTIONS":
            _tell_what_may_be_asked(response)
        else:
            response.headers["Access-Control-Expose-Headers"] = TOLD
        return response


def _tell_what_may_be_asked(response: Response) -> None:
    if response.status_code == HTTPStatus.OK and "Access-Control-Request-Method" in request.headers:
        response.headers["Access-Control-Allow-Methods"] = "GET, HEAD"
        response.headers["Access-Control-Allow-Headers"] = ASKED_WITH
        response.headers["Access-Control-Max-Age"] = f"{REMEMBERED}"
