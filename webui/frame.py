"""What every page has around its content: title, search box, canonical address, and what robots may do with it."""

from dataclasses import dataclass

from search.addresses import pairs_of
from search.page import SearchRequest


@dataclass(frozen=True, slots=True)
class SearchBox:
    """The search form: what is typed in it, and the parameters that a new search keeps, as hidden inputs."""

    text: str = ""
    kept: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """An address and what it is called."""

    label: str
    address: str


@dataclass(frozen=True, slots=True)
class Frame:
    """A page's surroundings.

    Attributes:
        title: the document's title, before the site's name.
        box: the search form in the header.
        canonical: the address that robots should keep, or "".
        indexed: whether robots may keep the page and follow its links.
    """

    title: str
    box: SearchBox = SearchBox()
    canonical: str = ""
    indexed: bool = True


def box_of(request: SearchRequest) -> SearchBox:
    """The search form filled with a search: its words typed, its filters and order kept.

    Its page is forgotten, and the wording of one answer, which other words would hardly be found in.
    """
    return SearchBox(request.text, kept_of(request, "q", "page", "wording", "-wording"))


def kept_of(request: SearchRequest, *left_out: str) -> tuple[tuple[str, str], ...]:
    """The parameters of a search for a form's hidden inputs, but for those the form asks for itself."""
    return tuple(pair for pair in pairs_of(request) if pair[0] not in left_out)
