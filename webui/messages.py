"""The catalogues of the interface's texts: `python -m webui.messages` finds what is marked, updates and compiles them.

The one decision: what is compiled is kept beside its source, so that a checkout runs and a wheel is whole without a
step of its own; a test compiles anew and compares.
"""

import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from search.exports.formats import FORMATS
from search.guide import CHAPTERS
from webui.tongue import NAMES

ROOT = Path(__file__).parent
FOLDER = ROOT / "translations"
TRANSLATED = tuple(code for code in NAMES if code != "en")
METHODS = [("templates/**.html", "jinja2"), ("templates/**.svg", "jinja2"), ("**.py", "python")]
OPTIONS = {"templates/**.html": {"trimmed": "true", "silent": "false"}}
KEYWORDS = {
    "_": None,
    "gettext": None,
    "marked": None,
    "ngettext": (1, 2),
    "counted": (2, 3),
}


def of_kernel() -> Iterator[str]:
    """Texts of the kernel that pages show as they are."""
    for chapter in CHAPTERS:
        yield chapter.title
        yield from (rule.finds for rule in chapter.rules)
    yield from (one.detail for one in FORMATS)


def template() -> Catalog:
    """Everything that is marked, without any translation."""
    catalog = Catalog(charset="utf-8", fuzzy=False)
    found = extract_from_dir(ROOT, METHODS, OPTIONS, KEYWORDS)
    for file, _line, message, _comments, _context in sorted(found, key=lambda one: (one[0], one[1])):
        catalog.add(message, locations=[(file, 0)])
    for text in of_kernel():
        catalog.add(text, locations=[("search", 0)])
    return catalog


def path_of(code: str) -> Path:
    """Where the catalogue of a language is."""
    return FOLDER / code / "LC_MESSAGES" / "messages.po"


def read_catalog(code: str) -> Catalog:
    """The catalogue of a language as it is kept."""
    with path_of(code).open("rb") as file:
        return read_po(file, locale=code, domain="messages")


def compiled(catalog: Catalog) -> bytes:
    """A catalogue as programs read it."""
    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def update() -> None:
    """Bring both catalogues up to date with what is marked, and compile them."""
    marked = template()
    for code in TRANSLATED:
        catalog = read_catalog(code)
        catalog.update(marked, no_fuzzy_matching=True, update_creation_date=False)
        catalog.obsolete.clear()
        out = io.BytesIO()
        write_po(out, catalog, width=120, omit_header=False, sort_output=True, include_lineno=False)
        path_of(code).write_bytes(out.getvalue())
        path_of(code).with_suffix(".mo").write_bytes(compiled(catalog))
        missing = [message.id for message in catalog if message.id and not all(_strings(message.string))]
        for id in missing:
            print(f"{code}: {id!r} has no translation")  # noqa: T201 (a program for the terminal)


def _strings(string: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    return (string or "",) if isinstance(string, str | None) else tuple(string)


if __name__ == "__main__":
    update()
