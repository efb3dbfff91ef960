"""Which addresses may be asked, and at which machine.

Here belongs the allow-list. The one decision: a name is looked up once, every address that it has must be a public one
(or the profile names that host as a private one), and the connection goes to the very address that was checked, so that
no answer of a name server, and no redirect, leads into the network that Lectern stands in.
"""

import re
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, quote, urlsplit

from index.fetch.errors import FetchError
from index.parsers.profile import Profile

MAX_ADDRESS = 2_000
"""Characters of an address."""

Resolve = Callable[[str, int], Sequence[str]]
"""Gives the IP addresses of a host, in the order in which they are to be tried."""

_PORTS = {"http": 80, "https": 443}
_NAT64 = IPv6Network("64:ff9b::/96")
_SAFE = "/:?#[]@!$&'()*+,;=%~"


@dataclass(frozen=True, slots=True)
class Place:
    """An address, taken apart: scheme, host and port, what is asked for there, and the whole of it."""

    scheme: str
    host: str
    port: int
    target: str
    url: str

    @property
    def origin(self) -> str:
        """Scheme, host and port: what one robots.txt is about."""
        return f"{self.scheme}://{self.netloc}"

    @property
    def netloc(self) -> str:
        """The host, with its port if that is not the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"


def parse_address(url: str) -> Place:
    """`url`, taken apart, without its fragment. Raises FetchError if it is no address of the web."""
    parts, port = _split(url)
    if parts.scheme not in _PORTS or not parts.hostname or parts.username is not None or len(url) > MAX_ADDRESS:
        raise _no_address(url)
    target = quote(parts.path or "/", safe=_SAFE) + (f"?{quote(parts.query, safe=_SAFE)}" if parts.query else "")
    try:
        host = parts.hostname.encode("idna").decode("ascii") if not parts.hostname.isascii() else parts.hostname
    except UnicodeError as error:
        raise _no_address(url) from error
    place = Place(parts.scheme, host.rstrip("."), port or _PORTS[parts.scheme], target, "")
    return Place(place.scheme, place.host, place.port, target, f"{place.origin}{target}")


def _split(url: str) -> tuple[SplitResult, int | None]:
    if not url.isprintable() or " " in url:
        raise _no_address(url)
    try:
        return (parts := urlsplit(url)), parts.port
    except ValueError as error:
        raise _no_address(url) from error


def _no_address(url: str) -> FetchError:
    shown = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in url[:200])
    hint = "it must begin with http:// or https://, without a name or password"
    return FetchError("not an address that can be fetched", where=shown, hint=hint, kind="forbidden")


@dataclass(frozen=True, slots=True)
class AllowList:
    """The addresses of one publisher: those of its hosts, those of its transcripts."""

    profile: Profile

    def admits(self, place: Place) -> bool:
        """Whether the publisher's profile allows to ask there at all."""
        if self._is_private(place):
            return True
        at_usual_port = place.port == _PORTS[place.scheme]
        return at_usual_port and any(place.host == h or place.host.endswith(f".{h}") for h in self.profile.hosts)

    def admits_page(self, place: Place) -> bool:
        """Whether a transcript may be there."""
        return self.admits(place) and any(re.fullmatch(p, place.url) for p in self.profile.pages)

    def check(self, place: Place) -> None:
        """Raise FetchError unless the profile allows to ask there."""
        if not self.admits(place):
            hint = f"add the host to hosts in the profile of {self.profile.id}, if it is the publisher's"
            raise FetchError("not on the publisher's allow-list", where=place.url, hint=hint, kind="forbidden")

    def resolve(self, place: Place, resolve: Resolve) -> str:
        """The IP address to connect to. Raises FetchError."""
        self.check(place)
        try:
            found = resolve(place.host, place.port)
        except (OSError, UnicodeError) as error:
            raise FetchError(f"the host is not found: {error}", where=place.url, hint="check the network") from error
        for one in found:
            if not self._is_private(place) and not is_public(one):
                hint = f"if it is to be fetched, add {place.netloc} to private_hosts in the profile"
                raise FetchError(f"{one} is an address inside a network", where=place.url, hint=hint, kind="forbidden")
        return found[0]

    def _is_private(self, place: Place) -> bool:
        return place.netloc in self.profile.private_hosts


def look_up(host: str, port: int) -> Sequence[str]:
    """The IP addresses of a host, as this machine knows them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]).partition("%")[0] for *_, address in found))


def is_public(text: str) -> bool:
    """Whether an IP address is one of the public network, also if it is wrapped in another."""
    address: IPv4Address | IPv6Address | None = ip_address(text)
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if inner is None and address in _NAT64:
            inner = IPv4Address(int(address) & 0xFFFF_FFFF)
        address = inner or address
    return address is not None and address.is_global and not (address.is_multicast or address.is_reserved)
