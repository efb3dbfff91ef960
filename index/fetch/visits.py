"""Questions asked politely: by robots.txt, never faster than a site likes, again only after a while.

Here belongs manners; one question is `client`. The one decision: every hop of a redirect is a question of its own, to
which the allow-list, robots.txt and the pause apply as to any other.
"""

import email.utils
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urljoin

from index.fetch.addresses import AllowList, Place, parse_address
from index.fetch.client import Answer, Client
from index.fetch.errors import FetchError, Kind
from index.fetch.robots import MAX_ROBOTS, Robots

PAUSE = 2.0
"""Seconds between two questions to a site that asks for no other pause."""

LONGEST_PAUSE = 300.0
"""A site that asks for a longer one is not asked at all: a run would not end."""

LONGEST_WAIT = 120.0
"""Seconds that a run waits where a site says that it is busy; where it says more, the site is left alone until then."""

BACK_OFF = (5.0, 20.0)
"""Seconds before a question is asked again, and once again."""

PATIENCE = 3
"""A site that failed so often in a row, each time asked anew after a while, is left alone for the rest of a run."""

MAX_HOPS = 5
_BUSY = frozenset((429, 500, 502, 503, 504))
_MOVED = frozenset((301, 302, 303, 307, 308))


@dataclass(frozen=True, slots=True)
class Time:
    """How time passes; tests have their own."""

    sleep: Callable[[float], object] = time.sleep
    clock: Callable[[], float] = time.monotonic
    now: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))


class Visitor:
    """Asks one publisher's sites."""

    def __init__(
        self, client: Client, allowed: AllowList, busy: dict[str, datetime], passing: Time, pause: float = PAUSE
    ) -> None:
        """`busy` says until when a site is to be left alone, by its origin; it is kept up to date."""
        self.allowed, self.busy = allowed, busy
        self._client, self._time, self._pause = client, passing, pause
        self._robots: dict[str, Robots] = {}
        self._asked: dict[str, float] = {}
        self._failures: Counter[str] = Counter()

    def visit(self, place: Place, most: int, headers: Mapping[str, str], *, page: bool = False) -> Answer:
        """What stands at an address, 304 if it is what the headers say is known.

        Args:
            place: where.
            most: bytes that the answer may have.
            headers: what else to say: what is wanted, what is known.
            page: it is a transcript's address, and so must be those that it redirects to.

        Raises:
            FetchError: it cannot be had.
        """
        for _ in range(MAX_HOPS + 1):
            self._check_robots(place)
            answer = self._ask(place, most, headers)
            if answer.status not in _MOVED:
                return _checked(answer)
            place = self._follow(answer)
            if page and not self.allowed.admits_page(place):
                hint = "the page has moved; add its new address to pages in the profile, if it is a transcript"
                raise FetchError(
                    f"redirected to {place.url}, which is on no allow-list", where=answer.place.url, hint=hint
                )
        raise FetchError(f"redirected more than {MAX_HOPS} times", where=place.url, hint="check it in a browser")

    def _follow(self, answer: Answer) -> Place:
        where = answer.headers.get("location", "")
        try:
            place = parse_address(urljoin(answer.place.url, where))
            self.allowed.check(place)
        except (FetchError, ValueError) as error:
            hint = "check in a browser where the page has gone"
            raise FetchError(
                f"redirected to {where[:200]!r}, which is on no allow-list", where=answer.place.url, hint=hint
            ) from error
        return place

    def _check_robots(self, place: Place) -> None:
        robots = self._robots.get(place.origin)
        if robots is None:
            robots = self._robots[place.origin] = self._read_robots(place)
        if robots.pause > LONGEST_PAUSE:
            text = f"robots.txt asks for {robots.pause:,.0f} seconds between two questions"
            raise FetchError(
                text, where=place.url, hint="ask the publisher, or save the pages by hand", kind="forbidden"
            )
        if not robots.allow(place):
            hint = "ask the publisher, or save the page by hand"
            raise FetchError("robots.txt forbids it", where=place.url, hint=hint, kind="forbidden")

    def _read_robots(self, place: Place) -> Robots:
        at = parse_address(f"{place.origin}/robots.txt")
        for _ in range(MAX_HOPS + 1):
            answer = self._ask(at, 4 * MAX_ROBOTS, {"Accept": "text/plain, */*;q=0.1"})
            if answer.status in _MOVED:
                at = self._follow(answer)
            elif answer.status == 200:
                return Robots.read(answer.data)
            elif 400 <= answer.status < 500:
                return Robots()
            else:
                break
        self._failures[place.origin] = PATIENCE
        hint = "try again later: a site that does not say what robots may do is not asked"
        raise FetchError(f"robots.txt cannot be read (answer {answer.status})", where=at.url, hint=hint)

    def _ask(self, place: Place, most: int, headers: Mapping[str, str]) -> Answer:
        """The answer to one question, asked again where the site is busy or the line fails."""
        for pause in (*BACK_OFF, None):
            self._check_busy(place)
            self._wait(place)
            try:
                answer = self._client.ask(place, self.allowed, most, headers)
            except FetchError as error:
                if error.kind != "later":
                    raise
                if pause is None:
                    self._failures[place.origin] += 1
                    raise
                self._time.sleep(pause)
                continue
            if answer.status not in _BUSY:
                self._failures[place.origin] = 0
                return answer
            asked = self._seconds_asked(answer)
            if asked is not None and asked > LONGEST_WAIT:
                self.busy[place.origin] = datetime.fromtimestamp(self._time.now().timestamp() + asked, UTC)
                self._check_busy(place)
            if pause is None:
                break
            self._time.sleep(max(pause, asked or 0.0))
        self._failures[place.origin] += 1
        raise FetchError(
            f"the site is busy or broken (answer {answer.status})", where=place.url, hint="try again later"
        )

    def _check_busy(self, place: Place) -> None:
        until = self.busy.get(place.origin)
        if until is not None and until > self._time.now():
            text = f"the site asked to be left alone until {until.isoformat(timespec='seconds')}"
            raise FetchError(text, where=place.url, hint="try again then")
        if self._failures[place.origin] >= PATIENCE:
            text = "the site fails again and again, and is left alone for the rest of this run"
            raise FetchError(text, where=place.url, hint="try again later")

    def _wait(self, place: Place) -> None:
        robots = self._robots.get(place.origin, Robots())
        last = self._asked.get(place.origin)
        if last is not None:
            left = last + max(self._pause, min(robots.pause, LONGEST_PAUSE)) - self._time.clock()
            if left > 0:
                self._time.sleep(left)
        self._asked[place.origin] = self._time.clock()

    def _seconds_asked(self, answer: Answer) -> float | None:
        """For how long the site asks to be left alone, in `Retry-After`: seconds, or a date."""
        text = answer.headers.get("retry-after", "").strip()
        if text.isascii() and text.isdigit():
            return float(text[:9])
        try:
            when = email.utils.parsedate_to_datetime(text)
        except ValueError:
            return None
        return max(0.0, when.timestamp() - self._time.now().timestamp())


def _checked(answer: Answer) -> Answer:
    """The answer, if it is one. Raises FetchError."""
    if answer.status in {200, 304}:
        return answer
    gone = answer.status in {404, 410}
    text = f"the page is not there (answer {answer.status})" if gone else f"the site answers {answer.status}"
    kind: Kind = "gone" if gone else "no" if 400 <= answer.status < 500 else "later"
    raise FetchError(text, where=answer.place.url, hint="check the address in a browser", kind=kind)
