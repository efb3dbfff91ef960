"""Texts as anybody may type them: random characters, the guide's examples gone wrong, signs alone, pasted passages.

The same for the same seed, so that a text that fails can be had again.
"""

from collections.abc import Iterator
from random import Random

from search.guide import CHAPTERS
from tests.examples import EXAMPLES

KNOWN = (*(typed for c in CHAPTERS for rule in c.rules for typed in rule.typed), *(e.typed for e in EXAMPLES))
SIGNS = (
    *"( ) \" “ ” „ « » 「 」 『 』 《 》 ‘ ’ ' - − – — ~ * ? : ； ， 。 、 ： （ ） . .. , ; & | || && # @ %".split(),
    *"$ + = < > ^ / \\ [ ] { } _ `".split(),
    *(
        " ",
        "\u3000",
        "\t",
        "\n",
        "\x00",
        "\x1f",
        "\x7f",
        "\x85",
        "\u200b",
        "\u200d",
        "\u202e",
        "\ufeff",
        "\u0301",
        "\ud800",
    ),
)
WORDS = (
    *"OR AND NOT ＯＲ NEAR or q: a: title: outlet: speaker: entity: about: date: before: after: id: kind:".split(),
    *"lang: speker: foo: http:// 2024 2024-02-08 2023..2024 ..2024 9999 0000-00-00 ~5 ~ ~99999999999 ferry".split(),
    *"ferry* fer?y ferry~ US U.S. 5,000 12:30 中 中国 核污染水 5G网络 渡轮 nación 😀 👩‍🚀 ｆｅｒｒｙ".split(),
)
RANGES = (
    *((0x00, 0x7F), (0x20, 0x7E), (0x80, 0x24F), (0x300, 0x36F), (0x370, 0x6FF), (0x900, 0xDFF), (0x2000, 0x206F)),
    *((0x3000, 0x30FF), (0x4E00, 0x9FFF), (0xD800, 0xDFFF), (0xE000, 0xFFFF), (0x1F300, 0x1FAFF), (0x0, 0x10FFFF)),
)
SENTENCES = (
    "Q: Will the ferry resume this spring? ",
    "A: As I said, the harbour's owners (all three) are “in talks”; I have nothing to add. ",
    "The quota — 5,000 tonnes, or 12.5% — is NOT up for debate. ",
    "¿Cuándo volverá el transbordador? No tengo información. ",
    "问：渡轮何时恢复？答：我们注意到有关报道，“核污染水”排海……目前没有更多信息。",
    "See https://valdria.example/briefings?day=2024-02-08#7 and date: 2024-02-08.\n\n",
)


def iter_typed(count: int, seed: int) -> Iterator[str]:
    """So many texts."""
    random = Random(seed)
    makers = (_characters, _gone_wrong, _gone_wrong, _soup, _soup, _passage)
    for _ in range(count):
        yield random.choice(makers)(random)


def _characters(random: Random) -> str:
    ranges = random.choices(RANGES, k=2)
    return "".join(chr(random.randint(*random.choice(ranges))) for _ in range(random.choice((1, 5, 30, 200))))


def _gone_wrong(random: Random) -> str:
    text = random.choice((" ", "", " OR ")).join(random.choices(KNOWN, k=random.randint(1, 4)))
    for _ in range(random.randint(0, 5)):
        at, length = random.randint(0, len(text)), random.choice((0, 0, 1, 3))
        text = text[:at] + random.choice((*SIGNS, *WORDS, "")) + text[at + length :]
    return text


def _soup(random: Random) -> str:
    parts = random.choices((*SIGNS, *WORDS), k=random.choice((2, 6, 20)))
    text = random.choice(("", " ")).join(random.choices(parts, k=random.choice((3, 12, 80))))
    return text * 60 if random.random() < 0.02 else text


def _passage(random: Random) -> str:
    return "".join(random.choices(SENTENCES, k=random.choice((1, 2, 6, 20, 80))))
