"""The months' names, in the languages in which briefings are titled."""

_ENGLISH = "January February March April May June July August September October November December".split()
_ELSEWHERE = (  # in the same order
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
)

MONTH = "|".join(f"{m}|{m[:3]}\\.?" for m in _ENGLISH) + "|Sept\\.?"
"""A regular expression of the English names, whole and shortened."""

ANY_MONTH = "|".join((MONTH, *" ".join(_ELSEWHERE).split()))
"""The same of all languages."""

_NUMBERS = {
    name.casefold(): n for row in (_ENGLISH, *map(str.split, _ELSEWHERE)) for n, name in enumerate(row, start=1)
}
_NUMBERS |= {name[:3].casefold(): n for n, name in enumerate(_ENGLISH, start=1)} | {"sept": 9}


def month_number(name: str) -> int:
    """1 to 12, for a name that `ANY_MONTH` matches in any case."""
    return _NUMBERS[name.casefold().rstrip(".")]


def month_name(number: int) -> str:
    """The English name of month 1 to 12; a number that is none is named as such."""
    return _ENGLISH[number - 1] if 1 <= number <= 12 else f"month {number}"
