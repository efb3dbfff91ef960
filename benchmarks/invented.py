"""An invented collection of any size: briefings whose words follow Zipf's law, by people and outlets that do not exist.

Here belongs what makes texts out of nothing; nobody's words are copied. The one decision: the head of each vocabulary
is a fixed list that holds every word of `benchmarks.queries`, so that one list of queries has frequent and rare
matches in real and in invented collections alike.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate
from random import Random

from search.engine import Publication, Revision
from search.labels import Labels, Name
from search.model import PARAGRAPH, Briefing, Item, Mention, Turn, iter_documents

ADDED = "2026-01-01T00:00:00+00:00"
FIRST_DAY = date(2003, 1, 2)
ANSWERS = 20
"""Answers of one briefing."""
DISTINCT = 120_000
"""Words of a language that are ever used, frequent ones first."""

ENGLISH = """
the of to and in a that is on for we I with as it be you this are have by US President our has will not China people
about was relations he from at think what they countries can would said all do so know side going who but their its
cooperation which if states security been international just more peace or work hope development spokesperson also
president country between there government how any make question over issue says going sanctions trade military
economic today report comment world region dialogue China-Poland one-China policy position well minister vaccine
climate nuclear energy border tariff summit treaty ceasefire change water aid embassy visit foreign ministry
humanitarian maritime fishery inflation Ukraine United States human rights migration vaccination organization
organisation organizations sovereignty
""".split()
RARE = {
    "en": """semiconductor denuclearization hostage extradition typhoon earthquake locust giraffe asylum Palau Kiribati
