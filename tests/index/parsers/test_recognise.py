"""Whose page it is, and in which language."""

import pytest

from index.parsers import PROFILES
from index.parsers.language import detect_language
from index.parsers.recognise import recognise
from search.model import Problem
from tests.index.parsers.pages import TITLE


def publisher(headings: tuple[str, ...] = (), text: str = "", url: str | None = None) -> str:
    """The id of the publisher recognised, or the problem's code, and the codes of notes."""
    found = recognise("page", headings, text, url, PROFILES)
    if isinstance(found, Problem):
        return found.code
    return " ".join([found[0].id, *(n.code for n in found[1])])


def test_a_title_names_its_publisher() -> None:
    """The form of a title is enough."""
    assert publisher((TITLE,)) == "xv-mfa"
    assert publisher(("Home", "Foreign Ministry Spokesperson N. N.'s Regular Press Conference on May 1")) == "cn-mfa"


def test_an_address_names_its_publisher() -> None:
    """A host, and one under it, is enough; one that only ends alike is not."""
    assert publisher(url="https://www.valdria.example/a") == "xv-mfa"
    assert publisher(url="https://not-valdria.example/a") == "unknown-publisher"
    assert publisher(url="https://[broken") == "unknown-publisher"


def test_links_alone_are_noted() -> None:
    """A page without a title is read by its links, but not silently; one link is a citation."""
    assert publisher(text="valdria.example " * 5) == "xv-mfa publisher-guessed"
    assert publisher(text="see valdria.example") == "unknown-publisher"


def test_a_page_of_two_publishers_is_nobodys() -> None:
    """Equal evidence decides nothing."""
    assert publisher(text="valdria.example fmprc.gov.cn " * 5) == "unknown-publisher"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("We have noted the reports and will look into what was said by the other side.", "en"),
        ("Nous avons pris note des informations et nous les suivons avec attention dans la région.", "fr"),
        ("Hemos tomado nota de las informaciones y seguimos la situación con atención en el país.", "es"),
        ("我们注意到有关报道。AFP Reuters", "zh"),
        ("Мы приняли к сведению эти сообщения", "ru"),
        ("لقد أخذنا علما بالتقارير", "ar"),
        ("Ferry Kelmouth Tavren", None),
        ("", None),
    ],
)
def test_the_language_is_told_or_left_open(text: str, language: str | None) -> None:
    """Script and commonest words tell the language; a few names do not."""
    assert detect_language(text) == language
