"""Which machines are believed when they say for whom they ask: what LECTERN_TRUSTED_PROXIES says.

The one decision: a list of hops is read from its end, which our own proxy wrote, and believed only as long as trusted
proxies speak; whatever stands before that, anybody may have written.
"""

import ipaddress
import re
from dataclasses import dataclass

from search.errors import SettingsError

NAME = "LECTERN_TRUSTED_PROXIES"
HINT = "addresses or networks as 127.0.0.1, 10.0.0.0/8 or fd00::/8, with spaces between them"

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_HOP = re.compile(r"(?P<four>[0-9.]{7,15})(?::[0-9]{1,5})?|\[(?P<bracketed>[0-9A-Fa-f:.]{2,45})\](?::[0-9]{1,5})?")
"""An address of the fourth version, or one in brackets; either with a port, as some proxies write it."""


@dataclass(frozen=True, slots=True)
class Proxies:
    """The networks whose machines are believed."""

    networks: tuple[Network, ...] = ()

    def client(self, peer: str, forwarded: str) -> str:
        """The address that a request comes from.

        Args:
            peer: who connected.
            forwarded: the hops of `X-Forwarded-For`, the reader's own word first, the last proxy's at the end.
        """
        at = read_address(peer)
        if at is None or not self._trusts(at):
            return peer
        for hop in reversed(forwarded.split(",")):
            named = read_address(hop.strip())
            if named is None:
                break  # nothing that can be told: the proxy that said so is all that is known
            at = named
            if not self._trusts(at):
                break
        return f"{at}"

    def _trusts(self, address: Address) -> bool:
        return any(address in network for network in self.networks)


def read_proxies(text: str | None) -> Proxies:
    """The proxies of a setting's value; none where there is none.

    Raises:
        SettingsError: something in it is neither an address nor a network.
    """
    return Proxies(tuple(map(_network, (text or "").replace(",", " ").split())))


def read_address(text: str) -> Address | None:
    """An address, of the fourth version if it only wears the sixth's clothes; `None` if it is none, or has a zone."""
    found = _HOP.fullmatch(text)
    try:
        address = ipaddress.ip_address((found["four"] or found["bracketed"]) if found else text)
    except ValueError:
        return None
    if isinstance(address, ipaddress.IPv6Address):
        return None if address.scope_id else address.ipv4_mapped or address
    return address


def _network(text: str) -> Network:
    try:
        network = ipaddress.ip_network(text)
    except ValueError as error:
        raise SettingsError(f"{text[:100]} is no network: {error}", where=NAME, hint=f"list {HINT}") from None
    if not network.prefixlen:
        raise SettingsError(f"{text} would believe anybody", where=NAME, hint=f"list {HINT}")
    return network
