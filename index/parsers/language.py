"""Which language a text is in, from its script and its commonest words.

Only the languages in which briefings are published need telling apart. The one decision: an answer is given only where
it is clear, else `None`, and the caller says so.
"""

import re
from collections import Counter

_SAMPLE = 6_000
"""How many characters are looked at."""

_SCRIPTS = (
    ("zh", re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
)
_WORD = re.compile(r"[^\W\d_]+")
_STOPWORDS = {
    "en": frozenset("the of and to in is that for on we with are has it will have as this by be you not what".split()),
    "fr": frozenset("le la les des du et est une dans que pour qui sur au avec nous par pas ce sont il".split()),
    "es": frozenset("el la los las del y es una que para con por en su al como lo nos".split()),
}
_CLEAR_SCRIPT = 0.3
_CLEAR_WORDS = 0.12


def detect_language(text: str) -> str | None:
    """The ISO 639 code of the language of `text`, `None` where that is not clear."""
    sample = text[:_SAMPLE]
    letters = sum(map(str.isalpha, sample))
    for language, script in _SCRIPTS:
        if letters and len(script.findall(sample)) / letters >= _CLEAR_SCRIPT:
            return language
    words = Counter(w.casefold() for w in _WORD.findall(sample))
    shares = {
        language: sum(words[w] for w in stopwords) / max(1, words.total()) for language, stopwords in _STOPWORDS.items()
    }
    best = max(shares, key=shares.__getitem__)
    return best if shares[best] >= _CLEAR_WORDS else None
