"""Whole pages: what a briefing is made of, and how everything that is none is refused."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from index.parsers import PARSER_VERSION, PROFILES, parse_source
from index.parsers.languages import PHRASES
from index.sources import Source, iter_sources
from search.record import briefing_from_json, briefing_to_json
from tests.index.parsers.pages import (
    AUTHORITY,
    SAMPLES,
    TITLE,
    codes,
    new_html,
    old_html,
    parse,
    plain,
    source,
)

TALK = ("VBC: Will the ferry sail to the island?", "Ilsa Verlaine: It will sail on the day that we have named.")


def sources() -> list[Source]:
    """The shipped samples."""
    return [s for s in iter_sources([SAMPLES]) if isinstance(s, Source) and Path(s.file).parent == SAMPLES]


def test_a_briefing_has_all_that_the_page_states() -> None:
    """Id, date, time with its zone, title, speakers; the file and the address as the source says."""
    parsed = parse_source(source(plain(TALK), file="a.txt", url="https://valdria.example/a"), AUTHORITY)
    briefing = parsed.briefing
    assert briefing is not None
    assert (briefing.id, briefing.publisher, briefing.language) == ("xv-mfa/en/2024-03-04", "xv-mfa", "en")
    assert (briefing.date, briefing.time, briefing.zone) == (date(2024, 3, 4), "15:30", "Etc/GMT-2")
    assert (briefing.title, briefing.speakers) == (TITLE, ("Ilsa Verlaine",))
    assert (briefing.file, briefing.url) == ("a.txt", "https://valdria.example/a")
    assert briefing.problems == parsed.problems
    assert briefing_from_json(briefing_to_json(briefing)) == briefing


def test_without_a_time_there_is_no_zone() -> None:
    """The old layout states no hour, and none is invented."""
    briefing = parse(old_html(TALK)).briefing
    assert briefing is not None
    assert (briefing.time, briefing.zone) == (None, None)


@pytest.mark.parametrize("layout", [plain, old_html, new_html])
def test_what_stands_around_the_body_is_nobodys_words(layout: Callable[[list[str]], str]) -> None:
    """Language bars, share lines, related titles and the title repeated enter no item, in any layout."""
    furniture = [
        "Español Français Norsk 日本語 English",
        "Share to WeChat | Weibo | Facebook",
        "Suggest to a friend",
        "Print",
    ]
    related = ["Related News:", TITLE.replace("March 4", "March 1"), TITLE.replace("March 4", "March 2")]
    briefing = parse(layout([TITLE, "March 4, 2024", *furniture[:2], *TALK, *furniture, *related])).briefing
    assert briefing is not None
    assert [(t.label, t.text) for i in briefing.items for t in i.turns] == [
        ("VBC", "Will the ferry sail to the island?"),
        ("Ilsa Verlaine", "It will sail on the day that we have named."),
    ]


def test_a_page_of_an_unknown_layout_is_read_with_a_note() -> None:
    """Its largest block of text is read by the words alone."""
    body = "".join(f"<p>{p}</p>" for p in TALK)
    parsed = parse(f"<html><title>{TITLE}</title><body><nav><a>Home</a></nav><article>{body}</article></body></html>")
    assert parsed.briefing is not None
    assert codes(parsed) == ["unknown-layout", "short-briefing"]


@pytest.mark.parametrize(
    ("page", "publisher", "code"),
    [
        (b"", None, "unknown-publisher"),
        (b"caf\xe9", None, "not-utf8"),
        ("Once upon a time.", None, "unknown-publisher"),
        (plain(TALK), "no-such", "unknown-publisher"),
        (old_html([]), None, "no-body"),
        (f"<html><title>{TITLE}</title><body><p>Not found.</p></body></html>", None, "no-body"),
        (plain(["The Minister will travel to the north of the country."]), None, "no-items"),
        (plain(TALK, TITLE.replace("March 4", "February 30")), None, "bad-date"),
        (plain(TALK, TITLE.replace(" on March 4, 2024", ""), ""), None, "no-date"),
        (plain(TALK, TITLE.replace(", 2024", ""), ""), None, "no-year"),
        (plain(["Q: 俄方的计划是什么?", "A: 我们注意到有关报道。" * 20]), None, "unsupported-language"),
        ("<html>" + "<div>" * 100_000, None, "tangled"),
    ],
)
def test_what_is_no_transcript_is_refused_in_one_line(page: str | bytes, publisher: str | None, code: str) -> None:
    """There is no briefing, and the last problem says which file, what is wrong and what to do."""
    parsed = parse(page, publisher)
    assert parsed.briefing is None
    problem = parsed.problems[-1]
    assert (problem.code, problem.severity) == (code, "refused")
    assert problem.message.startswith("page: ")
    assert "\n" not in problem.message
    assert ";" in problem.message, "a hint follows what is wrong"


def test_an_unknown_publisher_is_told_which_are_known() -> None:
    """The hint lists what `--publisher` takes."""
    (problem,) = parse("Once upon a time.").problems
    assert all(id in problem.message for id in PROFILES)


def test_a_language_that_is_not_clear_is_noted() -> None:
    """A few names are read in the publisher's main language, and the librarian is told."""
    assert "language-unclear" in codes(parse(plain(["Q: Kelmouth?", "A: Tavren."], stamp="2024-03-04")))


