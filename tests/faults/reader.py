"""A reader that polls an index while its writers are killed: `python -m tests.faults.reader HOME`.

It ends with an error as soon as anything is not as it has to be: the briefings that nobody touches are all there, with
all their items, in searches, facets and lists; every other one is whole; and the web side answers. A line on stdin
ends it; it prints how often it looked.
"""

import random
import select
import sys
import time
from contextlib import suppress
from pathlib import Path

from search.engine import Engine, Request
from search.engines import open_engine
from search.errors import NotFound
from search.query import Term
from search.settings import Settings
from tests.faults.librarian import ANSWERS, STANDING, WORD, standing_ids
from webui.app import create_app


def look(engine: Engine, rng: random.Random) -> None:
    """One look, of which everything has to be right."""
    found = engine.find(Request(Term(WORD), facets=("publisher", "year")))
    assert found.total == STANDING * ANSWERS, f"{found.total} answers of those that stay"
    assert sum(bar.count for bar in found.histogram) == found.total
    assert sum(count.count for count in found.facets["publisher"]) == found.total
    listed = {one.id: one for one in engine.briefings()}
    assert set(standing_ids()) <= listed.keys()
    assert all(one.answers == ANSWERS for one in listed.values())
    one = rng.choice(sorted(listed))
    with suppress(NotFound):  # removed meanwhile
        assert [item.n for item in engine.briefing(one).items] == list(range(1, ANSWERS + 1))
    stays = rng.choice(standing_ids())
    assert engine.get(f"{stays}/{rng.randint(1, ANSWERS)}").briefing == stays
    assert engine.labels().label("entity", "place-no") == "Norway"


def main(home: Path) -> None:
    """Look until told to stop."""
    engine, rng, looks, pages = open_engine(home / "index"), random.Random(7), 0, 0
    web = create_app(Settings(home, {})).test_client()
    while not select.select([sys.stdin], [], [], 0)[0]:
        look(engine, rng)
        looks += 1
        if looks % 20 == 0:
            page = web.get(f"/?q={WORD}", headers={"Cache-Control": "no-cache"})
            assert page.status_code == 200, page.status_code
            pages += 1
        time.sleep(0.02)
    print(looks, pages, flush=True)  # noqa: T201 (the test that started this process reads it)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
