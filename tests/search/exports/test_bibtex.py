"""BibTeX: entries that end where they should, whatever the texts hold."""

import re

from hypothesis import given

from search.citations import Imprint
from tests.search.exports.entries import SITE, collection, entry, labels, of, texts, written

ENTRY = re.compile(r"@misc\{([A-Za-z0-9:._-]+),\n((?:  [a-z]+ = .*,\n)+)\}\n\n")


def entries(text: str) -> list[tuple[str, dict[str, str]]]:
    """What BibTeX reads, keys and fields, each value's braces counted as BibTeX counts them."""
    found, at = [], 0
    while at < len(text):
        match = ENTRY.match(text, at)
        assert match, text[at:]
        fields = dict(line.strip().removesuffix(",").split(" = ", 1) for line in match[2].splitlines())
        for value in fields.values():
            depths = [value[: i + 1].count("{") - value[: i + 1].count("}") for i in range(len(value))]
            assert not value.startswith("{") or (min(depths[:-1]) > 0 == depths[-1])
        found.append((match[1], fields))
        at = match.end()
    return found


def test_an_entry_an_item() -> None:
    """Keys are the ids, names are kept whole, months are macros."""
    everything = collection()
    found = entries(written("bib", everything))
    assert [key for key, _ in found] == [one.document.id.replace("/", ":") for one in everything]
    ((_, fields),) = entries(written("bib", [of("xw-gov/en/2022-11-30/1")]))
    assert fields["author"] == "{{Oren Calloway} and {Mara Ellin}}"
    assert (fields["year"], fields["month"], fields["day"]) == ("{2022}", "nov", "{30}")
    assert fields["url"] == f"{{{SITE}/briefings/xw-gov/en/2022-11-30/1}}"


@given(texts)
def test_braces_balance(text: str) -> None:
    """No text closes a value, begins another entry, or runs a command of its own."""
    ((_, fields),) = entries(written("bib", [entry(text, revision=3)], Imprint(labels(text), SITE)))
    assert fields["note"] == "{Revision 3, received 2024-06-01}"
    commands = set(re.findall(r"\\([a-z]+)", fields["title"]))
    assert commands <= {"textbackslash", "textbraceleft", "textbraceright", "textasciitilde", "textasciicircum"}


def test_what_means_something_to_tex_is_printed() -> None:
    """Ten characters are written as what prints them."""
    ((_, fields),) = entries(written("bib", [entry(r"\a{b}$&#_%~^")]))
    assert fields["title"] == (
        r"{{\textbackslash{}a\textbraceleft{}b\textbraceright{}\$\&\#\_\%\textasciitilde{}\textasciicircum{}}}"
    )
