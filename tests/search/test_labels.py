"""Names and aliases."""

from search.labels import Labels, Name

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
    assert LABELS.label("entity", "place-zz") == "place-zz"
    assert LABELS.label("speaker", "") == "not stated"
    assert (LABELS.type("place-tr"), LABELS.type("place-zz")) == ("place", "")


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
