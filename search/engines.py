"""Opening an engine by where its index is. The one place that knows which engines there are."""

from pathlib import Path

from search.engine import Engine


def open_engine(folder: Path) -> Engine:
    """The embedded engine over the index in `folder`, which need not exist until something is added to it."""
    from search.embedded.engine import EmbeddedEngine  # noqa: PLC0415 (Whoosh and numpy load only where they are used)

    return EmbeddedEngine(folder)
