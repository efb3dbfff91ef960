"""What is withdrawn stays out, whatever it comes as."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from index.archive import Archive, Verdict
from search.model import Briefing
from tests.index.arrivals import NOW, arrival, text

ID, URL = "xv-mfa/en/2024-03-04", "https://valdria.example/4"
OTHER_URL, NEW_URL = "https://valdria.example/5", "https://valdria.example/new"
BYTES = b"the very same"
KELP, OYSTER = text("kelp"), text("oyster", day="2024-03-05", title="Another Briefing")


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """A withdrawn briefing, and another one of the next day."""
    with Archive.open(tmp_path / "archive.sqlite3") as archive:
        archive.receive(arrival(KELP, URL, data=BYTES), NOW)
        archive.receive(arrival(OYSTER, OTHER_URL), NOW)
        archive.withdraw([ID], "published by mistake", NOW)
        yield archive


@pytest.mark.parametrize("verdict", [None, Verdict(None)], ids=["", "new"])
@pytest.mark.parametrize("url", [None, URL, OTHER_URL, NEW_URL])
@pytest.mark.parametrize(
    "read_as",
    [KELP, replace(KELP, title="Renamed"), text("kelp", day="2024-03-06"), replace(KELP, publisher="xw-mfa")],
    ids=["itself", "renamed", "another day", "another publisher"],
)
def test_its_bytes_stay_out(archive: Archive, read_as: Briefing, url: str | None, verdict: Verdict | None) -> None:
    """At any address, as any day's or publisher's; it is reported each time, and nothing else shows them."""
    outcome = archive.receive(arrival(read_as, url, data=BYTES), NOW, verdict=verdict)
    assert (outcome.what, [p.code for p in outcome.problems]) == ("unchanged", ["withdrawn"])
    assert outcome.id == ID
    assert archive.ids() == ("xv-mfa/en/2024-03-05",)
    assert archive.held() == ()
    archive.restore([ID], NOW)
    assert archive.ids() == (ID, "xv-mfa/en/2024-03-05")
    assert archive.readings(ID)[-1].briefing.items == KELP.items


def test_bytes_that_two_pages_gave_stay_with_the_other(archive: Archive) -> None:
    """What is shown elsewhere since before the withdrawal is not taken back by adding it again."""
    archive.restore([ID], NOW)
    archive.receive(arrival(text("kelp", day="2024-03-06"), NEW_URL, data=BYTES), NOW)
    archive.withdraw([ID], "published by mistake", NOW)
    outcome = archive.receive(arrival(text("kelp", day="2024-03-06"), NEW_URL, data=BYTES), NOW)
    assert (outcome.what, outcome.problems) == ("unchanged", ())
    assert "xv-mfa/en/2024-03-06" in archive.ids()


def test_others_are_let_in(archive: Archive) -> None:
    """A withdrawal says nothing of other bytes at other addresses, be they of the same day."""
    outcome = archive.receive(arrival(text("herring", title="Second Briefing"), NEW_URL), NOW)
    assert (outcome.what, outcome.id) == ("added", f"{ID}-2")
