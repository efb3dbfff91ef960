"""Where this collection is reached from outside: what must stand before an address that leaves its site.

The one decision: pages say only what LECTERN_BASE_URL says, since anybody can send any Host. Files that are useless
without a whole address (feeds, exports, the browser's search description) fall back on the Host, but then no cache may
give them to anybody else.
"""

import re

from flask import Response, request

from search.errors import BadParameter
from webui.shelf import current_shelf

_HOST = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252})|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?")


def stated_site() -> str:
    """Scheme and host, no slash at the end, as LECTERN_BASE_URL has them; else ""."""
    return current_shelf().settings.site


def site_address() -> str:
    """The same; where nothing is set, as the present request was addressed.

    Raises:
        BadParameter: the request names no host that is written as hosts are; anybody may write anything there.
    """
    if stated := stated_site():
        return stated
    if not _HOST.fullmatch(request.host):
        raise BadParameter("the request does not say which host it is for", hint="set LECTERN_BASE_URL")
    return f"{request.scheme}://{request.host}"


def for_outside(response: Response, age: int = 0) -> Response:
    """A file that has `site_address` in it: nothing for robots, and kept for so many seconds by whom it may be."""
    response.headers["X-Robots-Tag"] = "noindex"
    if stated_site():
        response.cache_control.public = True
    else:
        response.cache_control.private = True
    response.cache_control.max_age = age
    return response
