"""The benchmark of pages beside their engine."""

import pytest

from benchmarks.queries import QUERIES
from benchmarks.web import FACTOR, FIXED, Row, main, show


def test_it_runs_over_invented_answers(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A run measures every form of a page and says whether the target is met."""
    monkeypatch.setattr("benchmarks.web.REPEATS", 1)
    monkeypatch.setattr("benchmarks.web.QUERIES", QUERIES[:4])
    main(["--answers", "60"])
    said = capsys.readouterr().out
    assert [line.split()[0] for line in said.splitlines()] == [*Row.__slots__, "page"]


@pytest.mark.parametrize(("page", "status"), [(FACTOR * 3 + FIXED, 0), (FACTOR * 3 + FIXED + 0.1, 1)])
def test_a_slow_page_fails(page: float, status: int) -> None:
    """At the bound the target is met, beyond it the run fails."""
    assert show([Row(engine=3, page=page, api=4, kept=1, unchanged=0.5)] * 3) == status
