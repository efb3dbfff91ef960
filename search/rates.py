"""How much may be asked in a time: `120/minute`, as LECTERN_RATE_LIMIT and a partner's key say it."""

import re
from dataclasses import dataclass

from search.errors import SettingsError

NAME = "LECTERN_RATE_LIMIT"
OFF = "off"
SECONDS = {"second": 1, "minute": 60, "hour": 3_600, "day": 86_400}
HINT = "write it as 120/minute; second, minute, hour and day are known"

_RATE = re.compile(rf"([1-9][0-9]{{0,6}})/({'|'.join(SECONDS)})")


@dataclass(frozen=True, slots=True)
class Rate:
    """So many in so long: `amount` in one of `unit` (`SECONDS`)."""

    amount: int
    unit: str

    def __str__(self) -> str:
        return f"{self.amount}/{self.unit}"

    @property
    def seconds(self) -> int:
        """The length of the time."""
        return SECONDS[self.unit]


def read_rate(text: str, where: str) -> Rate:
    """The rate that `text` says. Raises SettingsError, about `where`."""
    found = _RATE.fullmatch(text)
    if not found:
        raise SettingsError(f"{text[:100]!r} is no limit", where=where, hint=HINT)
    return Rate(int(found[1]), found[2])


def read_rate_limit(text: str | None) -> Rate | str:
    """What the setting says: a rate, `off`, or "" where it says nothing. Raises SettingsError."""
    if text is None or text == OFF:
        return text or ""
    return read_rate(text, NAME)
