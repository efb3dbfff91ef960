"""An invented collection for tests of pages: two publishers, three years, every kind of item, and hostile markup.

Nobody in it exists. `make_engine` puts it into the oracle, so that no page test waits for an index.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from search.engine import Publication, Revision, Tombstone
from search.labels import Labels, Name
from search.model import Adjournment, Briefing, Item, Mention, Turn, iter_documents
from tests.oracle import OracleEngine

HOSTILE = "<script>alert(1)</script>"
FIRST_ADDED = "2024-05-30T22:15:00+00:00"
ADDED = "2024-06-01T09:30:00+00:00"

ENTITIES = {
    "place-xv": Name("Valdria", ("Valdrian Republic",), "place"),
    "place-jp": Name("Japan", (), "place"),
    "place-no": Name("Norway", (), "place"),
    "place-is": Name("Iceland", (), "place"),
    "place-north": Name("The North", (), "place"),
    "org-xw-cabinet": Name("Cabinet Office", ("cabinet",), "organisation"),
    "organisation-x": Name(f"Order {HOSTILE}", (), "organisation"),
    "event-dredging": Name("Dredging", ("the dredging",), "event"),
    "place-silent": Name("Isle of Silence", (), "place"),
}
"""What may be mentioned, but for a person who has no row: she is found by a rule."""
SURFACES = {
    "place-xv": "Valdria", "place-jp": "Japan", "place-no": "Norway", "place-is": "Iceland",
    "org-xw-cabinet": "cabinet", "organisation-x": HOSTILE, "event-dredging": "dredging",
    "person-mara-ellin": "Mara Ellin",
}  # fmt: skip
PARENTS = {"place-no": ("place-north",), "place-is": ("place-north",)}
MOVED = {"place-nw": ("place-no",), "place-east": ("place-jp", "place-is")}
LABELS = Labels(
    {
        "entity": ENTITIES,
        "outlet": {
            "Harbour Post": Name("Harbour Post", ("HP",)),
            "Northern Wire": Name("Northern Wire"),
            "Radio Meridian": Name("Radio Meridian"),
            f"Gazette {HOSTILE}": Name(f"Gazette {HOSTILE}"),
        },
        "publisher": {
            "xv-mfa": Name("Ministry of External Relations of Valdria"),
            "xw-gov": Name("Cabinet of Westmark"),
        },
    },
    moved=MOVED,
    homes={"xv-mfa": "place-xv"},
)

FILLER = (
    "We have set out our position on other occasions and I have little to add to it here.",
    "Officials of both sides are in touch, and the work goes on at its own pace, as such work does.",
    "The text will be laid before the assembly in the autumn, with the figures that members have asked for.",
)


def answer(
    n: int, asker: str | None, outlet: str | None, question: str, *said: str, speaker: str = "Ilsa Verlaine"
) -> Item:
    """One answer by one person."""
    return Item(
        n=n,
        position=n,
        kind="answer",
        turns=(
            Turn("question", asker, question, outlet=outlet),
            Turn("answer", speaker, "\n\n".join(said), speaker=speaker),
        ),
        asker=asker,
        outlet=outlet,
        speakers=(speaker,),
    )


def mention(item: Item) -> tuple[Mention, ...]:
    """Where each entity is first named in an item's texts, by its plain name, in the order of reading."""
    found = []
    for where, text in (("question", item.question), ("answer", item.answer), ("text", item.text)):
        places = sorted((text.find(name), id, name) for id, name in SURFACES.items() if name in text)
        for at, id, name in places:
            known = LABELS.name("entity", id)
            found.append(Mention(id, known.label, known.type, where, at, at + len(name), name))
    return tuple(found)


def ancestors(id: str) -> tuple[str, ...]:
    """What an entity is part of."""
    return PARENTS.get(id, ())


def brief(id: str, title: str, items: Sequence[Item], url: str | None = None, time: str | None = None) -> Briefing:
    """A briefing whose id says its publisher, language and day."""
    publisher, language, day = id.split("/")
    return Briefing(
        id=id,
        publisher=publisher,
        language=language,
        date=date.fromisoformat(day[:10]),
        title=title,
        items=tuple(items),
        time=time,
        zone="Etc/GMT-2" if time else None,
        url=url,
        speakers=tuple(dict.fromkeys(s for i in items for s in i.speakers)),
        file=f"/srv/librarian/{day}.html",
    )


def publish(briefing: Briefing, *earlier: Briefing) -> Publication:
    """A briefing with its documents and the texts it had before."""
    mentions = {item.n: mention(item) for item in briefing.items}
    received = (*(FIRST_ADDED for _ in earlier), ADDED)
    revisions = tuple(Revision(n, *one) for n, one in enumerate(zip(received, (*earlier, briefing), strict=True), 1))
    return Publication(briefing, tuple(iter_documents(briefing, mentions, ancestors)), revisions, ADDED)


