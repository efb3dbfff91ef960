"""What the rows must be, by themselves and among each other.

Each check yields faults and changes nothing. The one decision: what would lose or confuse entities silently (an id or
an alias given twice, an alias that is an everyday word) is a fault like a broken line, and stops the loading.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import get_args

from index.authority.rows import IS_ID, EntityRow, Fault, OutletRow, Row, SpeakerRow, label_key
from search.model import EntityType

Placed = tuple[str, Row]
"""A row with its place, "file:line"."""

TYPES: tuple[str, ...] = get_args(EntityType)
FLAGS = ("block", "national", "nolabel", "retired")
PREFIXES: Mapping[str, str] = {"place": "place", "person": "person", "organisation": "org", "event": "event"}
"""What the ids of each type begin with, before the first hyphen."""

BLOCK_PREFIX = "block"
"""What the id of a row that only swallows text may begin with."""

_DAY = re.compile(r"(\d{4}(-\d\d){0,2})?")

COMMON_WORDS = frozenset(
    """
    a about above across act after again against age agency ago air all almost alone along already also although
    always am among an and another answer any anyone are area army around art as ask asked at attack away back bad bank
    base be became because become been before began behind being believe best better between big bill black board body
    book both bring budget building business but by call called came can cannot capital car care case centre center
    chair change chief child children church city clear close come comment committee common community company concern
    conference congress cooperation could council countries country course court cut data day deal death decision
    defence defense democracy department development did different do does done door down during each early east
    economy education effort either election else embassy end energy enough even event ever every everyone example
    face fact family far few field find first five follow food for force foreign form found four free friend from full
    further future game gave general get girl give given go going gone good government great green ground group
    growth had half hand happen hard has have having he head health held help her here herself high him himself his
    history home hope hot house how however hundred i idea if important in increase information inside interest
    international into is issue it its itself job journalist just keep kind king know known land large last late later
    law lead leader learn least leave led left less let letter level life light like line list little live local long
    look lost lot low made make male man many march market mark matter may me mean media meet meeting member men might
    military million mind minister ministry minute mobile moment money month more morning most move much music must my
    name nation national near need never new news next nice night no nobody non none nor north not note nothing now
    number of off office officer official often oil old on once one only open or order other our out outside over own
    page paper part party past pay peace people per perhaps person place plan play point police policy political poor
    position possible power premier present president press price problem program public question quite rate rather
    reach read reading real reason record region relation relations report reporter republic rest result reunion
    right road role room rule said same saw say says school sea second secretary section security see seen senate
    send sent service set seven several shall share she short should show side since situation six small so social
    some something soon south speak speech spoke spokesman spokesperson spokeswoman staff stage stand start state
    states statement step still stop story street strong such support sure system take talk talks tell ten term than
    thank thanks that the their them themselves then there these they thing things think third this those though
    thought thousand three through time to today together told tomorrow too took top toward town trade true try turn
    two under union united university until up upon us use used very view visit voice want war was watch water way we
    week well went were west what when where whether which while white who whole whom whose why wide will with within
    without woman women word work worker working world would write year years yes yesterday yet you young your
    january february april june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday
    """.split()
)
"""Everyday English words: an alias that is one of them would be found everywhere."""


def is_common(name: str) -> bool:
    """Whether a name is an everyday word; in capitals it is an acronym."""
    return name.lower() in COMMON_WORDS and not (len(name) > 1 and name.isupper())


def iter_twice(placed: Iterable[Placed[Row]], key: Callable[[Row], str]) -> Iterator[Fault]:
    """A fault for each row of one folder whose key another row of the folder has."""
    first: dict[str, str] = {}
    for where, row in placed:
        if (seen := first.setdefault(key(row), where)) != where:
            yield Fault(where, f"{key(row)!r} stands already at {seen}", "remove one of the two rows")


def _iter_own(where: str, row: EntityRow) -> Iterator[Fault]:
    """What is wrong with an entity's row by itself."""
    if not IS_ID.fullmatch(row.id):
        yield Fault(where, f"{row.id!r} is not an id", "an id has lower-case letters, digits and single hyphens")
    if row.type not in TYPES:
        yield Fault(where, f"{row.id} has the type {row.type!r}", f"a type is one of {', '.join(TYPES)}")
    elif IS_ID.fullmatch(row.id):
        yield from _iter_prefix(where, row)
    for flag in row.flags:
        if flag not in FLAGS:
            yield Fault(where, f"{row.id} has the flag {flag!r}", f"a flag is one of {', '.join(FLAGS)}")
    if "national" in row.flags and row.parent is None:
        yield Fault(where, f"{row.id} is national but of no country", "give its country as the parent")
    yield from _iter_empty(where, row.id, (row.label, *row.aliases))
    if "retired" in row.flags and row.aliases:
        yield Fault(where, f"{row.id} is retired and has aliases", "give them to the rows that took its place")
    for name in row.names:
        if len(name) == 1 or is_common(name):
            yield Fault(where, f"the name {name!r} of {row.id} is an everyday word", "take it out, or lengthen it")


def _iter_prefix(where: str, row: EntityRow) -> Iterator[Fault]:
    """An id says the type for good: what it begins with, and that a name stands behind it."""
    prefix, _, rest = row.id.partition("-")
    if not rest or (prefix != PREFIXES[row.type] and not ("block" in row.flags and prefix == BLOCK_PREFIX)):
        message = f"{row.id!r} is no id of the type {row.type}"
        yield Fault(where, message, f"it is {PREFIXES[row.type]}- and a name; that of a block may be {BLOCK_PREFIX}-")


