"""Answers like another: by which words they are found, and which are left out."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engine import Engine
from search.model import Document
from search.page import Hit
from search.query import Phrase, Term
from search.similar import CANDIDATES, PAIRS, WORDS, Said, Similar, find_similar, is_of_others, telling_words
from tests.invented import answer, briefing, note, publish, statement
from tests.oracle import OracleEngine

FILLER = "We have said before what there is to say about it and the work goes on at its own pace."


def told(hits: tuple[Hit, ...]) -> list[str]:
    """The ids of some hits."""
    return [hit.document.id for hit in hits]


@pytest.fixture(scope="module")
def engine() -> Engine:
    """Briefings of many matters, three of them about dredging the harbour of Port Anselm, one in Chinese."""
    engine = OracleEngine()
    other = [
        briefing(f"2021-01-{day:02}", answer(1, f"What of matter {day}?", f"{FILLER} Nothing is new."))
        for day in range(1, 15)
    ]
    texts = [
        briefing(
            "2022-03-01",
            answer(1, "Will the harbour at Port Anselm be dredged?", f"The dredging begins in spring. {FILLER}"),
            answer(2, "Who pays for dredging at Port Anselm?", "The harbour's owners do.", asker="Northern Wire"),
            answer(3, "And the dredging of the harbour itself?", "It will take a year.", asker="Harbour Post"),
            answer(4, "And the undersea cable?", f"It has been mended. {FILLER}", asker="Radio Meridian"),
            statement(6, "The harbour at Port Anselm is to be dredged, and the dredging is the harbour's."),
            note(5, "The dredging timetable of the harbour at Port Anselm is on the ministry's pages."),
        ),
        briefing(
            "2022-05-01",
            answer(1, "Has the dredging of the harbour ended?", f"Port Anselm is open. {FILLER}"),
            answer(2, "Say it again: has the dredging ended?", f"Port Anselm is open. {FILLER}"),
            answer(3, "Again?", f"The dredging begins in spring. {FILLER}"),
        ),
        briefing("2022-03-01", answer(1, "安塞尔港何时疏浚？", "春天开始疏浚。"), language="zh"),
        briefing("2022-06-01", answer(1, "安塞尔港疏浚了吗？", "已经完成。"), language="zh"),
        briefing("2022-06-02", answer(1, "电缆修好了吗？", "已经完成。"), language="zh"),
    ]
    engine.add(map(publish, other + texts), sequence=1)
    return engine


@pytest.fixture(scope="module")
def document(engine: Engine) -> Document:
    """An answer about dredging the harbour."""
    return engine.get("xv-mfa/en/2022-03-01/1")


@pytest.fixture(scope="module")
def similar(engine: Engine, document: Document) -> Similar:
    """What is like it."""
    return find_similar(engine, document, 5)


def test_telling_words_are_rare_ones(engine: Engine, document: Document) -> None:
    """What the answer is about comes first; what everybody says, or nobody else does, is left out."""
    words = telling_words(engine, document)
    assert {"dredged", "harbour", "Anselm", "Port"} <= {str(word) for word in words[:6]}
    assert not {str(word) for word in words} & {"said", "before", "pace", "goes"}


def test_more_like_it(similar: Similar) -> None:
    """Answers about the same are found, in its language alone, told with the beginnings of question and answer."""
    assert all("/en/2022" in id for id in told(similar.more))
    (hit,) = [hit for hit in similar.more if hit.document.id == "xv-mfa/en/2022-05-01/1"]
    assert hit.question is not None
    assert hit.answer is not None
    assert [piece.text for piece in hit.question.pieces] == ["Has the dredging of the harbour ended?"]
    assert not any(piece.hit for piece in (*hit.question.pieces, *hit.answer.pieces))


def test_same_words_are_not_more_of_it(similar: Similar, document: Document) -> None:
    """Neither itself, nor an answer of its own words, nor two of the same words are told."""
    more = told(similar.more)
    assert document.id not in more
    assert "xv-mfa/en/2022-05-01/3" not in more
    assert "xv-mfa/en/2022-05-01/2" not in more


def test_same_day(similar: Similar) -> None:
    """The same asked that day by another asker is told apart; what else was asked that day is not told."""
    assert told(similar.that_day) == ["xv-mfa/en/2022-03-01/2"]
    assert similar.that_day[0].document.item.asker == "Northern Wire"
    assert not set(told(similar.that_day)) & set(told(similar.more))


def test_statement_is_not_asked(similar: Similar) -> None:
    """A statement of that day is like the answer, but nobody asked it."""
    assert "xv-mfa/en/2022-03-01/6" in told(similar.more)


@pytest.mark.parametrize(
    ("first", "second", "others"),
    [
        (("xv-mfa/en/2022-03-01", "Harbour Post", None), ("xv-mfa/en/2022-03-01", "Harbour Post", None), False),
        (("xv-mfa/en/2022-03-01", "Harbour Post", None), ("xv-mfa/en/2022-03-01", "Northern Wire", None), True),
        (("xv-mfa/en/2022-03-01", "Harbour Post", None), ("xv-mfa/en/2022-03-01", "Follow-up", 1), False),
        (("xv-mfa/en/2022-03-01", None, None), ("xv-mfa/en/2022-03-01", None, None), True),
        (("xv-mfa/en/2022-03-01", "Harbour Post", None), ("xw-gov/en/2022-03-01", "Harbour Post", None), True),
    ],
)
def test_who_others_are(
    first: tuple[str, str | None, int | None], second: tuple[str, str | None, int | None], *, others: bool
) -> None:
    """Others asked at another briefing, under another name, or under none; a follow-up is not of others."""
    documents = []
    for n, (id, asker, follows) in enumerate((first, second), 1):
        item = replace(
            answer(n, "Will the zeppelin fly over Westmark?", f"In {n} years.", asker=asker), follow_up_to=follows
        )
        text = replace(briefing("2022-03-01", item), id=id)
        documents.append(publish(text).documents[0])
    assert is_of_others(documents[1], documents[0]) == is_of_others(documents[0], documents[1]) == others


@pytest.mark.parametrize("limit", [1, 2])
def test_limit(engine: Engine, document: Document, limit: int) -> None:
    """No more are told than were asked for."""
    similar = find_similar(engine, document, limit)
    assert (len(similar.more), len(similar.that_day)) == (limit, 1)


def test_few_words_are_like_nothing() -> None:
    """An answer with two telling words could be like anything, so nothing is told."""
    engine = OracleEngine()
    engine.add(
        [publish(briefing(f"2022-03-0{n}", answer(1, "a zeppelin, a hangar?", "no."))) for n in (1, 2)], sequence=1
    )
    document = engine.get("xv-mfa/en/2022-03-01/1")
    assert len(telling_words(engine, document)) == 2
    assert find_similar(engine, document, 5) == ((), ())


def test_note_is_like_nothing(engine: Engine) -> None:
    """A note is not searched, so nothing is like it."""
    assert find_similar(engine, engine.get("xv-mfa/en/2022-03-01/5"), 5) == ((), ())


def test_han_is_known_by_pairs(engine: Engine) -> None:
    """A Chinese answer is known by pairs of characters, and finds the answer about the same matter."""
    document = engine.get("xv-mfa/zh/2022-03-01/1")
    words = telling_words(engine, document)
    assert Phrase(("疏", "浚")) in words
    assert len(words) <= PAIRS
    assert told(find_similar(engine, document, 5).more)[0] == "xv-mfa/zh/2022-06-01/1"


def test_number_of_words_is_bounded(engine: Engine) -> None:
    """However long an answer is, few of its words are looked up, and fewer looked for."""
    many = " ".join(f"Word{'abcdefghij'[n % 10]}{'klmnopqrst'[n // 10 % 10]}{'uvwxyz'[n // 100]}" for n in range(600))
    long = publish(briefing("2023-01-01", answer(1, many, many))).documents[0]
    assert len(Said(long).words()) == CANDIDATES
    doubled = OracleEngine()
    doubled.add([publish(briefing(f"2023-01-0{day}", answer(1, many, many))) for day in (1, 2)], sequence=1)
    assert len(telling_words(doubled, long)) == WORDS


def test_words_are_weighed(engine: Engine) -> None:
    """Long words, names and what was asked count for more; numbers, operators and short words are no candidates."""
    text = publish(
        briefing("2023-01-01", answer(1, "Zeppelin?", "NOT 12 the at to zeppelins, the WHO, extraordinary."))
    )
    words = Said(text.documents[0]).words()
    assert set(words) == {Term("Zeppelin"), Term("WHO"), Term("extraordinary")}
    assert words[Term("Zeppelin")] > words[Term("extraordinary")]


@given(st.text("abcÉñ渡轮A.'’-&5 \u0301ЖΩي\n", max_size=60))
def test_any_text_has_words(text: str) -> None:
    """Whatever is said, the words taken from it can be asked for."""
    said = Said(publish(briefing("2023-01-01", answer(1, text, text))).documents[0])
    assert all(isinstance(word, Term) for word in said.words())
    assert all(isinstance(pair, Phrase) for pair in said.pairs())
