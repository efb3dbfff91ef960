"""Agreements, laws and declarations in Chinese: a title in 《》 whose last word says what it is.

The one decision: nothing else is made of Han by rule. A name in running Han has no edges that can be seen, and one cut
wrong is worse than none; persons, bodies and places are the authority's.
"""

import re
from collections.abc import Iterator

from index.entities.spans import Span, made_id

_TITLE = re.compile(
    r"《(?P<title>[^《》\s]{2,60}?(?:公约|条约|协定|协议|议定书|宣言|声明|公报|宪章|倡议|备忘录|纲要|法案|法|行动计划|路线图|联合声明))》"
)


def iter_titled_works(plain: str) -> Iterator[Span]:
    """The agreements, laws and declarations in a text, without their brackets, in order."""
    for match in _TITLE.finditer(plain):
        name = match["title"]
        yield Span(match.start("title"), match.end("title"), made_id("event", name), name, "event")
