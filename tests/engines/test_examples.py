"""The examples of docs/searching.md, on the oracle and every engine."""

from collections import defaultdict

from search.engine import Engine, Request
from search.query import Scope, all_of
from search.syntax import parse_query
from tests.examples import EXAMPLES
from tests.invented import briefing, publish, statement


def test_every_example_is_found_or_not_as_the_docs_say(engine: Engine) -> None:
    """Each row of the tables, looked for among the texts of all rows."""
    said = defaultdict(list)
    for n, example in enumerate(EXAMPLES, 1):
        said[example.language].append(statement(n, example.said))
    engine.add([publish(briefing("2024-01-01", *items, language=x)) for x, items in said.items()], sequence=1)
    for n, example in enumerate(EXAMPLES, 1):
        one = Scope("id", f"xv-mfa/{example.language}/2024-01-01/{n}")
        total = engine.find(Request(query=all_of(parse_query(example.typed).query, one))).total
        assert total == example.found, example
