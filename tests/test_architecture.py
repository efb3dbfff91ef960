"""The house rules that a program can check: who imports whom, how long a file is, what it is called, what it says.

Each rule is a function from source text to complaints, tried on a small offender first, so that it can fail; then on
the tree.
"""

import ast
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("search", "index", "webui")
FORBIDDEN_IMPORTS = {"search": {"index", "webui"}, "index": {"webui"}, "webui": {"index"}}
"""Which of the three a package must not import."""

ONLY_IN = {
    "whoosh": ("search.embedded",),
    "numpy": ("search.embedded",),
    "opensearchpy": ("search.opensearch.cluster",),
    "zstandard": ("search.embedded",),
    "Stemmer": ("search.stems",),
    "selectolax": ("index.parsers",),
    "flask": ("webui",),
    "werkzeug": ("webui",),
    "flask_limiter": ("webui",),
    "limits": ("webui.counters",),
    "msgspec": ("webui.api_shapes", "webui.openapi"),
    "click": ("index.cli",),
    "gunicorn": ("webui.gunicorn_settings", "webui.gunicorn_worker"),
    "prometheus_client": ("webui.metrics", "webui.served"),
    "urllib3": ("index.fetch.client",),
    "defusedxml": ("index.fetch.feeds",),
    "protego": ("index.fetch.robots",),
}
"""The only places that may import a library; gunicorn is started by name. What speaks to other machines, and what reads
their XML, is in one place each, so that one file shows what is allowed there."""

MAX_LINES = 420
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "data"}
TOP_LEVEL = {
    *PACKAGES,
    "tests",
    "benchmarks",
    "docs",
    ".ci",
    "Containerfile",
    "compose.yaml",
    "pyproject.toml",
    "requirements.txt",
    "README.md",
    "Makefile",
    "CHANGELOG.md",
    "LICENSE",
    ".gitignore",
    ".pre-commit-config.yaml",
}


def iter_imports(module: str, source: str, *, is_package: bool) -> Iterator[str]:
    """The dotted name of each module that `source` imports, wherever it does so; relative and by-string ones too."""
    home = module.split(".") if is_package else module.split(".")[:-1]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = home[: len(home) - node.level + 1] if node.level else []
            stem = ".".join([*base, *([node.module] if node.module else [])])
            yield from (f"{stem}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in {"import_module", "__import__"}:
                yield str(node.args[0].value)


def within(module: str, package: str) -> bool:
    """Whether `module` is `package` or stands inside it."""
    return module == package or module.startswith(f"{package}.")


def complain_of_imports(module: str, source: str, *, is_package: bool = False) -> list[str]:
    """What `module` imports against the rules."""
    room = module.partition(".")[0]
    complaints = []
    for imported in iter_imports(module, source, is_package=is_package):
        top = imported.partition(".")[0]
        if top in FORBIDDEN_IMPORTS[room]:
            complaints.append(f"{module} imports {imported}")
        if top in ONLY_IN and not any(within(module, place) for place in ONLY_IN[top]):
            complaints.append(f"{module} imports {imported}")
    return complaints


def complain_of_length(name: str, source: str) -> list[str]:
    """Whether a file is too long to be read at one go."""
    lines = source.count("\n") + 1 - source.endswith("\n")
    return [f"{name} has {lines} lines, more than {MAX_LINES}"] if lines > MAX_LINES else []


def complain_of_name(name: str) -> list[str]:
    """Whether a module's path names no subject."""
    parts = {word for part in Path(name).with_suffix("").parts for word in part.split("_")}
    return [f"{name}: {vague} says nothing of its subject" for vague in sorted(parts & VAGUE_NAMES)]


def complain_of_docstring(name: str, source: str) -> list[str]:
    """Whether a module does not say what belongs in it."""
    return [] if ast.get_docstring(ast.parse(source)) else [f"{name} has no docstring"]


def complain_of_top_level(names: set[str]) -> list[str]:
    """What stands at the top of the tree without being drawn there."""
    return [f"{name} is not drawn in the house" for name in sorted(names - TOP_LEVEL)]


def module_of(file: Path) -> tuple[str, bool]:
    """The dotted name of a file of the tree, and whether it is a package's own."""
    parts = file.relative_to(ROOT).with_suffix("").parts
    is_package = parts[-1] == "__init__"
    return ".".join(parts[:-1] if is_package else parts), is_package


PACKAGE_FILES = sorted(file for package in PACKAGES for file in (ROOT / package).rglob("*.py"))
MODULES = [
    *PACKAGE_FILES,
    *sorted(file for folder in ("tests", "benchmarks") for file in (ROOT / folder).rglob("*.py")),
]
PAGES = sorted(
    file
    for folder in ("templates", "static")
    for file in (ROOT / "webui" / folder).rglob("*")
    if file.suffix in {".html", ".css", ".js", ".xml"}
)


def named(file: Path) -> str:
    """How a complaint names a file."""
    return str(file.relative_to(ROOT))


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("search.searcher", "import index.archive"),
        ("search.searcher", "from webui import views"),
        ("search.searcher", "def f():\n    import webui.views"),
        ("index.ingest", "from webui.urls import to_url"),
        ("index.ingest", "import importlib\nimportlib.import_module('webui')"),
        ("index.ingest", "__import__('webui.views')"),
        ("webui.views", "from index.archive import Archive"),
        ("webui.views", "if TYPE_CHECKING:\n    import index"),
        ("search.searcher", "from whoosh.fields import Schema"),
        ("search.embedded_not", "import whoosh"),
        ("index.ingest", "import numpy as np"),
        ("search.engines", "import opensearchpy"),
        ("search.opensearch.engine", "from opensearchpy import OpenSearch"),
        ("index.ingest", "from selectolax.lexbor import LexborHTMLParser"),
        ("index.cli.serve", "import flask"),
        ("search.page", "from werkzeug.urls import uri_to_iri"),
        ("index.ingest", "import click"),
        ("webui.views", "import click"),
        ("index.cli", "from gunicorn.app.base import BaseApplication"),
    ],
)
def test_offending_import_is_found(module: str, source: str) -> None:
    """Each import that the house forbids is complained of, however it is written."""
    assert len(complain_of_imports(module, source)) == 1


