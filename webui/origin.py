"""Where readers reach this site: the beginning of whole addresses, for what cannot do with a path alone.

The one decision: what an operator has set wins; else it is the host that was asked, and only if it is written as hosts
are, since anybody may write anything there.
"""

import re

from flask import request

from search.errors import BadParameter
from webui.shelf import current_shelf

_HOST = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252})|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?")


def origin() -> str:
    """`LECTERN_BASE_URL`, else the scheme and host of the present request, without a slash at the end.

    Raises:
        BadParameter: neither is known.
    """
    base = current_shelf().settings.values.get("LECTERN_BASE_URL", "").rstrip("/")
    if base:
        return base
    if not _HOST.fullmatch(request.host):
        raise BadParameter("the request does not say which host it is for", hint="set LECTERN_BASE_URL")
    return f"{request.scheme}://{request.host}"
