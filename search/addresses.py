"""Addresses: the one place that reads a search from an address and writes an address for a search.

They stand in the kernel, not in the web side, because the command line's JSON is the API's and holds them too. The one
decision: `request_from(args of address_of(r)) == r` for every request, so that every state of a page is an address and
every address a state. An address is canonical: parameters in one order, values sorted, defaults left out.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Literal, Protocol, TypeVar
from urllib.parse import quote, quote_plus, urlencode

from search.comparison import MOST, Comparison, Step
from search.engine import Selection, Sort
from search.errors import BadParameter
from search.page import ChartView, SearchRequest
from search.schema import PICKED

FILTERS = tuple(f.name for f in PICKED)
PARAMETERS = frozenset(
    {"q", "from", "to", "sort", "exact", "fold", "per_page", "strict", "page", "rollup", "subject", "chart"}
    | {f"{sign}{name}" for sign in ("", "-") for name in FILTERS}
)
CHARTS: Mapping[str, ChartView] = {"": "", "share": "share", "publishers": "publishers", "outlets": "outlets"}
STEPS: Mapping[str, Step] = {"": "", "year": "year", "month": "month"}
DEFAULT = SearchRequest()
"""What an address that says nothing asks for."""
MAX_PER_PAGE = 100
MAX_PICKED = 100
"""Values picked or excluded in all; each is repeated in every link of a results page."""

_PLACES = {
    name: place
    for place, name in enumerate(
        (
            *("q", *FILTERS, *(f"-{name}" for name in FILTERS), "from", "to"),
            *("rollup", "subject", "sort", "exact", "fold", "per_page", "strict", "chart", "page"),
        )
    )
}
"""The canonical order of parameters."""

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = re.compile(r"[0-9]{1,9}")

T = TypeVar("T")


class Args(Protocol):
    """The parameters of an address, as web frameworks give them: names, each with one value or several."""

    def __iter__(self) -> Iterator[str]:
        """The names."""
        ...

    def get(self, key: str, default: str) -> str:
        """The first value of a name."""
        ...

    def getlist(self, key: str) -> list[str]:
        """All values of a name."""
        ...


def asks_for_results(args: Args) -> bool:
    """Whether an address says anything that a search reads; without, `/` is the home page."""
    return any(name in PARAMETERS for name in args)


def request_from(args: Args) -> SearchRequest:
    """The search that the parameters of an address ask for; unknown parameters are ignored.

    Raises:
        BadParameter: a value means nothing (a day that does not exist, a page 0), naming the parameter.
    """
    since, until = _day(args, "from"), _day(args, "to")
    if since and until and since > until:
        raise BadParameter(
            f"the day from={since} is later than to={until}", where="from", hint="swap the two days, or leave one out"
        )
    include, exclude = _values(args, ""), _values(args, "-")
    picked = sum(map(len, (*include.values(), *exclude.values())))
    if picked > MAX_PICKED:
        raise BadParameter(f"{picked} values are picked or excluded", hint=f"{MAX_PICKED} are the most")
    return SearchRequest(
        text=args.get("q", "").strip(),
        selection=Selection(include, exclude, since, until),
        sort=_sort(args),
        page=_number(args, "page", 1, None),
        per_page=_number(args, "per_page", SearchRequest().per_page, MAX_PER_PAGE),
        exact=_flag(args, "exact"),
        fold=_fold(args),
        strict=_flag(args, "strict"),
        rollup=_flag(args, "rollup"),
        subject=_flag(args, "subject"),
        chart=_one_of(args, "chart", CHARTS),
    )


def comparison_from(args: Args) -> Comparison:
    """The comparison that the parameters of an address ask for: `q` for each query, blank ones left out.

    Raises:
        BadParameter: as `request_from` does, and where there are too many queries.
    """
    texts = tuple(dict.fromkeys(text.strip() for text in args.getlist("q") if text.strip()))
    if len(texts) > MOST:
        raise BadParameter(f"{len(texts)} queries are too many to compare", where="q", hint=f"{MOST} are the most")
    return Comparison(texts, request_from(args), _one_of(args, "by", STEPS))


def limit_from(args: Args, default: int, most: int) -> int:
    """How many answers the parameter `limit` asks for, from 1 to `most`. Raises BadParameter."""
    return _number(args, "limit", default, most)


def generation_from(args: Args) -> int | None:
    """The index that the page before was read from, where an address says so. Raises BadParameter."""
    return _number(args, "generation", 0, None) or None


def pairs_of(request: SearchRequest) -> tuple[tuple[str, str], ...]:
    """The parameters of a search in canonical order, defaults left out."""
    default, picked = DEFAULT, request.selection
    given: Iterable[tuple[str, str, bool]] = (
        ("q", request.text, bool(request.text)),
        *((name, value, True) for name in FILTERS if name in picked.include for value in sorted(picked.include[name])),
        *(
            (f"-{name}", value, True)
            for name in FILTERS
            if name in picked.exclude
            for value in sorted(picked.exclude[name])
        ),
        ("from", f"{picked.since}", picked.since is not None),
        ("to", f"{picked.until}", picked.until is not None),
        ("rollup", "1", request.rollup),
        ("subject", "1", request.subject),
        ("sort", request.sort.value, request.sort != default.sort),
        ("exact", "1", request.exact),
        ("fold", request.fold, bool(request.fold)),
        ("per_page", f"{request.per_page}", request.per_page != default.per_page),
        ("strict", "1", request.strict),
        ("chart", request.chart, bool(request.chart)),
        ("page", f"{request.page}", request.page != default.page),
    )
    return tuple((name, value) for name, value, said in given if said)


def address_of(request: SearchRequest, path: str = "/") -> str:
    """The canonical address of a search at `path`. A search for everything is `/?q=`, since `/` alone is home."""
    pairs = pairs_of(request)
    if not pairs:
        return "/?q=" if path == "/" else path
    return f"{path}?{urlencode(pairs)}"


def pairs_of_comparison(comparison: Comparison) -> tuple[tuple[str, str], ...]:
    """The parameters of a comparison in canonical order, defaults left out."""
    texts = tuple(("q", text) for text in comparison.texts)
    return (*texts, *pairs_of(comparison.shared), *((("by", comparison.by),) if comparison.by else ()))


def address_of_comparison(comparison: Comparison, path: str = "/compare") -> str:
    """The canonical address of a comparison at `path`."""
    pairs = pairs_of_comparison(comparison)
    return f"{path}?{urlencode(pairs)}" if pairs else path


class Nearby:
    """Addresses of the searches one value away from `request`, on its first page: the same as `address_of` gives.

    A results page has hundreds of them, which differ in one parameter; so what they share is written once.
    """

    def __init__(self, request: SearchRequest, path: str = "/") -> None:
        self._path = path
        pairs = pairs_of(replace(request, page=1))
        self._keys = [(_PLACES[name], value) for name, value in pairs]
        self._written = [f"{quote_plus(name)}={quote_plus(value)}" for name, value in pairs]

    def include(self, field: str, value: str) -> str:
        """With `value` picked; no longer excluded if it was."""
        return self._address(add=field, drop=(f"-{field}",), value=value)

    def exclude(self, field: str, value: str) -> str:
        """With `value` excluded; no longer picked if it was."""
        return self._address(add=f"-{field}", drop=(field,), value=value)

    def drop(self, field: str, value: str) -> str:
        """With `value` neither picked nor excluded."""
        return self._address(add="", drop=(field, f"-{field}"), value=value)

    def between(self, since: date, until: date) -> str:
        """With these days picked instead of any others."""
        first, last = _PLACES["from"], _PLACES["to"]
        pairs = list(zip(self._keys, self._written, strict=True))
        before = [text for (place, _), text in pairs if place < first]
        after = [text for (place, _), text in pairs if place > last]
        return f"{self._path}?{'&'.join((*before, f'from={since}', f'to={until}', *after))}"

    def _address(self, *, add: str, drop: tuple[str, ...], value: str) -> str:
        keys, written = self._keys, self._written
        for name in drop:
            key = (_PLACES[name], value)
            if key in keys:
                kept = [i for i, held in enumerate(keys) if held != key]
                keys, written = [keys[i] for i in kept], [written[i] for i in kept]
        if add and (key := (_PLACES[add], value)) not in keys:
            at = bisect_left(keys, key)
            written = [*written[:at], f"{add}={quote_plus(value)}", *written[at:]]
        if not written:
            return "/?q=" if self._path == "/" else self._path
        return f"{self._path}?{'&'.join(written)}"


def address_of_record(id: str, request: SearchRequest | None = None, anchor: str = "") -> str:
    """The address of a briefing or an item, with the search it was found by (its matches are lit), and an anchor."""
    path = f"/briefings/{quote(id)}"
    return (address_of(request, path) if request else path) + (f"#{anchor}" if anchor else "")


def address_of_entity(id: str) -> str:
    """The address of the page of an entity."""
    return f"/entities/{quote(id, safe='')}"


def _values(args: Args, sign: str) -> Mapping[str, tuple[str, ...]]:
    picked = {name: tuple(sorted(set(args.getlist(sign + name)))) for name in FILTERS}
    return {name: values for name, values in picked.items() if values}


def _read(args: Args, name: str, default: T, read: Callable[[str], T | None], hint: str) -> T:
    typed = args.get(name, "").strip()
    if not typed:
        return default
    value = read(typed)
    if value is None:
        raise BadParameter(f"the parameter {name}={typed} means nothing", where=name, hint=hint)
    return value


def _day(args: Args, name: str) -> date | None:
    def read(typed: str) -> date | None:
        try:
            return date.fromisoformat(typed) if _DAY.fullmatch(typed) else None
        except ValueError:
            return None

    return _read(args, name, None, read, "write a day of the calendar as 2024-02-08")


def _sort(args: Args) -> Sort:
    names = [s.value for s in Sort]
    return _read(args, "sort", Sort.RELEVANCE, lambda t: Sort(t) if t in names else None, f"one of {', '.join(names)}")


def _one_of(args: Args, name: str, values: Mapping[str, T]) -> T:
    """What the value of a parameter stands for, one of `values`, among which is the empty one."""
    said = ", ".join(value for value in values if value)
    return _read(args, name, values[""], values.get, f"{said}, or nothing")


def _fold(args: Args) -> Literal["", "near"]:
    def read(typed: str) -> Literal["near"] | None:
        return "near" if typed == "near" else None

    return _read(args, "fold", "", read, "near, or nothing")


def _number(args: Args, name: str, default: int, most: int | None) -> int:
    def read(typed: str) -> int | None:
        number = int(typed) if _NUMBER.fullmatch(typed) else 0
        return number if 1 <= number <= (most or number) else None

    return _read(args, name, default, read, f"a number from 1 to {most}" if most else "a number from 1")


def _flag(args: Args, name: str) -> bool:
    return _read(args, name, default=False, read={"1": True, "0": False}.get, hint="1 or 0")
