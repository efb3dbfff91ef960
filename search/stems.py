"""Stems: which forms of a word are one word, language by language.

Here belong the stemmers and what a typed word stands for in a language; cutting a text into words belongs to
`search.text`. The one decision: a form is stemmed as it was printed, accents and all, and folded afterwards; for a
stemmer knows its language's accents, and without them takes *nación* for another word than *naciones*.
"""

import re
import threading
import unicodedata
from functools import lru_cache

import Stemmer

from search.text import acronym, fold, word_forms

STEMMERS = {
    "ar": "arabic",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "it": "italian",
    "pt": "portuguese",
    "ru": "russian",
}
"""Languages whose words are stemmed, with the name of their Snowball algorithm."""

ANALYSIS_VERSION = 1
"""Raised with every change by which a text is cut into other words, or these are folded or stemmed otherwise."""

ANALYSIS = f"{ANALYSIS_VERSION} snowball {Stemmer.version()} unicode {unicodedata.unidata_version}"
"""By what the words of an index are cut, folded and stemmed: an index made by something else is to be made anew."""

_UNACCENTED = (
    (re.compile(r"(?<=[cs])ion$"), "ión"),
    (re.compile(r"(?<=log)ia(?=s?$)"), "ía"),
    (re.compile(r"(?<=graf)ia(?=s?$)"), "ía"),
    (re.compile(r"(?<=nom)ia(?=s?$)"), "ía"),
)
"""Spanish endings that are always written with an accent, as they are typed without it."""

# A stemmer is one buffer that its calls write into, so each thread has its own.
_own = threading.local()


def stem(base: str, language: str) -> str:
    """The folded stem of a token's base in `language`; "" where there is no stemmer, or no base.

    An acronym is its own stem, in capitals: AIDS is no plural of "aid".
    """
    if not base or language not in STEMMERS:
        return ""
    return base if base.isupper() else _stem(base, language)


@lru_cache(maxsize=100_000)
def _stem(base: str, language: str) -> str:
    stemmers: dict[str, Stemmer.Stemmer] = _own.__dict__
    if language not in stemmers:
        # Without a cache of its own: ours is enough.
        stemmers[language] = Stemmer.Stemmer(STEMMERS[language], 0)
    # Of a word that is all ornament (the Arabic tatweel) a stemmer leaves nothing.
    return fold(stemmers[language].stemWord(base)) or fold(base)


@lru_cache(maxsize=10_000)
def query_stems(word: str, language: str) -> frozenset[str]:
    """The stems that a typed plain word stands for in `language`; none where there is no stemmer, or nothing to stem.

    An acronym stands for itself with its endings, never for a word in small letters; a word in small letters also for
    the acronym of these letters, as `us` finds "US". In Spanish, a word typed without its accent stands for the
    accented one too, where the ending leaves no doubt.

    Args:
        word: the surface of one token.
        language: of the document.
    """
    base = word_forms(word).base
    if not base or language not in STEMMERS:
        return frozenset()
    if base.isupper():
        return frozenset({base})
    bases = {base, acronym(base.upper()) or base}
    if language == "es":
        bases |= {pattern.sub(ending, base) for pattern, ending in _UNACCENTED}
    return frozenset(stem(one, language) for one in bases)
