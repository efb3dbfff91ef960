"""What a partner copies into a page: the widget's two elements, its frame, and the lines that a strict policy needs.

The one decision: it is written here alone, as text; the page that shows it escapes it as it does any text.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

from webui.widget.releases import Release

PRESETS = ("publisher", "speaker", "outlet", "entity", "language", "from", "to")
"""Attributes that are filters of a search, and its parameters."""
ATTRIBUTES = (*PRESETS, "limit", "placeholder", "lang", "theme", "font")
"""Those that the configurator offers, in the order in which a snippet has them."""
STYLES = {name: f"--lectern-{name}" for name in ("accent", "accent-ink", "radius")}
"""Custom properties that the configurator sets, by their names without the beginning."""
SANDBOX = "allow-forms allow-popups allow-top-navigation-by-user-activation"
"""What a frame needs: it runs no script."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """What to copy.

    Attributes:
        html: the widget, always the newest.
        pinned: the same with one version and its digest.
        css: lines for the page's style sheet, "" where the look is the usual one.
        policy: what the page's Content-Security-Policy has to allow.
        frame: the widget without any script.
        frame_policy: what the policy has to allow for the frame.
    """

    html: str
    pinned: str
    css: str
    policy: str
    frame: str
    frame_policy: str


def write_snippet(
    site: str, chosen: Mapping[str, str], look: Mapping[str, str], release: Release, words: Sequence[str]
) -> Snippet:
    """The snippet for a site.

    Args:
        site: scheme and host of this collection.
        chosen: attributes that were chosen, by name.
        look: custom properties that were chosen, by the names of `STYLES`.
        release: the version to pin.
        words: what the link without JavaScript says, and the frame's title.
    """
    presets = [(name, chosen[name]) for name in PRESETS if chosen.get(name)]
    given = {"source": site} | {name: chosen[name] for name in ATTRIBUTES if chosen.get(name)}
    address = f"{site}/?{urlencode(presets or [('q', '')])}"
    widget = (
        f'<lectern-search{_attributes(given)}>\n  <a href="{escape(address)}">{escape(words[0])}</a>\n</lectern-search>'
    )
    pin = _attributes({"src": f"{site}{release.path}", "integrity": release.digest, "crossorigin": "anonymous"})
    lines = "".join(f"  {STYLES[name]}: {look[name]};\n" for name in STYLES if look.get(name))
    return Snippet(
        html=f'<script async src="{escape(site)}/widget.js"></script>\n{widget}',
        pinned=f"<script async{pin}></script>\n{widget}",
        css=f"lectern-search {{\n{lines}}}" if lines else "",
        policy=f"script-src {site}; connect-src {site}",
        frame=f"<iframe{_attributes(_frame(site, chosen, words[1]))}></iframe>",
        frame_policy=f"frame-src {site}",
    )


def frame_pairs(chosen: Mapping[str, str]) -> list[tuple[str, str]]:
    """The parameters of the frame that stands for the same choice."""
    pairs = [(name, chosen[name]) for name in (*PRESETS, "limit", "placeholder", "theme") if chosen.get(name)]
    return [*pairs, *([("ui", chosen["lang"])] if chosen.get("lang") else [])]


def _frame(site: str, chosen: Mapping[str, str], title: str) -> dict[str, str]:
    pairs = frame_pairs(chosen)
    return {
        "src": f"{site}/widget/frame{'?' if pairs else ''}{urlencode(pairs)}",
        "title": title,
        "width": "100%",
        "height": "480",
        "loading": "lazy",
        "referrerpolicy": "no-referrer",
        "sandbox": SANDBOX,
    }


def _attributes(values: Mapping[str, str]) -> str:
    return "".join(f' {name}="{escape(value)}"' for name, value in values.items())
