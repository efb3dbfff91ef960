"""All values of a facet, with a filter: what the page `/facets/<field>` and the API's list of values have in common.

The one decision: a value is found by the beginning of any word of any of its names, the one that is shown, its label or
an alias, and several words typed must begin words of one and the same name. So "kirby j" finds John Kirby, "prc" China.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from search.addresses import Args
from search.errors import BadParameter, NotFound
from search.labels import Labels
from search.page import FacetValue
from search.schema import FACETS, FIELD, NOT_STATED, TYPES, Field
from search.text import fold
from webui.names import value_text

Order = Literal["count", "name"]
ORDERS: tuple[Order, ...] = ("count", "name")
LONGEST_PREFIX = 200
HAN = r"\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Characters each of which begins a word."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which values are wanted, and in which order.

    Attributes:
        field: the facet.
        prefix: beginnings of words of a name, as typed; "" for all.
        by: most frequent first, or from A to Z.
        type: entities of this type only; "" for all.
    """

    field: Field
    prefix: str = ""
    by: Order = "count"
    type: str = ""


def wanted_from(field: str, args: Args) -> Wanted:
    """What the parameters of an address ask of a facet.

    Raises:
        NotFound: there is no such facet.
        BadParameter: a parameter means nothing.
    """
    if field not in FIELD or not FIELD[field].facet:
        names = ", ".join(f.name for f in FACETS)
        raise NotFound("there is no such facet", where=field, hint=f"facets are {names}")
    prefix, by, type = (args.get(name, "").strip() for name in ("prefix", "by", "type"))
    if len(prefix) > LONGEST_PREFIX:
        raise BadParameter("the parameter prefix is too long", where="prefix", hint=f"{LONGEST_PREFIX} characters do")
    if by not in ("", *ORDERS):
        raise BadParameter(f"the parameter by={by} means nothing", where="by", hint="count, or name")
    if type and (field != "entity" or type not in TYPES.values()):
        raise BadParameter(
            f"the parameter type={type} means nothing", where="type", hint=f"of entities: {', '.join(TYPES.values())}"
        )
    return Wanted(FIELD[field], prefix, "name" if by == "name" else "count", type)


def choose(values: Iterable[FacetValue], wanted: Wanted, labels: Labels) -> tuple[FacetValue, ...]:
    """Those of `values` that are wanted, in the order that is wanted, each called as people call it."""
    field, words = wanted.field.name, fold(wanted.prefix).split()
    begins = [_begins(word) for word in words]
    known = labels.of(field)
    chosen = []
    for value in values:  # of entities there may be tens of thousands
        if wanted.type and value.type != wanted.type:
            continue
        shown = value_text(field, value.value, value.label)
        if words:
            name = known.get(value.value)
            texts = _folded_names(shown, value.label, value.value, name.aliases if name else ())
            # To look for the letters is much quicker than to look where they begin a word.
            if not any(all(word in text for word in words) and all(b.search(text) for b in begins) for text in texts):
                continue
        chosen.append(value if shown == value.label else value._replace(label=shown))
    return tuple(_ordered(chosen, wanted.by))


@lru_cache(maxsize=50_000)
def _folded_names(*names: str | tuple[str, ...]) -> tuple[str, ...]:
    """Each name once, folded; the last of `names` are the aliases."""
    *own, aliases = names
    return tuple(dict.fromkeys(fold(name) for name in (*own, *aliases) if isinstance(name, str)))


@lru_cache(maxsize=50_000)
def _folded(name: str) -> str:
    return fold(name)


def _begins(word: str) -> re.Pattern[str]:
    """Where a name has a word that begins so; a Han character is a word wherever it stands."""
    bound = "" if re.match(f"[{HAN}]", word) else rf"(?<![^\W_{HAN}])"
    return re.compile(bound + re.escape(word))


def _ordered(values: Sequence[FacetValue], by: Order) -> Sequence[FacetValue]:
    if by == "name":
        return sorted(values, key=lambda v: (v.value == NOT_STATED, _folded(v.label), v.value))
    return sorted(values, key=lambda v: (-v.count, v.value == NOT_STATED, v.label, v.value))