def test_the_manifests_title_stands_in_for_one_that_is_missing() -> None:
    """With `--publisher`, a page without any title takes title and date from the manifest."""
    page = replace(source("\n\n".join(TALK)), title=TITLE)
    briefing = parse_source(page, AUTHORITY, "xv-mfa").briefing
    assert briefing is not None
    assert (briefing.id, briefing.title) == ("xv-mfa/en/2024-03-04", TITLE)


def test_profiles_are_keyed_by_their_id_and_speak_languages_that_can_be_read() -> None:
    """A profile's first languages are those that the phrases know; the parser has a version."""
    assert {p.id for p in PROFILES.values()} == set(PROFILES)
    assert PARSER_VERSION >= 1
    assert all(set(p.languages) <= set(PHRASES) for p in PROFILES.values())


@pytest.mark.parametrize("sample", sources(), ids=lambda s: Path(s.file).name)
def test_every_sample_is_read_whole(sample: Source) -> None:
    """Each shipped sample gives its day, an answer to every question, and nobody unknown but on purpose."""
    parsed = parse_source(sample, AUTHORITY)
    briefing = parsed.briefing
    assert briefing is not None
    assert briefing.id == f"xv-mfa/en/{Path(sample.file).stem}"
    assert briefing.url == sample.url
    assert [p.code for p in parsed.problems] == (["unknown-label"] if briefing.date == date(2024, 3, 4) else [])
    answers = [i for i in briefing.items if i.kind == "answer"]
    assert len(answers) >= 7
    assert all(i.question and i.answer and i.speakers for i in answers)


def shape(name: str) -> list[tuple[str, str | None, tuple[str, ...]]]:
    """Kind, asker and speakers of every item of a sample."""
    (sample,) = (s for s in sources() if Path(s.file).name == name)
    briefing = parse_source(sample, AUTHORITY).briefing
    assert briefing is not None
    return [(i.kind, i.asker, i.speakers) for i in briefing.items]


def test_the_oldest_layout_is_read_right() -> None:
    """2018-05-16: announcements first, anonymous questions, a follow-up, a question raised afterwards."""
    harrowgate = ("Tobin Harrowgate",)
    expected = [("statement", None, harrowgate), *[("answer", None, harrowgate)] * 9]
    expected[7] = ("answer", "Follow-up", harrowgate)
    assert shape("2018-05-16.html") == expected


def test_the_newest_layout_is_read_right() -> None:
    """2023-02-09: an opening with a label, two people answering, a separator and a notice."""
    verlaine, corvane = "Ilsa Verlaine", "Amaya Corvane"
    assert shape("2023-02-09.html") == [
        ("statement", None, (verlaine,)),
        ("answer", "VANA", (verlaine,)),
        ("answer", "Radio Meridian", (corvane,)),
        ("answer", "Harbour Post", (verlaine,)),
        ("answer", "Follow-up", (verlaine,)),
        ("answer", "Kestrel TV", (verlaine, corvane)),
        ("answer", "The Lantern", (corvane,)),
        ("answer", "Saint Orla Courier", (verlaine,)),
        ("answer", "Polar Dispatch", (verlaine,)),
        ("answer", "Estuary Times", (verlaine,)),
        ("note", None, ()),
        ("note", None, ()),
    ]


def test_a_plain_text_is_read_right() -> None:
    """2024-03-04: outlets that ask twice, one spelt in another way, one unknown, a closing notice."""
    verlaine = ("Ilsa Verlaine",)
    askers = ["Harbour Post", "Harbour Post", "St. Orla Courier", "VANA", "Kitahama Shimbun", "Ledger & Quay"]
    askers += ["Northern Wire", "Radio Meridian", "Kestrel TV", "Tidewater Review"]
    assert shape("2024-03-04.txt") == [*(("answer", a, verlaine) for a in askers), ("note", None, ())]
