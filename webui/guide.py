"""How to search: the page around the guide's table."""

from dataclasses import dataclass

from search.guide import CHAPTERS, Chapter
from webui.frame import Frame
from webui.tongue import gettext


@dataclass(frozen=True, slots=True)
class HelpPage:
    """All that help.html shows."""

    frame: Frame
    chapters: tuple[Chapter, ...]


def help_page() -> HelpPage:
    """The help page."""
    return HelpPage(Frame(gettext("How to search"), canonical="/help"), CHAPTERS)
