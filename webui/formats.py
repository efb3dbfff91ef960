"""Days and numbers as people write them in the language of the interface.

English is written here by hand, day first as briefings have it; the others are Babel's, each worked out once.
"""

from datetime import date
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_skeleton

from webui.tongue import Tongue, tongue

FIVE_DIGITS = 10_000
"""From here on Spanish groups digits."""


def day_text(day: date) -> str:
    """`8 February 2024`, `2024年2月8日`, `8 de febrero de 2024`."""
    spoken = tongue()
    return f"{day.day} {day:%B} {day.year}" if spoken == "en" else _day(day, spoken)


def month_text(day: date) -> str:
    """`February 2024`."""
    spoken = tongue()
    return f"{day:%B} {day.year}" if spoken == "en" else _skeleton("yMMMM", day, spoken)


def short_month_text(day: date) -> str:
    """`Feb 2024`, where there is little room."""
    spoken = tongue()
    return f"{day:%b} {day.year}" if spoken == "en" else _skeleton("yMMM", day, spoken)


def short_day_text(day: date) -> str:
    """`8 Feb`, where there is little room."""
    spoken = tongue()
    return f"{day.day} {day:%b}" if spoken == "en" else _skeleton("MMMd", day, spoken)


def number_text(number: int) -> str:
    """`12,345`; Spanish has a point, and none in four digits."""
    if tongue() != "es":
        return f"{number:,}"
    return f"{number:,}".replace(",", ".") if number >= FIVE_DIGITS else f"{number}"


def decimal_text(number: float, digits: int = 1) -> str:
    """`12.5`, with so many digits behind the point."""
    text = f"{number:.{digits}f}"
    return text.replace(".", ",") if tongue() == "es" else text


def weekday_names() -> tuple[str, ...]:
    """The days of the week from Monday, as short as they are written."""
    spoken = tongue()
    if spoken == "en":
        return ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
    names = Locale(spoken).days["stand-alone"]["narrow" if spoken == "zh" else "short"]
    return tuple(names[day].capitalize() for day in range(7))


def month_names() -> tuple[str, ...]:
    """The months of a year, for headings."""
    names = Locale(tongue()).months["stand-alone"]["wide"]
    return tuple(names[month].capitalize() for month in range(1, 13))


@lru_cache(maxsize=20_000)
def _day(day: date, spoken: Tongue) -> str:
    return format_date(day, "long", locale=spoken)


@lru_cache(maxsize=20_000)
def _skeleton(skeleton: str, day: date, spoken: Tongue) -> str:
    return format_skeleton(skeleton, day, locale=spoken)
