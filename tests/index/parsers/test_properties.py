"""What holds for every page: nothing is lost or invented, markup decides nothing, and no bytes whatever raise."""

import re
from time import process_time

from hypothesis import example, given
from hypothesis import strategies as st

from index.parsers import Parsed
from index.parsers.plain import PlainPage
from tests.index.parsers.pages import SAMPLES, letters, new_html, old_html, parse, plain

WORDS = st.sampled_from(
    "the of and to in is that ferry Kelmouth island we have noted sail it will not for on this Minister US 10:30 U.S. "
    "“quay” — (Laughs) clear: so: AFP: press briefing after ended, however; 5G".split()
)
SENTENCE = st.builds(
    lambda words, end: " ".join(words) + end,
    st.lists(WORDS, min_size=1, max_size=12),
    st.sampled_from([".", "?", "!", ":"]),
)
LABEL = st.sampled_from(
    ["", "", "", "Q: ", "A: ", "Q:", "A :", "VBC: ", "Ilsa Verlaine: ", "Follow-up: ", "Journalist: ",
     "Tidewater Review: ", "Amaya Corvane: ", "Ledger&Quay : ", "Bram Ostervik: ", "Fact: ", "First: "]
)  # fmt: skip
REMARK = st.sampled_from(
    ["***", "---", "(Laughter)", "There will be no regular press briefing on Friday.", "Happy holidays!",
     "The following questions were raised after the press briefing:", "(a) (b)", "…"]
)  # fmt: skip
PARAGRAPH = st.one_of(st.builds(str.__add__, LABEL, SENTENCE), REMARK)
TALK = st.lists(PARAGRAPH, max_size=12).map(lambda p: ["Q: Will it sail to the island?", "A: We have noted that.", *p])
PAGES = [p.read_bytes() for p in sorted(SAMPLES.iterdir()) if p.suffix in {".html", ".txt"}]


def said(parsed: Parsed) -> str:
    """Everything in the record of a briefing, in order: labels and texts."""
    assert parsed.briefing is not None, parsed.problems
    return "".join((t.label or "") + t.text for i in parsed.briefing.items for t in i.turns)


@given(TALK)
def test_every_character_comes_back_once_and_in_order(paragraphs: list[str]) -> None:
    """Labels and texts of the record, read in order, are the body; white space and colons apart."""
    assert letters(said(parse(plain(paragraphs)))) == letters("".join(paragraphs))


@given(TALK)
def test_markup_decides_nothing(paragraphs: list[str]) -> None:
    """A page gives the same items, title and date in both layouts of HTML and as plain text."""
    read = [parse(layout(paragraphs)).briefing for layout in (plain, old_html, new_html)]
    assert all(b is not None for b in read)
    assert len({(b.id, b.title, b.items) for b in read if b}) == 1


@given(TALK, st.data())
def test_text_within_a_paragraph_is_unaltered(paragraphs: list[str], data: st.DataObject) -> None:
    """Every paragraph's words after its label stand in the record exactly as printed."""
    paragraph = data.draw(st.sampled_from(paragraphs))
    text = re.sub(r"^[^:]{1,45}:\s*(?=.)", "", paragraph)
    assert " ".join(text.split()) in said(parse(plain(paragraphs)))


@given(st.binary(max_size=2_000))
@example(b"")
@example(b"<html>")
@example(b"\xff\xfe")
@example(b"\xef\xbb\xbf")
@example(b"\xff\xfe\x00\xd8")
@example(b"<html><frameset></frameset>")
def test_no_bytes_raise(data: bytes) -> None:
    """Whatever the bytes, there is a briefing or a refusal, and never both."""
    for publisher in (None, "xv-mfa", "cn-mfa"):
        parsed = parse(data, publisher)
        assert (parsed.briefing is None) == any(p.severity == "refused" for p in parsed.problems)


@given(st.sampled_from(PAGES), st.data())
def test_no_mutated_page_raises_or_hangs(page: bytes, data: st.DataObject) -> None:
    """Samples with parts cut out, repeated and put elsewhere are read or refused, whole, within a second."""
    mutated = bytearray(page)
    for _ in range(data.draw(st.integers(1, 8))):
        start = data.draw(st.integers(0, len(mutated)))
        end = min(len(mutated), start + data.draw(st.sampled_from([1, 7, 60, 800, 9_000])))
        piece = data.draw(
            st.sampled_from([b"", b"<div>" * 300, b"<p>", b"</div>", b"(", b"Q: ", b"\n\n***\n\n", b"\xc3", b"<!--"])
        )
        repeated = bytes(mutated[start:end]) * data.draw(st.integers(0, 4))
        mutated[start:end] = piece + repeated
    start_time = process_time()
    parsed = parse(bytes(mutated))
    assert process_time() - start_time < 1
    assert (parsed.briefing is None) == any(p.severity == "refused" for p in parsed.problems)
    if parsed.briefing:
        assert [i.n for i in parsed.briefing.items] == list(range(1, len(parsed.briefing.items) + 1))


@given(st.text(max_size=300))
def test_plain_paragraphs_hold_every_character(text: str) -> None:
    """Cutting a text into paragraphs loses nothing but white space and what nobody sees."""
    seen = re.sub("[\u00ad\u200b\u2060\ufeff]", "", text)
    assert "".join("".join(PlainPage(text)._paragraphs).split()) == "".join(seen.split())


def test_pages_made_to_be_slow_are_not() -> None:
    """Twenty thousand of one thing, whatever the thing, are read or refused in bounded time."""
    title = plain([], stamp="")
    for thing in ("Q: x?\n\n", "(x)\n\n", "A:", "word ", "no press briefing ", "***\n\n", "Ab Cd: x?\n\n", "X"):
        start = process_time()
        parse(title + "\n\nQ: a?\n\n" + thing * 20_000)
        assert process_time() - start < 5, thing
