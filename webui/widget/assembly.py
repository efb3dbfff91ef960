"""One file made of the widget's parts: `python -m webui.widget.assembly`, which `make widget` runs, releases it.

Parts are modules that import from one another; assembled they stand in one function, in the order in which they need
each other, without imports, exports, whole-line comments and indentation. The one decision: nothing is renamed or
rewritten, so that what is served reads as its source does, and no program but this one makes it.
"""

import re
import sys
from collections import Counter
from pathlib import Path

from webui.widget.releases import FOLDER, digest_of, read_digests, write_digests

PARTS = Path(__file__).parent / "parts"
FIRST = "element.js"
"""The part that needs all others."""
_IMPORT = re.compile(r'^import \{[^}]*\} from "\./([a-z]+\.js)";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=const |class |function |async )", re.MULTILINE)
_COMMENT = re.compile(r"^[ ]*(?://[^\n]*|/\*\*(?:(?!\*/).)*\*/)\n", re.MULTILINE | re.DOTALL)
_NAMED = re.compile(r"^(?:export )?(?:const|let|class|function|async function) (\w+)", re.MULTILINE)
_VERSION = re.compile(r'^export const VERSION = "(\d+\.\d+\.\d+)";$', re.MULTILINE)


class Released(ValueError):
    """The version has been released, and what would be released now is not the same."""


def version(parts: Path = PARTS) -> str:
    """The version that the parts have."""
    found = _VERSION.search((parts / "version.js").read_text("utf-8"))
    if not found:
        raise ValueError(f"{parts / 'version.js'} says no version")
    return found[1]


def order(first: str = FIRST, parts: Path = PARTS) -> list[str]:
    """The names of all parts that `first` needs, and it, each behind those that it imports from."""
    names: list[str] = []

    def visit(name: str) -> None:
        for needed in _IMPORT.findall((parts / name).read_text("utf-8")):
            if needed not in names:
                visit(needed)
        names.append(name)

    visit(first)
    return names


def assemble(parts: Path = PARTS) -> str:
    """The text of the one file."""
    sources = [(parts / name).read_text("utf-8") for name in order(parts=parts)]
    named = Counter(name for source in sources for name in _NAMED.findall(source))
    if twice := sorted(name for name, times in named.items() if times > 1):
        raise ValueError(f"more than one part has a name of its own for {', '.join(twice)}")
    head = f"/* <lectern-search> {version(parts)}, MIT licence. Its source, in parts, is in Lectern's webui/widget. */"
    return f'{head}\n(() => {{\n"use strict";\n{"".join(map(strip, sources))}}})();\n'


def strip(source: str) -> str:
    """A part without what only its readers and its neighbours need."""
    bare = _COMMENT.sub("", _EXPORT.sub("", _IMPORT.sub("", source)))
    if re.search(r"^(?:import|export)\b", bare, re.MULTILINE):
        raise ValueError("an import or export is written otherwise than the assembly reads them")
    return re.sub(r"\n{2,}", "\n", re.sub(r"^[ ]+", "", bare, flags=re.MULTILINE)).lstrip("\n")


def release(parts: Path = PARTS, folder: Path = FOLDER) -> str:
    """Assemble the parts into the file of their version, and note its digest. Returns the version.

    Raises:
        Released: that version is out already, with other bytes.
    """
    number, data, digests = version(parts), assemble(parts).encode(), read_digests(folder)
    if digests.get(number, digest_of(data)) != digest_of(data):
        raise Released(f"{number} is released and stays as it is: raise the version in {parts / 'version.js'}")
    (folder / f"widget-{number}.js").write_bytes(data)
    write_digests({**digests, number: digest_of(data)}, folder)
    return number


def main() -> int:
    """Release, and say so."""
    try:
        number = release()
    except Released as error:
        sys.stderr.write(f"lectern: {error}\n")
        return 1
    sys.stderr.write(f"widget {number} is in {FOLDER}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