def _iter_empty(where: str, what: str, names: Sequence[str]) -> Iterator[Fault]:
    if not all(names):
        yield Fault(where, f"{what or 'a row'} has an empty name", "every row has a name, and | stands between two")


def iter_entity_faults(placed: Mapping[str, Placed[EntityRow]]) -> Iterator[Fault]:
    """What is wrong with the entities, folders already laid over each other, keyed by id."""
    names: dict[str, list[EntityRow]] = {}
    for where, row in placed.values():
        yield from _iter_own(where, row)
        yield from _iter_parent(where, row, placed)
        for name in row.names:
            for other in names.setdefault(name, []):
                if _scopes_meet(row, other):
                    yield Fault(where, f"{name!r} names {row.id} and {other.id} alike", "keep it at one of them")
            names[name].append(row)
    yield from _iter_cycles(placed)
    yield from _iter_retired(placed)


def _iter_parent(where: str, row: EntityRow, placed: Mapping[str, Placed[EntityRow]]) -> Iterator[Fault]:
    """What is wrong with the parent of a row: it has to be one that emits something."""
    if row.parent is None:
        return
    if row.parent not in placed:
        yield Fault(where, f"{row.id} has the unknown parent {row.parent!r}", "give the id of a row, or nothing")
    elif "retired" in placed[row.parent][1].flags:
        successors = ", ".join(placed[row.parent][1].successors)
        yield Fault(where, f"the parent of {row.id}, {row.parent}, is retired", f"what took its place: {successors}")


def _iter_retired(placed: Mapping[str, Placed[EntityRow]]) -> Iterator[Fault]:
    """What is wrong with retired rows: the ids that took their places lead to rows of today."""
    moved = {id: row.successors for id, (_, row) in placed.items() if "retired" in row.flags}
    for id, successors in moved.items():
        where = placed[id][0]
        if not successors:
            yield Fault(where, f"{id} is retired for nothing", "the parent is the id that took its place, or several")
        for other in successors:
            if other not in placed:
                yield Fault(where, f"what took the place of {id}, {other!r}, is unknown", "give the id of a row")
            elif "block" in placed[other][1].flags:
                message = f"what took the place of {id}, {other}, is a block"
                yield Fault(where, message, f"give another id, or make {id} a block too")
        if id in find_successors(moved, id):
            message = f"{id} is retired in a circle: {' -> '.join([id, *successors])} -> … -> {id}"
            yield Fault(where, message, "one of these rows has to be no retired one")


def find_successors(moved: Mapping[str, tuple[str, ...]], id: str) -> tuple[str, ...]:
    """The ids that stand today where `id` stood, each once, in order.

    Args:
        moved: of each retired id those that took its place, retired again or not.
        id: a retired one; it is among the result only where it is retired in a circle.
    """
    found: dict[str, None] = {}
    seen: set[str] = set()
    waiting = list(moved[id])
    while waiting:
        one = waiting.pop(0)
        if one == id or one not in moved:
            found[one] = None
        elif one not in seen:
            seen.add(one)
            waiting = [*moved[one], *waiting]
    return tuple(found)


def _scopes_meet(one: EntityRow, other: EntityRow) -> bool:
    """Whether both rows would claim a name at some publisher. A row with a scope goes before one without."""
    if not one.scope or not other.scope:
        return one.scope == other.scope
    return not set(one.scope).isdisjoint(other.scope)


def _iter_cycles(placed: Mapping[str, Placed[EntityRow]]) -> Iterator[Fault]:
    """A fault for each cycle of parents, told once, at the first of its ids."""
    for id, (where, row) in placed.items():
        line, parent = [id], row.parent
        while parent is not None and parent in placed and parent not in line:
            line.append(parent)
            parent = placed[parent][1].parent
        if parent == id and id == min(line):
            path = " -> ".join([*line, id])
            yield Fault(where, f"the parents go in a circle: {path}", "take one of these parents out")


def iter_outlet_faults(placed: Mapping[str, Placed[OutletRow]], entities: Mapping[str, object]) -> Iterator[Fault]:
    """What is wrong with the outlets, folders already laid over each other."""
    for where, row in placed.values():
        yield from _iter_empty(where, row.name, (row.name, *row.aliases))
        if row.country is not None and row.country not in entities:
            yield Fault(where, f"{row.name} has the unknown country {row.country!r}", "give a place's id, or nothing")
    yield from _iter_shared((where, row.name, (row.name, *row.aliases)) for where, row in placed.values())


def iter_speaker_faults(placed: Mapping[str, Placed[SpeakerRow]]) -> Iterator[Fault]:
    """What is wrong with the speakers, folders already laid over each other."""
    by_publisher: dict[str, list[tuple[str, str, tuple[str, ...]]]] = {}
    for where, row in placed.values():
        names = (row.name, *row.aliases)
        yield from _iter_empty(where, row.name, (row.publisher, *names))
        by_publisher.setdefault(row.publisher, []).append((where, row.name, names))
        for day in (row.since, row.until):
            if not _DAY.fullmatch(day):
                yield Fault(where, f"{day!r} is no year or day", "write 2020 or 2020-02-24, or nothing")
    for rows in by_publisher.values():
        yield from _iter_shared(rows)


def _iter_shared(rows: Iterable[tuple[str, str, tuple[str, ...]]]) -> Iterator[Fault]:
    """A fault for each label that two rows, given as place, name and labels, both claim."""
    owners: dict[str, str] = {}
    for where, name, labels in rows:
        for label in labels:
            owner = owners.setdefault(label_key(label), name)
            if owner != name:
                yield Fault(where, f"{label!r} names {name} and {owner} alike", "keep it at one of them")
