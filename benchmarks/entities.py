"""How well entities are found, against judged samples: `python -m benchmarks.entities`.

A sample is a file of tests/index/entities/judged: for answers of real briefings, drawn by hash, what a careful reader
marked: type, label, and span of every mention; no text. The score of a sample is that of sets of type and label for
each question and each answer; what two readers could judge differently is marked as optional, and counts neither way.
The one decision: labels are compared as written, but for a small table of other spellings (`spellings.json`).
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.table import lay_out
from index.authority.tables import Authority, load_authority
from index.entities import Tagger
from index.parsers import parse_source
from index.sources import Source, iter_sources
from search.model import Briefing, Mention
from tests.conftest import find_corpus

JUDGED = Path(__file__).parents[1] / "tests" / "index" / "entities" / "judged"
TYPES = ("place", "person", "organisation", "event")
ALL = "all"
Named = tuple[str, str]
"""Type and label."""


@dataclass(frozen=True)
class Judged:
    """What a reader marked in the question or the answer of one item.

    Attributes:
        wanted: what is to be found.
        optional: what may be found.
        doubtful: half-open spans of what may be found.
    """

    file: str
    n: int
    where: str
    wanted: frozenset[Named]
    optional: frozenset[Named]
    doubtful: tuple[tuple[int, int], ...]


@dataclass
class Score:
    """How many were found, found wrongly, and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """The share of what was found that is right; 1 of nothing."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """The share of what is to be found that was; 1 of nothing."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def add(self, found: set[Named], wanted: Iterable[Named], optional: Iterable[Named]) -> None:
        """Count one text more."""
        wanted = set(wanted)
        self.right += len(found & wanted)
        self.wrong += len(found - wanted - set(optional))
        self.missed += len(wanted - found)


def read_spellings() -> Mapping[str, str]:
    """Labels as readers wrote them, and what they are called in the authority; in small letters."""
    held = json.loads((JUDGED / "spellings.json").read_text("utf-8"))
    return {was.lower(): now.lower() for was, now in held.items()}


def read_sample(name: str, spellings: Mapping[str, str]) -> Iterator[Judged]:
    """The texts of a sample."""
    for line in (JUDGED / f"{name}.jsonl").read_text("utf-8").splitlines():
        held = json.loads(line)
        for where in ("question", "answer"):
            sets: dict[bool, set[Named]] = {True: set(), False: set()}
            doubtful = []
            for type, label, start, end, *optional in held[where]:
                sets[bool(optional)].add((type, spellings.get(label.lower(), label.lower())))
                if optional:
                    doubtful.append((start, end))
            yield Judged(held["file"], held["n"], where, frozenset(sets[False]), frozenset(sets[True]), tuple(doubtful))


def found_in(judged: Judged, mentions: Iterable[Mention]) -> dict[Named, str]:
    """What was found in a text, each with its surface; what lies over a doubtful span only as far as it is wanted."""
    found: dict[Named, str] = {}
    for mention in mentions:
        named = (mention.type, mention.label.lower())
        doubted = any(start < mention.end and mention.start < end for start, end in judged.doubtful)
        if mention.where == judged.where and not (doubted and named not in judged.wanted):
            found.setdefault(named, mention.surface)
    return found


class Reader:
    """Tags the briefings that samples are drawn from, each once."""

    def __init__(self, corpus: Path, authority: Authority) -> None:
        self._data = corpus / "data"
        self._authority = authority
        self._tagger = Tagger(authority)
        self._read: dict[str, Mapping[int, tuple[Mention, ...]]] = {}

    def mentions(self, judged: Judged) -> tuple[Mention, ...]:
        """What is found in an item, the whole briefing read."""
        if judged.file not in self._read:
            self._read[judged.file] = self._tagger.tag_briefing(self._parse(judged.file))
        return self._read[judged.file][judged.n]

    def _parse(self, file: str) -> Briefing:
        (source,) = (s for s in iter_sources([self._data / file]) if isinstance(s, Source))
        briefing = parse_source(source, self._authority).briefing
        if briefing is None:
            raise ValueError(f"{file} has no briefing")
        return briefing


def score_sample(name: str, reader: Reader, faults: list[str] | None = None) -> dict[str, Score]:
    """The scores of a sample by type, and over all; `faults` gets a line for each miss and each wrong name."""
    scores = {type: Score() for type in (*TYPES, ALL)}
    for judged in read_sample(name, read_spellings()):
        found = found_in(judged, reader.mentions(judged))
        for type, score in scores.items():
            some = {n for n in found if type in {n[0], ALL}}
            score.add(some, (n for n in judged.wanted if type in {n[0], ALL}), judged.optional)
        if faults is not None:
            where = f"{judged.file} item {judged.n} {judged.where}"
            wrong = found.keys() - judged.wanted - judged.optional
            faults += [f"wrong   {where}: {named} {found[named]!r}" for named in sorted(wrong)]
            faults += [f"missed  {where}: {n}" for n in sorted(judged.wanted - found.keys())]
    return scores


def measure_speed(corpus: Path, files: int = 60) -> Iterator[tuple[str, float]]:
    """How fast names are read and found, by one core: milliseconds of 2,000 rows, megabytes of UTF-8 a second."""
    best = min(_seconds(load_authority) for _ in range(5))
    authority = load_authority()
    yield "loading the authority, ms per 2,000 rows", 1000 * best * 2000 / len(authority.entities)
    tagger = Tagger(authority)
    for folder in sorted(path for path in (corpus / "data").rglob("*") if path.is_dir()):
        sources = [s for s in iter_sources([folder]) if isinstance(s, Source) and Path(s.file).parent == folder]
        parsed = (parse_source(source, authority).briefing for source in sources[:files])
        briefings = [briefing for briefing in parsed if briefing]
        size = sum(len(text.encode()) for b in briefings for i in b.items for text in (i.question, i.answer, i.text))
        if size:
            seconds = min(_seconds(lambda some=briefings: [tagger.tag_briefing(b) for b in some]) for _ in range(2))
            yield f"{folder.relative_to(corpus / 'data')}, MB/s", size / 1e6 / seconds


def _seconds(work: Callable[[], object]) -> float:
    """Processor time of a call."""
    began = time.process_time()
    work()
    return time.process_time() - began


def samples() -> tuple[str, ...]:
    """The names of all samples, in order."""
    return tuple(sorted(file.stem for file in JUDGED.glob("*.jsonl")))


def main() -> None:
    """Print the scores of all samples."""
    parser = argparse.ArgumentParser(description="How well entities are found, against judged samples.")
    parser.add_argument("--sample", action="append", choices=samples(), help="only this one; may be given again")
    parser.add_argument("--faults", action="store_true", help="print every miss and every wrong name, too")
    options = parser.parse_args()
    corpus, remark = find_corpus()
    if corpus is None:
        parser.exit(1, f"{remark}\n")
    reader = Reader(corpus, load_authority())
    faults: list[str] | None = [] if options.faults else None
    head = ("sample", "type", "right", "wrong", "missed", "precision", "recall", "F1")
    rows = []
    for name in options.sample or samples():
        for type, s in score_sample(name, reader, faults).items():
            rows.append((name, type, s.right, s.wrong, s.missed, s.precision, s.recall, s.f1))
    speed = lay_out(("speed", "figure"), measure_speed(corpus)) if not options.sample else ""
    sys.stdout.write("".join(f"{line}\n" for line in (lay_out(head, rows), speed, *(faults or ())) if line))


if __name__ == "__main__":
    main()
