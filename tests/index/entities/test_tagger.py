"""Finding names in texts: boundaries, the longest match, blocks, scopes, and spans into the text as printed."""

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.authority.tables import Authority, EntityRow, load_authority
from index.entities import Tagger
from index.entities.names import Names
from search.model import Item, Turn

AUTHORITY = load_authority()
TAGGER = Tagger(AUTHORITY)
NAMED = Names(AUTHORITY)
NAMES = sorted({name for row in AUTHORITY.entities for name in row.names})


def found(text: str, publisher: str = "cn-mfa") -> list[tuple[str, str]]:
    """Id and surface of each mention in `text`."""
    return [(m.id, m.surface) for m in TAGGER.tag_text(text, publisher, "en")]


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("China’s comment", [("place-cn", "China")]),  # a possessive is no part of the name
        ("China-Poland and China–Poland", [("place-cn", "China"), ("place-pl", "Poland")] * 2),
        ("Türkiye, or Turkey", [("place-tr", "Türkiye"), ("place-tr", "Turkey")]),
        ("the U.S.-led talks", [("place-us", "U.S.")]),
        ("let us and the US", [("place-us", "US")]),  # capitals alone make the acronym
        ("who told the WHO", [("org-who", "WHO")]),
        ("US$5 million", []),  # a sum of money
        ("Indochina, Malinese, Chinatown", []),  # inside another word
        ("the Filipino crew in Manila", [("place-ph", "Filipino"), ("place-ph-manila", "Manila")]),
        ("the People’s\u00a0Republic of China", [("place-cn", "People’s\u00a0Republic of China")]),
        ("the Republic of China", []),  # a block, and no part of the longer name above
        ("the Indian Ocean", []),
        ("China Daily of China", [("place-cn", "China")]),  # an outlet is not its country
        ("Papua New Guinea, Guinea-Bissau", [("place-pg", "Papua New Guinea"), ("place-gw", "Guinea-Bissau")]),
        ("the Chinese New Year", [("event-spring-festival", "Chinese New Year")]),
        ("Georgia Tech in New Mexico", [("place-us-nm", "New Mexico")]),
        ("President Xi Jinping", [("person-xi-jinping", "President Xi Jinping")]),
        ("UN Security Council", [("org-un-security-council", "UN Security Council")]),
        ("在China的US", [("place-cn", "China"), ("place-us", "US")]),  # Han text has no spaces
        ("", []),
    ],
)
def test_names_are_found_as_printed(text: str, mentions: list[tuple[str, str]]) -> None:
    """Names match in their own case, between word boundaries, the leftmost and longest first."""
    assert found(text) == mentions


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("中国和美国的合作", [("place-cn", "中国"), ("place-us", "美国")]),
        ("美国F-35和3名韩国AI专家", [("place-us", "美国"), ("place-kr", "韩国")]),  # a Han edge may touch anything
        ("印度尼西亚、印度、印度洋", [("place-id", "印度尼西亚"), ("place-in", "印度")]),
        (
            "巴布亚新几内亚、几内亚比绍、几内亚",
            [("place-pg", "巴布亚新几内亚"), ("place-gw", "几内亚比绍"), ("place-gn", "几内亚")],
        ),
        ("尼日尔和尼日利亚", [("place-ne", "尼日尔"), ("place-ng", "尼日利亚")]),
        ("刚果（金）与刚果（布）", [("place-cd", "刚果（金）"), ("place-cg", "刚果（布）")]),
        ("南非、中东、白俄罗斯", [("place-za", "南非"), ("place-middle-east", "中东"), ("place-by", "白俄罗斯")]),
        ("中美俄三方，中非关系", []),  # one character is no name, and two may be two countries
        ("发展中国家和其中国际组织", []),  # China only to the eye
        ("沿海地区和有关岛国", []),
        ("中国同中东欧国家", [("place-cn", "中国"), ("place-eastern-europe", "中东欧")]),
        ("拉美国家", [("place-latin-america", "拉美")]),
        ("联合国安理会", [("org-un-security-council", "联合国安理会")]),
        ("国家主席习近平", [("person-xi-jinping", "习近平")]),
    ],
)
def test_chinese_names_are_found_without_spaces(text: str, mentions: list[tuple[str, str]]) -> None:
    """Names in Han are found inside running text, the longest first; words that only look like them are not."""
    assert found(text) == mentions


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("Estados Unidos y EE.UU.", [("place-us", "Estados Unidos"), ("place-us", "EE.UU.")]),
        ("los Estados Unidos Mexicanos", [("place-mx", "Estados Unidos Mexicanos")]),
        ("de Baja California Sur", [("place-mx-bcs", "Baja California Sur")]),
        ("Baja California y California", [("place-mx-bc", "Baja California"), ("place-us-ca", "California")]),
        ("en Nuevo León y Georgia", [("place-mx-nl", "Nuevo León")]),  # country or state: nobody says
        ("el Golfo de California y Miguel de la Madrid", []),
        ("en La Paz", [("place-mx-la-paz", "La Paz")]),
        ("en La Paz, Bolivia", [("place-bo-la-paz", "La Paz, Bolivia")]),
        ("Morelos, Miguel Hidalgo", [("place-mx-mor", "Morelos")]),  # a state, and whom one is named after
    ],
)
def test_spanish_names_are_found_at_mexicos_presidency(text: str, mentions: list[tuple[str, str]]) -> None:
    """Countries have Spanish names, and Mexico's states and cities go before what they share a name with."""
    assert found(text, "mx-presidencia") == mentions


