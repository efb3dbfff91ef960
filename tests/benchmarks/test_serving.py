"""What is read of a server's processes."""

import os
from pathlib import Path

import pytest

from benchmarks.serving import read_private

STATUS = "Name:\tgunicorn\nVmRSS:\t   90000 kB\nRssAnon:\t   41234 kB\nRssFile:\t   48766 kB\n"


def test_private_memory_is_anonymous_memory() -> None:
    """Of a process's memory only what is no file is counted."""
    assert read_private(STATUS) == 41_234 * 1024


def test_missing_line_is_an_error() -> None:
    """A system that does not tell is said so, not taken for no memory."""
    with pytest.raises(ValueError, match="RssAnon"):
        read_private("Name:\tgunicorn\n")


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="this system has no /proc")
def test_own_memory_is_read() -> None:
    """The line is where Linux has it: this process has some memory of its own."""
    assert read_private(Path(f"/proc/{os.getpid()}/status").read_text("utf-8")) > 1_000_000
