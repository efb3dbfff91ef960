"""Coming by a browser, with stub programs on the PATH and a stub of Playwright; none of these tests needs a browser."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser import chromium

STARTS = "#!/bin/sh\necho Chromium 1.0\n"
ADVISES = "#!/bin/sh\necho 'install it first' >&2\nexit 1\n"


class Stubs:
    """A folder that is the whole PATH, and a package `playwright` that downloads nothing unless it is told to."""

    def __init__(self, folder: Path) -> None:
        self.bin = folder / "bin"
        self.bin.mkdir()
        self.calls = folder / "calls"
        self.calls.touch()
        self.downloaded = folder / "downloaded" / "chrome"
        self.downloaded.parent.mkdir()
        package = folder / "lib" / "playwright"
        package.mkdir(parents=True)
        (package / "__init__.py").touch()
        (package / "sync_api.py").write_text(
            "import contextlib, types\n"
            "@contextlib.contextmanager\n"
            "def sync_playwright():\n"
            f"    browser = types.SimpleNamespace(executable_path={str(self.downloaded)!r})\n"
            "    yield types.SimpleNamespace(chromium=browser)\n"
        )
        self.main = package / "__main__.py"
        self.let_playwright(f"open({str(self.calls)!r}, 'a').write('download\\n')\nraise SystemExit('no network')\n")

    def let_playwright(self, download: str, *, needs: Path | None = None) -> None:
        """Say what its download does, and which file its driver cannot start without."""
        self.main.write_text(
            "import pathlib, sys\n"
            f"if not pathlib.Path({str(needs or self.bin)!r}).exists():\n"
            "    raise SystemExit('libatomic.so.1: cannot open shared object file')\n"
            "if sys.argv[1:] == ['--version']:\n"
            "    raise SystemExit(0)\n"
            f"{download}"
        )

    def put(self, name: str, script: str) -> Path:
        """Put a program on the PATH."""
        return write_program(self.bin / name, script)

    def put_apt(self, installs: str) -> None:
        """Put an apt-get on the PATH that notes its calls, and whose `install` runs the command `installs`."""
        script = f'#!/bin/sh\necho "apt-get $*" >> {self.calls}\n[ "$1" = update ] || {installs}\n'
        self.put("apt-get", script)

    def allow_download(self) -> None:
        """Let Playwright's download succeed."""
        path = repr(str(self.downloaded))
        self.let_playwright(f"p = pathlib.Path({path})\np.write_text({STARTS!r})\np.chmod(0o755)\n")


def write_program(path: Path, script: str) -> Path:
    """An executable file with this text."""
    path.write_text(script)
    path.chmod(0o755)
    return path


@pytest.fixture
def stubs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stubs:
    """A machine without a browser, without a network, and without a package manager."""
    made = Stubs(tmp_path)
    monkeypatch.setenv("PATH", str(made.bin))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "lib"))
    monkeypatch.delenv("LECTERN_CHROMIUM", raising=False)
    monkeypatch.setattr(chromium, "MACOS_APPS", ())
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    return made


@pytest.mark.parametrize("name", chromium.NAMES)
def test_browser_on_the_path_is_found(stubs: Stubs, name: str) -> None:
    """A Chromium or Chrome is found under each of its names."""
    program = stubs.put(name, STARTS)
    assert chromium.find_chromium() == program


def test_chosen_browser_wins(stubs: Stubs, tmp_path: Path) -> None:
    """LECTERN_CHROMIUM goes before the PATH."""
    stubs.put("chromium", STARTS)
    chosen = write_program(tmp_path / "mine", STARTS)
    assert chromium.find_chromium({"LECTERN_CHROMIUM": str(chosen)}) == chosen


def test_chosen_browser_that_does_not_start_is_an_error(stubs: Stubs, monkeypatch: pytest.MonkeyPatch) -> None:
    """A LECTERN_CHROMIUM that does not start is never replaced by another browser, nor by an installation."""
    stubs.put("chromium", STARTS)
    stubs.put_apt(installs="true")
    monkeypatch.setenv("LECTERN_CHROMIUM", "/nowhere/chromium")
    with pytest.raises(chromium.BrowserMissing, match="/nowhere/chromium"):
        chromium.find_chromium()
    assert chromium.main() == 1
    assert stubs.calls.read_text() == ""


def test_stub_that_only_advises_is_passed_over(stubs: Stubs) -> None:
    """A program that does not start counts for nothing, as the placeholders of some systems."""
    stubs.put("chromium", ADVISES)
    program = stubs.put("google-chrome", STARTS)
    assert chromium.find_chromium() == program


