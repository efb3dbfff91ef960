"""A comparison as files: a picture for reports, and a table for spreadsheets."""

import csv
import io
import re

from search.sheets import safe_cell
from search.trends import STATES
from webui.compare import Compared, lines_of, title_of
from webui.lines import Canvas, Lines

CANVAS = Canvas(660, 330, 17)
"""Units are those of the picture file, about pixels."""

COLOURS = ("#0072b2", "#b34d00", "#00795a", "#a3457f")
"""Blue, vermilion, green and purple after Okabe and Ito (2008), darkened to stand out from white."""

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no way to write."""


def picture_of(compared: Compared) -> tuple[Lines | None, str, tuple[str, ...]]:
    """What compare.svg shows: the lines, the title, and the queries as XML can hold them."""
    names = tuple(_NO_XML.sub("\ufffd", page.request.text) for page in compared.pages)
    return lines_of(compared, CANVAS), title_of(compared), names


def table_of(compared: Compared) -> str:
    """A comparison as CSV: a line for each span; numbers and shares (parts of 1) of each query in columns of their own.

    A share is empty where there is nothing to share in.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    names = [safe_cell(page.request.text) for page in compared.pages]
    shares = [safe_cell(f"{page.request.text} (share)") for page in compared.pages]
    columns = [column for pair in zip(names, shares, strict=True) for column in pair]
    writer.writerow(["from", "to", "all answers", "in the collection", *columns])
    for at, (since, until) in enumerate(compared.spans):
        first = compared.trends[0]
        cells = [
            cell
            for trend in compared.trends
            for cell in (trend.counts[at], f"{trend.counts[at] / trend.of[at]:.6f}" if trend.of[at] else "")
        ]
        writer.writerow([since, until, first.of[at], STATES[first.states[at]], *cells])
    return out.getvalue()
