"""Which part of the site an address is of."""

import pytest

from webui.parts import Part, part_of


@pytest.mark.parametrize(
    ("path", "part"),
    [
        ("/", "page"),
        ("/api", "page"),
        ("/api/", "page"),
        ("/api/v1/search", "api"),
        ("/api/v1/search/", "api"),
        ("/api/anything", "api"),
        ("/api/v1/suggest", "suggest"),
        ("/suggest", "suggest"),
        ("/suggest/", "suggest"),
        ("/suggestions", "page"),
        ("/export.csv", "export"),
        ("/export.anything", "export"),
        ("/feed.atom", "page"),
        ("/facets/outlet", "page"),
        ("/widget.js", "file"),
        ("/widget-1.0.0.js", "file"),
        ("/widget/demo", "page"),  # it may search
        ("/static/lectern.css", "file"),
        ("/healthz", "file"),
        ("//api/v1/search", "page"),  # leads nowhere
    ],
)
def test_a_path_is_of_one_part(path: str, part: Part) -> None:
    """A slash at the end makes no difference; whatever searches is limited, and what costs nothing is not."""
    assert part_of(path) == part
