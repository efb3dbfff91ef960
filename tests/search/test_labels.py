"""Names and aliases."""

from datetime import date

from search.labels import Labels, Name
from search.model import Document, Item, Mention

LABELS = Labels(
    {
        "outlet": {"Agence France-Presse": Name("Agence France-Presse", ("AFP", "France-Presse"))},
        "entity": {
            "place-tr": Name("Türkiye", ("Turkey", "Turkish"), "place"),
            "place-x": Name("Elsewhere", ("Türkiye",), "place"),
        },
    }
)


def test_labels_and_types() -> None:
    """A value has its label, an entity its type; what is not known is called what it is."""
    assert LABELS.label("entity", "place-tr") == "Türkiye"
    assert LABELS.label("outlet", "Nobody's Post") == "Nobody's Post"
    assert LABELS.label("speaker", "") == "not stated"
    assert LABELS.type("place-tr") == "place"


def test_an_entity_without_a_row_is_called_what_its_id_was_made_of() -> None:
    """A person whom only a rule found has no row: name and type are read off the id; of another id, nothing is."""
    assert LABELS.label("entity", "person-jane-doe") == "Jane Doe"
    assert LABELS.type("person-jane-doe") == "person"
    assert (LABELS.label("entity", "place-"), LABELS.label("entity", "thing-x")) == ("place-", "thing-x")
    assert LABELS.type("thing-x") == ""


def test_what_is_retired_leads_on() -> None:
    """A retired id stands for those that took its place; any other for itself."""
    labels = Labels(moved={"org-old": ("org-a", "org-b")})
    assert labels.resolve_all("entity", "org-old") == ("org-a", "org-b")
    assert labels.resolve_all("about", "org-a") == ("org-a",)
    assert labels.resolve_all("outlet", "org-old") == ("org-old",)


def test_people_may_type_any_name() -> None:
    """Value, label and alias resolve in any case; a label wins over another's alias; the unknown stays."""
    assert LABELS.resolve("outlet", "afp") == "Agence France-Presse"
    assert LABELS.resolve("outlet", "agence france-presse") == "Agence France-Presse"
    assert LABELS.resolve("entity", "turkiye") == "place-tr"
    assert LABELS.resolve("entity", "Turkish") == "place-tr"
    assert LABELS.resolve("outlet", "Turkey") == "Turkey"
    assert LABELS.resolve("outlet", "") == ""


def test_round_trip() -> None:
    """What is published is read back."""
    assert Labels.from_json(LABELS.to_json()).names == LABELS.names


def test_languages_and_kinds_have_names_in_any_collection() -> None:
    """A language is meant by its name in English or in itself, a kind in the plural too; the label stays the value."""
    labels = Labels()
    assert [labels.resolve("language", typed) for typed in ("Spanish", "espanol", "中文", "ZH", "Klingon")] == [
        "es",
        "es",
        "zh",
        "zh",
        "Klingon",
    ]
    assert labels.resolve("kind", "Statements") == "statement"
    assert labels.label("language", "zh") == "zh"


def test_a_mention_without_a_row_is_called_as_it_was_found() -> None:
    """Its id has no capitals and hyphens of its own; the document has."""
    found = Mention("org-us-osk-council", "US-Osk Council", "organisation", "answer", 0, 14, "US-Osk Council")
    assert LABELS.of_mention(found) == Name("US-Osk Council", type="organisation")
    document = Document("x/1", "x", "xv-mfa", "en", date(2024, 1, 1), "", Item(1, 1, "answer", ()), (found,))
    assert LABELS.in_document(document, found.id) == "US-Osk Council"
    assert LABELS.label("entity", found.id) == "Us Osk Council"
    assert LABELS.in_document(document, "place-tr") == "Türkiye"
