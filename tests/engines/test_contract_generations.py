"""The contract of every engine, on: a generation is looked at before it is live, and one can go back to that before."""

import pytest

from search.engine import Engine, Request, Tombstone
from search.errors import GenerationMissing, LecternError, NotFound
from search.labels import Labels, Name
from search.query import Term
from search.stems import ANALYSIS
from tests.invented import answer, briefing, publish

ONE = publish(briefing("2024-05-01", answer(1, "Any kelp?", "Much kelp.")))
TWO = publish(briefing("2024-05-02", answer(1, "Any eels?", "Many eels."), answer(2, "And kelp?", "No kelp.")))
GONE = Tombstone("xv-mfa/en/2024-04-30", "2024-06-01T00:00:00+00:00", "not a briefing")
EARLY = Labels({"outlet": {"HP": Name("Harbour Post")}})
LATE = Labels({"outlet": {"HP": Name("Harbour Past")}})


def total(engine: Engine, word: str) -> int:
    """How many answers hold a word."""
    return engine.find(Request(Term(word))).total


class Refused(LecternError):
    """What a verification says."""


def test_a_new_generation_is_verified_before_it_is_live(engine: Engine) -> None:
    """Who verifies sees the new one, whole, with its labels and tombstones, while readers see the one before."""
    engine.add([ONE], sequence=1)
    engine.publish_labels(EARLY)
    seen = []

    def verify(fresh: Engine) -> None:
        seen.append((total(fresh, "eels"), total(engine, "eels"), fresh.status().sequence, engine.status().sequence))
        assert [one.id for one in fresh.briefings()] == [ONE.briefing.id, TWO.briefing.id]
        assert fresh.briefing(TWO.briefing.id) == TWO.briefing
        assert (fresh.tombstone(GONE.id), fresh.labels()) == (GONE, LATE)
        assert fresh.status().generation > engine.status().generation

    engine.rebuild([ONE, TWO], sequence=2, tombstones=[GONE], labels=LATE, verify=verify)
    assert seen == [(1, 0, 2, 1)]
    assert total(engine, "eels") == 1


def test_a_generation_that_is_refused_is_never_live(engine: Engine) -> None:
    """What verification raises comes through; the index is as it was, can be added to and rebuilt."""
    engine.add([ONE], sequence=1)
    engine.publish_labels(EARLY)
    before = engine.status()

    def refuse(fresh: Engine) -> None:
        raise Refused(f"it has {fresh.status().briefings}")

    with pytest.raises(Refused, match="it has 2"):
        engine.rebuild([ONE, TWO], sequence=2, tombstones=[], labels=LATE, verify=refuse)
    assert (engine.status(), engine.labels(), total(engine, "eels")) == (before, EARLY, 0)
    engine.add([TWO], sequence=2)
    assert total(engine, "eels") == 1
    engine.rebuild([TWO], sequence=3, tombstones=[], labels=LATE)
    assert (total(engine, "kelp"), engine.status().generation > before.generation) == (1, True)


def test_one_can_go_back_to_the_generation_before(engine: Engine) -> None:
    """It is as it was when the newer one took its place; what came since is not in it, and its sequence says so."""
    engine.add([ONE], sequence=1, tombstones=[GONE])
    engine.publish_labels(EARLY)
    before = engine.status()
    engine.rebuild([TWO], sequence=2, tombstones=[], labels=LATE)
    engine.add([ONE], sequence=3)
    after = engine.status()
    assert engine.rollback() == before.generation
    now = engine.status()
    assert (now.generation, now.sequence, now.briefings, now.documents) == (before.generation, 1, 1, 1)
    assert now.commit != after.commit
    assert (total(engine, "eels"), engine.tombstone(GONE.id), engine.labels()) == (0, GONE, EARLY)
    with pytest.raises(NotFound):
        engine.briefing(TWO.briefing.id)


def test_after_going_back_the_index_goes_on(engine: Engine) -> None:
    """It can be added to, and rebuilt; the new generation is told from the one that was left."""
    engine.add([ONE], sequence=1)
    engine.rebuild([ONE], sequence=1, tombstones=[], labels=LATE)
    left = engine.status()
    engine.rollback()
    engine.add([TWO], sequence=2)
    assert (engine.status().sequence, total(engine, "kelp")) == (2, 2)
    engine.rebuild([TWO], sequence=3, tombstones=[], labels=EARLY)
    assert (engine.status().sequence, total(engine, "kelp")) == (3, 1)
    assert engine.status().commit != left.commit
    engine.rollback()
    assert (engine.status().sequence, total(engine, "kelp")) == (2, 2)


def test_without_an_earlier_generation_nothing_is_changed(engine: Engine) -> None:
    """To go back is an error where nothing was ever put in, where nothing was rebuilt, and the second time."""
    with pytest.raises(LecternError):
        engine.rollback()
    engine.add([ONE], sequence=1)
    with pytest.raises(GenerationMissing):
        engine.rollback()
    engine.rebuild([TWO], sequence=2, tombstones=[], labels=LATE)
    engine.rollback()
    before = engine.status()
    with pytest.raises(GenerationMissing):
        engine.rollback()
    assert (engine.status(), total(engine, "kelp")) == (before, 1)


def test_a_healthy_index_has_no_faults(engine: Engine) -> None:
    """Whatever was done to it."""
    engine.add([ONE], sequence=1)
    engine.add([TWO], sequence=2, tombstones=[GONE])
    assert engine.faults() == ()
    engine.rebuild([ONE, TWO], sequence=2, tombstones=[], labels=LATE)
    engine.rollback()
    assert engine.faults() == ()


def test_an_index_says_by_what_its_words_were_cut(engine: Engine) -> None:
    """What this program put in, by whatever way, says so."""
    engine.add([ONE], sequence=1)
    assert engine.status().analysis == ANALYSIS
    engine.rebuild([ONE], sequence=1, tombstones=[], labels=LATE)
    engine.add([TWO], sequence=2)
    assert engine.status().analysis == ANALYSIS