FERRY = brief(
    "xv-mfa/en/2024-02-08",
    "Spokesperson Ilsa Verlaine’s Regular Press Briefing on February 8, 2024",
    (
        Item(
            1,
            1,
            "statement",
            (
                Turn(
                    "statement", "Ilsa Verlaine", "Valdria and Norway have agreed on a ferry.", speaker="Ilsa Verlaine"
                ),
            ),
            speakers=("Ilsa Verlaine",),
        ),
        answer(
            2,
            "HP",
            "Harbour Post",
            "When will the ferry to Norway sail again?",
            *FILLER,
            "The ferry will not sail before the harbour at Port Anselm is dredged.",
            *FILLER,
        ),
        answer(3, "Northern Wire", "Northern Wire", "Has Japan been told of the ferry?", "Japan has been told."),
        replace(
            answer(4, "Q", None, "Will anybody pay for the dredging?", "I am not aware of the situation."), asker=None
        ),
        answer(
            5,
            "Radio Meridian",
            "Radio Meridian",
            "What of the cable to Iceland?",
            *FILLER,
            *FILLER,
            *FILLER,
            "The undersea cable has been mended.",
            *FILLER,
        ),
        Item(6, 6, "note", (Turn("note", None, "The ferry timetable is on the ministry’s pages."),)),
    ),
    url="https://valdria.example/briefings/2024-02-08",
    time="15:30",
)
FERRY_BEFORE = brief(
    FERRY.id,
    FERRY.title.replace("Regular Press Briefing", "Briefing"),
    (
        *FERRY.items[:2],
        answer(3, "Northern Wire", "Northern Wire", "Has Japan been told of the ferry?", "Nobody has been told."),
        *FERRY.items[3:5],
        answer(9, "HP", "Harbour Post", "Is the old zeppelin for sale?", "It is not."),
    ),
    url=FERRY.url,
    time="15:30",
)

HOSTILE_BRIEFING = brief(
    "xv-mfa/en/2023-05-04",
    f"Briefing {HOSTILE} of May 4, 2023",
    (
        answer(
            1,
            f"Label {HOSTILE}",
            f"Gazette {HOSTILE}",
            f"Is {HOSTILE} a question about the ferry?",
            f"It is {HOSTILE} and the ferry too.",
        ),
    ),
    url="javascript:alert(1)",
)
TWO_VOICES = brief(
    "xw-gov/en/2022-11-30",
    "Cabinet briefing of November 30, 2022",
    (
        Item(
            1,
            1,
            "answer",
            (
                Turn("question", "Northern Wire", "Who will run the ferry office: Mara Ellin?", outlet="Northern Wire"),
                Turn("answer", "Oren Calloway", "The cabinet will.", speaker="Oren Calloway"),
                Turn("answer", "Mara Ellin", "And I shall run the ferry for the cabinet.", speaker="Mara Ellin"),
            ),
            asker="Northern Wire",
            outlet="Northern Wire",
            speakers=("Oren Calloway", "Mara Ellin"),
        ),
    ),
)
TWO_VOICES = replace(TWO_VOICES, adjournments=(Adjournment(date(2022, 12, 24), date(2023, 1, 2)),))
CHINESE = brief(
    "xv-mfa/zh/2024-02-08",
    "外交部发言人例行记者会",
    (answer(1, "港口邮报", "Harbour Post", "渡轮何时恢复？", "渡轮将于春天恢复。"),),
)
MANY = tuple(
    brief(
        f"xv-mfa/en/2021-{month:02}-15",
        f"Regular Press Briefing of 2021-{month:02}",
        tuple(
            answer(
                n,
                f"Outlet {month % 6 + n}",
                f"Outlet {month % 6 + n}",
                f"What about dredging, part {n}?",
                "The dredging of the harbour goes on.",
                speaker="Tobin Harrowgate",
            )
            for n in range(1, 4)
        ),
    )
    for month in range(1, 13)
)

TOMBSTONES = (
    Tombstone("xv-mfa/en/2024-02-08/9", "2024-03-01T10:00:00+00:00", "the publisher took it back"),
    Tombstone("xv-mfa/en/2020-01-01", "2024-03-02T10:00:00+00:00", "not a briefing"),
    Tombstone("xv-mfa/en/2020-01-01/3", "2024-03-02T10:00:00+00:00", "not a briefing"),
    Tombstone("xv-mfa/en/2024-02-07", "2024-03-03T10:00:00+00:00", "the day was wrong", "xv-mfa/en/2024-02-08"),
)


def make_engine(publications: Iterable[Publication] | None = None) -> OracleEngine:
    """The oracle, filled with the whole collection or with what is given."""
    everything = (publish(FERRY, FERRY_BEFORE), *map(publish, (HOSTILE_BRIEFING, TWO_VOICES, CHINESE, *MANY)))
    engine = OracleEngine()
    engine.publish_labels(LABELS)
    engine.add(everything if publications is None else publications, sequence=3, tombstones=TOMBSTONES)
    return engine
