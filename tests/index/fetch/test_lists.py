"""Lists as others write them: hostile XML, odd links, addresses that are none."""

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fetch.addresses import AllowList, is_public, parse_address
from index.fetch.errors import FetchError
from index.fetch.feeds import MAX_LINKS, NotXml, read_feed, unpack_list
from index.parsers.listing import find_links
from index.parsers.profile import Profile

LAUGHS = b"""<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><urlset><url><loc>&b;</loc></url></urlset>"""
XXE = b"""<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><urlset><url><loc>&f;</loc></url></urlset>"""


@pytest.mark.parametrize("data", [LAUGHS, XXE, b"<!DOCTYPE html><urlset/>"])
def test_document_types_are_refused(data: bytes) -> None:
    """Entities that grow, and entities from files, are never read."""
    with pytest.raises(NotXml, match="document type"):
        read_feed(data)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<urlset><url><loc>http://a.example/",
        b"<urlset></rss>",
        b"\0" * 90,
        b"<?xml version='1.0' encoding='x'?><a/>",
    ],
)
def test_what_is_no_xml_is_told(data: bytes) -> None:
    """A feed that is cut off, or nothing of the kind, is an error and not an empty list."""
    with pytest.raises(NotXml):
        read_feed(data)


def test_a_list_has_no_more_links_than_the_protocol_allows() -> None:
    """Fifty thousand."""
    one = "<url><loc>http://a.example/{}</loc></url>"
    with pytest.raises(NotXml, match="more than 50,000"):
        read_feed(f"<urlset>{''.join(map(one.format, range(MAX_LINKS + 1)))}</urlset>".encode())


def test_a_packed_list_is_bounded() -> None:
    """A bomb, rubbish, and what is cut off are errors."""
    assert unpack_list(gzip.compress(b"<a/>"), 10) == unpack_list(b"<a/>", 10) == b"<a/>"
    for data in (gzip.compress(b"x" * 1_000_000), gzip.compress(b"<a/>")[:15], b"\x1f\x8brubbish"):
        with pytest.raises(NotXml):
            unpack_list(data, 100_000)


def test_links_are_read_as_a_browser_does() -> None:
    """`<base>` counts, fragments do not; what leads nowhere on the web is left out; each is given once."""
    html = b"""<base href="/b/"><a href="1.html#x">1</a><a href=" 1.html ">1</a><a href="javascript:x()">x</a><a>n</a>
    <a href="mailto:a@b">m</a><a href="">e</a><a href="http://[">b</a><a href="//c.example/2">2</a><i data-u=3>3</i>"""
    assert find_links(html, "https://a.example/list", ("a", "i@data-u")) == (
        "https://a.example/b/1.html",
        "https://c.example/2",
        "https://a.example/b/3",
    )
    assert find_links(b"<ul><li><a href=1>1</a></ul><a href=2>2</a>", "http://a.example/", ("ul",)) == (
        "http://a.example/1",
    )


@pytest.mark.parametrize("data", [b"\xff\xfe\xff", b"<meta charset=utf-8>\xff", b"<i>" * 3_000 + b"<i a>" * 3_000])
def test_a_page_that_cannot_be_read_is_told(data: bytes) -> None:
    """Bytes in no encoding, and tags without end."""
    with pytest.raises(ValueError, match=r"valid|nested"):
        find_links(data, "http://a.example/", ("a",))


@given(st.binary(max_size=300))
def test_no_list_breaks_the_readers(data: bytes) -> None:
    """Whatever the bytes, there are links or a told error."""
    for read in (
        read_feed,
        lambda data: unpack_list(data, 1_000),
        lambda data: find_links(data, "http://a.example/", ("a",)),
    ):
        try:
            read(data)
        except ValueError as error:
            assert "\n" not in f"{error}"  # noqa: PT017 (it may be raised or not)


@given(st.one_of(st.text(max_size=60), st.builds("http://{}/{}".format, st.text(max_size=20), st.text(max_size=20))))
def test_an_address_is_taken_apart_or_refused(text: str) -> None:
    """Nothing else is raised; what is taken apart is plain ASCII, and taken apart again it is the same."""
    try:
        place = parse_address(text)
    except FetchError as error:
        assert "\n" not in f"{error}"  # noqa: PT017 (it may be raised or not)
    else:
        assert place.url.isascii()
        assert parse_address(place.url) == place


@pytest.mark.parametrize(
    ("url", "is_allowed"),
    [
        ("https://valdria.example/t1.html", True),
        ("https://www.valdria.example/t1.html", True),
        ("https://VALDRIA.example./t1.html#x", True),
        ("https://valdria.example:8443/t1.html", False),
        ("https://notvaldria.example/t1.html", False),
        ("https://valdria.example.evil.example/t1.html", False),
        ("http://intranet:8080/t1.html", True),
        ("http://intranet/t1.html", False),
        ("http://valdria.example@evil.example/", False),
    ],
)
def test_the_allow_list_is_of_hosts_and_ports(url: str, is_allowed: bool) -> None:  # noqa: FBT001
    """A host covers those under it, at the usual port; a private one only itself, at the port that is named."""
    hosts = {"hosts": ("valdria.example",), "private_hosts": ("intranet:8080",)}
    profile = Profile("xv-mfa", "Ministry", ("en",), "Etc/GMT-2", "place-xv", **hosts)
    try:
        assert AllowList(profile).admits(parse_address(url)) == is_allowed
    except FetchError:
        assert not is_allowed


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        *((private, False) for private in ("127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "0.0.0.0")),  # noqa: S104
        *((private, False) for private in ("100.64.0.1", "224.0.0.1", "255.255.255.255", "240.0.0.1")),
        *((private, False) for private in ("::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:10.0.0.1")),
        *((private, False) for private in ("64:ff9b::a00:1", "2002:7f00:1::", "::ffff:169.254.169.254")),
    ],
)
def test_only_the_public_network_is_public(address: str, public: bool) -> None:  # noqa: FBT001
    """Loopback, private, link-local, shared and special addresses are not, also where another form hides them."""
    assert is_public(address) is public
