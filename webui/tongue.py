"""The language of the interface: English, Chinese or Spanish, as the address says it or else the reader's browser.

The one decision: nothing is remembered. `ui=` in an address is carried by `webui.carried` into every link and form of
the page; where it is not said, what the browser prefers among the three holds, and of none of them English. It has
nothing to do with the filter `language`, which is that of transcripts. What programs read is English always.
"""

from collections.abc import Mapping
from contextvars import ContextVar
from functools import lru_cache
from typing import Literal

import flask_babel
from flask import Flask, Response, has_request_context, request
from markupsafe import Markup

Tongue = Literal["en", "zh", "es"]
NAMES: Mapping[Tongue, str] = {"en": "English", "zh": "中文", "es": "Español"}
"""The languages there are, each by its own name."""
HTML: Mapping[Tongue, str] = {"en": "en", "zh": "zh-Hans", "es": "es"}
"""What a page says of itself in `lang`."""
PARAMETER = "ui"
PROGRAMS = frozenset({"api", "suggest", "exports", "feeds", "plugin", "crawlers"})
"""Blueprints whose answers programs read."""


def speak(app: Flask) -> None:
    """Let the pages of `app` be in the language of their reader."""
    flask_babel.Babel(app, locale_selector=tongue)
    app.before_request(_settle)
    app.teardown_request(_unsettle)
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    # Templates fill the places themselves, and escape what they fill them with.
    app.jinja_env.install_gettext_callables(_of_text, _of_number, newstyle=True)  # type: ignore[attr-defined]
    app.jinja_env.globals["_"] = _in_template
    app.jinja_env.globals.update(tongue=tongue, html_language=lambda: HTML[tongue()], marked=marked)


_settled: ContextVar[Tongue | None] = ContextVar("settled", default=None)
"""The language of the request that is being answered: asked hundreds of times for a page, and read faster than `g`."""


def tongue() -> Tongue:
    """The language that the present request is answered in; English outside of one."""
    return _settled.get() or (_choose() if has_request_context() else "en")


def _choose() -> Tongue:
    return "en" if is_for_programs() else stated() or preferred()


def _settle() -> None:
    _settled.set(_choose())


def _unsettle(_error: BaseException | None = None) -> None:
    _settled.set(None)


def is_for_programs() -> bool:
    """Whether what is answered is read by programs."""
    return request.blueprint in PROGRAMS or request.path.startswith("/api/") or request.path == "/healthz"


def stated() -> Tongue | None:
    """The language that the address names; a name that is none of ours is passed over."""
    typed = request.args.get(PARAMETER, "")
    return next((one for one in NAMES if one == typed), None)


def preferred() -> Tongue:
    """The first of ours in the order that the browser prefers, whatever the country; else English."""
    for value, quality in request.accept_languages:
        primary = value.replace("_", "-").partition("-")[0].lower()
        found = next((one for one in NAMES if one == primary and quality > 0), None)
        if found:
            return found
    return "en"


def vary(response: Response) -> Response:
    """Tell caches that another browser may get the page in another language."""
    if not is_for_programs() and response.mimetype in ("text/html", "image/svg+xml") and request.endpoint != "static":
        response.vary.add("Accept-Language")
    return response


def gettext(message: str, /, **values: str | int) -> str:
    """`message` in the language of the interface, with its named places filled."""
    text = _of_text(message)
    return text % values if values else text


def ngettext(one: str, many: str, number: int, /, **values: str | int) -> str:
    """The form of a message that goes with `number`, in the language of the interface, its named places filled."""
    text = _of_number(one, many, number)
    return text % values if values else text


def _of_text(message: str) -> str:
    """The translation of a message; English needs none."""
    spoken = tongue()
    return message if spoken == "en" else _looked_up(spoken, message)


@lru_cache(maxsize=4096)
def _looked_up(_spoken: Tongue, message: str) -> str:
    """The translation of a message in the language of the present request, looked up once."""
    translated: str = flask_babel.get_translations().ugettext(message)
    return translated


def _of_number(one: str, many: str, number: int) -> str:
    """The translation of a message that says a number."""
    if tongue() == "en":
        return one if number == 1 else many
    translated: str = flask_babel.get_translations().ungettext(one, many, number)
    return translated


def _in_template(message: str, /, **values: object) -> Markup:
    """What `_` gives in a template: our own text is markup, what is put into its places is escaped."""
    text = _safe(tongue(), message)
    return text % values if values else text


@lru_cache(maxsize=4096)
def _safe(_spoken: Tongue, message: str) -> Markup:
    return Markup(_of_text(message))  # noqa: S704 (a text of ours)


def marked(message: str) -> str:
    """`message` as it is: it is translated where it is shown, by `gettext`."""
    return message
