"""Slugs: readable, each its own, and found again by any name."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.labels import Name
from search.slugs import Slugs, long_slug_of, slug_of


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Agence France-Presse", "agence-france-presse"),
        ("Andrés Manuel López Obrador", "andres-manuel-lopez-obrador"),
        ("Süddeutsche Zeitung", "suddeutsche-zeitung"),
        ("C.N.N.  (International)", "c-n-n-international"),
        ("under_score", "under-score"),
        ("港口邮报", "港口邮报"),
        ("한국방송", "한국방송"),
        ("<b>", "b"),
        ("…", ""),
    ],
)
def test_slug_is_readable(name: str, slug: str) -> None:
    """A slug has the letters of a name, small and without accents, and a hyphen for whatever stands between them."""
    assert slug_of(name) == slug


@given(st.sets(st.text(max_size=8), max_size=8))
@example({"㎴"})  # stands for pV
def test_every_name_is_found_by_its_slug(names: set[str]) -> None:
    """Each name has a slug of its own, which leads back to it, as does its long one; none needs more than letters."""
    slugs = Slugs({name: Name(name) for name in names})
    for name in names:
        assert slugs.value(slugs.of(name)) == name
        assert slugs.of(name)
        assert not re.search(r"[\s/?#]", slugs.of(name))
    assert len({slugs.of(name) for name in names}) == len(names)


def test_names_that_collide_are_told_apart_by_their_own_digest() -> None:
    """Of names with one slug the first in code point order has it; another's does not depend on who else is there."""
    slugs = Slugs({name: Name(name) for name in ("Le Monde", "le monde", "LE MONDE")})
    assert slugs.of("LE MONDE") == "le-monde"
    assert slugs.of("Le Monde") == long_slug_of("Le Monde") != slugs.of("le monde")
    assert Slugs({"Le Monde": Name("Le Monde")}).value(long_slug_of("Le Monde")) == "Le Monde"


def test_other_names_lead_to_the_same() -> None:
    """An alias in any case leads to its value, unless that is another's canonical name."""
    slugs = Slugs(
        {"Agence France-Presse": Name("Agence France-Presse", ("AFP", "Reuters")), "Reuters": Name("Reuters")}
    )
    assert slugs.value("afp") == slugs.value("AFP") == "Agence France-Presse"
    assert slugs.value("reuters") == "Reuters"
    assert slugs.value("nobody") is slugs.value("") is None
