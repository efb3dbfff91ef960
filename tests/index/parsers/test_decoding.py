"""Bytes to characters."""

import pytest

from index.parsers.decoding import decode
from search.model import Problem


@pytest.mark.parametrize(
    "data",
    [
        "Türkiye".encode(),
        "Türkiye".encode("utf-8-sig"),
        "Türkiye".encode("utf-16"),
    ],
)
def test_utf8_and_byte_order_marks_are_honoured(data: bytes) -> None:
    """A byte order mark tells the encoding and is no character of the text."""
    assert decode(data, "page") == "Türkiye"


@pytest.mark.parametrize("declared", ["gb2312", "GBK", "gb18030"])
def test_a_declared_chinese_encoding_is_honoured(declared: str) -> None:
    """Pages that declare gb2312 hold the characters of its later editions."""
    text = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">问：镕'
    assert decode(text.encode("gb18030"), "page") == text


def test_a_page_that_declares_falsely_but_is_utf8_is_read() -> None:
    """A head copied from elsewhere does not spoil a page."""
    text = '<meta charset="gb2312">Türkiye 问 x'
    assert decode(text.encode(), "page") == text


def test_invalid_utf8_is_refused_with_its_place() -> None:
    """No byte is replaced; the first byte at fault is named."""
    problem = decode(b"Q: caf\xe9?", "page")
    assert isinstance(problem, Problem)
    assert (problem.code, problem.severity) == ("not-utf8", "refused")
    assert "byte 6" in problem.message
