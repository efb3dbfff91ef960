"""The contract of every engine, on: values that are none."""

from dataclasses import replace

from search.engine import Engine, Request, Selection
from tests.invented import answer, briefing, publish


def test_an_empty_name_is_no_value(engine: Engine) -> None:
    """A speaker without a name is not counted; an answer with no other has none."""
    items = [
        replace(answer(1, "Why?", "So."), speakers=("",)),
        replace(answer(2, "How?", "Thus."), speakers=("", "Ann")),
    ]
    engine.add([publish(briefing("2024-05-01", *items))], sequence=1)
    found = engine.find(Request()).facets["speaker"]
    assert {count.value: count.count for count in found} == {"": 1, "Ann": 1}
    assert engine.find(Request(selection=Selection(include={"speaker": ("",)}))).total == 1
