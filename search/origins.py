"""Which sites' pages may call the API and frame the widget: what LECTERN_PARTNER_ORIGINS says, read strictly.

The one decision: an origin is compared as browsers write it, letter by letter; the setting must be written the same
way, and whatever is not is refused when it is read, with the form that it should have. Nothing is made alike by
lowering, trimming or decoding, so nothing that only looks alike can match.
"""

import ipaddress
import re
from dataclasses import dataclass

from search.errors import SettingsError

NAME = "LECTERN_PARTNER_ORIGINS"
MOST = 1_000
"""Origins that may be listed."""
DEFAULT_PORTS = {"http": "80", "https": "443"}
HINT = "origins as https://news.example or https://*.news.example, with spaces between them"

_LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_ORIGIN = re.compile(
    rf"(?P<scheme>https?)://(?P<any>\*\.)?(?P<host>{_LABEL}(?:\.{_LABEL})*|\[[0-9a-f:.]+\])(?::(?P<port>[1-9][0-9]{{0,4}}))?"
)
_SUB_DOMAINS = rf"(?:{_LABEL}\.)+"
_NUMERIC = re.compile(r"[0-9]+|0x[0-9a-f]*")


@dataclass(frozen=True, slots=True)
class Origins:
    """The origins that are admitted.

    Attributes:
        sources: what the setting lists, in its order: each an origin, or a pattern for its sub-domains. They are host
            sources of a Content-Security-Policy as well, and mean the same there.
        anybody: nothing is set, so that any origin is admitted.
    """

    sources: tuple[str, ...] = ()
    anybody: bool = False

    def admits(self, origin: str) -> bool:
        """Whether `origin`, as a browser sends it, is one of them; `null` never is, but where anybody is."""
        return self.anybody or any(_matches(source, origin) for source in self.sources)


def read_origins(text: str | None) -> Origins:
    """The origins of a setting's value; anybody where there is none.

    Raises:
        SettingsError: the value is empty, or something in it is no origin as browsers write it.
    """
    if text is None:
        return Origins(anybody=True)
    sources = tuple(dict.fromkeys(text.replace(",", " ").split()))
    if not sources:
        raise SettingsError(
            "it is set, but empty", where=NAME, hint=f"leave it out to admit any origin, or list {HINT}"
        )
    if len(sources) > MOST:
        raise SettingsError(
            f"it lists {len(sources):,} origins; {MOST:,} are the most", where=NAME, hint="use patterns"
        )
    for source in sources:
        if fault := _fault_of(source):
            raise SettingsError(f"{source[:200]} {fault}", where=NAME, hint=f"list {HINT}")
    return Origins(sources)


def _matches(source: str, origin: str) -> bool:
    scheme, star, host = source.partition("*.")
    if not star:
        return source == origin
    return re.fullmatch(f"{re.escape(scheme)}{_SUB_DOMAINS}{re.escape(host)}", origin) is not None


def _fault_of(source: str) -> str:
    """What keeps `source` from being an origin as browsers write it; "" where nothing does."""
    found = _ORIGIN.fullmatch(source)
    if found is None:
        return _told(source)
    scheme, host, port = found["scheme"], found["host"], found["port"]
    if port and (port == DEFAULT_PORTS[scheme] or int(port) > 65_535):
        return f"has the port {port}: leave out the port that {scheme} has by itself, and none is above 65535"
    address = _is_address(host)
    if address is None:
        return "has numbers for a host that are no address as browsers write it"
    if found["any"] and (address or "." not in host):
        return "would stand for too much: a pattern needs a domain with a dot in it behind *."
    return ""


def _is_address(host: str) -> bool | None:
    """Whether a host is an IP address; `None` where it would be one, but browsers write it otherwise."""
    if not host.startswith("[") and not _NUMERIC.fullmatch(host.rpartition(".")[2]):
        return False
    try:
        return f"{ipaddress.ip_address(host.strip('[]'))}" == host.strip("[]") or None
    except ValueError:
        return None


def _told(source: str) -> str:
    """What is wrong with something that is written otherwise than an origin."""
    if source == "*":
        return "would admit anybody: leave the setting out for that"
    if source == "null":
        return "is what any sandboxed page is called"
    if not source.isascii():
        return "is not in ASCII: write its name as browsers send it, beginning with xn--"
    if source != source.lower():
        return f"has capitals: write {source.lower()}"
    if not source.startswith(("http://", "https://")):
        return "does not begin with https:// or http://"
    if "@" in source:
        return "names a user, which no origin does"
    if "/" in source.partition("://")[2]:
        return f"has a path, which no origin has: write {'/'.join(source.split('/')[:3])}"
    if "*" in source:
        return "has a * elsewhere than at the beginning of its host, as in https://*.news.example"
    return "is no origin"
