"""What a page says of itself to machines: schema.org's terms as JSON-LD, and the card that a shared link becomes.

Addresses are whole where `LECTERN_BASE_URL` is set, else they begin at the site's root, which its reader knows. Terms
are those of https://schema.org/Report, /Question and /Quotation; texts are cut short: the page itself has them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from search.addresses import address_of_record
from search.engine import Revision
from search.labels import Labels
from search.model import Briefing, Document, Item
from search.record import Json
from webui.formats import day_text
from webui.names import name_text, questions_text
from webui.outline import first_words
from webui.shelf import Record
from webui.tongue import gettext

TITLE, TEXT = 110, 240
"""Characters of a title, and of a text."""
PART = 60
"""Characters of a question, where there are many."""
PARTS = 30
"""Questions that a briefing's data lists; the page has all of them."""
NAMED = 3
"""Outlets that a description names."""


@dataclass(frozen=True, slots=True)
class Card:
    """What a shared link shows, and `data`, the same and more in schema.org's terms; `address` is "" if not whole."""

    title: str
    description: str
    address: str
    published: str
    language: str
    data: Json


def card_of_briefing(record: Record, revisions: Sequence[Revision], labels: Labels, base: str) -> Card:
    """The card of a whole briefing as it reads now."""
    briefing = record.briefing
    address = base + address_of_record(briefing.id)
    data = {"@context": "https://schema.org", **_report(briefing, labels, address)}
    if len(revisions) > 1:
        data["dateModified"] = revisions[-1].received
    if record.editions:
        data["workTranslation"] = [
            {"@type": "Report", "url": base + address_of_record(id), "inLanguage": id.split("/")[1]}
            for id in record.editions
        ]
    parts = [_question(i, f"{address}#{i.n}", PART) for i in briefing.items if i.kind == "answer"]
    if parts:
        data["hasPart"] = parts[:PARTS]
    return _card(briefing, briefing.title, _description(briefing, labels), address if base else "", data)


def card_of_item(record: Record, labels: Labels, base: str) -> Card:
    """The card of an item on its own."""
    (document,) = record.documents
    item, briefing = document.item, record.briefing
    address = base + address_of_record(document.id)
    whole = _report(briefing, labels, base + address_of_record(briefing.id))
    data = {
        "@context": "https://schema.org",
        **_part(item, address),
        "inLanguage": briefing.language,
        "isPartOf": whole,
    }
    said = " ".join(filter(None, (item.question, item.answer or item.text)))
    return _card(briefing, _subject(document, briefing), first_words(said, TEXT), address if base else "", data)


def _card(briefing: Briefing, title: str, description: str, address: str, data: Json) -> Card:
    return Card(title, description, address, briefing.date.isoformat(), briefing.language, data)


def _subject(document: Document, briefing: Briefing) -> str:
    who = [document.item.outlet or document.item.asker, document.item.speaker]
    return f"{', '.join(filter(None, who)) or briefing.title}, {day_text(briefing.date)}"


def _description(briefing: Briefing, labels: Labels) -> str:
    """How many questions, of whom, to whom, when and where: in our words, since a text's first ones say little."""
    asked = [i for i in briefing.items if i.kind == "answer"]
    outlets = list(dict.fromkeys(name_text("question", i.asker, i.outlet or "") for i in asked if i.outlet or i.asker))
    where = {"publisher": labels.label("publisher", briefing.publisher), "day": day_text(briefing.date)}
    what, who, whom = questions_text(len(asked)), _listed(outlets), _listed(briefing.speakers)
    if not asked:
        return gettext("%(publisher)s, %(day)s.", **where)
    if who and whom:
        form = gettext("%(questions)s by %(who)s, answered by %(whom)s. %(publisher)s, %(day)s.")
    elif who:
        form = gettext("%(questions)s by %(who)s. %(publisher)s, %(day)s.")
    elif whom:
        form = gettext("%(questions)s, answered by %(whom)s. %(publisher)s, %(day)s.")
    else:
        form = gettext("%(questions)s. %(publisher)s, %(day)s.")
    return form % {"questions": what, "who": who, "whom": whom, **where}


def _listed(names: Sequence[str]) -> str:
    some = ", ".join(names[:NAMED])
    return gettext("%(names)s and others", names=some) if len(names) > NAMED else some


def _report(briefing: Briefing, labels: Labels, address: str) -> Json:
    data: Json = {
        "@type": "Report",
        "@id": address,
        "url": address,
        "headline": first_words(briefing.title, TITLE),
        "inLanguage": briefing.language,
        "datePublished": briefing.date.isoformat(),
        "publisher": {"@type": "GovernmentOrganization", "name": labels.label("publisher", briefing.publisher)},
    }
    if briefing.speakers:
        data["contributor"] = _people(briefing.speakers)
    if briefing.url and briefing.url.lower().startswith(("http://", "https://")):
        data["isBasedOn"] = briefing.url
    return data


def _part(item: Item, address: str) -> Json:
    if item.kind == "answer":
        return _question(item, address, TEXT, answer=True)
    said: Json = {"@type": "Quotation", "@id": address, "url": address, "text": first_words(item.text, TEXT)}
    return said | ({"creator": _people(item.speakers)} if item.speakers else {})


def _question(item: Item, address: str, most: int, *, answer: bool = False) -> Json:
    data: Json = {"@type": "Question", "url": address, "name": first_words(item.question, most)}
    if item.outlet or item.asker:
        data["author"] = {"@type": "Organization", "name": item.outlet or item.asker}
    if answer:
        said = {"@type": "Answer", "url": address, "text": first_words(item.answer, most)}
        data["acceptedAnswer"] = said | ({"author": _people(item.speakers)} if item.speakers else {})
    return data


def _people(names: Iterable[str]) -> list[Json]:
    return [{"@type": "Person", "name": name} for name in names]
