"""Questions to a site that misbehaves: what is taken for an answer, and what politeness demands."""

import gzip
import shutil
import socket
import ssl
import subprocess
import threading
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from index.fetch.addresses import AllowList, parse_address
from index.fetch.client import Answer, Client
from index.fetch.errors import FetchError
from index.fetch.visits import MAX_HOPS, Visitor
from tests.index.fetch.site import Clock, Serve, Site, moved, page, raw, trickle

MOST = 100_000


def visit(site: Site, clock: Clock, path: str = "/t1.html", seconds: float = 5.0, **options: object) -> Answer:
    """The answer to one question, politely asked."""
    client = Client("Lectern/1 (+https://lectern.example)", seconds=seconds)
    visitor = Visitor(client, AllowList(site.profile()), {}, clock.time, pause=2.0)
    return visitor.visit(parse_address(site.origin + path), MOST, {}, **options)  # type: ignore[arg-type]


def test_a_page_comes_as_it_is(site: Site, clock: Clock) -> None:
    """Its bytes, unpacked; the site learns who asks, and is asked for robots.txt first, two seconds before."""
    site.pages["/t1.html"] = page(gzip.compress(b"text"), Content_Encoding="gzip")
    assert visit(site, clock).data == b"text"
    assert site.asked == ["/robots.txt", "/t1.html"]
    assert {headers["User-Agent"] for headers in site.headers} == {"Lectern/1 (+https://lectern.example)"}
    assert site.headers[0]["Host"] == site.host
    assert sum(clock.slept) == pytest.approx(2.0)


CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    ("serve", "said"),
    [
        (page(b"x" * (MOST + 1)), "more than"),
        (page(gzip.compress(b"x" * 50_000_000), Content_Encoding="gzip"), "more than"),
        (trickle(b"x" * 10_000), "more than"),
        (raw(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort"), "cut off"),
        (raw(CHUNKED + b"5\r\nshort\r\n"), "cut off"),
        (raw(CHUNKED + b"zz\r\nshort\r\n"), "cut off"),
        (raw(b""), "no answer that can be read"),
        (raw(b"rubbish\r\n\r\n"), "no answer that can be read"),
        (raw(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n"), "no answer that can be read"),
        (raw(b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70_000 + b"\r\n\r\n"), "no answer that can be read"),
        (page(b"no gzip", Content_Encoding="gzip"), "no answer that can be read"),
        (page(gzip.compress(b"text" * 900)[:40], Content_Encoding="gzip"), "cut off"),
        (page(b"text", Content_Encoding="br"), "nobody asked for"),
        (page("gone", 404), "not there"),
        (page("no", 403), "answers 403"),
        (page("broken", 500), "busy or broken"),
    ],
)
def test_what_is_no_answer_is_told(site: Site, clock: Clock, serve: Serve, said: str) -> None:
    """What is huge, a bomb, cut off, no HTTP, or a no, is an error in one line that says what it was."""
    site.pages["/t1.html"] = serve
    with pytest.raises(FetchError, match=said) as caught:
        visit(site, clock)
    assert "\n" not in f"{caught.value}"
    assert caught.value.where == f"{site.origin}/t1.html"


@pytest.mark.parametrize(
    "serve",
    [
        trickle(b"x"),
        trickle(b"X: y\r\n", b"HTTP/1.1 200 OK\r\n"),
        trickle(b"", b""),
    ],
)
def test_what_trickles_is_cut(site: Site, clock: Clock, serve: Serve) -> None:
    """A body, headers, or a silence that would go on for ever end when the time is over."""
    site.pages["/t1.html"] = serve
    with pytest.raises(FetchError, match=r"within|in time"):
        visit(site, clock, seconds=0.2)


def test_a_busy_site_is_asked_again_after_a_while(site: Site, clock: Clock) -> None:
    """Three times in all, later each time; as late as it says, where it says so."""
    site.pages["/t1.html"] = [page("busy", 503), page("busy", 429, Retry_After="60"), page("text")]
    assert visit(site, clock).data == b"text"
    assert clock.slept[-2:] == [5.0, 60.0]


@pytest.mark.parametrize("in_words", [False, True])
def test_a_site_that_wants_to_be_left_alone_is(site: Site, clock: Clock, in_words: bool) -> None:  # noqa: FBT001
    """One that says "in an hour", in seconds or as a date, is asked nothing more until then."""
    until = format_datetime(clock.at + timedelta(hours=1, seconds=2), usegmt=True)
    site.pages["/t1.html"] = page("busy", 429, Retry_After=until if in_words else "3600")
    visitor = Visitor(Client("x"), AllowList(site.profile()), {}, clock.time, pause=2.0)
    for _ in range(2):
        with pytest.raises(FetchError, match="left alone until 2026-03-01T03:00"):
            visitor.visit(parse_address(f"{site.origin}/t1.html"), MOST, {})
    assert site.asked == ["/robots.txt", "/t1.html"]
    clock.at += timedelta(hours=1, minutes=1)
    site.pages["/t1.html"] = page("text")
    assert visitor.visit(parse_address(f"{site.origin}/t1.html"), MOST, {}).data == b"text"


def test_a_site_that_keeps_failing_is_left_alone(site: Site, clock: Clock) -> None:
    """After three pages that failed for good it is asked nothing more in this run."""
    site.pages |= {f"/t{n}.html": page("broken", 500) for n in range(9)}
    visitor = Visitor(Client("x"), AllowList(site.profile()), {}, clock.time)
    for n in range(9):
        with pytest.raises(FetchError, match=r"broken|again and again"):
            visitor.visit(parse_address(f"{site.origin}/t{n}.html"), MOST, {})
    assert len(site.asked) == 1 + 3 * 3


def test_redirects_are_followed_within_the_allow_list(site: Site, clock: Clock) -> None:
    """A relative and a whole address lead on; each hop is a question with its own pause."""
    site.pages |= {
        "/t1.html": moved("t2.html"),
        "/t2.html": moved(f"{site.origin}/t3.html", 308),
        "/t3.html": page("3"),
    }
    answer = visit(site, clock, page=True)
    assert (answer.data, answer.place.target) == (b"3", "/t3.html")
    assert sum(clock.slept) == pytest.approx(6.0)


@pytest.mark.parametrize(
    "to",
    [
        "https://elsewhere.example/",
        "http://127.0.0.1:1/",
        "http://169.254.169.254/latest/meta-data/",
        "file:///etc/passwd",
        "//elsewhere.example/t1.html",
        "http://user:secret@valdria.example/",
        "",
        "http://[",
    ],
)
def test_redirects_elsewhere_are_not_followed(site: Site, clock: Clock, to: str) -> None:
    """To another host, another port, inside the network, a file, a name with password, or nowhere."""
    site.pages["/t1.html"] = moved(to)
    with pytest.raises(FetchError, match="redirected"):
        visit(site, clock)


def test_a_page_must_not_lead_to_what_is_no_transcript(site: Site, clock: Clock) -> None:
    """A transcript's address that leads to the front page gives nothing."""
    site.pages |= {"/t1.html": moved("/"), "/": page("Welcome")}
    with pytest.raises(FetchError, match="on no allow-list"):
        visit(site, clock, page=True)
    assert "/" not in site.asked


def test_redirects_in_a_circle_end(site: Site, clock: Clock) -> None:
    """After five hops."""
    site.pages |= {"/t1.html": moved("/t2.html"), "/t2.html": moved("/t1.html")}
    with pytest.raises(FetchError, match="more than 5 times"):
        visit(site, clock)
    assert len(site.asked) == 1 + MAX_HOPS + 1


def test_what_robots_must_not_see_is_not_asked_for(site: Site, clock: Clock) -> None:
    """By patterns too; what is meant for us goes before what is meant for all; a redirect is asked about as well."""
    rules = "User-agent: *\nDisallow: /\nUser-agent: Lectern\nDisallow: /*2.html\n"
    site.pages |= {"/robots.txt": page(rules, type="text/plain"), "/t1.html": page("1"), "/t3.html": moved("/t2.html")}
    assert visit(site, clock).data == b"1"
    for path in ("/t2.html", "/t3.html"):
        with pytest.raises(FetchError, match=r"robots\.txt forbids"):
            visit(site, clock, path)
    assert "/t2.html" not in site.asked


def test_a_site_says_how_fast_it_may_be_asked(site: Site, clock: Clock) -> None:
    """`Crawl-delay` makes the pause longer; one that nobody can keep is an error."""
    site.pages |= {"/robots.txt": page("User-agent: *\nCrawl-delay: 17", type="text/plain"), "/t1.html": page("1")}
    visit(site, clock)
    assert sum(clock.slept) == pytest.approx(17.0)
    site.pages["/robots.txt"] = page("User-agent: *\nCrawl-delay: 86400", type="text/plain")
    with pytest.raises(FetchError, match="86,400 seconds between"):
        visit(site, clock)


@pytest.mark.parametrize("serve", [page("broken", 503), raw(b""), moved("/robots.txt"), trickle(b"User-agent: *\n")])
def test_without_robots_txt_to_be_read_nothing_is_asked(site: Site, clock: Clock, serve: Serve) -> None:
    """A site that is broken, hangs up or leads in a circle there is asked for no page (RFC 9309)."""
    site.pages |= {"/robots.txt": serve, "/t1.html": page("1")}
    with pytest.raises(FetchError):
        visit(site, clock, seconds=0.2)
    assert "/t1.html" not in site.asked


def test_a_robots_txt_of_rubbish_allows(site: Site, clock: Clock) -> None:
    """What cannot be read in it is passed over; so is what is not there at all (401 to 404)."""
    for serve in (page(bytes(range(256)) * 90, type="text/plain"), page("no", 401), page("no", 404)):
        site.pages |= {"/robots.txt": serve, "/t1.html": page("1")}
        assert visit(site, clock).data == b"1"


def test_a_name_that_leads_into_the_network_is_not_asked(site: Site) -> None:
    """One private address among those of a host is enough; the connection goes to what was checked, looked up once."""
    looked: list[str] = []

    def resolve(host: str, _port: int) -> list[str]:
        looked.append(host)
        return ["93.184.216.34", "127.0.0.1"]

    with pytest.raises(FetchError, match=r"127\.0\.0\.1 is an address inside a network"):
        Client("x", resolve=resolve).ask(parse_address("http://valdria.example/"), AllowList(site.profile()), MOST)
    assert looked == ["valdria.example"]
    assert site.asked == []


def test_the_connection_goes_to_the_address_that_was_checked(site: Site) -> None:
    """A name is looked up once, and the site is told the name."""
    port = int(site.host.rpartition(":")[2])
    site.pages["/t1.html"] = page("1")
    allowed = AllowList(site.profile(private_hosts=(f"intranet:{port}",)))
    answer = Client("x", resolve=lambda *_: ["127.0.0.1"]).ask(
        parse_address(f"http://intranet:{port}/t1.html"), allowed, MOST
    )
    assert (answer.data, site.headers[0]["Host"]) == (b"1", f"intranet:{port}")


@pytest.mark.parametrize(("name", "is_trusted"), [("valdria.example", True), ("elsewhere.example", False)])
def test_a_certificate_must_be_of_the_name(site: Site, tmp_path: Path, name: str, is_trusted: bool) -> None:  # noqa: FBT001
    """Over TLS the name of the address counts, not the number that it was looked up to."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed, so that there is no certificate to try")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-days",
        "1",
        "-subj",
        f"/CN={name}",
    ]
    made += ["-addext", f"subjectAltName=DNS:{name}", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(made, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)

    def serve(plug: socket.socket) -> None:
        with plug, plug.accept()[0] as end:
            try:
                with context.wrap_socket(end, server_side=True) as secure:
                    secure.recv(10_000)
                    secure.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ntext")
            except (ssl.SSLError, ConnectionError):
                return

    plug = socket.create_server(("127.0.0.1", 0))
    port = plug.getsockname()[1]
    thread = threading.Thread(target=serve, args=(plug,))
    thread.start()
    client = Client("x", resolve=lambda *_: ["127.0.0.1"], trust=ssl.create_default_context(cafile=str(certificate)))
    place, allowed = (
        parse_address(f"https://valdria.example:{port}/"),
        site.profile(private_hosts=(f"valdria.example:{port}",)),
    )
    if is_trusted:
        assert client.ask(place, AllowList(allowed), MOST).data == b"text"
    else:
        with pytest.raises(FetchError, match="no trusted connection"):
            client.ask(place, AllowList(allowed), MOST)
    thread.join()
