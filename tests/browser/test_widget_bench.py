"""The widget, measured as a visitor has it."""

import pytest
from playwright.sync_api import Browser

from benchmarks.embedding import measure

pytestmark = pytest.mark.browser


def test_widget_is_measured_across_origins(chromium: Browser, live_server: str) -> None:
    """A visit with an empty cache takes two requests, the script and the answer; size and times are told."""
    measured = measure(chromium, live_server, ["ferry", "cable"], 1)
    assert measured.requests == 2
    assert 5 < measured.size < 12
    assert measured.ready > 0
    assert 0 < measured.first <= measured.first_p95
