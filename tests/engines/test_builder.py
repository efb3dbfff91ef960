"""From texts to arrays: every token has its place, its beginning and its terms, as `search.text` cuts them."""

from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.embedded.builder import FAR, SegmentBuilder, Surfaces, offsets
from search.embedded.schema import SEARCHED, Record
from search.embedded.segment import Segment
from search.embedded.stored import to_json
from search.schema import TEXTS
from search.stems import stem
from search.text import iter_tokens, kind_of
from tests.engines.records import build, passages, records


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for segments."""
    return tmp_path_factory.mktemp("segments")


def in_order(given: list[Record]) -> list[Record]:
    """Records as they stand in a segment: language by language, within one as they came."""
    return sorted(given, key=lambda record: record.language)


@given(st.lists(records(), max_size=6))
def test_every_token_stands_at_its_place(folder: Path, given: list[Record]) -> None:
    """On the line of its field, documents and passages apart, with its terms, its stem, and where it begins."""
    segment = build(folder, given)
    for which, name in enumerate(f.name for f in TEXTS):
        text, place = segment.texts[name], 0
        terms: dict[str, list[int]] = defaultdict(list)
        stems: dict[str, list[int]] = defaultdict(list)
        passage = 0
        for number, record in enumerate(in_order(given)):
            assert text.starts[number] == place
            length = 0
            for said in record.texts[which] if record.texts else ():
                tokens = list(iter_tokens(said))
                assert text.passages[passage] == place
                for step in (1, 3):  # all of them, or some
                    wanted = range(place, place + len(tokens), step)
                    assert text.token_starts(place, wanted) == [t.start for t in tokens[::step]]
                for at, token in enumerate(tokens, place):
                    for term in token.terms:
                        terms[term].append(at)
                    if root := stem(token.base, record.language):
                        stems[f"{record.language}\0{root}"].append(at)
                length += len(tokens)
                passage += 1
                place += len(tokens) + 1
            assert text.lengths[number] == length
        assert (text.starts[-1], text.passages[-1], len(text.passages)) == (place, place, passage + 1)
        assert list(text.terms) == sorted(terms)
        for term, places in terms.items():
            units = text.units_of_term(term)
            assert sorted(text.unit_places(units.start, units.stop).tolist()) == places
            numbers, counts = text.count(np.array(places, dtype=np.uint32))
            held = (np.searchsorted(text.starts, places, side="right") - 1).tolist()
            assert dict(zip(numbers.tolist(), counts.tolist(), strict=True)) == {n: held.count(n) for n in held}
        for label, places in stems.items():
            assert sorted(p for u in text.units_of_label(label) for p in text.unit_places(u, u + 1).tolist()) == places
        assert all(
            text.label_of_unit(u).endswith("\0") or text.label_of_unit(u) in stems for u in range(len(text.unit_labels))
        )


@given(st.lists(records(), max_size=6))
def test_every_record_is_kept(folder: Path, given: list[Record]) -> None:
    """With its values, by value and by document, its day, its kind, and what is stored."""
    segment, expected = build(folder, given), in_order(given)
    assert segment.size == len(expected)
    assert [segment.data(n) for n in range(segment.size)] == [record.data for record in expected]
    assert segment.days.tolist() == [record.day for record in expected]
    assert segment.kinds.tolist() == [record.kind for record in expected]
    for name, field in (*segment.keys.items(), *segment.values.items()):
        values = {value for record in expected for value in record.values(name)}
        assert list(field.values) == sorted(values)
        for value in values:
            assert field.documents_of(value).tolist() == [n for n, r in enumerate(expected) if value in r.values(name)]
        assert field.documents_of("absent").tolist() == []


@pytest.mark.parametrize("gap", [FAR - 2, FAR - 1, FAR, FAR + 1, 70_000])
def test_a_word_far_from_the_one_before(folder: Path, gap: int) -> None:
    """Where a step fits in its byte and where it does not, a token begins where it begins."""
    said = (f"{' ' * gap}kelp{' ' * gap}kelp, kelp", "", f"kelp{' ' * gap}中国")
    segment = build(folder, [Record(b"{}", {}, SEARCHED, "en", 1, ((), said, ()))] * 2)
    text = segment.texts["answer"]
    for first, last in zip(text.passages[:-1].tolist(), text.passages[1:].tolist(), strict=True):
        expected = [token.start for token in iter_tokens(said[text.passages.tolist().index(first) % 3])]
        assert text.token_starts(first, range(first, last - 1)) == expected
        assert text.token_starts(first, [last - 2] * (last - 1 > first)) == expected[-1:]


@given(passages, st.sampled_from(("en", "es", "zh", "")))
def test_a_builder_is_full_by_its_tokens(passages: tuple[str, ...], language: str) -> None:
    """Once it has taken in as many as it may."""
    builder = SegmentBuilder()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("search.embedded.builder.MAX_TOKENS", 10)
        taken = 0
        while not builder.is_full:
            builder.add(Record(to_json({}), {}, SEARCHED, language, 1, ((), (*passages, "kelp"), ())))
            taken += sum(1 for said in (*passages, "kelp") for _ in iter_tokens(said)) + len(passages) + 1
            assert builder.is_full == (taken >= 10)


@given(st.lists(st.sampled_from(("kelp", "\u3099", "Orla's", "US")), max_size=6).map(" - ".join))
def test_what_folds_to_nothing_has_no_place(folder: Path, said: str) -> None:
    """A token of which nothing is left is not counted, and those after it stand where they stood."""
    segment = build(folder, [Record(to_json({}), {}, SEARCHED, "en", 1, ((), (said,), ()))])
    text, expected = segment.texts["answer"], [token.start for token in iter_tokens(said)]
    assert text.lengths.tolist() == [len(expected)]
    assert text.token_starts(0, range(len(expected))) == expected


def test_builders_that_follow_each_other_work_a_surface_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Until they know too many: the next one then begins anew, and what it learns is shared again."""
    asked: list[str] = []
    monkeypatch.setattr("search.embedded.builder.kind_of", lambda surface: (asked.append(surface), kind_of(surface))[1])
    monkeypatch.setattr("search.embedded.builder.MAX_SURFACES", 4)
    surfaces = Surfaces()
    for said in ("kelp and cable", "kelp and cable", "ferry", "kelp", "kelp"):
        SegmentBuilder(None, surfaces).add(Record(to_json({}), {}, SEARCHED, "en", 1, ((), (said,), ())))
    assert asked == ["kelp", "and", "cable", "ferry", "kelp"]


