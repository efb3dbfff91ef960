"""Where texts come from, printed: for reading, as data, or the very bytes."""

import json
from collections.abc import Iterator

import click

from index.provenance import Provenance, ProvenanceReader, Receipt
from search.settings import Settings

STATES = {
    "live": "shown",
    "alias": "the same briefing, at another address",
    "superseded": "shown until it was corrected",
    "same": "other bytes, the same text as before",
    "held": "held",
    "rejected": "rejected",
}
"""What each state of a text means to a librarian."""


def print_provenance(settings: Settings, id: str, *, as_json: bool) -> None:
    """Where each text of a briefing came from, and what became of it; of a withdrawn one too."""
    with ProvenanceReader.read(settings.archive) as archive:
        known = archive.provenance(id)
    if as_json:
        click.echo(json.dumps(known.to_json(), ensure_ascii=False, indent=2))
        return
    for line in _iter_provenance(known):
        click.echo(line)


def _iter_provenance(known: Provenance) -> Iterator[str]:
    if known.withdrawn is not None:
        yield f"withdrawn since {known.since}: {known.withdrawn}"
    for receipt in known.receipts:
        yield from _iter_receipt(receipt, is_withdrawn=known.withdrawn is not None)
    yield "history"
    yield from (f"    {event.at}  {event.what}" for event in known.events)


def _iter_receipt(receipt: Receipt, *, is_withdrawn: bool) -> Iterator[str]:
    numbers = ", ".join(f"{one.number}" for one in receipt.showings) or "-"
    state = "of a withdrawn briefing" if is_withdrawn and receipt.state == "live" else STATES[receipt.state]
    yield f"{numbers:<3} received {receipt.received}  {receipt.items} items  {state}"
    for problem in receipt.reasons:
        yield f"    {problem.code}: {problem.message}"
    yield f"    from {receipt.url or 'an address that is not recorded'}, file {receipt.file}"
    size = f"{receipt.size:,} bytes ({receipt.kept:,} as kept)"
    yield f"    {size}, SHA-256 {receipt.digest}, read by parser {receipt.parser_version}"


def write_original(settings: Settings, id: str, which: str | None) -> None:
    """Put the bytes of a text on the standard output, as they were received."""
    with ProvenanceReader.read(settings.archive) as archive:
        data = archive.received_bytes(id, which)
    click.echo(data, nl=False)
