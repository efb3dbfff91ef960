"""What every answer says to the browser beside its text: what a page may load and do, and how long it may be kept.

The one decision: a page may do nothing but what is listed here. Nothing inline, nothing from elsewhere, nothing framed,
no query told to other sites, and no device asked for.
"""

from flask import Response, request

from webui.shelf import current_shelf

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",  # for browsers that do not know frame-ancestors
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
"""Sent with every answer that does not say otherwise."""

YEAR = 365 * 24 * 3600
SECURE_ONLY = f"max-age={YEAR}"
"""Strict-Transport-Security: said only over https, where a browser heeds it; over http it would be a promise of others.

Subdomains are not ours to speak for.
"""


def set_headers(response: Response) -> Response:
    """What every answer says to the browser."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if is_secure():
        response.headers.setdefault("Strict-Transport-Security", SECURE_ONLY)
    return response


def is_secure() -> bool:
    """Whether readers come over https: to us, or to the address that the settings say they come to."""
    base = current_shelf().settings.values.get("LECTERN_BASE_URL", "")
    return request.is_secure or base.lower().startswith("https://")
