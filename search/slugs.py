"""Slugs: readable parts of an address that stand for names, and the names that they stand for.

The one decision: a slug is made from the canonical name alone, so it stays as long as the name does. Names that would
share one are told apart by a digest of their own: of these the first in code point order goes without, and the others
have it behind; with it, each is found whoever goes without. Other names of the same thing lead to the same place.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from hashlib import blake2b

from search.labels import Name

_MARKS = re.compile("[\u0300-\u036f]")
_GAPS = re.compile(r"[\W_]+")
_DIGEST_BYTES = 3


def slug_of(name: str) -> str:
    """`name` in small letters and digits of any script, without accents, hyphens between its words; perhaps empty."""
    # Folded again: what a compatible sign stands for may have capitals ("㎴" is pV).
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name.casefold()).casefold()))
    return _GAPS.sub("-", unicodedata.normalize("NFC", plain)).strip("-")


def long_slug_of(name: str) -> str:
    """The slug of a name that shares its short one with another: with a digest of the name, its case and accents."""
    digest = blake2b(name.encode("utf-8", "surrogatepass"), digest_size=_DIGEST_BYTES).hexdigest()
    return f"{slug_of(name)}-{digest}".lstrip("-")


class Slugs:
    """The slugs of some canonical names, each its own.

    Args:
        names: what is known of each canonical name, its aliases among it.
    """

    def __init__(self, names: Mapping[str, Name]) -> None:
        self._slugs: dict[str, str] = {}
        self._values: dict[str, str] = {}
        for value in sorted(names):
            short = slug_of(value)
            slug = short if short and short not in self._values else long_slug_of(value)
            self._slugs[value] = slug
            self._values[slug] = value
        for value in sorted(names):  # only where no canonical name has the slug; the first is meant among equals
            self._lead(value, (long_slug_of(value), slug_of(names[value].label), *map(slug_of, names[value].aliases)))

    def _lead(self, value: str, slugs: Iterable[str]) -> None:
        for slug in slugs:
            if slug:
                self._values.setdefault(slug, value)

    def of(self, value: str) -> str:
        """The slug of a canonical name."""
        return self._slugs[value]

    def value(self, typed: str) -> str | None:
        """The canonical name that a slug, of it or of another of its names, in any case, stands for."""
        return self._values.get(slug_of(typed))
