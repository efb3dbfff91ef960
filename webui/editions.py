"""Editions: how the same briefing in another language is named, and where it is."""

from dataclasses import dataclass

from search.addresses import address_of_record
from search.labels import Labels
from webui.names import value_text


@dataclass(frozen=True, slots=True)
class Edition:
    """The same briefing in another language: the language's code and name, and the address."""

    language: str
    name: str
    address: str


def edition_link(id: str, labels: Labels) -> Edition:
    """The edition whose briefing has this id."""
    language = id.split("/")[1]
    return Edition(language, language_name(language, labels), address_of_record(id))


def language_name(language: str, labels: Labels) -> str:
    """What a language is called."""
    return value_text("language", language, labels.label("language", language))
