"""RIS by its specification: tags and values, a record from TY to ER, and no text that makes a line of its own."""

import re

from hypothesis import given

from search.citations import Imprint
from tests.search.exports.entries import SITE, collection, entry, labels, of, texts, written

LINE = re.compile(r"[A-Z][A-Z0-9]  - .*")


def records(text: str) -> list[list[tuple[str, str]]]:
    """What a reference manager reads: every line a tag with its value, CRLF behind it."""
    found = []
    for block in text.removesuffix("\r\n\r\n").split("\r\n\r\n"):
        lines = block.split("\r\n")
        assert all(LINE.fullmatch(line) for line in lines), lines
        found.append([(line[:2], line[6:]) for line in lines])
    return found


def test_a_record_an_item() -> None:
    """Each begins with its type, ends with ER, and says who, what, where, when and the address."""
    everything = collection()
    found = records(written("ris", everything))
    assert [dict(record)["ID"] for record in found] == [one.document.id for one in everything]
    assert {(record[0], record[-1]) for record in found} == {(("TY", "GOVDOC"), ("ER", ""))}
    (record,) = records(written("ris", [of("xw-gov/en/2022-11-30/1")]))
    assert [value for tag, value in record if tag == "AU"] == ["Oren Calloway", "Mara Ellin"]
    assert (dict(record)["PY"], dict(record)["DA"]) == ("2022", "2022/11/30")
    assert dict(record)["UR"] == f"{SITE}/briefings/xw-gov/en/2022-11-30/1"
    assert dict(record)["AB"].endswith("Mara Ellin: And I shall run the ferry for the cabinet.")


def test_a_corrected_text_says_so() -> None:
    """The revision cited, and when it was received, where there is more than one."""
    notes = [v for t, v in records(written("ris", [of("xv-mfa/en/2024-02-08/2")]))[0] if t == "N1"]
    assert notes == ["Revision 2, received 2024-06-01"]
    assert "N1" not in dict(records(written("ris", [of("xw-gov/en/2022-11-30/1")]))[0])


@given(texts)
def test_no_text_makes_a_line(text: str) -> None:
    """Line breaks of any kind within a value are spaces: there is one type, one end, one author."""
    raw = written("ris", [entry(text)], Imprint(labels(text), SITE))
    (record,) = records(raw)
    tags = [tag for tag, _ in record]
    assert raw.count("\n") == len(raw.splitlines()) == len(record) + 1
    assert [tags.count(tag) for tag in ("TY", "ER", "UR")] == [1, 1, 1]
    assert tags.count("AU") <= 1
    assert "*" not in dict(record).get("AU", "")
