"""The right answer comes first on real briefings: as often as it once did, and oftener than elsewhere.

`python -m benchmarks.relevance --raise-floors` raises the floors when more is reached.
"""

from pathlib import Path

import pytest

from benchmarks.relevance import ALL, EACH, Asked, Reader, ask_all, index_real
from benchmarks.relevance_floors import FLOORS, REAL, iter_below, read_floors

pytestmark = pytest.mark.soak


@pytest.fixture(scope="module")
def asked(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Asked:
    """All queries, asked of Lectern and of the others; takes minutes."""
    return ask_all(index_real(corpus, tmp_path_factory.mktemp("relevance")), EACH)[0]


def test_nothing_falls_below_its_floor(asked: Asked) -> None:
    """Of every language and kind the document looked for is first, and among five, as often as was once reached."""
    floors = read_floors(FLOORS, REAL)
    assert set(floors) == {"en", "es", "zh"}
    assert list(iter_below(floors, asked.reached(Reader.name))) == []


def test_lectern_leads_in_every_language(asked: Asked) -> None:
    """In each language the mean of 1 / rank is higher than tantivy's and SQLite's, Han text spaced for them or not."""
    reached = {name: asked.reached(name) for name in asked.ranks}
    mine = reached.pop(Reader.name)
    for language, kinds in mine.items():
        assert kinds[ALL].mrr > max(table[language][ALL].mrr for table in reached.values()), language
