"""The sample briefings as files: varied enough, listed, readable, and nobody's words but ours.

How they parse is the parsers' business; here only what a person who edits the samples could get wrong.
"""

import calendar
import csv
import re
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from index.authority.tables import load_authority

SAMPLES = Path(__file__).parents[2] / "index" / "samples"
FILES = sorted(f for f in SAMPLES.iterdir() if f.suffix in {".txt", ".html"})
TITLE = re.compile(r"Spokesperson (?P<name>.+?)['\u2019]s Regular Press Briefing on (?P<date>\w+ \d{1,2}, \d{4})")
CHROME = {"Español Français Norsk 日本語 English", "Suggest to a friend"}
GENERIC = {"Q", "A", "Follow-up", "Journalist", "The following question was raised after the regular briefing"}
NO_LABELS = {"A word of advice to those in Beira"}
UNKNOWN_ON_PURPOSE = {"Tidewater Review"}
OLD_BODY = "div.content_mod div.content"
NEW_BODY = "#News_Body_Txt_A > div[class*=TRS_UEDITOR]"


def layout(file: Path) -> str:
    """Which of the three layouts a file has."""
    if file.suffix == ".txt":
        return "text"
    page = LexborHTMLParser(file.read_text("utf-8"))
    found = [name for name, body in (("old", OLD_BODY), ("new", NEW_BODY)) if page.css_first(body)]
    assert len(found) == 1, f"{file.name} has the bodies of the layouts {found}"
    return found[0]


def paragraphs(file: Path) -> list[str]:
    """The lines of the transcript proper, with white space made plain."""
    if file.suffix == ".txt":
        lines = file.read_text("utf-8").splitlines()[3:]
    else:
        page = LexborHTMLParser(file.read_text("utf-8"))
        lines = [p.text() for p in page.css(f"{OLD_BODY} p, {NEW_BODY} p")]
    return [" ".join(line.split()) for line in lines if line.strip() and line not in CHROME]


def table(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    """The rows of a table with a header."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter=delimiter, strict=True))


def names(file: str) -> set[str]:
    """Every name and alias of one authority table."""
    rows = table(SAMPLES / "authority" / file)
    return {name for row in rows for name in (row["name"], *row["aliases"].split("|")) if name}


def labels(file: Path) -> set[str]:
    """Whatever stands before a colon at the beginning of a paragraph, and is short enough for a label."""
    found = (re.match(r"(?P<label>[^:.?]{1,75}?) ?:(?=\s|$)", p) for p in paragraphs(file))
    return {match["label"] for match in found if match}


def test_samples_are_many_and_varied() -> None:
    """There are at least twelve briefings, of five years, by four spokespeople, and four of each layout."""
    titles = [TITLE.fullmatch(row["title"]) for row in table(SAMPLES / "index.tsv", "\t")]
    assert len(FILES) >= 12
    assert len({file.name[:4] for file in FILES}) >= 5
    assert len({title["name"] for title in titles if title}) >= 4
    shapes = [layout(file) for file in FILES]
    assert min(shapes.count(shape) for shape in ("text", "old", "new")) >= 4


def test_manifest_lists_every_file() -> None:
    """The manifest names every file once; each has an address of its own, which only its correction shares."""
    rows = table(SAMPLES / "index.tsv", "\t")
    files = sorted(f.relative_to(SAMPLES).as_posix() for f in SAMPLES.rglob("*") if f.suffix in {".txt", ".html"})
    assert [row["file"] for row in rows] == files
    urls = {row["url"] for row in rows if "/" not in row["file"]}
    assert len(urls) == len(FILES)
    assert {row["url"] for row in rows} == urls
    assert all(url.startswith("https://valdria.example/") for url in urls)


def test_manifest_repeats_the_printed_title() -> None:
    """A manifest's title is the one that the file prints, and its date is the file's name."""
    for row in table(SAMPLES / "index.tsv", "\t"):
        file = SAMPLES / row["file"]
        if file.suffix == ".txt":
            printed = file.read_text("utf-8").splitlines()[2]
        else:
            heading = LexborHTMLParser(file.read_text("utf-8")).css_first("h2.title, div.news-title h1")
            printed = heading.text() if heading else ""
        assert printed == row["title"]
        title = TITLE.fullmatch(printed)
        assert title, printed
        month, day, year = title["date"].replace(",", "").split()
        assert file.stem == f"{year}-{list(calendar.month_name).index(month):02}-{int(day):02}"
        assert title["name"] in names("speakers.csv")


def test_no_paragraph_stands_twice() -> None:
    """No paragraph of more than sixty characters is repeated, within a file or between files."""
    seen: dict[str, str] = {}
    for file in FILES:
        for paragraph in paragraphs(file):
            if len(paragraph) > 60:
                assert paragraph not in seen, f"{file.name} repeats {seen[paragraph]}: {paragraph}"
                seen[paragraph] = file.name


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_briefing_is_long_enough(file: Path) -> None:
    """A briefing has 400 to 1,200 words."""
    assert 400 <= sum(len(p.split()) for p in paragraphs(file)) <= 1_200


def test_every_outlet_is_known() -> None:
    """Each label is an outlet or a speaker of the overlay, or one of the few named above."""
    printed = set[str]().union(*(labels(file) for file in FILES))
    assert printed - names("outlets.csv") - names("speakers.csv") == GENERIC | NO_LABELS | UNKNOWN_ON_PURPOSE


def test_every_outlet_asks() -> None:
    """Each outlet and each speaker of the overlay is heard in some briefing."""
    printed = set[str]().union(*(labels(file) for file in FILES))
    spokespeople = {title["name"] for row in table(SAMPLES / "index.tsv", "\t") if (title := TITLE.match(row["title"]))}
    for file in ("outlets.csv", "speakers.csv"):
        for row in table(SAMPLES / "authority" / file):
            assert (printed | spokespeople) & {row["name"], *row["aliases"].split("|")}, row["name"]


def test_overlay_fits_the_shipped_authority() -> None:
    """The overlay loads over the shipped tables, and no name of it is taken there."""
    authority = load_authority(SAMPLES / "authority")
    for name in names("outlets.csv"):
        assert authority.outlet(name) in {row["name"] for row in table(SAMPLES / "authority" / "outlets.csv")}
    assert load_authority().outlet("Harbour Post") is None


def test_correction_changes_little_but_something() -> None:
    """The corrected transcript has the same address and paragraphs, but for two of them."""
    (row,) = table(SAMPLES / "corrections" / "index.tsv", "\t")
    assert row in table(SAMPLES / "index.tsv", "\t")
    before, after = paragraphs(SAMPLES / row["file"]), paragraphs(SAMPLES / "corrections" / row["file"])
    assert len(before) == len(after)
    assert sum(a != b for a, b in zip(before, after, strict=True)) == 2


def test_readme_describes_every_file() -> None:
    """The README has a line for each file."""
    text = (SAMPLES / "README.md").read_text("utf-8")
    assert re.findall(r"^\| `(.+?)` \|", text, re.MULTILINE) == [file.name for file in FILES]
