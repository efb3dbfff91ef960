"""What `/healthz` answers: the state of the index, for machines that watch over it.

The one decision: it is read from the engine alone, and from what that keeps of the present commit, so that a web node
needs no file of the librarian's, and to ask every second costs nothing. What only the archive knows is `lectern
status`'s to say.
"""

from search.engine import Engine
from search.record import Json


def health_to_json(engine: Engine) -> Json:
    """The state of the index.

    Raises:
        IndexMissing, IndexIncompatible: it cannot be read; the answer is 503.
    """
    state, coverage, listed = engine.status(), engine.coverage(), engine.briefings()
    latest = listed[-1] if listed else None
    names = ("generation", "live_since", "sequence", "briefings", "documents")
    return {
        "status": "ok",
        **{name: getattr(state, name) for name in names},
        "latest": {"id": latest.id, "date": latest.date.isoformat(), "added": latest.added} if latest else None,
        "coverage": [
            {
                "publisher": row.publisher,
                "language": row.language,
                "briefings": row.briefings,
                "answers": row.answers,
                "first": row.first.isoformat(),
                "last": row.last.isoformat(),
                "added": row.added,
            }
            for row in coverage
        ],
    }
