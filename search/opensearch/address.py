"""The address of a collection in a cluster: `opensearch://host:9200,host:9200/name?shards=3&replicas=1`.

With `opensearch+tls://` nodes are talked to by TLS, their certificates checked (against `ca`, a file, if it is given).
A user and a password may stand before the hosts; they are never printed.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from search.errors import SettingsError

SCHEMES = {"opensearch": False, "opensearch+tls": True}
"""Schemes, and whether they mean TLS."""
DEFAULT_PORT = 9200
MAX_SHARDS = 64
MAX_REPLICAS = 8

_NAME = re.compile(r"[a-z][a-z0-9_-]{0,63}")
_HINT = "write it as opensearch://host:9200/name, or opensearch+tls://user:password@host:9200/name"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a collection is.

    Attributes:
        hosts: host and port of each node that may be asked.
        name: the collection's name in the cluster: an alias, and what its indices begin with.
        tls: whether the nodes are talked to by TLS.
        user: whom to be, "" for nobody in particular.
        password: that user's.
        ca: a file of certificates that are trusted; `None` for those that the system trusts.
        shards: how many parts a new generation has.
        replicas: how many copies of each there are; `None` for one as soon as there is a second node.
    """

    hosts: tuple[tuple[str, int], ...]
    name: str
    tls: bool = False
    user: str = ""
    password: str = field(default="", repr=False)
    ca: Path | None = None
    shards: int = 1
    replicas: int | None = None

    def __str__(self) -> str:
        scheme = "opensearch+tls" if self.tls else "opensearch"
        return f"{scheme}://{','.join(f'{host}:{port}' for host, port in self.hosts)}/{self.name}"


def is_address(text: str) -> bool:
    """Whether `text` is meant as the address of a cluster."""
    return text.partition("://")[0] in SCHEMES


def read_address(text: str) -> Address:
    """The address that `text` writes. Raises SettingsError."""
    try:
        parts = urlsplit(text)
    except ValueError as error:
        raise _refused(f"not an address: {error}") from error
    if parts.scheme not in SCHEMES:
        raise _refused("an engine's address begins with opensearch:// or opensearch+tls://")
    credentials, _, hosts = parts.netloc.rpartition("@")
    user, _, password = credentials.partition(":")
    name = parts.path.strip("/")
    if not _NAME.fullmatch(name):
        raise _refused(f"no name of a collection: {name!r}")
    options = _options(parts)
    return Address(
        hosts=tuple(map(_host, hosts.split(","))),
        name=name,
        tls=SCHEMES[parts.scheme],
        user=unquote(user),
        password=unquote(password),
        ca=Path(options["ca"]) if "ca" in options else None,
        shards=_number(options.get("shards", "1"), "shards", 1, MAX_SHARDS),
        replicas=_number(options["replicas"], "replicas", 0, MAX_REPLICAS) if "replicas" in options else None,
    )


def _options(parts: SplitResult) -> dict[str, str]:
    options = {name: values[-1] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
    unknown = sorted(options.keys() - {"ca", "shards", "replicas"})
    if unknown or parts.fragment:
        raise _refused(f"no such option: {', '.join(unknown) or '#' + parts.fragment}")
    return options


def _host(text: str) -> tuple[str, int]:
    match = re.fullmatch(r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::(\d{1,5}))?", text)
    if not match or not 0 < int(match[2] or DEFAULT_PORT) < 65_536:
        raise _refused("a host is a name or a number, and perhaps a port; hosts are separated by commas")
    return match[1].strip("[]"), int(match[2] or DEFAULT_PORT)


def _number(text: str, name: str, least: int, most: int) -> int:
    if not re.fullmatch(r"\d{1,3}", text) or not least <= int(text) <= most:
        raise _refused(f"{name} is a number from {least} to {most}")
    return int(text)


def _refused(message: str) -> SettingsError:
    return SettingsError(message, where="LECTERN_ENGINE", hint=_HINT)
