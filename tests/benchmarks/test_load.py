"""The load test: what it prints, and that it fails where a reader did."""

from collections import Counter

import pytest

from benchmarks.load import Readings, main, show

WELL = [0.1] * 99 + [0.5]


@pytest.mark.parametrize(
    ("readings", "status"),
    [
        (Readings(WELL, swaps=1, lasted=30), 0),
        (Readings(WELL, swaps=0, lasted=30), 1),
        (Readings(WELL, Counter({"status 503": 1}), swaps=1, lasted=30), 1),
        (Readings([], swaps=1, lasted=30), 1),
    ],
)
def test_one_failure_is_too_many(readings: Readings, status: int, capsys: pytest.CaptureFixture[str]) -> None:
    """A request that failed, no answer at all, or no swap meanwhile, fails the run; it says which."""
    assert show(readings, memory=10**8) == status
    said = capsys.readouterr().out
    assert ("1 failed, 1 status 503" in said) == bool(readings.failures)
    assert ("p50 100 ms" in said) == bool(readings.seconds)


@pytest.mark.soak
def test_it_runs_over_the_samples(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A short run over a real server during a rebuild: nothing fails."""
    monkeypatch.setattr("benchmarks.load.find_corpus", lambda: (None, ""))
    assert main(["--connections", "20", "--seconds", "2"]) == 0
    assert "\n0 failed\n" in capsys.readouterr().out
