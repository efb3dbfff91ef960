"""Invented pages for the parsers' tests: one list of paragraphs, as plain text and in the layouts of saved HTML."""

import html
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from index.authority.tables import Authority, load_authority
from index.parsers import Parsed, parse_source
from index.sources import Source
from search.model import Briefing

SAMPLES = Path(__file__).parents[3] / "index" / "samples"
TITLE = "Spokesperson Ilsa Verlaine's Regular Press Briefing on March 4, 2024"
AUTHORITY: Authority = load_authority(SAMPLES / "authority")


def plain(paragraphs: Sequence[str], title: str = TITLE, stamp: str = "2024-03-04 15:30") -> str:
    """A page as plain text."""
    return "\n\n".join(p for p in (title, stamp, *paragraphs) if p) + "\n"


def old_html(paragraphs: Sequence[str], title: str = TITLE) -> str:
    """A page in the layout of 2018 to 2020; its line of date and time is empty."""
    body = "".join(f'<P style="FONT-SIZE: 14px">{html.escape(p)}</P>\n' for p in paragraphs)
    return (
        f"<html><head><title>{html.escape(title)}</title></head><body><div class='lang'><a>Español</a></div>"
        f"<div class='content_mod'><h2 class='title'>{html.escape(title)}</h2><div id='News_Body_Time'></div>"
        f"<div class='content'>{body}</div><div class='tool'>Suggest to a friend</div></div></body></html>"
    )


def new_html(paragraphs: Sequence[str], title: str = TITLE, stamp: str = "2024-03-04 15:30") -> str:
    """A page in the layout from 2022 on."""
    body = "".join(f"<p><span>{html.escape(p)}</span></p>\n" for p in paragraphs)
    return (
        f"<html><head><title>{html.escape(title)}_Ministry</title></head><body>"
        f"<div class='news-title'><h1>{html.escape(title)}</h1><p class='time'><span>{stamp}</span></p></div>"
        f"<div id='News_Body_Txt_A'><div class='view TRS_UEDITOR'>{body}</div></div></body></html>"
    )


def source(page: str | bytes, *, file: str = "page", url: str | None = None, title: str | None = None) -> Source:
    """`page` as a source."""
    data = page.encode() if isinstance(page, str) else page
    return Source(file, data, sha256(data).hexdigest(), url, title)


def parse(page: str | bytes, publisher: str | None = None) -> Parsed:
    """`page` parsed with the samples' authority."""
    return parse_source(source(page), AUTHORITY, publisher)


def read(*paragraphs: str, title: str = TITLE) -> Briefing:
    """The briefing of a plain text with these paragraphs."""
    parsed = parse(plain(paragraphs, title), "xv-mfa")
    assert parsed.briefing is not None, parsed.problems
    return parsed.briefing


def codes(parsed: Parsed) -> list[str]:
    """The codes of its problems."""
    return [p.code for p in parsed.problems]


def letters(text: str) -> str:
    """`text` without white space, colons and the no-break kind of either."""
    return "".join(text.split()).replace(":", "").replace("\uff1a", "")
