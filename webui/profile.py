"""The page of an outlet or a speaker, worked out: its names, its years, about what, with whom, and its latest answers.

The one decision: as on an entity's page, every number leads to the search that has as many hits.
"""

from dataclasses import dataclass
from urllib.parse import quote

from search.addresses import address_of, address_of_entity
from search.directory import Directory
from search.labels import Labels
from search.page import FacetValue, SearchRequest
from search.profile import OTHER, Profile, Profiled
from search.schema import FIELD, NOT_STATED, TYPES
from webui import steps
from webui.chart import Chart, chart_of
from webui.entity import LISTED, Place, Tally, TallyList, place_of
from webui.formats import number_text
from webui.frame import Frame, Link
from webui.hits import HitView, hit_view
from webui.names import TYPE_LISTS, counted
from webui.tongue import gettext, marked

FOLDERS: dict[Profiled, str] = {"outlet": "/outlets", "speaker": "/speakers"}
"""Where the list of each stands, and below it their pages."""
WHO: dict[Profiled, str] = {"outlet": marked("Who answers"), "speaker": marked("Who asks")}


@dataclass(frozen=True, slots=True)
class ProfilePage:
    """All that profile.html shows.

    Attributes:
        kind: what it is, and the list that it stands in.
        aliases: its other names.
        numbers: how many answers it has, and those of each publisher where there are several.
        chart: the years as a picture and a table.
        only_year: the same in words where the collection has but one year.
        people: who answers an outlet, or asks a speaker.
        subjects: what it is about, by type.
        places: the first answer and the latest.
    """

    frame: Frame
    kind: Link
    label: str
    aliases: tuple[str, ...]
    numbers: tuple[Link, ...]
    search: str
    chart: Chart | None
    only_year: str
    people: TallyList | None
    subjects: tuple[TallyList, ...]
    places: tuple[Place, ...]
    hits: tuple[HitView, ...]


def profile_page(profile: Profile, own: Directory, others: Directory, labels: Labels) -> ProfilePage:
    """The page of an outlet or a speaker; `own` is the directory of its field, `others` that of the other field."""
    request, label = steps.include(SearchRequest(), profile.field, profile.value), profile.name.label
    chart = chart_of(profile.years, request) if profile.total else None
    return ProfilePage(
        frame=Frame(label, canonical=address_of_profile(profile.field, profile.value, own)),
        kind=Link(gettext(FIELD[profile.field].label), FOLDERS[profile.field]),
        label=label,
        aliases=tuple(name for name in dict.fromkeys((*profile.name.aliases, profile.value)) if name != label),
        numbers=tuple(_numbers(profile, request)),
        search=address_of(request),
        chart=chart,
        only_year="" if chart or not profile.total else gettext("All in %(year)s.", year=profile.years[0].since.year),
        people=_people(profile, others, request),
        subjects=_subjects(profile.subjects, request),
        places=(
            (
                place_of(gettext("First answer"), profile.first),
                place_of(gettext("Latest answer"), profile.latest[0].document),
            )
            if profile.first
            else ()
        ),
        hits=tuple(hit_view(hit, request, labels, address_of_entity) for hit in profile.latest),
    )


def address_of_profile(field: Profiled, value: str, directory: Directory) -> str:
    """The address of the page of an outlet or a speaker."""
    return f"{FOLDERS[field]}/{quote(directory.slugs.of(value))}"


def _numbers(profile: Profile, request: SearchRequest) -> list[Link]:
    if not profile.total:
        return []
    did = (
        counted(profile.total, "Asked %(number)s question", "Asked %(number)s questions")
        if profile.field == "outlet"
        else counted(profile.total, "Spoke in %(number)s answer", "Spoke in %(number)s answers")
    )
    numbers = [Link(did, address_of(request))]
    if len(profile.publishers) > 1:
        for row in profile.publishers:
            address = address_of(steps.include(request, "publisher", row.value))
            said = gettext("%(name)s: %(number)s", name=row.label, number=number_text(row.count))
            numbers.append(Link(said, address))
    return numbers


def _people(profile: Profile, others: Directory, request: SearchRequest) -> TallyList | None:
    field = OTHER[profile.field]
    stated = [one for one in profile.others if one.value != NOT_STATED][:LISTED]
    rows = [_person(field, one, others, request) for one in stated]
    rows += [
        Tally(gettext("not stated"), address, one.count, address)
        for one in profile.others
        if one.value == NOT_STATED
        for address in (address_of(steps.include(request, field, NOT_STATED)),)
    ]
    return TallyList(field, gettext(WHO[profile.field]), tuple(rows)) if stated else None


def _person(field: Profiled, one: FacetValue, others: Directory, request: SearchRequest) -> Tally:
    address = address_of_profile(field, one.value, others)
    return Tally(one.label, address, one.count, address_of(steps.include(request, field, one.value)))


def _subjects(subjects: tuple[FacetValue, ...], request: SearchRequest) -> tuple[TallyList, ...]:
    """What the answers are about: of each type those that come first in the facet, home countries last."""
    about = steps.counting_subjects(request)
    by_type = {type: [one for one in subjects if one.type == type] for type in (*TYPES.values(), "")}
    return tuple(
        TallyList(
            f"about-{type or 'others'}",
            gettext(TYPE_LISTS[type]),
            tuple(
                Tally(
                    one.label,
                    address_of_entity(one.value),
                    one.count,
                    address_of(steps.include(about, "entity", one.value)),
                )
                for one in values[:LISTED]
            ),
        )
        for type, values in by_type.items()
        if values
    )
