"""`.ci/install`, which `make install` runs: which Python it takes, what it advises, what it makes anew.

The machines are made of stub programs; the one fact that matters is that an environment which is not whole is never
trusted.
"""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
STANDARD = ("sh", "cat", "cksum", "dirname", "rm", "mkdir", "cp", "chmod")
PYTHON = """#!/bin/sh
# A stand-in for Python {version}: answers what .ci/install asks, and notes what it is told to make.
case "$*" in
    --version) echo "Python {version}" ;;
    "-c import ensurepip, venv") exit {venv} ;;
    *version_info*print*|*print*version_info*) echo "python{version}" ;;
    *version_info*) exit {old} ;;
    "-m venv .venv") echo "{name} -m venv" >> calls; mkdir -p .venv/bin; cp made .venv/bin/python ;;
    *) exit 0 ;;
esac
"""
MADE = """#!/bin/sh
# A stand-in for .venv/bin/python.
case "$*" in
    *--require-hashes*) echo packages >> calls; exit {packages} ;;
    *--editable*) echo project >> calls; exit {project} ;;
esac
"""


class Machine:
    """A checkout on a machine that has standard tools and the Pythons that a test puts there."""

    def __init__(self, folder: Path) -> None:
        self.tree = folder / "tree"
        self.bin = folder / "bin"
        self.bin.mkdir()
        for name in STANDARD:
            program = shutil.which(name)
            assert program is not None
            (self.bin / name).symlink_to(program)
        (self.tree / ".ci").mkdir(parents=True)
        shutil.copy(ROOT / ".ci" / "install", self.tree / ".ci")
        (self.tree / "requirements.txt").write_text("six==1.0\n")
        (self.tree / "pyproject.toml").write_text("[project]\n")
        self.let_pip()

    def put_python(self, name: str, version: str, *, has_venv: bool = True) -> None:
        """Put a Python on the PATH."""
        old = tuple(map(int, version.split("."))) < (3, 11)
        program = self.bin / name
        program.write_text(PYTHON.format(name=name, version=version, venv=int(not has_venv), old=int(old)))
        program.chmod(0o755)

    def let_pip(self, *, packages: int = 0, project: int = 0) -> None:
        """Say with which status pip ends, in an environment made from now on, for the packages and for the project."""
        made = self.tree / "made"
        made.write_text(MADE.format(packages=packages, project=project))
        made.chmod(0o755)

    def install(self) -> subprocess.CompletedProcess[str]:
        """Run .ci/install."""
        return subprocess.run(
            ["sh", self.tree / ".ci" / "install"],
            env={"PATH": str(self.bin)},
            capture_output=True,
            text=True,
            check=False,
        )

    def calls(self) -> list[str]:
        """What was made since the last time of asking."""
        file = self.tree / "calls"
        lines = file.read_text().splitlines() if file.exists() else []
        file.unlink(missing_ok=True)
        return lines


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A machine without Python."""
    return Machine(tmp_path)


EVERYTHING = ["python3.11 -m venv", "packages", "project"]


def test_newest_python_is_taken(machine: Machine) -> None:
    """Of several Pythons the newest that is known to do makes the environment."""
    machine.put_python("python3.11", "3.11")
    machine.put_python("python3.13", "3.13")
    assert machine.install().returncode == 0
    assert machine.calls() == ["python3.13 -m venv", "packages", "project"]


def test_plain_name_will_do(machine: Machine) -> None:
    """A machine whose only name for Python is python3 is served, if it is new enough."""
    machine.put_python("python3", "3.14")
    assert machine.install().returncode == 0
    assert machine.calls()[0] == "python3 -m venv"


def test_name_that_starts_nothing_is_passed_over(machine: Machine) -> None:
    """A version manager's placeholder for a Python that is not installed does not stop the search."""
    (machine.bin / "python3.13").write_text("#!/bin/sh\nexit 127\n")
    (machine.bin / "python3.13").chmod(0o755)
    machine.put_python("python3.11", "3.11")
    assert machine.install().returncode == 0
    assert machine.calls() == EVERYTHING