@pytest.mark.parametrize(
    ("text", "ours"),
    [
        ("The Foreign Ministry will answer.", True),
        ("China’s Foreign Ministry", True),
        ("Beijing’s Foreign Ministry", True),  # a capital is within its country
        ("the Polish Foreign Ministry", False),
        ("Poland's Foreign Ministry", False),
        ("the Foreign Ministry of Poland", False),
        ("the Ministry of Foreign Affairs of the Philippines", False),
        ("the WHO's Foreign Ministry of Poland", False),  # what stands before is no place
        ("Poland, the Foreign Ministry said", True),
    ],
)
def test_a_national_body_is_the_home_countrys_alone(text: str, ours: bool) -> None:  # noqa: FBT001
    """A ministry's bare name is the publisher's own, unless another country's name says whose it is."""
    assert ("org-cn-mfa" in dict(found(text))) is ours


def test_a_scope_keeps_a_row_to_its_publishers() -> None:
    """The bare "Foreign Ministry" is nobody's elsewhere; "Georgia" is the state at the White House alone."""
    assert found("the Foreign Ministry", "us-white-house") == []
    assert found("in Georgia", "us-white-house") == [("place-us-georgia", "Georgia")]
    assert found("in Georgia") == [("place-ge", "Georgia")]
    assert found("in La Paz") == [("place-bo-la-paz", "La Paz")]


def test_a_scoped_name_elsewhere_swallows_nothing() -> None:
    """A longer name that does not count at this publisher does not hide a shorter one that does."""
    rows = (
        EntityRow("place-xv", "place", "Valdria"),
        EntityRow("org-xv", "organisation", "Valdria Post", scope=("a",)),
    )
    tagger = Tagger(Authority(rows, (), ()))
    assert [m.id for m in tagger.tag_text("Valdria Post", "a", "en")] == ["org-xv"]
    assert [m.id for m in tagger.tag_text("Valdria Post", "b", "en")] == ["place-xv"]


def test_a_person_is_not_broken_by_a_place_inside() -> None:
    """A name with a city or country in it is the person's where the person has a row."""
    rows = (EntityRow("place-xv", "place", "Valdria"), EntityRow("person-v", "person", "Ada Valdria Moor"))
    assert [m.id for m in Tagger(Authority(rows, (), ())).tag_text("Ada Valdria Moor", "a", "en")] == ["person-v"]


def test_no_names_find_nothing() -> None:
    """An authority without entities tags nothing, and does not fail."""
    assert Tagger(Authority((), (), ())).tag_text("China", "cn-mfa", "en") == ()


def test_an_item_is_tagged_where_its_words_stand() -> None:
    """Mentions of an answer say whether they are in the question or in the answer; those of a note are in the text."""
    question = Turn("question", "AFP", "What about Manila?", outlet="Agence France-Presse")
    answer = Turn("answer", "Mao Ning", "Ask the Philippines.", speaker="Mao Ning")
    mentions = TAGGER.tag(Item(1, 1, "answer", (question, answer)), "cn-mfa", "en")
    assert [(m.where, m.surface) for m in mentions] == [("question", "Manila"), ("answer", "Philippines")]
    note = Item(2, 2, "note", (Turn("note", None, "China is closed."),))
    assert [(m.where, m.label, m.type) for m in TAGGER.tag(note, "cn-mfa", "en")] == [("text", "China", "place")]


PIECES = st.one_of(
    st.sampled_from(NAMES), st.sampled_from([" ", ". ", "’s ", "-", "–", "\u00a0", "\n\n", "𠀀", "é"]), st.text()
)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_a_span_cuts_its_own_surface(text: str) -> None:
    """Every mention is the very words of the text; mentions stand in order and never overlap."""
    reached = 0
    for mention in TAGGER.tag_text(text, "cn-mfa", "en"):
        assert text[mention.start : mention.end] == mention.surface != ""
        assert mention.start >= reached
        reached = mention.end


@given(st.sampled_from(NAMES), st.sampled_from(["cn-mfa", "us-white-house"]))
def test_every_name_of_the_authority_is_found(name: str, publisher: str) -> None:
    """A name alone in a text gives one mention of the whole of it, unless it is blocked or out of scope."""
    rows = [r for r in AUTHORITY.entities if name in r.names and (not r.scope or publisher in r.scope)]
    row = max(rows, key=lambda r: len(r.scope), default=None)
    if row is None:
        assert name not in [f"({name})"[hit.start : hit.end] for hit in NAMED.find(f"({name})", publisher)]
    else:
        assert found(f"({name})", publisher) == ([] if "block" in row.flags else [(row.id, name)])


TYPES = {"PLACE": "place", "ORG": "organisation", "PERSON": "person", "EVENT": "event"}


SPELT = {"Díaz-Canel": "Miguel Díaz-Canel", "Salman bin Abudulaziz Al Saud": "Salman bin Abdulaziz Al Saud"}
"""Labels that the authority spells otherwise."""


def test_hand_made_labels_are_reached(corpus: Path) -> None:
    """On a real briefing with labels made by hand, F1 of sets of type and label stays above its floor."""
    counts: Counter[str] = Counter()
    for line in (corpus / "gold" / "entities-2024-02-08.jsonl").read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)
        wanted = {(TYPES[type], SPELT.get(label, label)) for type, label in gold["entities"]}
        optional = {(TYPES[type], SPELT.get(label, label)) for type, label in gold["optional"]}
        tagged = {(m.type, m.label) for m in TAGGER.tag_text(gold["text"], "cn-mfa", "en")}
        counts += Counter(
            right=len(tagged & wanted), wrong=len(tagged - wanted - optional), missed=len(wanted - tagged)
        )
    assert 2 * counts["right"] / (2 * counts["right"] + counts["wrong"] + counts["missed"]) >= 0.98  # F1
