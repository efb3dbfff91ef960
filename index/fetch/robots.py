"""What a site asks of robots. The only user of protego.

The one decision: RFC 9309 holds. A site without robots.txt (a clear no, 4xx) allows all; one whose robots.txt cannot be
read now (5xx, no answer) allows nothing, today.
"""

from dataclasses import dataclass

from protego import Protego

from index.fetch.addresses import Place

NAME = "Lectern"
"""As robots.txt knows us."""

MAX_ROBOTS = 500_000
"""Bytes of a robots.txt that are read; what stands behind them is not looked at (RFC 9309, 2.5)."""


@dataclass(frozen=True, slots=True)
class Robots:
    """What one site asks."""

    rules: Protego | None = None

    @classmethod
    def read(cls, data: bytes) -> "Robots":
        """The rules of a robots.txt; what in it cannot be read is passed over."""
        return cls(Protego.parse(data[:MAX_ROBOTS].decode("utf-8", "replace")))

    def allow(self, place: Place) -> bool:
        """Whether the page may be asked for."""
        return self.rules is None or bool(self.rules.can_fetch(place.url, NAME))

    @property
    def pause(self) -> float:
        """Seconds that are to lie between two questions."""
        if self.rules is None:
            return 0.0
        delay = float(self.rules.crawl_delay(NAME) or 0)
        rate = self.rules.request_rate(NAME)
        return max(delay, rate.seconds / rate.requests if rate else 0.0)