def test_python_without_venv_is_passed_over(machine: Machine) -> None:
    """A newer Python that cannot make environments gives way to an older one that can."""
    machine.put_python("python3.12", "3.12", has_venv=False)
    machine.put_python("python3.11", "3.11")
    assert machine.install().returncode == 0
    assert machine.calls() == EVERYTHING


def test_missing_venv_is_named_with_its_package(machine: Machine) -> None:
    """Where no Python has venv, the very package to install is named, and nothing is made."""
    machine.put_python("python3", "3.12", has_venv=False)
    done = machine.install()
    assert done.returncode == 1
    assert "apt-get install python3.12-venv" in done.stderr
    assert machine.calls() == []


@pytest.mark.parametrize(("version", "found"), [("3.9", "Python 3.9"), (None, "no Python 3")])
def test_missing_python_is_named_with_its_package(machine: Machine, version: str | None, found: str) -> None:
    """Where Python is too old or absent, it says what was found and what to install."""
    if version:
        machine.put_python("python3", version)
    done = machine.install()
    assert done.returncode == 1
    assert f"found {found}." in done.stderr
    assert "apt-get install python3.11" in done.stderr


def test_second_run_makes_nothing(machine: Machine) -> None:
    """A whole environment is left as it is, silently."""
    machine.put_python("python3.11", "3.11")
    machine.install()
    machine.calls()
    done = machine.install()
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert machine.calls() == []


def test_environment_without_all_packages_is_made_anew(machine: Machine) -> None:
    """After an installation of packages that failed, or was stopped, the next run starts afresh."""
    machine.put_python("python3.11", "3.11")
    machine.let_pip(packages=1)
    assert machine.install().returncode == 1
    (machine.tree / ".venv" / "leftover").touch()
    machine.let_pip()
    machine.calls()
    assert machine.install().returncode == 0
    assert machine.calls() == EVERYTHING
    assert not (machine.tree / ".venv" / "leftover").exists()


def test_project_that_failed_is_tried_again(machine: Machine) -> None:
    """When only the project itself could not be installed, only that step is made again."""
    machine.put_python("python3.11", "3.11")
    machine.let_pip(project=1)
    for _ in range(2):
        assert machine.install().returncode == 1
    assert machine.calls() == [*EVERYTHING, "project"]


@pytest.mark.parametrize(("file", "made"), [("requirements.txt", EVERYTHING), ("pyproject.toml", ["project"])])
def test_change_is_followed(machine: Machine, file: str, made: list[str]) -> None:
    """Other requirements mean another environment; another pyproject.toml, a new installation of the project alone."""
    machine.put_python("python3.11", "3.11")
    machine.install()
    machine.calls()
    with (machine.tree / file).open("a") as text:
        text.write("# changed\n")
    assert machine.install().returncode == 0
    assert machine.calls() == made


def test_copied_environment_is_not_trusted(machine: Machine) -> None:
    """In a copy of the checkout, whose environment leads back to the original, the environment is made anew."""
    machine.put_python("python3.11", "3.11")
    machine.install()
    machine.tree = Path(shutil.copytree(machine.tree, machine.tree.parent / "copy"))
    machine.calls()
    assert machine.install().returncode == 0
    assert machine.calls() == EVERYTHING


def test_environment_whose_python_is_gone_is_made_anew(machine: Machine) -> None:
    """After the system's Python was replaced, so that the environment's leads nowhere, it is made anew."""
    machine.put_python("python3.11", "3.11")
    machine.install()
    (machine.tree / ".venv" / "bin" / "python").unlink()
    machine.calls()
    assert machine.install().returncode == 0
    assert machine.calls() == EVERYTHING


@pytest.mark.parametrize("name", ["install", "run"])
def test_scripts_may_be_run(name: str) -> None:
    """The scripts of .ci are executable."""
    assert os.access(ROOT / ".ci" / name, os.X_OK)
