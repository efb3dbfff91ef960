"""A collection of any size out of another one: its paragraphs dealt anew, with new dates, speakers and rare words.

The one decision: paragraphs stay whole, so that phrases and frequencies are those of the source, while every answer
gets a word of a long tail that goes on growing, as the words of real collections do.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Literal, NamedTuple

from benchmarks.invented import make_name, make_word, published
from search.engine import Publication
from search.model import PARAGRAPH, Briefing, Item, Mention, Turn
from search.schema import is_searched
from search.text import TOKEN

Where = Literal["question", "answer", "text"]
WHERE: dict[str, Where] = {"question": "question", "answer": "answer", "statement": "text", "note": "text"}
"""The text of an item that turns of a role make up."""
FIRST_DAY = date(1950, 1, 1)
NEW = 0.4
"""How often an answer's rare word is one that was never there; else it is one of those before."""
BRIEFINGS_A_SPEAKER = 50


class Paragraph(NamedTuple):
    """A paragraph of the source, with its mentions, whose spans are counted from its beginning."""

    text: str
    mentions: tuple[Mention, ...]


class Resampled:
    """About `answers` answers; iterating gives them a briefing at a time, and none is kept.

    Attributes:
        vocabulary: distinct words dealt by the last iteration so far, in small letters.
    """

    def __init__(self, source: Sequence[Publication], answers: int, seed: int = 7) -> None:
        self._source = source
        self._answers = answers
        self._seed = seed
        self._pools: dict[tuple[str, Where], list[Paragraph]] = {}
        for publication in source:
            for document in publication.documents:
                for where in ("question", "answer", "text"):
                    pool = self._pools.setdefault((document.language, where), [])
                    pool += iter_paragraphs(getattr(document.item, where), document.mentions, where)
        self.vocabulary: set[str] = set()

    def __iter__(self) -> Iterator[Publication]:
        deal = _Deal(self._pools, Random(self._seed), self.vocabulary)  # noqa: S311 (no secret)
        self.vocabulary.clear()
        days: dict[tuple[str, str], date] = {}
        left, number = self._answers, 0
        while left > 0:
            model = deal.random.choice(self._source).briefing
            place = (model.publisher, model.language)
            days[place] = days.get(place, FIRST_DAY) + timedelta(days=1)
            made = deal.publication(
                model, days[place], make_name(deal.random.randrange(3 + number // BRIEFINGS_A_SPEAKER))
            )
            left -= sum(map(is_searched, made.documents))
            number += 1
            yield made


class _Deal:
    """What one iteration knows: where chance stands, which paragraphs and words were dealt."""

    def __init__(self, pools: dict[tuple[str, Where], list[Paragraph]], random: Random, vocabulary: set[str]) -> None:
        self.random = random
        self._pools = pools
        self._dealt: dict[tuple[str, Where], set[int]] = {key: set() for key in pools}
        self._vocabulary = vocabulary
        self._invented = 0

    def publication(self, model: Briefing, day: date, speaker: str) -> Publication:
        """A briefing of the shape of `model`, on another day, by another speaker, in other words."""
        dealt = [self._item(item, model.language, speaker) for item in model.items]
        id = f"{model.publisher}/{model.language}/{day}"
        items = tuple(item for item, _ in dealt)
        briefing = replace(
            model, id=id, date=day, items=items, speakers=(speaker,), url=None, problems=(), adjournments=()
        )
        return published(briefing, {item.n: mentions for item, mentions in dealt})

    def _item(self, model: Item, language: str, speaker: str) -> tuple[Item, tuple[Mention, ...]]:
        mentions: dict[Where, list[Mention]] = {"question": [], "answer": [], "text": []}
        reached = dict.fromkeys(mentions, 0)
        turns: list[Turn] = []
        for turn in model.turns:
            where = WHERE[turn.role]
            chosen = [self._paragraph(language, where) for _ in turn.text.split(PARAGRAPH)]
            if turn.role == "answer" and not any(t.role == "answer" for t in turns):
                chosen[-1] = Paragraph(f"{chosen[-1].text} {self._rare_word()}", chosen[-1].mentions)
            for text, found in chosen:
                at = reached[where]
                mentions[where] += [m._replace(where=where, start=m.start + at, end=m.end + at) for m in found]
                reached[where] = at + len(text) + len(PARAGRAPH)
            said = PARAGRAPH.join(text for text, _ in chosen)
            who = speaker if turn.speaker else None
            turns.append(turn._replace(text=said, speaker=who, label=speaker if who and turn.label else turn.label))
        speakers = (speaker,) if model.speakers else ()
        item = replace(model, turns=tuple(turns), speakers=speakers, amendments=())
        return item, tuple(m for found in mentions.values() for m in found)

    def _paragraph(self, language: str, where: Where) -> Paragraph:
        pool, dealt = self._pools[language, where], self._dealt[language, where]
        number = self.random.randrange(len(pool))
        if number not in dealt:
            dealt.add(number)
            self._vocabulary.update(m.group().lower() for m in TOKEN.finditer(pool[number].text))
        return pool[number]

    def _rare_word(self) -> str:
        """A word that was never there, or one of the earlier ones, of which the first come up most."""
        if not self._invented or self.random.random() < NEW:
            self._invented += 1
            number = self._invented
        else:
            number = 1 + int(self._invented * self.random.random() ** 3)
        word = f"q{make_word(number)}"
        self._vocabulary.add(word)
        return word


def iter_paragraphs(text: str, mentions: Sequence[Mention], where: Where) -> Iterator[Paragraph]:
    """The paragraphs of a text, each with the mentions in it; one that a mention reaches across loses that mention."""
    start = 0
    for part in text.split(PARAGRAPH) if text else ():
        end = start + len(part)
        inside = [m for m in mentions if m.where == where and start <= m.start and m.end <= end]
        yield Paragraph(part, tuple(m._replace(start=m.start - start, end=m.end - start) for m in inside))
        start = end + len(PARAGRAPH)
