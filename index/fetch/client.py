"""One question to one machine, bounded in every way. The only user of urllib3.

Here belongs no politeness (`visits`) and no redirect. The one decision: an answer is read a little at a time, unpacked
as it comes, up to a bound, and a clock cuts the connection where headers or body trickle; what was cut never counts as
an answer.
"""

import http.client
import socket
import ssl
import threading
import zlib
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass

from urllib3 import BaseHTTPResponse
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, IncompleteRead, SSLError

from index.fetch.addresses import AllowList, Place, Resolve, look_up
from index.fetch.errors import FetchError

MAX_SECONDS = 120.0
"""Within which an answer must have come, the whole of it."""

_SILENT_SECONDS = 30.0
_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Answer:
    """What a machine answered; `headers` under lower-case names."""

    place: Place
    status: int
    headers: Mapping[str, str]
    data: bytes

    @property
    def type(self) -> str:
        """The media type that it states, "" if none."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


class Client:
    """Asks machines that an allow-list admits."""

    def __init__(
        self,
        agent: str,
        *,
        resolve: Resolve = look_up,
        seconds: float = MAX_SECONDS,
        trust: ssl.SSLContext | None = None,
    ) -> None:
        self._agent, self._resolve, self._seconds, self._trust = agent, resolve, seconds, trust

    def ask(self, place: Place, allowed: AllowList, most: int, headers: Mapping[str, str] | None = None) -> Answer:
        """The answer to one question.

        Args:
            place: what is asked for.
            allowed: who may be asked.
            most: bytes of the answer, unpacked.
            headers: what else to say.

        Raises:
            FetchError: nobody answered, or nothing that can be used.
        """
        connection = self._connect(place, allowed.resolve(place, self._resolve))
        said = {"Host": place.netloc, "User-Agent": self._agent, "Accept-Encoding": "gzip", "Connection": "close"}
        clock = _Clock(connection)
        try:
            with clock.running(min(self._seconds, MAX_SECONDS)):
                connection.connect()
                clock.watch(connection.sock)
                connection.request("GET", place.target, headers={**said, **(headers or {})}, preload_content=False)
                response = connection.getresponse()
                with closing(response):
                    data = _read(response, most, place)
        except (HTTPError, http.client.HTTPException, zlib.error, OSError, ValueError) as error:
            if clock.is_over:
                raise self._too_slow(place) from error
            raise _failed(place, error) from error
        finally:
            connection.close()
        if clock.is_over:
            raise self._too_slow(place)
        return Answer(place, response.status, {k.lower(): v for k, v in response.headers.items()}, data)

    def _connect(self, place: Place, address: str) -> HTTPConnection:
        timeout = min(_SILENT_SECONDS, self._seconds)
        if place.scheme == "http":
            return HTTPConnection(address, place.port, timeout=timeout)
        trust = self._trust or ssl.create_default_context()
        return HTTPSConnection(address, place.port, timeout=timeout, ssl_context=trust, server_hostname=place.host)

    def _too_slow(self, place: Place) -> FetchError:
        return FetchError(
            f"no whole answer within {self._seconds:.0f} seconds", where=place.url, hint="try again later"
        )


class _Clock:
    """Cuts a connection when its time is over."""

    def __init__(self, connection: HTTPConnection) -> None:
        self._connection = connection
        self._plug: socket.socket | None = None
        self.is_over = False

    def watch(self, plug: socket.socket | None) -> None:
        """Cut this, although the connection will not know it any more while an answer is read that ends with it."""
        self._plug = plug
        if self.is_over:
            raise TimeoutError

    @contextmanager
    def running(self, seconds: float) -> Iterator[None]:
        timer = threading.Timer(seconds, self._cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _cut(self) -> None:
        self.is_over = True
        if (plug := self._plug or self._connection.sock) is not None:
            with suppress(OSError):
                socket.socket.shutdown(plug, socket.SHUT_RDWR)  # not that of TLS, which is another thread's


def _read(response: BaseHTTPResponse, most: int, place: Place) -> bytes:
    """The body, unpacked here: whoever unpacks for us does not say where a packed body is cut off."""
    packing = response.headers.get("content-encoding", "identity").strip().lower()
    if packing not in {"identity", "gzip", "x-gzip", ""}:
        raise ValueError(f"packed as {packing[:40]!r}, which nobody asked for")
    unpacker = zlib.decompressobj(wbits=31) if packing.endswith("gzip") else None
    pieces, size = [], 0
    while piece := response.read(_CHUNK, decode_content=False):
        body = unpacker.decompress(piece, most + 1 - size) if unpacker else piece
        pieces.append(body)
        size += len(body)
        if size > most:
            message = f"the answer has more than {most / 1e6:.0f} MB"
            raise FetchError(message, where=place.url, hint="it is no transcript; check the address", kind="no")
    if unpacker and response.status == 200 and not unpacker.eof:
        raise IncompleteRead(size, 1)
    return b"".join(pieces)


def _failed(place: Place, error: Exception) -> FetchError:
    cut = (IncompleteRead, http.client.IncompleteRead)
    if isinstance(error, cut) or any(isinstance(part, cut) for part in error.args):
        text, hint = "the answer was cut off", "try again"
    elif isinstance(error, SSLError | ssl.SSLError):
        text, hint = f"no trusted connection: {_said(error)}", "check the address and the certificates of this machine"
    elif isinstance(error, TimeoutError):
        text, hint = "no answer in time", "try again later"
    else:
        text, hint = f"no answer that can be read: {_said(error)}", "check the address, and try again later"
    return FetchError(text, where=place.url, hint=hint)


def _said(error: Exception) -> str:
    return " ".join(f"{error}".split())[:150] or type(error).__name__
