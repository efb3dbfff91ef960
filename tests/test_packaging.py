"""What ships: the wheel holds the whole of the three packages; the lists of requirements agree and name no address."""

import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("search", "index", "webui")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
REQUIREMENTS = (ROOT / "requirements.txt").read_text("utf-8")
ADDRESS = re.compile(
    r"\w+://|\b[\w-]+(\.[\w-]+)*\.(com|org|net|io|dev|example|internal|local)\b|(?<!\w)/\w+|--[\w-]*index"
)
"""What would tie requirements.txt to one place: an address, a host, a path from the root, an option naming an index."""

IGNORED, NOT_IGNORED = 0, 1
"""How `git check-ignore` ends."""


def pins() -> dict[str, str]:
    """The exact versions that pyproject.toml asks for, by package."""
    project = PROJECT["project"]
    asked = [*project["dependencies"], *PROJECT["build-system"]["requires"]]
    for extra in project["optional-dependencies"].values():
        asked += extra
    return dict(one.split("==") for one in asked)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[zipfile.ZipFile]:
    """A wheel of the tree, built from a copy so that the build leaves nothing behind in the tree."""
    folder = tmp_path_factory.mktemp("wheel")
    copy = folder / "tree"
    for package in PACKAGES:
        shutil.copytree(ROOT / package, copy / package, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy)
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-deps"]
    subprocess.run([*command, "--no-build-isolation", "--wheel-dir", folder, copy], check=True)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as opened:
        yield opened


def test_wheel_holds_the_whole_tree(wheel: zipfile.ZipFile) -> None:
    """Each file of the three packages is in the wheel (templates, static files, CSVs, samples), and no other file."""
    shipped = {name for name in wheel.namelist() if ".dist-info/" not in name}
    tree = {
        str(file.relative_to(ROOT))
        for package in PACKAGES
        for file in (ROOT / package).rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    assert shipped == tree


@pytest.mark.parametrize(
    ("folder", "suffixes"),
    [
        ("index/authority/", {".csv"}),
        ("index/samples/", {".html", ".txt", ".tsv"}),
        ("webui/templates/", {".html"}),
        ("webui/static/", {".css", ".js", ".svg"}),
        ("webui/translations/", {".mo", ".po"}),
    ],
)
def test_wheel_holds_each_kind_of_data(wheel: zipfile.ZipFile, folder: str, suffixes: set[str]) -> None:
    """The kinds of file that the program opens at run time are there, so that an empty folder does not pass."""
    assert {Path(name).suffix for name in wheel.namelist() if name.startswith(folder)} >= suffixes


def test_wheel_brings_the_command(wheel: zipfile.ZipFile) -> None:
    """Installing the wheel gives the `lectern` command, the licence, and exactly the packages pinned for running."""
    info = f"lectern-{PROJECT['project']['version']}.dist-info"
    assert "lectern = index.start:main" in wheel.read(f"{info}/entry_points.txt").decode()
    assert f"{info}/licenses/LICENSE" in wheel.namelist()
    metadata = wheel.read(f"{info}/METADATA").decode()
    needed = [
        line.removeprefix("Requires-Dist: ") for line in metadata.splitlines() if line.startswith("Requires-Dist:")
    ]
    assert [one for one in needed if "extra ==" not in one] == PROJECT["project"]["dependencies"]


@pytest.mark.parametrize("name", ["index/archive.py", "index/authority/tables.csv", "index/samples/new.html"])
def test_package_index_is_not_ignored(git: Callable[..., subprocess.CompletedProcess[str]], name: str) -> None:
    """No line of .gitignore hides the package index/, whose name many lists of ignored files hold."""
    assert git("check-ignore", "--no-index", name).returncode == NOT_IGNORED


@pytest.mark.parametrize(
    "name", ["var/index/CURRENT", ".demo/archive.sqlite3", ".venv/bin/lectern", "lectern.egg-info/"]
)
def test_what_is_made_is_ignored(git: Callable[..., subprocess.CompletedProcess[str]], name: str) -> None:
    """An archive, an index and an environment are never offered for a commit."""
    assert git("check-ignore", "--no-index", name).returncode == IGNORED


@pytest.mark.parametrize(
    "line",
    [
        "--index-url https://packages.example/simple",
        "--extra-index-url packages",
        "# taken from packages.example.org",
        "# via -r /home/somebody/requirements.in",
    ],
)
def test_address_is_found(line: str) -> None:
    """The pattern for addresses finds each kind of them."""
    assert ADDRESS.search(line)


def test_requirements_name_no_address() -> None:
    """requirements.txt says what to install, never from where: no host, no index, no path of somebody's machine."""
    assert [line for line in REQUIREMENTS.splitlines() if ADDRESS.search(line.replace("--no-emit-index-url", ""))] == []


def test_every_requirement_is_pinned_and_hashed() -> None:
    """Each entry of requirements.txt is an exact version with at least one digest."""
    entries = re.split(r"\n(?=[a-z])", re.sub(r"(?m)^ *#.*\n", "", REQUIREMENTS).strip())
    assert [
        entry.split()[0] for entry in entries if not re.match(r"[\w-]+==[\w.]+ (.*\n.*)--hash=sha256:", entry)
    ] == []


def test_pins_agree() -> None:
    """Each package that pyproject.toml pins stands in requirements.txt in that very version."""
    listed = dict(re.findall(r"(?m)^([\w-]+)==([\w.]+)", REQUIREMENTS))
    assert pins() == {name: listed.get(name) for name in pins()}
