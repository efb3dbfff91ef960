"""How people get a word wrong: slips of the finger in a name, and a wrong word in what is remembered.

The one decision: what is wrong is drawn by rules that know nothing of how Lectern looks for words, and the table of
characters that sound alike was written for this alone, so that nothing is misspelt the way that Lectern mends it.
"""

import re
from collections.abc import Callable, Sequence
from random import Random

from search.text import HAN, acronym

MIN_LETTERS = 5
"""A slip is made in a word of so many letters: in a shorter one it makes another word."""

SOUND_ALIKE = (
    "阿啊 澳奥傲 巴八吧叭 白百柏 拜败 北贝备背 本苯 宾滨彬 波泊伯博 布步部 朝潮 丹单担 德得 登灯 典点电店甸 东冬 "
    "度渡杜 俄鹅额 法发 菲非飞费 夫肤 富付负复副 盖概 戈哥歌格 根跟 国果 哈蛤 海孩 韩含寒 汉汗旱 和河合 华滑划花 "
    "黄皇 基机鸡积 吉及级 加家佳嘉 江姜疆将 金今津斤 京经晶惊 克刻客课 肯恳 拉啦 莱来 兰蓝栏 朗郎廊 里理丽利力立 "
    "连联莲廉 卢鲁路录 罗洛落 马码妈 麦卖 曼慢 美每 蒙猛 米迷 缅免 秘密 摩磨莫墨默 纳那娜 南男难 尼泥 纽扭 佩配培 "
    "蓬朋彭鹏 普谱浦朴 其齐奇 瑞锐 萨撒 沙杀纱 圣胜盛 斯思司丝 苏诉速 索锁所 塔他她 台抬苔 泰太态 坦毯谈 特忑 土吐 "
    "托脱 瓦挖 湾弯万 威微维 文闻纹 翁嗡 乌屋巫 西希夕析 锡息 夏下 鲜先仙 香乡湘 新心辛欣 匈凶 叙序续 雅亚压 延言 "
    "耀要药 耶爷 伊依医 以已 印引 英鹰婴樱 尤由油 泽则择 赵照兆 正政郑证 之知支 智志治 中钟忠 朱猪诸 越月悦约 "
    "意义议易毅 近进晋尽 平评萍 王汪网 习喜"
).split()
"""Characters that sound alike, the tone aside, of those that names of people and places are written with."""

_ALIKE = {one: group.replace(one, "") for group in SOUND_ALIKE for one in group}
_ACCENTS = {"a": "á", "e": "é", "i": "í", "o": "ó", "u": "ú", "n": "ñ"}
_PLAIN = {accented: plain for plain, accented in _ACCENTS.items()}
_HAN = re.compile(f"[{HAN}]")


def misspell(name: str, random: Random) -> str | None:
    """A name with one slip in one of its words; `None` where none of them is long enough.

    The first letter is right. Of Han characters one is another that sounds alike, or one is left out that is neither
    the first nor the last.
    """
    if _HAN.match(name):
        return _misspell_han(name, random)
    words = name.split(" ")
    fit = [at for at, word in enumerate(words) if len(word) >= MIN_LETTERS and word.isalpha() and not acronym(word)]
    if not fit:
        return None
    at = random.choice(fit)
    words[at] = _slip(words[at], random)
    return " ".join(words)


def _slip(word: str, random: Random) -> str:
    """A word with two neighbours transposed, a letter doubled, a letter missing, or an accent wrong."""
    inner = range(1, len(word))
    swaps = [i for i in inner[:-1] if word[i] != word[i + 1]]
    # Of double letters one may go as well; and a letter that is already double is not doubled again.
    doubled = [i for i in inner if word[i] != word[i - 1] and word[i : i + 2] != word[i] * 2]
    accents = [i for i in inner if word[i] in _PLAIN]
    slips: list[tuple[Sequence[int], Callable[[int], str]]] = [
        (swaps, lambda i: word[:i] + word[i + 1] + word[i] + word[i + 2 :]),
        (doubled, lambda i: word[:i] + word[i] + word[i:]),
        (inner, lambda i: word[:i] + word[i + 1 :]),
    ]
    if accents:
        slips.append((accents, lambda i: _move_accent(word, i, random)))
    places, slip = random.choice([one for one in slips if one[0]])
    return slip(random.choice(places))


def _move_accent(word: str, at: int, random: Random) -> str:
    """The accent on another letter that takes one, or on none."""
    bare = word[:at] + _PLAIN[word[at]] + word[at + 1 :]
    others = [i for i, letter in enumerate(bare) if letter in _ACCENTS and letter != "n" and i != at]
    to = random.choice([None, *others])
    return bare if to is None else bare[:to] + _ACCENTS[bare[to]] + bare[to + 1 :]


def _misspell_han(name: str, random: Random) -> str | None:
    slips = [name[:i] + other + name[i + 1 :] for i, one in enumerate(name) for other in _ALIKE.get(one, "")]
    slips += [name[:i] + name[i + 1 :] for i in range(1, len(name) - 1)]
    return random.choice(slips) if slips else None


def misremember(words: Sequence[str], alike: Callable[[str], Sequence[str]], random: Random) -> list[str] | None:
    """Words, one of which is another about as common, which is none of them; `None` where there is no such other.

    Args:
        words: as they were said, side by side.
        alike: words about as common as one.
        random: what draws.
    """
    others = {at: [other for other in alike(word) if other not in words] for at, word in enumerate(words)}
    wrong = {at: found for at, found in others.items() if found}
    if not wrong:
        return None
    at = random.choice(list(wrong))
    return [*words[:at], random.choice(wrong[at]), *words[at + 1 :]]
