"""The configurator: what a partner chooses, how that looks, what to copy, and whether the partner's site is listed.

The one decision: it is a GET form whose page says everything; the script only saves a reload, so that a choice is an
address that can be sent to a colleague.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from search.addresses import Args, limit_from, request_from
from search.labels import Labels
from search.origins import Origins
from webui.frame import Frame
from webui.names import language_text
from webui.origin import site_address
from webui.shelf import Shelf
from webui.tongue import NAMES, gettext
from webui.widget.colours import accent_pair
from webui.widget.frame import LONGEST_PLACEHOLDER, MOST, USUAL
from webui.widget.releases import newest
from webui.widget.snippet import PRESETS, Snippet, frame_pairs, write_snippet

LONGEST = 200
"""Characters of a value that is typed."""
ACCENT = "#14566b"
"""The usual accent, which a snippet need not say."""
RADII = {"": "6px", "0": "0", "1rem": "1rem"}
"""Choices of the corners' radius: the value for a snippet, and what it is; "" is the usual one."""
_COLOUR = re.compile(r"#[0-9a-f]{6}")


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a list to choose from."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """Whether a site may use the widget, in words."""

    origin: str
    fits: bool
    told: str


@dataclass(frozen=True, slots=True)
class DemoPage:
    """All that widget-demo.html shows.

    Attributes:
        chosen: attributes of the widget, by name.
        look: custom properties that were chosen, by name without its beginning.
        accent: the colour that they are made of.
        source: the site to search, for the widget on the page; its script puts in the address that the page is at.
        asked: the partner's site as typed.
        listed: whether that is listed; `None` where nothing was asked.
        version: of the newest widget.
        size: of it, bytes.
    """

    frame: Frame
    chosen: dict[str, str]
    look: dict[str, str]
    accent: str
    source: str
    publishers: tuple[Choice, ...]
    languages: tuple[Choice, ...]
    tongues: tuple[Choice, ...]
    themes: tuple[Choice, ...]
    radii: tuple[Choice, ...]
    snippet: Snippet
    framed: str
    asked: str
    listed: Listed | None
    version: str


def demo_page(args: Args, shelf: Shelf) -> DemoPage:
    """The configurator's page for what an address chooses.

    Raises:
        BadParameter: a day or a number means nothing.
    """
    request_from(args)  # says what is wrong with a day
    chosen, look, site = _chosen(args), _look(args), site_address()
    known, labels = shelf.engine.coverage(), shelf.engine.labels()
    asked = args.get("origin", "").strip()[:LONGEST]
    words = (gettext("Search the briefings"), gettext("Search the briefings"))
    pairs = frame_pairs(chosen)
    return DemoPage(
        frame=Frame(gettext("The search on your pages"), canonical="/widget/demo"),
        chosen=chosen,
        look=look,
        accent=args.get("accent", "").lower() if "accent" in look else ACCENT,
        source=site,
        publishers=_publishers({row.publisher for row in known}, labels, chosen),
        languages=_choices({row.language: language_text(row.language) for row in known}, chosen.get("language", "")),
        tongues=_choices(
            {"": gettext("that of the page")} | {f"{code}": name for code, name in NAMES.items()},
            chosen.get("lang", ""),
        ),
        themes=_choices(
            {"": gettext("as the reader prefers"), "light": gettext("light"), "dark": gettext("dark")},
            chosen.get("theme", ""),
        ),
        radii=_choices(RADII, look.get("radius", "")),
        snippet=write_snippet(site, chosen, look, newest(), words),
        framed=f"/widget/frame{'?' if pairs else ''}{urlencode(pairs)}",
        asked=asked,
        listed=_listed(asked, shelf.settings.partners) if asked else None,
        version=newest().version,
    )


def _chosen(args: Args) -> dict[str, str]:
    """The widget's attributes that an address chooses; what is none of a list's values is passed over."""
    chosen = {name: args.get(name, "").strip()[:LONGEST] for name in PRESETS}
    limit = limit_from(args, USUAL, MOST)
    theme, lang = args.get("theme", ""), args.get("lang", "")
    chosen |= {
        "limit": f"{limit}" if limit != USUAL else "",
        "placeholder": args.get("placeholder", "").strip()[:LONGEST_PLACEHOLDER],
        "lang": lang if lang in NAMES else "",
        "theme": theme if theme in {"light", "dark"} else "",
        "font": "inherit" if args.get("font", "") == "inherit" else "",
    }
    return {name: value for name, value in chosen.items() if value}


def _look(args: Args) -> dict[str, str]:
    accent, radius = args.get("accent", "").lower(), args.get("radius", "")
    look = {"radius": radius} if radius in RADII and radius else {}
    if _COLOUR.fullmatch(accent) and accent != ACCENT:
        look["accent"], look["accent-ink"] = accent_pair(accent)
    return look


def _choices(values: dict[str, str], chosen: str) -> tuple[Choice, ...]:
    return tuple(Choice(value, label, value == chosen) for value, label in values.items())


def _publishers(ids: set[str], labels: Labels, chosen: dict[str, str]) -> tuple[Choice, ...]:
    return _choices({id: labels.label("publisher", id) for id in sorted(ids)}, chosen.get("publisher", ""))


def _listed(asked: str, partners: Origins) -> Listed:
    """Whether the origin of an address that was typed may use the widget."""
    origin = _origin_of(asked)
    if not origin:
        return Listed(asked, fits=False, told=gettext("That is no address of a site: it begins with https://."))
    if partners.anybody:
        return Listed(origin, fits=True, told=gettext("No list of partners is set: the widget works on any site."))
    if partners.admits(origin):
        return Listed(origin, fits=True, told=gettext("%(origin)s is listed: the widget works there.", origin=origin))
    told = gettext(
        "%(origin)s is not listed: the widget finds nothing there. The operator of this site has to add it to"
        " LECTERN_PARTNER_ORIGINS.",
        origin=origin,
    )
    return Listed(origin, fits=False, told=told)


def _origin_of(address: str) -> str:
    """The origin of a web address as browsers write it; "" of what is none."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username is not None:
        return ""
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    usual = port is None or port == {"http": 80, "https": 443}[parts.scheme]
    return f"{parts.scheme}://{host}" if usual else f"{parts.scheme}://{host}:{port}"
