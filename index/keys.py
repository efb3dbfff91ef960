"""Partners' keys: made, listed, revoked.

The one decision: `keys.json` in the home is what counts, and holds digests only; it is published to the engine, from
which the web side reads, as names of entities are. Whatever kept it from being published, the next writer makes good.
"""

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from index.lock import write_lock
from search.engine import Engine
from search.errors import BadParameter, LecternError, NotFound
from search.keys import Key, digest_of, keys_from_json, keys_to_json, new_secret
from search.rates import read_rate
from search.settings import Settings

MOST = 1_000
LONGEST_NAME = 80


class KeysDamaged(LecternError):
    """The file of keys cannot be read."""

    code = "keys_damaged"


@dataclass(frozen=True, slots=True)
class Made:
    """A new key: what is kept of it, and the key itself, which nobody can tell again."""

    key: Key
    secret: str


def read_keys(settings: Settings) -> tuple[Key, ...]:
    """The keys that hold, in the order in which they were made. Raises KeysDamaged."""
    file = _file(settings)
    if not file.exists():
        return ()
    try:
        return keys_from_json(file.read_text("utf-8"))
    except (KeyError, TypeError, ValueError) as error:
        hint = "put a copy in its place, or remove it: all keys are then revoked by the next lectern keys add"
        raise KeysDamaged(f"not a file of keys: {error}", where=str(file), hint=hint) from error


def add_key(settings: Settings, engine: Engine, name: str, limit: str = "") -> Made:
    """Make a key for somebody.

    Args:
        settings: which home.
        engine: where to publish it.
        name: whose it is; nobody may have that name already.
        limit: what it may ask of the API, as `600/minute`; "" for as much as an address may.

    Raises:
        BadParameter: the name is no name, or taken.
        SettingsError: the limit is none.
        KeysDamaged, WriterBusy: nothing could be done.
    """
    if not name.strip() or not name.isprintable() or len(name) > LONGEST_NAME:
        raise BadParameter(f"a name has 1 to {LONGEST_NAME} characters that can be printed", where="NAME")
    if limit:
        read_rate(limit, "--limit")
    with write_lock(settings.home, "keys add", settings.wait):
        keys = read_keys(settings)
        if any(key.name == name for key in keys):
            raise BadParameter("there is a key of that name", where=name, hint="revoke it first, or choose another")
        if len(keys) >= MOST:
            raise BadParameter(f"there are {MOST:,} keys already", hint="revoke those that nobody uses")
        secret = new_secret()
        key = Key(name, digest_of(secret), limit, datetime.now(UTC).isoformat(timespec="seconds"))
        _write(_file(settings), keys_to_json([*keys, key]))
        publish_keys(settings, engine)
        return Made(key, secret)


def revoke_key(settings: Settings, engine: Engine, name: str) -> None:
    """Let a key hold no longer: servers know within a second.

    Raises:
        NotFound: nobody has a key of that name.
        KeysDamaged, WriterBusy: nothing could be done.
    """
    with write_lock(settings.home, "keys revoke", settings.wait):
        keys = read_keys(settings)
        kept = [key for key in keys if key.name != name]
        if len(kept) < len(keys):
            _write(_file(settings), keys_to_json(kept))
        publish_keys(settings, engine)  # even if it is gone already: an earlier run may have been cut short just here
        if len(kept) == len(keys):
            raise NotFound("nobody has a key of that name", where=name, hint="see the names: lectern keys list")


def publish_keys(settings: Settings, engine: Engine) -> None:
    """Bring the engine's keys up to those of the home; the caller holds the lock."""
    kept = read_keys(settings)
    try:
        published = engine.keys()
    except LecternError:  # what cannot be read is replaced
        published = None
    if published != kept:
        engine.publish_keys(kept)


def _file(settings: Settings) -> Path:
    return settings.home / "keys.json"


def _write(file: Path, text: str) -> None:
    """Replace `file` at once, readable by its owner alone."""
    aside = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with open(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:  # noqa: PTH123 (its mode)
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        aside.replace(file)
    except OSError:
        aside.unlink(missing_ok=True)
        raise
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
