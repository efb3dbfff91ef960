"""The widget's file: made of its parts, small, and every released version as it ever was."""

import shutil
from pathlib import Path

import pytest

from webui.widget.assembly import PARTS, Released, assemble, order, release, strip, version
from webui.widget.releases import FOLDER, digest_of, newest, read_digests, releases

KNOWN = {
    "1.0.0": "sha384-O2pidBLNk+sMKRAREr4KnS8CJSdyt0IdtkG96J2gidTGL4n3dBN59+BVLKizvzbr",
}
"""Digests that partners' pages have. A row is added with a release, and never changed."""


@pytest.fixture
def parts(tmp_path: Path) -> Path:
    """A copy of the parts, to be changed."""
    return Path(shutil.copytree(PARTS, tmp_path / "parts"))


def test_released_versions_never_change() -> None:
    """Each version that was ever released is served with the very bytes that it had then."""
    assert {number: digest_of(one.data) for number, one in releases().items()} == KNOWN
    assert read_digests() == KNOWN
    assert {file.name for file in FOLDER.glob("*.js")} == {f"widget-{number}.js" for number in KNOWN}


def test_newest_version_is_made_of_the_parts() -> None:
    """The newest is what the parts make: whoever changes one raises the version and runs make widget."""
    assert newest().version == version()
    assert newest().data.decode() == assemble()


def test_parts_stand_behind_what_they_need() -> None:
    """Every part is in the file, once, and each behind those that it imports from."""
    names = order()
    assert sorted(names) == sorted(file.name for file in PARTS.glob("*.js"))
    assert names[-1] == "element.js"
    assert names.index("texts.js") < names.index("combobox.js") or "texts.js" in names


def test_file_asks_for_no_markup_and_no_other_file() -> None:
    """Nothing in it reads markup, runs text, keeps anything of the visitor, or loads anything but answers."""
    text = assemble()
    for word in (
        *(
            "innerHTML",
            "outerHTML",
            "insertAdjacent",
            "document.write",
            "DOMParser",
            "eval(",
            "Function(",
            "setTimeout('",
        ),
        *("localStorage", "sessionStorage", "cookie", "indexedDB", "import(", "importScripts", "sendBeacon", "url("),
        *("setAttribute('style", 'setAttribute("style', ".src", "createElement('s", "createPolicy", "postMessage"),
    ):
        assert word not in text, word


def test_comments_and_modules_are_left_out() -> None:
    """Whole-line comments, imports, exports and indentation go; what stands in a line stays."""
    source = '// a\nimport { b } from "./b.js";\n\n/**\n * c\n */\nexport const d = 1; // e\n'
    source += '  /** f */\n  const g = "// h";\n'
    assert strip(source) == 'const d = 1; // e\nconst g = "// h";\n'


@pytest.mark.parametrize("line", ['import b from "./b.js";', "export default 1;", 'export * from "./b.js";'])
def test_other_forms_of_modules_are_refused(line: str) -> None:
    """An import or export that the assembly cannot read is an error, never passed on."""
    with pytest.raises(ValueError, match="otherwise"):
        strip(f"{line}\n")


def test_name_of_two_parts_is_refused(parts: Path) -> None:
    """In one file a name can be given once: a second part that gives it is an error."""
    file = parts / "markup.js"
    file.write_text(file.read_text("utf-8") + "const FILTERS = 1;\n", "utf-8")
    with pytest.raises(ValueError, match="FILTERS"):
        assemble(parts)


def test_release_is_refused_under_a_version_that_is_out(parts: Path, tmp_path: Path) -> None:
    """A change without a new version releases nothing; a new version stands beside the old one."""
    folder = tmp_path / "released"
    folder.mkdir()
    first = release(parts, folder)
    before = (folder / f"widget-{first}.js").read_bytes()
    assert release(parts, folder) == first
    file = parts / "styles.js"
    file.write_text(file.read_text("utf-8").replace("0.75em", "1em"), "utf-8")
    with pytest.raises(Released, match="raise the version"):
        release(parts, folder)
    assert (folder / f"widget-{first}.js").read_bytes() == before
    (parts / "version.js").write_text('export const VERSION = "10.0.0";\n', "utf-8")
    assert release(parts, folder) == "10.0.0"
    (parts / "version.js").write_text('export const VERSION = "9.0.0";\n', "utf-8")
    release(parts, folder)
    assert list(read_digests(folder)) == [first, "9.0.0", "10.0.0"]
    assert (folder / f"widget-{first}.js").read_bytes() == before


def test_version_that_is_none_is_an_error(parts: Path) -> None:
    """Without a version of three numbers nothing is assembled."""
    (parts / "version.js").write_text('export const VERSION = "new";\n', "utf-8")
    with pytest.raises(ValueError, match="no version"):
        assemble(parts)
