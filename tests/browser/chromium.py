"""The browser that the browser tests drive: where it is, and how to come by one.

`python -m tests.browser.chromium`, which `make test` runs first, makes sure that there is one, and that Playwright's
driver starts; the tests call `find_chromium`. The one decision: what is missing is a failure that says what to do,
never a skip.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MACOS_APPS = (
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
)
PLAYWRIGHT_BROWSER = (
    "from playwright.sync_api import sync_playwright\n"
    "with sync_playwright() as playwright:\n"
    "    print(playwright.chromium.executable_path)\n"
)
ANSWER_SECONDS = 30
DOWNLOAD_SECONDS = 300
APT_SECONDS = 900
DRIVER_PACKAGE = "libatomic1"
"""What the Node.js in Playwright's driver needs, and a small Debian lacks."""

WITHOUT = "`make test-fast` runs all tests but the browser's."


class BrowserMissing(LookupError):
    """There is no browser, or nothing to drive it with; the message says what was looked for and what to do."""


def check_driver() -> None:
    """Make sure that Playwright's driver, which speaks to the browser, starts.

    Raises:
        BrowserMissing: it does not.
    """
    started, said = _run([sys.executable, "-m", "playwright", "--version"], ANSWER_SECONDS)
    if not started:
        raise BrowserMissing(
            f"Playwright's driver does not start: {said.strip() or 'it says nothing'}. "
            f"On Debian or Ubuntu, as root: apt-get install {DRIVER_PACKAGE}. {WITHOUT}"
        )


def find_chromium(environ: Mapping[str, str] = os.environ) -> Path:
    """The program of a Chromium or Chrome that starts.

    `LECTERN_CHROMIUM` decides where it is set. Else: an installed one, else the one that Playwright has downloaded.

    Raises:
        BrowserMissing: there is none.
    """
    if chosen := environ.get("LECTERN_CHROMIUM"):
        if _starts(Path(chosen)):
            return Path(chosen)
        raise BrowserMissing(f"LECTERN_CHROMIUM is {chosen}, which does not start as a browser.")
    for candidate in _iter_candidates():
        if _starts(candidate):
            return candidate
    raise BrowserMissing(f"No Chromium or Chrome found: install one, or name it in LECTERN_CHROMIUM. {WITHOUT}")


def _iter_candidates() -> Iterator[Path]:
    for name in NAMES:
        if found := shutil.which(name):
            yield Path(found)
    yield from (app for app in MACOS_APPS if app.is_file())
    # Asked in a process of its own: Playwright's driver cannot be started twice in one, and tests start it too.
    answered, answer = _run([sys.executable, "-c", PLAYWRIGHT_BROWSER], ANSWER_SECONDS)
    if answered and (path := Path(answer.strip())).is_file():
        yield path


def _starts(program: Path) -> bool:
    """Whether `program` starts; a name on the PATH may be a stub that only advises to install something."""
    started, _ = _run([str(program), "--version"], ANSWER_SECONDS)
    return started


def _run(command: Sequence[str], seconds: float) -> tuple[bool, str]:
    """Whether `command` starts and ends well within `seconds`, and what it prints; if not, what it complains of."""
    try:
        done = subprocess.run(
            command, check=False, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=seconds
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return False, str(error)
    return done.returncode == 0, done.stderr if done.returncode else done.stdout


def _download() -> None:
    """Let Playwright download its own browser; where there is no way out to the network, this does nothing."""
    _say("No Chromium or Chrome is installed; trying Playwright's own download.")
    _run([sys.executable, "-m", "playwright", "install", "chromium"], DOWNLOAD_SECONDS)


def _install_package(name: str) -> None:
    """Install Debian's package, where this is Debian and we are root; what apt-get has to complain of is shown."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    _say(f"Installing Debian's package: apt-get update && apt-get install -y {name}")
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update"], ["apt-get", "install", "-y", name]):
        done = subprocess.run(
            command,
            check=False,
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            timeout=APT_SECONDS,
        )
        if done.returncode != 0:
            return


def _say(text: str) -> None:
    sys.stderr.write(f"lectern: {text}\n")
    sys.stderr.flush()


def _ensure(check: Callable[[], object], *remedies: Callable[[], None]) -> None:
    """Try the remedies in turn until `check` passes. Raises BrowserMissing: none has helped."""
    for remedy in remedies:
        try:
            check()
        except BrowserMissing:
            remedy()
        else:
            return
    check()


def main() -> int:
    """Make sure that there is a browser to drive. Returns the exit status: 0 if there is one in the end, else 1."""
    remedies = () if os.environ.get("LECTERN_CHROMIUM") else (_download, partial(_install_package, "chromium"))
    try:
        _ensure(check_driver, partial(_install_package, DRIVER_PACKAGE))
        _ensure(find_chromium, *remedies)
    except BrowserMissing as error:
        _say(str(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