def test_relative_import_is_resolved() -> None:
    """A relative import counts as the module that it reaches, from a module and from a package alike."""
    assert list(iter_imports("index.parsers.plain", "from . import profile", is_package=False)) == [
        "index.parsers.profile"
    ]
    assert list(iter_imports("index.parsers", "from .profile import Profile", is_package=True)) == [
        "index.parsers.profile.Profile"
    ]
    assert list(iter_imports("index.parsers.plain", "from ..sources import Source", is_package=False)) == [
        "index.sources.Source"
    ]


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("webui.views", "from search.searcher import Searcher\nimport flask"),
        ("index.ingest", "from search.engine import Engine"),
        ("search.embedded.writer", "import numpy\nfrom whoosh import index"),
        ("search.opensearch.cluster", "from opensearchpy.exceptions import TransportError"),
        ("index.parsers.plain", "import selectolax.lexbor"),
        ("index.cli", "import click"),
        ("index.cli.add", "import click"),
        ("search.searcher", "import indexing, flaskless"),
    ],
)
def test_rightful_import_is_left_alone(module: str, source: str) -> None:
    """What the house allows is not complained of."""
    assert complain_of_imports(module, source) == []


def test_imports_point_down() -> None:
    """Both webui and index import search, not each other; search imports neither; each library stays in its place."""
    complaints = []
    for file in PACKAGE_FILES:
        module, is_package = module_of(file)
        complaints += complain_of_imports(module, file.read_text("utf-8"), is_package=is_package)
    assert complaints == []


def test_overlong_file_is_found() -> None:
    """A file of 421 lines is complained of, one of 420 is not."""
    assert complain_of_length("search/long.py", "x = 1\n" * (MAX_LINES + 1))
    assert not complain_of_length("search/long.py", "x = 1\n" * MAX_LINES)


def test_files_are_short() -> None:
    """No module, template, style sheet or script has more than 420 lines."""
    assert [c for file in [*MODULES, *PAGES] for c in complain_of_length(named(file), file.read_text("utf-8"))] == []


@pytest.mark.parametrize("name", ["index/utils.py", "search/text_helpers.py", "webui/common/pages.py"])
def test_vague_name_is_found(name: str) -> None:
    """A name that says nothing of its subject is complained of, as part of a name and as a folder too."""
    assert len(complain_of_name(name)) == 1


def test_modules_are_named_for_their_subject() -> None:
    """No module is called utils, helpers, common, manager or data."""
    assert [c for file in MODULES for c in complain_of_name(named(file))] == []


def test_every_room_has_modules() -> None:
    """The rules look at something: there are modules in each of the three packages and in the tests."""
    assert {named(file).split("/")[0] for file in MODULES} >= {*PACKAGES, "tests"}


@pytest.mark.parametrize("source", ["", "x = 1\n", "# a comment\n"])
def test_missing_docstring_is_found(source: str) -> None:
    """A module without a docstring is complained of, an empty one too."""
    assert complain_of_docstring("search/bare.py", source)


def test_modules_say_what_belongs_in_them() -> None:
    """Every module has a docstring; the empty `__init__.py` of a folder of tests needs none."""
    written = [file for file in MODULES if file in PACKAGE_FILES or file.stat().st_size]
    assert [c for file in written for c in complain_of_docstring(named(file), file.read_text("utf-8"))] == []


def test_stray_file_at_the_top_is_found() -> None:
    """Something new at the top of the tree is complained of."""
    assert complain_of_top_level({"search", "scripts"}) == ["scripts is not drawn in the house"]


def test_top_level_is_as_drawn(git: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    """What git holds, or would take, at the top of the tree is what the architecture draws there."""
    listed = git("ls-files", "--cached", "--others", "--exclude-standard").stdout.splitlines()
    assert listed
    assert complain_of_top_level({name.split("/")[0] for name in listed}) == []
