"""The language that an address names, carried on: into every link to a page of ours, every form, every range to pick.

The one decision: it is put in once, into the finished page, and not by whatever builds an address. So no link can be
forgotten, a page that is kept serves whoever names a language and whoever does not, and the addresses of searches stay
what they are. Markup is ours alone: in a transcript's text a quotation mark is escaped, so no tag can be found in it.
"""

import re
from urllib.parse import quote, urlencode

from flask import Response, request

from webui.tongue import NAMES, PARAMETER, Tongue, is_for_programs, stated

_LINK = re.compile(r'(<(?:a|div)\b[^>]*?\s(?:href|data-range)=")(/(?!/|static/)[^"#]*)([^"]*")')
_FORM = re.compile(r'<form\b[^>]*\saction="/[^>]*>')
_SAID = re.compile(rf"[?&;]{PARAMETER}=")
_PROGRAMS = re.compile(r"/(?:api/|export\.|feed\.atom|compare\.csv|opensearch\.xml|sitemap)")


def carry(response: Response) -> Response:
    """The page with the language of its address in every way on from it."""
    spoken = stated()
    if spoken is None or response.mimetype != "text/html" or is_for_programs() or not response.data:
        return response
    field = f'<input type="hidden" name="{PARAMETER}" value="{spoken}">'

    def on(found: re.Match[str]) -> str:
        before, address, rest = found.groups()
        if _SAID.search(address) or _PROGRAMS.match(address):
            return found[0]
        return f"{before}{address}{'&amp;' if '?' in address else '?'}{PARAMETER}={spoken}{rest}"

    text = _LINK.sub(on, response.get_data(as_text=True))
    response.set_data(_FORM.sub(lambda found: found[0] + field, text))
    return response


def switched() -> tuple[tuple[Tongue, str, str], ...]:
    """The present address in each language: its code, its own name, the address."""
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != PARAMETER]
    path = quote(request.path)
    return tuple((code, name, f"{path}?{urlencode([*kept, (PARAMETER, code)])}") for code, name in NAMES.items())
