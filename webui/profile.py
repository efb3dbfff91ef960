"""The page of an outlet or a speaker, worked out: its names, its years, about what, with whom, and its latest answers.

The one decision: as on an entity's page, every number leads to the search that has as many hits.
"""

from dataclasses import dataclass

from search.addresses import address_of, address_of_entity
from search.directory import Directory
from search.labels import Labels
from search.page import FacetValue, SearchRequest
from search.profile import OTHER, Profile, Profiled
from search.schema import FIELD, NOT_STATED
from webui import steps
from webui.formats import number_text
from webui.frame import Frame, Link
from webui.hits import HitView, hit_view
from webui.names import counted
from webui.people import FOLDERS, Ways, address_of_profile, nowhere
from webui.tallies import LISTED, Place, Tally, TallyList, Years, lists_by_type, place_of, years_of
from webui.tongue import gettext, marked

WHO: dict[Profiled, str] = {"outlet": marked("Who answers"), "speaker": marked("Who asks")}


@dataclass(frozen=True, slots=True)
class ProfilePage:
    """All that profile.html shows.

    Attributes:
        kind: what it is, and the list that it stands in.
        aliases: its other names.
        numbers: how many answers it has, and those of each publisher where there are several.
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
    years: Years
    people: TallyList | None
    subjects: tuple[TallyList, ...]
    places: tuple[Place, ...]
    hits: tuple[HitView, ...]


def profile_page(
    profile: Profile, own: Directory, others: Directory, labels: Labels, ways: Ways = nowhere
) -> ProfilePage:
    """The page of an outlet or a speaker; `own` is the directory of its field, `others` that of the other field."""
    request, label = steps.include(SearchRequest(), profile.field, profile.value), profile.name.label
    return ProfilePage(
        frame=Frame(label, canonical=address_of_profile(profile.field, profile.value, own)),
        kind=Link(gettext(FIELD[profile.field].label), FOLDERS[profile.field]),
        label=label,
        aliases=tuple(name for name in dict.fromkeys((*profile.name.aliases, profile.value)) if name != label),
        numbers=tuple(_numbers(profile, request)),
        search=address_of(request),
        years=years_of(profile.years, profile.total, request),
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
        hits=tuple(hit_view(hit, request, labels, address_of_entity, ways) for hit in profile.latest),
    )


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

    def tally(one: FacetValue) -> Tally:
        return Tally(
            one.label, address_of_entity(one.value), one.count, address_of(steps.include(about, "entity", one.value))
        )

    return lists_by_type(subjects, "about", tally)
