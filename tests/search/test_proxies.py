"""Trusted proxies: whose word on the reader's address counts, and how far."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.errors import SettingsError
from search.proxies import read_address, read_proxies
from search.settings import read_settings

PROXIES = read_proxies("127.0.0.1, 10.0.0.0/8 fd00::/8")


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("203.0.113.9", "198.51.100.7", "203.0.113.9"),  # a stranger says anything
        ("127.0.0.1", "198.51.100.7", "198.51.100.7"),
        ("10.1.2.3", "198.51.100.7", "198.51.100.7"),
        ("fd00::1", "2001:db8::7", "2001:db8::7"),
        ("::ffff:10.1.2.3", "198.51.100.7", "198.51.100.7"),  # a socket for both versions
        ("127.0.0.1", "1.1.1.1, 198.51.100.7", "198.51.100.7"),  # the reader made up the first
        ("127.0.0.1", "198.51.100.7, 10.0.0.5, 10.0.0.6", "198.51.100.7"),  # a chain of ours
        ("127.0.0.1", "1.1.1.1, 10.9.9.9, 198.51.100.7, 10.0.0.6", "198.51.100.7"),
        ("127.0.0.1", "10.0.0.5", "10.0.0.5"),  # asked from within
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "unknown", "127.0.0.1"),
        ("127.0.0.1", "_hidden, 10.0.0.6", "10.0.0.6"),
        ("127.0.0.1", "198.51.100.7, unknown", "127.0.0.1"),
        ("127.0.0.1", "198.51.100.7,", "127.0.0.1"),
        ("127.0.0.1", "198.51.100.7:4711", "198.51.100.7"),
        ("127.0.0.1", "[2001:db8::7]:4711", "2001:db8::7"),
        ("127.0.0.1", "::ffff:198.51.100.7", "198.51.100.7"),
        ("127.0.0.1", "fe80::1%eth0", "127.0.0.1"),
        ("127.0.0.1", "198.51.100.007", "127.0.0.1"),
        ("", "198.51.100.7", ""),
    ],
)
def test_who_asks(peer: str, forwarded: str, client: str) -> None:
    """The list is read from its end, as long as trusted proxies speak; what cannot be read ends it."""
    assert PROXIES.client(peer, forwarded) == client


@given(st.text(max_size=30), st.ip_addresses())
def test_nobody_can_name_an_address_before_the_last(made_up: str, reader: object) -> None:
    """Whatever a reader writes at the front, the address that the proxy saw counts, unless it is one of our own."""
    address = read_address(f"{reader}")
    if address is not None and not PROXIES._trusts(address):
        assert PROXIES.client("127.0.0.1", f"{made_up}, {reader}") == f"{address}"


@given(st.text(), st.text())
def test_anything_may_be_written(peer: str, forwarded: str) -> None:
    """Nothing that is sent is an error."""
    PROXIES.client(peer, forwarded)
    PROXIES.client("127.0.0.1", forwarded)


@pytest.mark.parametrize("text", ["proxy.example", "10.0.0.1/8", "0.0.0.0/0", "::/0", "10.0.0.0/33", "*"])
def test_what_is_no_network_is_refused(text: str) -> None:
    """A name, a network with a host in it, and whatever would believe anybody, are refused with what to write."""
    with pytest.raises(SettingsError) as refused:
        read_settings(None, {"LECTERN_TRUSTED_PROXIES": text})
    assert (refused.value.where, bool(refused.value.hint)) == ("LECTERN_TRUSTED_PROXIES", True)


@pytest.mark.parametrize("text", [None, "", " "])
def test_nobody_is_believed_unless_said(text: str | None) -> None:
    """Without the setting, or with an empty one, a list of hops says nothing."""
    assert read_proxies(text).client("127.0.0.1", "198.51.100.7") == "127.0.0.1"
