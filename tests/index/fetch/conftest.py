"""A site, and a clock that nobody has to wait for."""

from collections.abc import Iterator

import pytest

from tests.index.fetch.site import Clock, Site, open_site


@pytest.fixture
def site() -> Iterator[Site]:
    """A site that is up."""
    with open_site() as up:
        yield up


@pytest.fixture
def clock() -> Clock:
    """A clock."""
    return Clock()
