"""Tables as spreadsheets open them.

The one decision: a cell that a program could take for a formula begins with an apostrophe (OWASP, "CSV injection"),
wherever its text comes from; what reads the table back takes it off again.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

BOM = "\ufeff"
"""What tells a spreadsheet that a file is UTF-8."""

_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")


def safe_cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def plain_cell(text: str) -> str:
    """The text that `safe_cell` made safe."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text, 1) else text


def iter_csv(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Safe rows of CSV, one text a row: UTF-8 marked as such, CRLF, quoted where needed (RFC 4180)."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    out.write(BOM)
    for row in rows:
        writer.writerow([safe_cell(cell) for cell in row])
        yield out.getvalue()
        out.seek(0)
        out.truncate()
