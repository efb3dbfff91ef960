"""Keys of partners who ask the API by programs: what is kept of a key, and how a key is known again.

The one decision: a key is 256 random bits, and what is kept is its SHA-256 digest. Nobody can find a key from that, so
it needs no slow hash; whoever reads the digests can use none of them.
"""

import hmac
import json
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from hashlib import sha256

PREFIX = "lectern_"
"""How every key begins, so that people and scanners of leaked texts know what they have found."""


@dataclass(frozen=True, slots=True)
class Key:
    """What is kept of a key.

    Attributes:
        name: whose it is, for people.
        digest: of the key itself, 64 hexadecimal digits.
        limit: what it may ask for of the API (`120/minute`), "" for as much as an address may.
        since: ISO 8601 instant in UTC.
    """

    name: str
    digest: str
    limit: str
    since: str


def new_secret() -> str:
    """A key that nobody has."""
    return PREFIX + secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    """What is kept of a key."""
    return sha256(secret.encode("utf-8", "surrogateescape")).hexdigest()


def find_key(keys: Iterable[Key], secret: str) -> Key | None:
    """The key that `secret` is, or `None`. It takes as long whichever it is, and whether it is one or not."""
    digest, found = digest_of(secret), None
    for key in keys:
        if hmac.compare_digest(key.digest, digest):
            found = key
    return found


def keys_to_json(keys: Iterable[Key]) -> str:
    """Keys as one JSON text."""
    return json.dumps({"keys": [asdict(key) for key in keys]}, ensure_ascii=False, indent=1)


def keys_from_json(text: str) -> tuple[Key, ...]:
    """The keys that `keys_to_json` wrote. Raises ValueError, KeyError or TypeError over anything else."""
    held = [Key(**one) for one in json.loads(text)["keys"]]
    if not all(isinstance(value, str) for key in held for value in asdict(key).values()):
        raise TypeError("a key's fields are texts")
    return tuple(held)
