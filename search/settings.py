"""Settings: the home folder and the few values read from the environment or from `lectern.toml` in the home.

The environment wins over the file; names are the same in both.
"""

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from search.errors import SettingsError
from search.origins import Origins, read_origins
from search.proxies import Proxies, read_proxies
from search.rates import Rate, read_rate_limit

NAMES = (
    "LECTERN_BASE_URL",
    "LECTERN_ENGINE",
    "LECTERN_LOG",
    "LECTERN_METRICS",
    "LECTERN_TRUSTED_PROXIES",
    "LECTERN_PARTNER_ORIGINS",
    "LECTERN_RATE_LIMIT",
)


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are, and how the web side behaves.

    Attributes:
        home: the folder that holds archive, index and authority files.
        values: settings by name, those that were given.
        wait: seconds for which a command that writes waits for another one that does; said with the command.
    """

    home: Path
    values: Mapping[str, str]
    wait: float = 0

    @property
    def archive(self) -> Path:
        """The archive's file."""
        return self.home / "archive.sqlite3"

    @property
    def index(self) -> Path | str:
        """Where the index is: the folder of its generations, or the address of a cluster."""
        return self.values.get("LECTERN_ENGINE") or self.home / "index"

    @property
    def site(self) -> str:
        """Where people reach this collection: scheme and host, no slash at the end; "" where nobody said."""
        return self.values.get("LECTERN_BASE_URL", "").rstrip("/")

    @property
    def partners(self) -> Origins:
        """The sites whose pages may call the API and frame the widget. Raises SettingsError."""
        return read_origins(self.values.get("LECTERN_PARTNER_ORIGINS"))

    @property
    def proxies(self) -> Proxies:
        """The machines that are believed when they say for whom they ask. Raises SettingsError."""
        return read_proxies(self.values.get("LECTERN_TRUSTED_PROXIES"))

    @property
    def rate_limit(self) -> Rate | str:
        """What each address may ask of the API: a rate, `off`, or "" where nothing is said. Raises SettingsError."""
        return read_rate_limit(self.values.get("LECTERN_RATE_LIMIT"))

    @property
    def authority(self) -> Path:
        """The librarian's own authority files."""
        return self.home / "authority"


def read_settings(home: Path | None = None, environ: Mapping[str, str] = os.environ) -> Settings:
    """The settings that hold: of `home`, else of `LECTERN_HOME`, else of `./var`.

    Raises:
        SettingsError: `lectern.toml` cannot be read, or has a name that is no setting; or a setting's value cannot be
            used.
    """
    folder = home or Path(environ.get("LECTERN_HOME") or "var")
    file = folder / "lectern.toml"
    values: dict[str, str] = {}
    if file.is_file():
        try:
            values = {name: _text_of(value) for name, value in tomllib.loads(file.read_text("utf-8")).items()}
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise SettingsError(f"not a TOML file: {error}", where=str(file)) from error
        unknown = sorted(set(values) - set(NAMES))
        if unknown:
            raise SettingsError(
                f"no such setting: {', '.join(unknown)}", where=str(file), hint=f"settings are {', '.join(NAMES)}"
            )
    values |= {name: environ[name] for name in NAMES if name in environ}
    settings = Settings(folder, values)
    # What cannot be used is said now, and not by a server's processes one after another.
    _ = settings.partners, settings.proxies, settings.rate_limit
    return settings


def _text_of(value: object) -> str:
    """A setting's value as the environment would have it; what may be several may be a list in the file."""
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)


_ADDRESS = re.compile(r"(?:(?P<host>[\w.-]+|\[[0-9A-Fa-f:.]+\]):)?(?P<port>\d{1,5})", re.ASCII)


def metrics_address(values: Mapping[str, str]) -> tuple[str, int] | None:
    """Host and port at which metrics are told, as `LECTERN_METRICS` says; `None` where it does not, or says "off".

    A port alone is of this machine only.

    Raises:
        SettingsError: it is neither a port nor a host with one.
    """
    said = values.get("LECTERN_METRICS", "").strip()
    if said in ("", "off"):
        return None
    found = _ADDRESS.fullmatch(said)
    if found is None or not 0 < int(found["port"]) < 65_536:
        raise SettingsError(f"{said!r} is no address", where="LECTERN_METRICS", hint="a port, or HOST:PORT, or off")
    return (found["host"] or "127.0.0.1").strip("[]"), int(found["port"])
