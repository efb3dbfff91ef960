"""The real pages of China's ministry, where they are at hand: what must come out exactly, and floors for the rest."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from index.authority.tables import Authority, load_authority
from index.parsers import PROFILES, Parsed, parse_source
from index.parsers.adjournment import find_adjournments
from index.parsers.furniture import strip_furniture
from index.parsers.languages import PHRASES
from index.parsers.neighbours import Neighbours
from index.parsers.page import HtmlPage
from index.sources import Source, iter_sources
from search.model import Adjournment
from tests.index.parsers.pages import TITLE, letters, plain

FOLDERS = {language: Path("data", "cn-mfa", language) for language in ("en", "zh")}
OTHER_STATION = 3
"""The fourth asker of 2024-02-08: the two editions print different stations of one broadcaster."""

UNDATED = "t1687014.html"
"""A remark on one subject, whose title has no date; without its address nothing tells the day."""


@pytest.fixture(scope="module")
def authority() -> Authority:
    """The authority as shipped."""
    return load_authority()


@pytest.fixture(scope="module")
def parsed(corpus: Path, authority: Authority) -> list[Parsed]:
    """Every page of both languages."""
    folders = [corpus / folder for folder in FOLDERS.values()]
    return [parse_source(s, authority) for s in iter_sources(folders) if isinstance(s, Source)]


def html_pages(parsed: list[Parsed]) -> Iterator[Parsed]:
    """Those that are HTML and gave a briefing."""
    return (p for p in parsed if p.briefing and p.source.file.endswith(".html"))


def test_the_briefing_of_2024_02_08_comes_out_exactly(corpus: Path, authority: Authority) -> None:
    """Ten answers by one speaker to ten askers, and the closing notice as a note of its own; no page furniture."""
    (source,) = iter_sources([corpus / FOLDERS["en"] / "2024-02-08.txt"])
    assert isinstance(source, Source)
    briefing = parse_source(source, authority).briefing
    assert briefing is not None
    assert (briefing.id, briefing.time, briefing.zone) == ("cn-mfa/en/2024-02-08", "19:45", "Asia/Shanghai")
    assert briefing.problems == ()
    assert [i.kind for i in briefing.items] == ["answer"] * 10 + ["note"]
    *answers, note = briefing.items
    assert all(i.speakers == ("Wang Wenbin",) for i in answers)
    askers = ["CCTV", "AFP", "Reuters", "CNR", "AFP", "China Daily", "NHK", "AFP", "Beijing Daily", "CCTV"]
    assert [i.asker for i in answers] == askers
    assert (answers[1].outlet, answers[3].outlet) == ("Agence France-Presse", "China National Radio")
    assert all(i.outlet for i in answers)
    assert note.text.startswith("During the Spring Festival holiday, there will be no regular press conference")
    assert note.text.endswith("See you in the Year of the Dragon!")
    everything = "".join(t.text for i in briefing.items for t in i.turns)
    assert "Suggest to a friend" not in everything
    assert "Español" not in everything


def test_the_chinese_edition_of_2024_02_08_has_the_same_course(corpus: Path, authority: Authority) -> None:
    """Ten answers to the same outlets by the same speaker, and the notice; names are one value across languages."""
    sources = iter_sources([corpus / FOLDERS["en"] / "2024-02-08.txt", corpus / FOLDERS["zh"] / "p38.html"])
    english, chinese = (parse_source(s, authority).briefing for s in sources if isinstance(s, Source))
    assert english is not None
    assert chinese is not None
    assert chinese.id == "cn-mfa/zh/2024-02-08"
    assert chinese.speakers == english.speakers == ("Wang Wenbin",)
    asked = [[i.outlet for i in b.items if i.kind == "answer"] for b in (english, chinese)]
    assert [o for n, o in enumerate(asked[0]) if n != OTHER_STATION] == [
        o for n, o in enumerate(asked[1]) if n != OTHER_STATION
    ]
    adjourned = [find_adjournments(b.items, b.date, PHRASES[b.language]) for b in (english, chinese)]
    assert adjourned == [(Adjournment(date(2024, 2, 9), date(2024, 2, 18)),)] * 2


def test_every_dated_page_is_read(parsed: list[Parsed]) -> None:
    """Only the remark without a date is refused, and what is noted can be read in a minute."""
    refused = [Path(p.source.file).name for p in parsed if p.briefing is None]
    assert refused == [UNDATED]
    notes = [n.code for p in parsed for n in p.problems if n.severity == "note"]
    assert len([n for n in notes if n != "year-inferred"]) < len(parsed) / 15


def test_every_year_less_plain_text_is_read_with_its_neighbours(parsed: list[Parsed], authority: Authority) -> None:
    """Without images and addresses, the files before and after tell the year, and it is the right one."""
    neighbours = Neighbours()
    yearless = []
    for page in parsed:
        if page.briefing and page.briefing.language == "en":
            if any(n.code == "year-inferred" for n in page.problems):
                yearless.append(page)
            else:
                neighbours.see(page.source.file, page.briefing.date)
    assert yearless
    for page in yearless:
        assert page.briefing is not None
        read = HtmlPage(page.source.data.decode()).read(PROFILES["cn-mfa"])
        text = Source(page.source.file, plain(read.paragraphs, read.title, "").encode(), "")
        again = parse_source(text, authority, around=neighbours.around(text.file)).briefing
        assert again is not None
        assert again.id == page.briefing.id


def test_every_page_keeps_every_character(parsed: list[Parsed]) -> None:
    """Labels and texts of the record are the body's characters, once and in order; white space and colons apart."""
    for page in html_pages(parsed):
        assert page.briefing is not None
        read = HtmlPage(page.source.data.decode()).read(PROFILES["cn-mfa"])
        said = "".join((t.label or "") + t.text for i in page.briefing.items for t in i.turns)
        assert letters(said) == letters("".join(strip_furniture(read, PROFILES["cn-mfa"]))), page.source.file


def test_every_page_gives_the_items_of_its_plain_text(parsed: list[Parsed], authority: Authority) -> None:
    """The words alone decide: the same paragraphs without markup give the same items."""
    for page in html_pages(parsed):
        assert page.briefing is not None
        read = HtmlPage(page.source.data.decode()).read(PROFILES["cn-mfa"])
        day = f"{page.briefing.date:%Y-%m-%d}"  # for the titles without a year
        text = plain(read.paragraphs, read.title, day).encode()
        again = parse_source(Source(page.source.file, text, ""), authority).briefing
        assert again is not None
        assert again.items == page.briefing.items, page.source.file


def test_no_page_is_taken_for_the_invented_ministrys(parsed: list[Parsed]) -> None:
    """Recognition by title keeps two ministries apart."""
    assert {p.briefing.publisher for p in parsed if p.briefing} == {"cn-mfa"}
    assert "Spokesperson" in TITLE
