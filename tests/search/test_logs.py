"""What `LECTERN_LOG` says, and that no line holds what people search for unless it says so."""

import json
import logging
import sys

import pytest

from search.errors import SettingsError
from search.logs import FIELDS, Lines, LogPlan, failure_line, log_plan

TYPED = "herring under the table"


@pytest.mark.parametrize(
    ("said", "plan"),
    [
        (None, LogPlan("text", "warning")),
        ("", LogPlan("text", "warning")),
        ("text", LogPlan("text", "info")),
        ("json", LogPlan("json", "info")),
        ("warning", LogPlan("text", "warning")),
        ("JSON, error", LogPlan("json", "error")),
        ("queries,json,readers,debug", LogPlan("json", "debug", queries=True, readers=True)),
    ],
)
def test_words_between_commas(said: str | None, plan: LogPlan) -> None:
    """Form, level, and what may be told, in any order; whoever says something wants to see requests."""
    assert log_plan({} if said is None else {"LECTERN_LOG": said}) == plan


@pytest.mark.parametrize("said", ["xml", "text,json", "info,debug", "json;info"])
def test_a_word_that_means_nothing_is_said(said: str) -> None:
    """And so are two that contradict each other; the hint has all words."""
    with pytest.raises(SettingsError, match="queries, readers"):
        log_plan({"LECTERN_LOG": said})


def record(message: str, name: str = "lectern.requests", **fields: object) -> logging.LogRecord:
    """A log record with fields."""
    made = logging.LogRecord(name, logging.INFO, "", 0, message, None, None)
    setattr(made, FIELDS, fields)
    return made


def test_a_line_is_json_or_for_people() -> None:
    """The same fields in both; nothing in a field breaks a line."""
    one = record("request", path="/a b\n\x1b[31m", status=200)
    data = json.loads(Lines(LogPlan("json")).format(one))
    assert (data["message"], data["path"], data["status"], data["level"]) == ("request", "/a b\n\x1b[31m", 200, "info")
    line = Lines(LogPlan()).format(one)
    assert line.endswith(r'info request path="/a b\n\u001b[31m" status=200')
    assert "\n" not in Lines(LogPlan()).format(record("two\nlines\x1b"))


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize(
    "message",
    [
        f"Error handling request GET /?q={TYPED}",
        f"Invalid request from ip=192.0.2.7: Invalid HTTP request line: 'GET /?q={TYPED}'",
    ],
)
def test_what_gunicorn_says_names_nobody(form: str, message: str) -> None:
    """Neither the query nor the reader, unless the setting asks for them."""
    one = record(message, "gunicorn.error")
    line = Lines(LogPlan(form)).format(one)  # type: ignore[arg-type]
    assert "herring" not in line
    assert "192.0.2.7" not in line
    assert "herring" in Lines(LogPlan(form, queries=True)).format(one)  # type: ignore[arg-type]
    assert ("192.0.2.7" in message) == ("192.0.2.7" in Lines(LogPlan(form, readers=True)).format(one))  # type: ignore[arg-type]


def test_an_exception_tells_where_and_not_what() -> None:
    """Its message may quote a query: only types, places, and the system's own words are told."""
    try:
        try:
            raise OSError(28, "No space left on device")  # noqa: TRY301 (what is told of it is tested)
        except OSError as cause:
            raise KeyError(TYPED) from cause
    except KeyError:
        made = logging.LogRecord("webui.app", logging.ERROR, "", 0, "Exception on / [GET]", None, sys.exc_info())
    told = json.loads(Lines(LogPlan("json")).format(made))["failure"]
    assert "herring" not in told
    assert "OSError: No space left on device\ncaused:" in told
    assert told.endswith("KeyError\n")
    assert "test_logs.py" in told
    assert "herring" in Lines(LogPlan(queries=True)).format(made)


def test_a_commands_failure() -> None:
    """For people as ever; as JSON where that is asked for, whatever stands in it."""
    assert failure_line(LogPlan(), "add", "no such file") == "lectern: no such file"
    data = json.loads(failure_line(LogPlan("json"), "add", "100 % {full}"))
    assert (data["logger"], data["level"], data["message"]) == ("lectern.add", "error", "100 % {full}")
