"""The widget's own unit tests, run by the Node.js that Playwright brings: nothing else has to be installed for them."""

import re
import subprocess
from pathlib import Path

import pytest
from playwright._impl._driver import compute_driver_executable

ROOT = Path(__file__).parents[3]


@pytest.mark.browser
def test_parts_do_what_their_tests_say() -> None:
    """Every unit test of the parts in tests/widget passes, and there are some."""
    node, _ = compute_driver_executable()
    tests = sorted((ROOT / "tests" / "widget").glob("*.test.mjs"))
    done = subprocess.run([node, "--test", "--test-reporter=tap", *tests], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    passed = re.search(r"(?m)^# pass (\d+)$", done.stdout)
    assert passed
    assert int(passed[1]) > 20
