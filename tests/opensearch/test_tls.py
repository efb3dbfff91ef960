"""TLS and passwords: nodes behind a proxy that has both, as a cluster with its security on would be met."""

import base64
import http.client
import ssl
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from search.engines import open_engine
from search.errors import EngineUnavailable, SettingsError
from tests.engines.days import check, days
from tests.opensearch.collections import fresh_address, server, wipe

pytestmark = pytest.mark.opensearch

USER, PASSWORD = "desk", "a:b@c/d"
WRITTEN = "desk:a%3Ab%40c%2Fd"


def make_certificate(folder: Path) -> Path:
    """A certificate for 127.0.0.1 with its key, signed by itself."""
    file = folder / "both.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"),
            *("-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(folder / "key.pem"), "-out", str(file)),
        ],
        check=True,
        capture_output=True,
    )
    return file


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of the proxy's certificate."""
    return make_certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture(scope="module")
def proxy(certificate: Path) -> Iterator[str]:
    """Host and port of a proxy before the server: TLS alone, and nothing without the password."""
    behind = server()
    wanted = "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _pass_on(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if self.headers.get("Authorization") != wanted:
                self._send(401, b"{}")
                return
            connection = http.client.HTTPConnection(behind)
            kind = {"Content-Type": self.headers["Content-Type"]} if body else {}
            connection.request(self.command, self.path, body or None, kind)
            answer = connection.getresponse()
            self._send(answer.status, answer.read())
            connection.close()

        def _send(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PUT = do_DELETE = _pass_on  # noqa: N815 (the server's own names)

        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    httpd.handle_error = lambda *_: None  # type: ignore[method-assign]  # whoever does not trust us hangs up
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, certificate.parent / "key.pem")
    httpd.socket = context.wrap_socket(httpd.socket, server_side=True)
    httpd.daemon_threads = True
    thread = threading.Thread(target=httpd.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield f"127.0.0.1:{httpd.server_port}"
    httpd.shutdown()
    httpd.server_close()
    thread.join()


def test_cluster_with_tls_and_a_password(proxy: str, certificate: Path) -> None:
    """With the certificate trusted and the password right, all goes as without."""
    plain = fresh_address()
    name = plain.rpartition("/")[2]
    engine = open_engine(f"opensearch+tls://{WRITTEN}@{proxy}/{name}?ca={certificate}")
    engine.add(days(2), sequence=2)
    assert check(engine) == 2
    engine.close()
    wipe(plain)


@pytest.mark.parametrize(
    ("scheme", "user", "trusted", "told"),
    [
        ("opensearch+tls", "desk:wrong", True, "name or password"),
        ("opensearch+tls", "", True, "name or password"),
        ("opensearch+tls", WRITTEN, False, "cannot be reached"),  # nobody vouches for the certificate
        ("opensearch", WRITTEN, True, "cannot be reached"),
    ],
)
def test_wrong_password_or_certificate_is_told(
    proxy: str, certificate: Path, scheme: str, user: str, *, trusted: bool, told: str
) -> None:
    """Who is not let in, or does not trust the other side, is told so; the password is told to nobody."""
    at = f"{user}@" if user else ""
    engine = open_engine(f"{scheme}://{at}{proxy}/valdria" + (f"?ca={certificate}" if trusted else ""))
    with pytest.raises(EngineUnavailable, match=told) as raised:
        engine.status()
    assert "a:b@c/d" not in str(raised.value)
    engine.close()


def test_missing_certificate_file_is_told(proxy: str, tmp_path: Path) -> None:
    """A file of certificates that is not there is an error of the setting."""
    with pytest.raises(SettingsError, match="no such file"):
        open_engine(f"opensearch+tls://{proxy}/valdria?ca={tmp_path}/nothing.pem")
