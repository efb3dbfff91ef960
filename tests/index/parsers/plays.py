"""Invented transcripts in which everybody has a label in capitals, and how tests read them."""

from index.parsers import Parsed, parse_source
from search.model import Briefing, Item
from tests.index.parsers.pages import AUTHORITY, source

HEAD = """---
tags: press-briefings
date: '2022-03-04'
source_url: https://bidenwhitehouse.archives.gov/briefing-room/press-briefings/2022/03/04/{slug}/
title: "Press Briefing by Press Secretary Ilsa\\_Vale and Harbour Advisor\\
  \\ Odo B. McBride"
---

"""
TITLE = "Versión estenográfica. Conferencia de prensa de la presidenta Inés Vale del 4 de marzo de 2025"


def markdown(body: str, slug: str = "briefing") -> str:
    """A transcript as Markdown with a head."""
    return HEAD.replace("{slug}", slug) + body


def speak(*paragraphs: str, slug: str = "briefing") -> Briefing:
    """The briefing of such a transcript."""
    return whole(parse_source(source(markdown("\n\n".join(paragraphs) + "\n", slug)), AUTHORITY))


def stage(*turns: str) -> Briefing:
    """The briefing of a text whose labels stand on lines of their own, below lines of hyphens."""
    text = "\n---\n".join((f"{TITLE}\nPresidencia de la República\n04 de marzo de 2025", *turns))
    return whole(parse_source(source(text), AUTHORITY))


def whole(parsed: Parsed) -> Briefing:
    """The briefing, which must be there."""
    assert parsed.briefing is not None, parsed.problems
    return parsed.briefing


def outline(items: tuple[Item, ...]) -> list[tuple[str, list[tuple[str, str | None, str | None]]]]:
    """Each item's kind, and role, label and speaker of its turns."""
    return [(item.kind, [(t.role, t.label, t.speaker) for t in item.turns]) for item in items]
