"""What the cluster's list of parts means: lost parts are faults, and copies that cannot be kept; no others."""

import pytest

from search.opensearch.health import iter_faults


def part(kind: str, state: str, reason: str | None = None, details: str | None = None) -> dict[str, str | None]:
    """A line of the list."""
    told = {"unassigned.reason": reason, "unassigned.details": details}
    return {"shard": "1", "prirep": kind, "state": state, **told}


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (part("p", "STARTED"), []),
        (part("p", "RELOCATING"), []),
        (part("p", "UNASSIGNED", "NODE_LEFT"), ["part 1 is on no node (NODE_LEFT)"]),
        (
            part("p", "UNASSIGNED", "ALLOCATION_FAILED", "checksum\n  failed" + "!" * 300),
            ["part 1 is on no node (ALLOCATION_FAILED: checksum failed" + "!" * 185 + ")"],
        ),
        (part("r", "STARTED"), []),
        (part("r", "UNASSIGNED", "NODE_LEFT"), []),
        (part("r", "UNASSIGNED", "INDEX_CREATED"), []),
        (
            part("r", "UNASSIGNED", "ALLOCATION_FAILED", "disk"),
            ["a copy of part 1 cannot be kept (ALLOCATION_FAILED: disk)"],
        ),
    ],
)
def test_faults_of_a_part(line: dict[str, str | None], told: list[str]) -> None:
    """A line tells a fault, or none."""
    assert list(iter_faults([line])) == told
