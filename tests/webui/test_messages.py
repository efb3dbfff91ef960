"""The catalogues of the interface: complete, with the same places, and compiled as they are."""

import re

import pytest
from babel.messages import Catalog, Message

from webui.messages import TRANSLATED, compiled, path_of, read_catalog, template

PLACE = re.compile(r"%\(\w+\)s|\{\w+\}")


@pytest.fixture(scope="module")
def marked() -> Catalog:
    """Everything that is marked in the program."""
    return template()


def forms_of(texts: object) -> list[str]:
    """A message's forms."""
    return [texts] if isinstance(texts, str) else list(texts or [""])


def messages_of(catalog: Catalog) -> list[Message]:
    """The messages of a catalogue, its head left out."""
    return [message for message in catalog if message.id]


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_text_is_translated(marked: Catalog, code: str) -> None:
    """Each text that is marked has a translation in every form, none is doubtful, and none is left over."""
    catalog = read_catalog(code)
    kept = {message.id: message for message in messages_of(catalog)}
    assert set(kept) == {message.id for message in messages_of(marked)}, "run make messages"
    assert [id for id, message in kept.items() if not all(forms_of(message.string)) or message.fuzzy] == []
    plurals = {len(forms_of(m.string)) for m in kept.values() if isinstance(m.id, tuple)}
    assert plurals == {catalog.num_plurals}


@pytest.mark.parametrize("code", TRANSLATED)
def test_places_agree(code: str) -> None:
    """A translation has the places of its text, and the same markup; the singular may leave its number out."""
    for message in messages_of(read_catalog(code)):
        wanted = set(PLACE.findall(forms_of(message.id)[-1]))
        for form in forms_of(message.string):
            assert set(PLACE.findall(form)) in (wanted, wanted - {"%(number)s"}), message.id
            assert sorted(re.findall(r"</?\w+", form)) == sorted(re.findall(r"</?\w+", forms_of(message.id)[-1]))
            assert form.count('"') == forms_of(message.id)[-1].count('"'), "it may stand in an attribute"


@pytest.mark.parametrize("code", TRANSLATED)
def test_what_is_compiled_is_fresh(code: str) -> None:
    """The compiled catalogue is that of its source."""
    assert path_of(code).with_suffix(".mo").read_bytes() == compiled(read_catalog(code)), "run make messages"
