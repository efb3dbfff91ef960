"""CSV as spreadsheets open it: marked as UTF-8, CRLF, quoted, and nothing in it computes."""

import csv
import io

import pytest
from hypothesis import given

from search.citations import Imprint
from search.exports.table import COLUMNS
from search.sheets import BOM, plain_cell
from tests.search.exports.entries import SITE, collection, entry, labels, of, texts, written


def cells(text: str) -> list[list[str]]:
    """What a spreadsheet reads."""
    assert text.startswith(BOM)
    return list(csv.reader(io.StringIO(text.removeprefix(BOM), newline="")))


def test_a_row_an_item() -> None:
    """Under the names of the columns, every item has its row; lines end in CRLF."""
    everything = collection()
    text = written("csv", everything)
    head, *rows = cells(text)
    assert head == list(COLUMNS)
    assert [row[0] for row in rows] == [one.document.id for one in everything]
    assert text.partition("\n")[0].endswith("\r")


def test_what_a_row_says() -> None:
    """Names as people know them, several in one cell, texts whole, and how to cite it."""
    two, corrected = of("xw-gov/en/2022-11-30/1"), of("xv-mfa/en/2024-02-08/2")
    row, other = (dict(zip(COLUMNS, row, strict=True)) for row in cells(written("csv", [two, corrected]))[1:])
    assert row["speakers"] == "Oren Calloway; Mara Ellin"
    assert row["publisher"] == "Cabinet of Westmark"
    assert row["answer"] == "The cabinet will.\n\nAnd I shall run the ferry for the cabinet."
    assert row["address"] == f"{SITE}/briefings/xw-gov/en/2022-11-30/1"
    assert other["revision"] == "2"
    assert other["citation"].endswith(f"8 February 2024, {SITE}/briefings/xv-mfa/en/2024-02-08/2 (revision 2)")


@given(texts)
def test_no_cell_computes(text: str) -> None:
    """Whatever a text or a name holds, no cell begins as a formula does, and each gives its text back."""
    (_, row) = cells(written("csv", [entry(text)], Imprint(labels(text), "=evil")))
    assert not [cell for cell in row if cell.startswith(tuple("=+-@\t\r\n＝＋－＠"))]
    said = dict(zip(COLUMNS, row, strict=True))
    if plain_cell(text) == text:
        assert [plain_cell(said[name]) for name in ("title", "question", "answer", "entities")] == [text] * 4


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "－"])
def test_a_formula_gets_an_apostrophe(start: str) -> None:
    """It stays readable, and does nothing."""
    (_, row) = cells(written("csv", [entry(f"{start}1+1")]))
    assert row[COLUMNS.index("answer")] == f"'{start}1+1"
