"""The texts that a briefing has had: which of them an address asks for, and the addresses of each.

An earlier text is `?revision=1` of the transcript's address, so that a search still lights it and a citation of it
stays good; the present one is the address without.
"""

from collections.abc import Sequence
from urllib.parse import urlencode

from search.addresses import address_of_record, pairs_of
from search.engine import Revision
from search.errors import NotFound
from search.page import SearchRequest
from webui.editions import Edition

REVISION = "revision"
"""The parameter that names a text by its number."""
PART = "part"
"""The parameter that names a part of a long text by its number, from 1."""
BESIDE = "beside"
"""The parameter that names an edition to set beside a text: by its language, or by its id."""


def choose_text(revisions: Sequence[Revision], typed: str) -> Revision:
    """The text that `?revision=` asks for; the present one where it is empty.

    Raises:
        NotFound: there is no such text, saying which there are.
    """
    if not typed:
        return revisions[-1]
    found = next((r for r in revisions if str(r.number) == typed), None)
    if found is None:
        present = revisions[-1]
        numbers = [str(r.number) for r in revisions]
        there_are = f"texts {', '.join(numbers[:-1])} and {numbers[-1]}" if numbers[1:] else "one text"
        raise NotFound(
            f"there is no text {typed} of this briefing", where=present.briefing.id, hint=f"it has had {there_are}"
        )
    return found


def address_of_text(
    id: str, number: int | None, request: SearchRequest | None = None, anchor: str = "", part: int = 1
) -> str:
    """The address of text `number` of a briefing, `None` for the present one, with a search, an anchor, and a part."""
    if number is None and part == 1:
        return address_of_record(id, request, anchor)
    text, place = ((REVISION, f"{number}"),) if number else (), ((PART, f"{part}"),) if part > 1 else ()
    pairs = (*text, *place, *(pairs_of(request) if request else ()))
    return f"{address_of_record(id)}?{urlencode(pairs)}" + (f"#{anchor}" if anchor else "")


def address_of_texts(id: str) -> str:
    """The address of the page that lists every text of a briefing."""
    return f"{address_of_record(id)}/revisions"


def anchor_of_change(number: int, n: int) -> str:
    """Where the page of all texts tells what text `number` changed in item `n`."""
    return f"text-{number}-{n}"


def address_of_change(revision: Revision, n: int) -> str:
    """The address of what a text changed in item `n`."""
    return f"{address_of_texts(revision.briefing.id)}#{anchor_of_change(revision.number, n)}"


def choose_edition(id: str, editions: Sequence[str], typed: str) -> str:
    """The id of the edition that `?beside=` asks for, by language or by id.

    Raises:
        NotFound: the briefing has no such edition, saying which it has.
    """
    found = next((one for one in editions if typed in (one, one.split("/")[1])), None)
    if found is None:
        languages = ", ".join(one.split("/")[1] for one in editions)
        hint = f"it is there in {languages}" if languages else "it is there in one language"
        raise NotFound(f"there is no edition {typed} of this briefing", where=id, hint=hint)
    return found


def side_by_side(id: str, edition: Edition, request: SearchRequest | None = None) -> Edition:
    """The way to a text with an edition beside it."""
    pairs = ((BESIDE, edition.language), *(pairs_of(request) if request else ()))
    return Edition(edition.language, edition.name, f"{address_of_record(id)}?{urlencode(pairs)}")