wheat lithium""".split(),
    "es": "ferrocarril aguacate ajolote".split(),
    "zh": list("鲸猫灯塔蝗虫"),
}
"""Words that come late in a vocabulary, after this many others."""
RARE_FROM = {"en": 4_000, "es": 4_000, "zh": 1_500}
SPANISH = """
de la que y el en a los se no un las es por con una lo para del pueblo gobierno México está presidente más muy hay
como ya son todo esto seguridad vamos bien millones gracias corrupción salud también apoyo bienestar energía
petróleo refinería tren Maya vacunación huachicol litio
""".split()
CHINESE = "的中国一不国是在和有关人方我们合作发展上为这了美系大会问题两主际平来时说者记对经济贸易安全制裁核污染水"
PHRASES = {
    "en": (
        "the President of the United States",
        "to the President",
        "in the South China Sea",
        "at the end of the day",
        "the one-China policy",
        "nuclear-contaminated water",
        "the human rights dialogue",
        "peace and stability in the region",
    ),
    "es": ("el presidente de la República", "todo el pueblo de México", "en el caso de la refinería"),
    "zh": ("中美关系", "核污染水", "经济合作", "蝗虫"),
}
"""Set phrases; one sentence in twenty has one."""
SYLLABLES = (
    "ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo zu bran cler dist frel gort mank plin stro".split()
)
PLACES = "Verdania Ostmark Calvera Tirrenia Noravia Belmonte Sarkand Illyra".split()
PUBLISHERS = (("xv-mfa", "en", 11), ("xw-house", "en", 4), ("xm-palace", "es", 3), ("xv-mfa", "zh", 2))
"""Publisher, language, and its share of the briefings in twenty."""


def make_word(number: int) -> str:
    """The `number`-th invented word; different numbers give different words."""
    word, rest = "", number + len(SYLLABLES)
    while rest:
        rest, place = divmod(rest, len(SYLLABLES))
        word = SYLLABLES[place] + word
    return word


def make_name(number: int) -> str:
    """The `number`-th invented person."""
    return f"{make_word(number * 7 + 3).title()} {make_word(number * 11 + 900).title()}"


@dataclass
class Speech:
    """Draws sentences of a language, of which the word of rank r comes up in proportion to 1 / (r + 2)."""

    language: str
    random: Random
    distinct: int = DISTINCT
    _words: list[str] = field(init=False)
    _weights: list[float] = field(init=False)

    def __post_init__(self) -> None:
        head = list(dict.fromkeys({"en": ENGLISH, "es": SPANISH, "zh": CHINESE}[self.language]))
        if self.language == "zh":
            used = {*CHINESE, *RARE["zh"]}
            tail = [chr(code) for code in range(0x4E00, 0x4E00 + 3_000) if chr(code) not in used]
        else:
            tail = [make_word(number) for number in range(self.distinct)]
        late = RARE_FROM[self.language]
        self._words = [*head, *tail[:late], *RARE[self.language], *tail[late:]]
        self._weights = list(accumulate(1 / (rank + 3) for rank in range(len(self._words))))

    def passage(self, words: int) -> str:
        """About so many words, in sentences, in one or more paragraphs."""
        drawn = self.random.choices(self._words, cum_weights=self._weights, k=words)
        sentences = [drawn[at : at + 18] for at in range(0, words, 18)]
        gap, stop = ("", "。") if self.language == "zh" else (" ", ".")
        texts = [gap.join(self._with_phrase(sentence)) + stop for sentence in sentences]
        return PARAGRAPH.join(gap.join(texts[at : at + 5]) for at in range(0, len(texts), 5))

    def _with_phrase(self, sentence: list[str]) -> list[str]:
        if self.random.random() < 0.05:
            place = self.random.randrange(len(sentence) + 1)
            return [*sentence[:place], self.random.choice(PHRASES[self.language]), *sentence[place:]]
        return sentence


@dataclass(frozen=True)
class Invented:
    """About `answers` answers in briefings; iterating gives the same publications every time, none kept in memory."""

    answers: int
    seed: int = 7

    def __iter__(self) -> Iterator[Publication]:
        random = Random(self.seed)  # noqa: S311 (no secret)
        speeches = {language: Speech(language, random) for language in ("en", "es", "zh")}
        day, left = FIRST_DAY, self.answers
        while left > 0:
            for publisher, language, share in PUBLISHERS:
                if left > 0 and random.random() * 20 < share * 2:
                    count = min(left, ANSWERS)
                    left -= count
                    yield self._publication(publisher, day, count, speeches[language])
            day += timedelta(days=1)

    def labels(self) -> Labels:
        """The names of the places that are mentioned."""
        return Labels({"entity": {f"place-{name.lower()}": Name(name, (), "place") for name in PLACES}})

    def _publication(self, publisher: str, day: date, count: int, speech: Speech) -> Publication:
        random = speech.random
        speaker = make_name(day.year % 40 + random.randrange(3))
        items = tuple(self._item(n, speaker, speech) for n in range(1, count + 1))
        id = f"{publisher}/{speech.language}/{day}"
        title = f"Regular Press Briefing of {day:%B} {day.day}, {day.year}"
        briefing = Briefing(id, publisher, speech.language, day, title, items, speakers=(speaker,))
        return published(briefing, {item.n: find_places(item) for item in items})

    def _item(self, n: int, speaker: str, speech: Speech) -> Item:
        random = speech.random
        outlet = f"{make_word(int(random.paretovariate(0.6)) % 200).title()} Post" if random.random() < 0.7 else None
        question = Turn("question", outlet, speech.passage(random.randrange(15, 60)), outlet=outlet)
        said = speech.passage(random.randrange(30, 260))
        if random.random() < 0.4:
            said = f"{random.choice(PLACES)} {said}"
        return Item(
            n,
            n,
            "answer",
            (question, Turn("answer", speaker, said, speaker=speaker)),
            asker=outlet,
            outlet=outlet,
            speakers=(speaker,),
        )


def published(briefing: Briefing, mentions: dict[int, tuple[Mention, ...]]) -> Publication:
    """A briefing that came once, ready for an engine."""
    return Publication(briefing, tuple(iter_documents(briefing, mentions)), (Revision(1, ADDED, briefing),), ADDED)


def find_places(item: Item) -> tuple[Mention, ...]:
    """The invented place at the beginning of an answer, if there is one."""
    first = item.answer.partition(" ")[0]
    return (
        (Mention(f"place-{first.lower()}", first, "place", "answer", 0, len(first), first),) if first in PLACES else ()
    )
