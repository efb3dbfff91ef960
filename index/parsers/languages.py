"""The languages that can be read, by ISO 639 code."""

from collections.abc import Mapping
from types import MappingProxyType

from index.parsers.phrases import ENGLISH, Phrases
from index.parsers.phrases_more import ARABIC, FRENCH, RUSSIAN, SPANISH
from index.parsers.phrases_zh import CHINESE

PHRASES: Mapping[str, Phrases] = MappingProxyType(
    {"en": ENGLISH, "zh": CHINESE, "fr": FRENCH, "es": SPANISH, "ru": RUSSIAN, "ar": ARABIC}
)
"""What each language says about a transcript's shape."""