def test_more_places_than_there_are_numbers() -> None:
    """A segment that does not fit is refused, and never wraps around."""
    assert offsets(np.array([1, 2, 3])).tolist() == [0, 1, 3, 6]
    assert offsets(np.zeros(0, dtype=np.int64)).tolist() == [0]
    with pytest.raises(OverflowError, match="places"):
        offsets(np.array([2**31, 2**31]))


def test_what_is_stored_is_packed_by_what_is_alike(folder: Path) -> None:
    """From some hundred records on, by a dictionary made from them; each is given back."""
    given = [
        Record(to_json({"said": f"Kelp is sold in May, number {n}.", "by": "Ilsa Verlaine"}), {}) for n in range(400)
    ]
    segment = build(folder, given)
    assert len(segment.packing.dictionary)
    assert len(segment.records) < sum(len(record.data) for record in given) / 2
    assert [segment.data(n) for n in range(400)] == [record.data for record in given]
    for other in ([Record(b"{}", {})] * 300, [Record(to_json("k" * n), {}) for n in range(300)]):
        packed = build(folder, other)
        assert [packed.data(n) for n in range(300)] == [record.data for record in other]


def test_an_empty_segment(folder: Path) -> None:
    """Of no records at all, it can be read."""
    segment = build(folder, [])
    assert (segment.size, list(segment.texts["answer"].terms), list(segment.keys["id"].values)) == (0, [], [])
    assert isinstance(segment, Segment)
