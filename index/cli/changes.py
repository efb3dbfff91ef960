"""Differences between two texts of a briefing, for reading: coloured on a terminal, marked in a file."""

import sys
from collections.abc import Iterable, Iterator

import click

from search.changes import Change, Edit

CONTEXT = 60
"""Characters of unchanged text that a short form leaves on either side of a change."""

LONGEST = 300
"""Characters of a change that a short form shows."""


def iter_changes(changes: Iterable[Change], *, short: bool = False) -> Iterator[str]:
    """A paragraph for each item that differs; `short` leaves out what is far from a change."""
    for change in changes:
        yield click.style(f"item {change.n} {change.kind}", bold=True)
        edits = _shorten(change.edits) if short else change.edits
        yield "".join(map(_mark, edits)) + "\n"


def _mark(edit: Edit) -> str:
    """A stretch of words as it is printed; white space stands outside the marks."""
    if edit.kind == "same":
        return edit.text
    text = edit.text.rstrip()
    rest = edit.text[len(text) :]
    if sys.stdout.isatty():
        if edit.kind == "removed":
            return click.style(text, fg="red", strikethrough=True) + rest
        return click.style(text, fg="green", underline=True) + rest
    return (f"[-{text}-]" if edit.kind == "removed" else f"{{+{text}+}}") + rest


def _shorten(edits: tuple[Edit, ...]) -> Iterator[Edit]:
    last = len(edits) - 1
    for place, edit in enumerate(edits):
        if edit.kind != "same":
            yield Edit(edit.kind, _cut(edit.text, LONGEST, LONGEST // 4))
        elif place == 0:
            yield Edit("same", _cut(edit.text, 0, CONTEXT))
        else:
            yield Edit("same", _cut(edit.text, CONTEXT, 0 if place == last else CONTEXT))


def _cut(text: str, head: int, tail: int) -> str:
    """`text` without what stands between its first `head` and its last `tail` characters."""
    if len(text) <= head + tail + 1:
        return text
    return text[:head] + "…" + (text[-tail:] if tail else "")
