"""What is logged, and how: lines for people or JSON for programs, always on the standard error stream.

Here belong the words of the setting `LECTERN_LOG` and the form of a line; what is worth a line is decided where it
happens. The one decision: what people search for, and where they sit, is nobody's business. No query and no address of
a reader stands in a line unless the setting asks for it by name, not even in an error's message.
"""

import json
import logging
import re
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from search.errors import SettingsError

SETTING = "LECTERN_LOG"
FORMS = ("text", "json")
LEVELS = ("debug", "info", "warning", "error")
PRIVATE = ("queries", "readers")
FIELDS = "fields"
"""The attribute of a log record that holds what stands beside its message, by name."""
_QUERY = re.compile(r"\?.*", re.DOTALL)
_CLIENT = re.compile(r"\bip=\S+")


@dataclass(frozen=True, slots=True)
class LogPlan:
    """What is logged.

    Attributes:
        form: lines for people, or one JSON object a line.
        level: the least that is logged; requests are `info`.
        queries: whether what was searched for may stand in it.
        readers: whether readers' addresses may.
    """

    form: Literal["text", "json"] = "text"
    level: str = "warning"
    queries: bool = False
    readers: bool = False


def log_plan(values: Mapping[str, str]) -> LogPlan:
    """The plan that the settings say: words between commas, in any order. Nothing said: warnings and errors, as text.

    Raises:
        SettingsError: a word means nothing, or two contradict each other.
    """
    words = [word.strip().lower() for word in values.get(SETTING, "").split(",") if word.strip()]
    unknown = [word for word in words if word not in (*FORMS, *LEVELS, *PRIVATE)]
    forms, levels = [w for w in words if w in FORMS], [w for w in words if w in LEVELS]
    if unknown or len(forms) > 1 or len(levels) > 1:
        what = f"{unknown[0]!r} means nothing" if unknown else f"{' and '.join(forms if len(forms) > 1 else levels)}"
        hint = f"one of {', '.join(FORMS)}; one of {', '.join(LEVELS)}; and {', '.join(PRIVATE)}, between commas"
        raise SettingsError(what, where=SETTING, hint=hint)
    form: Literal["text", "json"] = "json" if "json" in forms else "text"
    level = levels[0] if levels else "info" if words else "warning"
    return LogPlan(form, level, "queries" in words, "readers" in words)


class Lines(logging.Formatter):
    """A log record as one line of text, or as one JSON object.

    Args:
        plan: which of them, and what must not stand in it.
    """

    def __init__(self, plan: LogPlan) -> None:
        super().__init__()
        self._plan = plan

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record."""
        instant = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        fields: dict[str, Any] = getattr(record, FIELDS, {})
        message = record.getMessage()
        if record.name.startswith("gunicorn"):
            message = self._without_readers(message)
        failure = self._failure(record)
        if self._plan.form == "json":
            head = {"time": instant, "level": record.levelname.lower(), "logger": record.name, "message": message}
            return json.dumps(head | fields | ({"failure": failure} if failure else {}), ensure_ascii=False)
        pairs = "".join(f" {name}={_plain(value)}" for name, value in fields.items())
        text = f"{instant} {record.levelname.lower()} {_on_one_line(message)}{pairs}"
        return f"{text}\n{failure.rstrip()}" if failure else text

    def _without_readers(self, message: str) -> str:
        """A message of gunicorn's without what stands in it of readers and their queries."""
        if not self._plan.readers:
            message = _CLIENT.sub("ip=-", message)
        return message if self._plan.queries else _QUERY.sub("?…", message)

    def _failure(self, record: logging.LogRecord) -> str:
        """Where an exception came from; its message too where queries may be told, since it may quote one."""
        if not record.exc_info or record.exc_info[1] is None:
            return ""
        if self._plan.queries:
            return "".join(traceback.format_exception(record.exc_info[1]))
        lines = []
        error: BaseException | None = record.exc_info[1]
        while error is not None:
            what = f": {error.strerror}" if isinstance(error, OSError) and error.strerror else ""
            frames = "".join(traceback.format_tb(error.__traceback__))
            lines.append(f"{frames}{type(error).__qualname__}{what}\n")
            error = error.__cause__ or error.__context__
        return "caused:\n".join(reversed(lines))


def _plain(value: object) -> str:
    """A value of a line of text: in quotes where it would not be one word."""
    text = f"{value}"
    return text if re.fullmatch(r"[\w./:<>+-]+", text) else json.dumps(text, ensure_ascii=False)


def _on_one_line(text: str) -> str:
    """`text` without line ends and other characters that no terminal should get from a stranger."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def failure_line(plan: LogPlan, command: str, message: str) -> str:
    """The line of a command that could not do its work: for people as ever, or as JSON."""
    if plan.form == "text":
        return f"lectern: {message}"
    record = logging.LogRecord(f"lectern.{command}", logging.ERROR, "", 0, message, None, None)
    return Lines(plan).format(record)


def log_config(plan: LogPlan) -> dict[str, Any]:
    """The plan as `logging.config.dictConfig` takes it; gunicorn's own log of requests stays off: it names queries."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": Lines, "plan": plan}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"level": plan.level.upper(), "handlers": ["stderr"]},
        "loggers": {
            "gunicorn.error": {"level": plan.level.upper(), "handlers": [], "propagate": True},
            "gunicorn.access": {"level": "CRITICAL", "handlers": [], "propagate": False},
        },
    }
