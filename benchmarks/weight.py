"""What first views of transcripts weigh: `python -m benchmarks.weight --home DIR`, over every briefing of a home.

Weighed is what goes over the wire to a browser: each page, each of its parts, with its styles and scripts, packed. The
heaviest are printed. The one decision: styles and scripts are weighed once, since every transcript loads the same.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser

from benchmarks.progress import tell
from search.addresses import address_of_record
from search.engines import open_engine
from search.settings import Settings
from webui.app import create_app
from webui.parts import split
from webui.texts import address_of_text

MOST = 60_000
"""Bytes that a first view may weigh."""
SHOWN = 10


def main(arguments: Sequence[str] | None = None) -> int:
    """Weigh and print. Returns 1 where a view is too heavy."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.weight", description="What transcripts weigh.")
    parser.add_argument("--home", type=Path, metavar="DIR", required=True, help="a home that is indexed already")
    home = parser.parse_args(arguments).home
    client = create_app(Settings(home, {})).test_client()
    views = sorted(iter_views(home, client), reverse=True)
    for weight, address in views[:SHOWN]:
        sys.stdout.write(f"{weight:7,} {address}\n")
    heavy = sum(weight >= MOST for weight, _ in views)
    sys.stdout.write(f"{len(views):,} first views, {heavy:,} of {MOST:,} bytes or more\n")
    return 1 if heavy else 0


def iter_views(home: Path, client: FlaskClient) -> Iterator[tuple[int, str]]:
    """The weight and the address of every transcript, part by part."""
    engine, rest = open_engine(home / "index"), 0
    for place, one in enumerate(engine.briefings()):
        if place % 100 == 0:
            tell(f"weight: briefing {place}")
        rest = rest or weigh_rest(client, address_of_record(one.id))
        for part in range(1, 1 + len(split(engine.documents(one.id)))):
            address = address_of_text(one.id, None, part=part)
            yield weigh(client, address) + rest, address


def weigh_rest(client: FlaskClient, address: str) -> int:
    """Bytes of all that a page loads."""
    page = LexborHTMLParser(client.get(address).text)
    loaded = [node.attributes["src"] or "" for node in page.css("script[src]")]
    loaded += [node.attributes["href"] or "" for node in page.css("link[rel=stylesheet], link[rel=icon]")]
    return sum(weigh(client, one) for one in loaded)


def weigh(client: FlaskClient, address: str) -> int:
    """Bytes that an address sends to a browser."""
    return len(client.get(address, buffered=True, headers={"Accept-Encoding": "gzip"}).data)


if __name__ == "__main__":
    sys.exit(main())
