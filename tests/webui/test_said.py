"""What the kernel says, in the reader's language."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser

from search.syntax import parse_query
from tests.webui.conftest import text_of, texts_of
from webui.said import ADVICE, ERRORS, NOTICES, REMARKS, said

SAMPLES = {
    "number": "1,234",
    "most": "64",
    "first": "64",
    "day_first": "8 February 2024",
    "day_last": "9 March 2024",
    "briefings": "3 briefings",
    "who": "2 publishers",
    "languages": "2 languages (en, zh)",
    "codes": "en, zh",
    "label": "Speaker",
}
ODD = [
    "ferry AND",
    "OR ferry",
    "(ferry",
    "ferry)",
    "()",
    "ferry ??",
    "ferry && | cable",
    "***",
    '"ferry',
    '""',
    "q:",
    "q: ferry",
    "q:a:ferry",
    "q:(a:ferry)",
    "speaker:(q:ferry)",
    "speaker:",
    "speaker:Ver*",
    'speaker:"Ver',
    "date:2024-13",
    "date:2024..2023",
    '"ferry cable"~1000',
    '"ferry cable"~x',
    "f*",
    "*ferry",
    "ferry~~",
    "ferry~3",
    "!ferry",
    "ferry+",
    "#ferry",
    "speeker:ferry",
    "(" * 70 + "ferry" + ")" * 70,
    '"' + "word " * 200 + '"',
    "word " * 200,
    "港" * 60,
]


@pytest.mark.parametrize("form", [*ERRORS, *NOTICES, *REMARKS, *ADVICE])
@pytest.mark.parametrize("ui", ["zh", "es"])
def test_every_form_is_said_in_the_language(app: Flask, form: str, ui: str) -> None:
    """A sentence of a known form is translated, with its days, numbers and fields, and keeps what is quoted."""
    names = re.findall(r"%\((\w+)\)s", form)
    message = form % {name: SAMPLES.get(name, f"x{place}") for place, name in enumerate(names)}
    with app.test_request_context(f"/?ui={ui}"):
        told = said(message)
    assert told != message
    assert [one for one in re.findall(r"\bx[0-9]\b", message) if one not in told] == []
    assert "February" not in told
    assert "Speaker" not in told
    assert "publishers" not in told


@pytest.mark.parametrize("query", ODD)
def test_odd_queries_are_remarked_on_in_the_language(app: Flask, query: str) -> None:
    """Whatever is read otherwise than typed is said in the reader's language, with what to do about it."""
    remarks = parse_query(query).remarks
    with app.test_request_context("/?ui=zh"):
        for remark in remarks:
            message = f"{remark.message} ({remark.hint})" if remark.hint else remark.message
            told = said(message)
            assert re.search("[\u4e00-\u9fff]", told.replace("港", ""))
            assert not re.search(r"\b(was|were|the|left out|has)\b", told), told


def test_unknown_sentence_stays(app: Flask) -> None:
    """A sentence of no known form stays as it is; English is never touched."""
    with app.test_request_context("/?ui=es"):
        assert said("something that nobody foresaw") == "something that nobody foresaw"
    with app.test_request_context("/"):
        assert said(ERRORS[0]) == ERRORS[0]


def test_notices_and_advice_are_in_the_language(client: FlaskClient) -> None:
    """A page without answers says in the reader's language what was searched, and what finds something."""
    page = LexborHTMLParser(client.get("/?q=ferry+kelpzzz&ui=es&speaker=Ilsa+Verlaine").text)
    assert text_of(page, ".empty h2") == "No se encontró ninguna respuesta"
    assert "Sin kelpzzz, que no encuentra nada" in texts_of(page, ".empty li a bdi")
    assert text_of(page, ".empty > p:first-of-type").startswith("Se buscó en")
    assert "de febrero de" in text_of(page, ".empty > p:first-of-type")
