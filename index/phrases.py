"""Frequent words and phrases of a collection: what is offered while somebody types.

Here belongs which answers are looked at, and which of their words make a phrase. The one decision: nothing is known of
any language beforehand. A function word is one that stands in many answers and in no fewer than chance would put it in
(residual document frequency: Church and Gale 1995); a phrase holds together where its words stand side by side far
more often than by chance (pointwise mutual information: Church and Hanks 1990). In Han text, where nothing says where
a word ends, characters are taken for words, and pairs of them for function words.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise

from index.archive_reader import ArchiveReader
from search.text import HAN, TOKEN, fold

Gram = tuple[str, ...]
"""Words in a row, as they are counted."""
Stretch = Sequence[str]
"""Words with nothing but a space or a hyphen between them, as printed."""

BRIEFINGS = 200
"""Briefings that are looked at, as many of each publisher in each language, evenly over time;"""
EVERY = 3
"""of every third item of them, one after the other:"""
LETTERS = 4_000
"""so much of each turn."""

LONGEST = 4
LONGEST_HAN = 6
FEWEST = 4
"""Answers of the sample that a phrase stands in at least."""
MOST = 2_000
"""Words and phrases of a language."""
NEARLY = 0.7
"""What stands within one longer row of words in so many of its answers is a part of that."""
COHESION = 3.0
"""Natural logarithm: how much more often than by chance the two parts of a phrase stand together."""
COMMON = 0.02
"""A function word stands in this share of the answers or more,"""
EVEN = 0.85
"""and in so many of those that chance would put it in."""
FIRST_IN_RUNS = 1.0
LAST_IN_RUNS = 0.3
"""What a word that stands in all answers may lack of that: pronouns and the like come in runs, as names do, but are
more common. They begin a row of words more often than they end one."""
NAMED = 0.8
"""A word that is printed with a capital so often, other than at the beginning, is a name."""

_HAN = re.compile(f"[{HAN}]")
_JOINED = frozenset({"", " ", "-"})
_SLICE = 32


def find_phrases(archive: ArchiveReader) -> tuple[str, ...]:
    """Frequent words and phrases of what an archive shows, most frequent first."""
    return mine_phrases(_iter_sample(archive))


def _iter_sample(archive: ArchiveReader) -> Iterator[tuple[str, list[str]]]:
    """The language and the passages of each answer of a sample whose size is bounded."""
    editions: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for id in archive.ids():
        editions[tuple(id.split("/")[:2])].append(id)
    for ids in editions.values():
        many = min(len(ids), max(1, BRIEFINGS // len(editions)))
        for k in range(many):
            for reading in archive.readings(ids[k * len(ids) // many])[-1:]:
                for item in reading.briefing.items[k % EVERY :: EVERY]:
                    passages = [turn.text[:LETTERS] for turn in item.turns if turn.role != "note"]
                    yield reading.briefing.language, passages


def mine_phrases(texts: Iterable[tuple[str, Sequence[str]]]) -> tuple[str, ...]:
    """Frequent words and phrases as they are mostly printed, most frequent first.

    Args:
        texts: of each answer of a sample, the language and the passages.
    """
    answers: dict[str, list[list[Stretch]]] = defaultdict(list)
    for language, passages in texts:
        answers[language].append([stretch for passage in passages for stretch in iter_stretches(passage)])
    found = sorted((row for of in answers.values() for row in _mine(of)), key=lambda row: (-row[0], row[1]))
    return tuple(dict.fromkeys(phrase for _, phrase in found))


def iter_stretches(text: str) -> Iterator[Stretch]:
    """The stretches of two words or more; a word with a digit, and a change of script, ends one."""
    words: list[str] = []
    end, was_han = 0, False
    for match in TOKEN.finditer(text):
        word, is_han = match.group(), match.lastgroup == "han"
        is_number = not is_han and not word.isalpha() and any(map(str.isdigit, word))
        if words and (is_number or is_han != was_han or text[end : match.start()] not in _JOINED):
            if len(words) > 1:
                yield words
            words = []
        if not is_number:
            words.append(word)
        end, was_han = match.end(), is_han
    if len(words) > 1:
        yield words


def _mine(answers: Sequence[Sequence[Stretch]]) -> Iterator[tuple[float, str]]:
    """The words and phrases of one language as printed, each with the share of the answers that it stands in."""
    keyed = [[tuple(map(_key, stretch)) for stretch in answer] for answer in answers]
    times = Counter(chain.from_iterable(chain.from_iterable(keyed)))
    size, held = times.total(), _count_answers(keyed)
    beginning, ending = _function_words(answers, keyed)
    whole = {
        gram
        for gram in held
        if (units := _units(gram))
        and units[0] not in beginning
        and units[-1] not in ending
        and _is_word(units[0])
        and not units[-1].endswith("'s")
    }
    parts = _parts(held, whole)
    free = [
        gram
        for gram in whole - parts
        if len(gram) <= (LONGEST_HAN if _is_han(gram) else LONGEST) and _cohesion(gram, held, times, size) >= COHESION
    ]
    best = sorted(free, key=lambda gram: (-held[gram], gram))[:MOST]
    printed = _printed(answers, keyed, frozenset(best))
    return ((held[gram] / len(answers), printed[gram]) for gram in best)


def _key(word: str) -> str:
    """What a word is counted as: folded, but for acronyms, which are no words in small letters."""
    return word if len(word) > 1 and word.isupper() else fold(word)


def _is_word(unit: str) -> bool:
    """Whether it is worth offering by itself: no initial, and no "I'm"."""
    return len(unit) > 1 and unit[1] != "'"


def _is_han(gram: Gram) -> bool:
    return _HAN.match(gram[0]) is not None


def _units(stretch: Gram) -> Gram:
    """What may be a function word: the words, or the pairs of Han characters."""
    return tuple(map("".join, pairwise(stretch))) if _is_han(stretch) else stretch


def _count_answers(keyed: Sequence[Sequence[Gram]]) -> Mapping[Gram, int]:
    """How many answers hold each word, and each row of words that enough of them hold, one longer than a phrase is."""
    counted: Counter[Gram] = Counter((word,) for answer in keyed for word in set(chain.from_iterable(answer)))
    held = {gram: count for gram, count in counted.items() if count >= FEWEST}
    last = set(held)
    for length in range(2, LONGEST_HAN + 2):
        counts: Counter[Gram] = Counter()
        for answer in keyed:
            counts.update({gram for stretch in answer for gram in _iter_grams(stretch, length, last)})
        last = {gram for gram, count in counts.items() if count >= FEWEST}
        held |= {gram: counts[gram] for gram in last}
    return held


def _iter_grams(stretch: Gram, length: int, parts: set[Gram]) -> Iterator[Gram]:
    """The rows of so many words of which both parts, one word shorter, are among `parts`."""
    if len(stretch) < length or (length > LONGEST + 1 and not _is_han(stretch)):
        return
    known = [stretch[at : at + length - 1] in parts for at in range(len(stretch) - length + 2)]
    for at, (one, other) in enumerate(pairwise(known)):
        if one and other:
            yield stretch[at : at + length]


def _function_words(
    answers: Sequence[Sequence[Stretch]], keyed: Sequence[Sequence[Gram]]
) -> tuple[frozenset[str], frozenset[str]]:
    """The units that no phrase begins with, and those that none ends with."""
    units = [list(chain.from_iterable(map(_units, answer))) for answer in keyed]
    times = Counter(chain.from_iterable(units))
    held = Counter(chain.from_iterable(map(set, units)))
    lengths = sorted(map(len, units))
    slices = [lengths[at : at + _SLICE] for at in range(0, len(lengths), _SLICE)]
    means = [(len(one), sum(one) / len(one)) for one in slices]
    names = _names(answers)
    beginning, ending = set(), set()
    for unit, count in held.items():
        share = count / len(units)
        if share < COMMON or unit in names:
            continue
        rate = times[unit] / max(1, sum(lengths))
        expected = sum(many * (1 - math.exp(-rate * mean)) for many, mean in means)
        if count >= (EVEN - FIRST_IN_RUNS * share) * expected:
            beginning.add(unit)
        if count >= (EVEN - LAST_IN_RUNS * share) * expected:
            ending.add(unit)
    return frozenset(beginning), frozenset(ending)


def _names(answers: Sequence[Sequence[Stretch]]) -> frozenset[str]:
    """Words that are mostly printed with a capital where no sentence begins; English "I" and "I'm" are none."""
    inner = Counter(word for answer in answers for stretch in answer for word in stretch[1:])
    capitals: Counter[str] = Counter()
    times: Counter[str] = Counter()
    for word, count in inner.items():
        key = _key(word)
        times[key] += count
        if word[0].isupper() and word[1:2].isalpha():
            capitals[key] += count
    return frozenset(word for word, count in capitals.items() if count > NAMED * times[word])


def _cohesion(gram: Gram, held: Mapping[Gram, int], times: Counter[str], size: int) -> float:
    """Pointwise mutual information of the two parts of `gram`, where it is cut at its weakest; of a word, no bound.

    Of a part that is one word it is counted how often it stands anywhere: nearly all answers hold "the", most often.
    """

    def count(part: Gram) -> int:
        return times[part[0]] if len(part) == 1 else held[part]

    cuts = range(1, len(gram))
    return min(
        (math.log(held[gram] * size / (count(gram[:cut]) * count(gram[cut:]))) for cut in cuts), default=math.inf
    )


def _parts(held: Mapping[Gram, int], whole: set[Gram]) -> set[Gram]:
    """What mostly stands within one and the same longer row of `whole`; of Han characters, of any."""
    return {
        part
        for gram, count in held.items()
        if gram in whole or _is_han(gram)
        for length in range(1, len(gram))
        for at in range(len(gram) - length + 1)
        if count >= NEARLY * held[part := gram[at : at + length]]
    }


def _printed(
    answers: Sequence[Sequence[Stretch]], keyed: Sequence[Sequence[Gram]], grams: frozenset[Gram]
) -> Mapping[Gram, str]:
    """How each of `grams` is mostly printed, its words with spaces between them but for Han."""
    lengths: dict[Gram, set[int]] = defaultdict(set)
    for gram in grams:
        lengths[gram[:2]].add(len(gram))
    forms: dict[Gram, Counter[str]] = defaultdict(Counter)
    for word, count in Counter(chain.from_iterable(chain.from_iterable(answers))).items():
        if (gram := (_key(word),)) in grams:
            forms[gram][word] += count
    for stretch, row in zip(chain.from_iterable(answers), chain.from_iterable(keyed), strict=True):
        for at, pair in enumerate(pairwise(row)):
            for length in lengths.get(pair, ()):
                if (gram := row[at : at + length]) in grams:
                    forms[gram][("" if _is_han(gram) else " ").join(stretch[at : at + length])] += 1
    return {gram: min(of, key=lambda form: (-of[form], form)) for gram, of in forms.items()}
