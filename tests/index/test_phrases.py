"""Frequent phrases: which words make one, and when they are looked for."""

import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from index import phrases
from index.authority.tables import Authority, load_authority
from index.ingest import add, rebuild
from index.phrases import iter_stretches, mine_phrases
from search.settings import Settings
from tests.index.arrivals import prose
from tests.oracle import OracleEngine

NOUNS = "harbour cable zeppelin orchard lantern violin quarry meadow turbine glacier walnut saddle".split()
VERBS = "mended painted sold bought moved closed opened measured counted lifted".split()


def invent(planted: str, *, every: int = 5, answers: int = 300) -> list[tuple[str, list[str]]]:
    """English answers at random, with `planted` in every fifth."""
    draw = random.Random(3)
    found = []
    for n in range(answers):
        said = [f"the {draw.choice(NOUNS)} of the {draw.choice(NOUNS)} was {draw.choice(VERBS)}" for _ in range(6)]
        end = f" and {planted} is near" if n % every == 0 else ""
        found.append(("en", [f"It is said that {'; '.join(said)}{end}."]))
    return found


def test_phrase_is_found_as_it_is_printed() -> None:
    """Words that stand together far more often than by chance are a phrase, in their commonest print."""
    mined = mine_phrases([*invent("Port Anselm"), ("en", ["near PORT ANSELM"] * 2)])
    assert "Port Anselm" in mined


def test_longest_phrase_stands_for_its_parts() -> None:
    """What mostly stands within a longer phrase is no phrase of its own, nor is a word that only stands there."""
    mined = mine_phrases(invent("Treaty of Saint Orla"))
    assert "Treaty of Saint Orla" in mined
    assert not {"Saint Orla", "Treaty", "of Saint Orla", "Treaty of Saint"} & set(mined)


def test_function_words_begin_and_end_nothing() -> None:
    """Words that are in most answers by chance alone are found out, and stand at no end of a phrase."""
    mined = mine_phrases(invent("Port Anselm"))
    for words in (phrase.split() for phrase in mined):
        assert not {words[0].lower(), words[-1].lower()} & {"the", "of", "was", "it", "is", "and", "that"}


def test_most_frequent_comes_first() -> None:
    """Phrases come by the share of the answers that they stand in."""
    mined = mine_phrases([*invent("Port Anselm", every=3), *invent("Radio Meridian", every=9)])
    assert mined.index("Port Anselm") < mined.index("Radio Meridian")


def test_rare_phrase_is_left_out() -> None:
    """What fewer answers than a bound have is not frequent."""
    assert "Port Anselm" not in mine_phrases(invent("Port Anselm", every=101))


def test_han_phrase_is_whole() -> None:
    """In Han text, where no spaces tell, the run of characters that comes as a whole is the phrase."""
    draw = random.Random(5)
    filler = "天地人山水火风云花鸟鱼虫日月星石田土木金"
    texts = [
        ("zh", ["".join(draw.choices(filler, k=40)) + ("港口管理局" if n % 60 == 0 else "") + "，"]) for n in range(300)
    ]
    mined = mine_phrases(texts)
    assert "港口管理局" in mined
    assert not {"港口", "口管理局", "管理", "港口管理"} & set(mined)


@pytest.mark.parametrize(
    ("text", "stretches"),
    [
        ("The ferry, and the cable.", [["The", "ferry"], ["and", "the", "cable"]]),
        ("sea-bed survey", [["sea", "bed", "survey"]]),
        ("route 66 is open", [["is", "open"]]),
        ("COVID-19 tests done", [["tests", "done"]]),
        ("港口邮报 reports that", [["港", "口", "邮", "报"], ["reports", "that"]]),
        ("alone", []),
        ("", []),
    ],
)
def test_stretches(text: str, stretches: Sequence[Sequence[str]]) -> None:
    """A phrase reaches over no punctuation, no number and no change of script; over a hyphen it does."""
    assert list(iter_stretches(text)) == stretches


@pytest.fixture(scope="module")
def authority() -> Authority:
    """The authority files as shipped."""
    return load_authority()


def write(folder: Path, first: int, last: int) -> Path:
    """Plain transcripts of the invented ministry, one a day, each of four answers that name Port Anselm."""
    folder.mkdir(exist_ok=True)
    for day in range(first, last):
        lines = [f"Foreign Ministry Spokesperson N. N.'s Regular Press Conference on March {day}, 2024"]
        for n in range(4):
            lines += [
                f"AFP: {prose(f'{day} {n} q')}?",
                f"N. N.: {prose(f'{day} {n} a')} Port Anselm {prose(f'{day} {n} b')}.",
            ]
        (folder / f"2024-03-{day:02}.txt").write_text("\n\n".join(lines), "utf-8")
    return folder


def test_phrases_are_mined_when_the_collection_has_grown(tmp_path: Path, authority: Authority) -> None:
    """The first addition and one of a tenth mine phrases; a smaller one carries them over; a rebuild mines them too."""
    home, engine = Settings(tmp_path / "home", {}), OracleEngine()
    add([write(tmp_path / "first", 1, 21)], home, engine, authority, publisher="cn-mfa")
    assert "Port Anselm" in engine.labels().phrases

    kept = ("carried over",)
    engine.publish_labels(type(engine.labels())(engine.labels().names, engine.labels().synonyms, kept))
    add([write(tmp_path / "one", 21, 22)], home, engine, authority, publisher="cn-mfa")
    assert engine.labels().phrases == kept

    add([write(tmp_path / "more", 22, 25)], home, engine, authority, publisher="cn-mfa")
    assert "Port Anselm" in engine.labels().phrases

    engine.publish_labels(type(engine.labels())(engine.labels().names, engine.labels().synonyms, kept))
    rebuild(home, engine, authority)
    assert "Port Anselm" in engine.labels().phrases


def test_sample_is_bounded(tmp_path: Path, authority: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many briefings there are, so many are looked at, evenly over time."""
    home, engine = Settings(tmp_path / "home", {}), OracleEngine()
    add([write(tmp_path / "all", 1, 25)], home, engine, authority, publisher="cn-mfa")
    monkeypatch.setattr(phrases, "BRIEFINGS", 6)
    with phrases.ArchiveReader.read(home.archive) as archive:
        asked: list[str] = []
        readings = archive.readings
        monkeypatch.setattr(archive, "readings", lambda id: asked.append(id) or readings(id))
        list(phrases._iter_sample(archive))
    assert [id[-2:] for id in asked] == ["01", "05", "09", "13", "17", "21"]
