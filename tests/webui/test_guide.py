"""The help page shows the guide."""

from search.guide import CHAPTERS
from tests.webui.conftest import Read, texts_of


def test_help_is_the_guide(read: Read) -> None:
    """Chapters, examples and meanings are the guide's, in its order."""
    page = read("/help")
    assert texts_of(page, "h2[id^=help-]") == [chapter.title for chapter in CHAPTERS]
    rules = [rule for chapter in CHAPTERS for rule in chapter.rules]
    assert [[n.text() for n in row.css("th code")] for row in page.css(".rules tbody tr")] == [
        list(rule.typed) for rule in rules
    ]
    assert texts_of(page, ".rules tbody td") == [rule.finds for rule in rules]