def test_macos_application_is_found(stubs: Stubs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On macOS the browser is found where applications are, though it is not on the PATH."""
    app = write_program(tmp_path / "Google Chrome", STARTS)
    monkeypatch.setattr(chromium, "MACOS_APPS", (tmp_path / "absent", app))
    assert chromium.find_chromium() == app
    assert list(stubs.bin.iterdir()) == []


def test_playwrights_browser_is_found(stubs: Stubs) -> None:
    """What Playwright has downloaded is found where nothing is installed."""
    write_program(stubs.downloaded, STARTS)
    assert chromium.find_chromium() == stubs.downloaded


def test_installed_browser_needs_no_remedy(stubs: Stubs, capfd: pytest.CaptureFixture[str]) -> None:
    """With a browser there, nothing is tried and nothing is said."""
    stubs.put_apt(installs="true")
    stubs.put("chromium", STARTS)
    assert chromium.main() == 0
    assert stubs.calls.read_text() == ""
    assert capfd.readouterr() == ("", "")


def test_download_is_tried_first(stubs: Stubs) -> None:
    """Playwright's download goes before Debian's package."""
    stubs.put_apt(installs="true")
    stubs.allow_download()
    assert chromium.main() == 0
    assert stubs.calls.read_text() == ""
    assert chromium.find_chromium() == stubs.downloaded


def test_debian_package_is_installed_and_announced(stubs: Stubs, capfd: pytest.CaptureFixture[str]) -> None:
    """Where the download fails, root on Debian gets the package, and is told; the failed download makes no noise."""
    program = stubs.bin / "chromium"
    stubs.put_apt(installs=f"{{ printf '#!/bin/sh\\necho\\n' > {program}; {find('chmod')} 755 {program}; }}")
    assert chromium.main() == 0
    assert stubs.calls.read_text().splitlines() == ["download", "apt-get update", "apt-get install -y chromium"]
    out, err = capfd.readouterr()
    assert out == ""
    assert "apt-get install -y chromium" in err
    assert "no network" not in err


def test_only_root_installs(stubs: Stubs, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody but root is led into apt-get."""
    stubs.put_apt(installs="true")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert chromium.main() == 1
    assert stubs.calls.read_text() == "download\n"


@pytest.mark.parametrize("installs", ["true", "exit 100"])
def test_no_browser_is_a_failure_with_advice(stubs: Stubs, capfd: pytest.CaptureFixture[str], installs: str) -> None:
    """When nothing helps, the exit status is 1 and `make test-fast` is named; nothing is skipped in silence."""
    stubs.put_apt(installs=installs)
    assert chromium.main() == 1
    assert "make test-fast" in capfd.readouterr().err


def test_what_the_driver_needs_is_installed_and_announced(stubs: Stubs, capfd: pytest.CaptureFixture[str]) -> None:
    """Where Playwright's driver lacks a library, root on Debian gets its package, and is told."""
    library = stubs.bin / "library"
    stubs.put("chromium", STARTS)
    stubs.put_apt(installs=f"echo > {library}")
    stubs.let_playwright("", needs=library)
    assert chromium.main() == 0
    assert stubs.calls.read_text().splitlines() == ["apt-get update", "apt-get install -y libatomic1"]
    assert "apt-get install -y libatomic1" in capfd.readouterr().err


def test_driver_that_does_not_start_is_a_failure_with_advice(
    stubs: Stubs, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Who may not install is told what the driver complains of, the package to ask for, and `make test-fast`."""
    stubs.put("chromium", STARTS)
    stubs.put_apt(installs="true")
    stubs.let_playwright("", needs=stubs.bin / "library")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert chromium.main() == 1
    assert stubs.calls.read_text() == ""
    said = capfd.readouterr().err
    assert "libatomic.so.1: cannot open" in said
    assert "apt-get install libatomic1" in said
    assert "make test-fast" in said


@pytest.mark.parametrize(("script", "status"), [(STARTS, 0), (ADVISES, 1)])
def test_module_runs_as_a_program(stubs: Stubs, script: str, status: int) -> None:
    """`python -m tests.browser.chromium`, which make calls, ends with the status of main."""
    program = stubs.put("mine", script)
    done = subprocess.run(
        [sys.executable, "-m", "tests.browser.chromium"],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "LECTERN_CHROMIUM": str(program)},
        capture_output=True,
        check=False,
    )
    assert done.returncode == status


def find(name: str) -> str:
    """Where the machine keeps a standard program, for a stub whose PATH does not."""
    return next(str(path) for folder in ("/bin", "/usr/bin") if (path := Path(folder) / name).is_file())
