"""Opening an engine by where its index is. The one place that knows which engines there are."""

from pathlib import Path

from search.engine import Engine
from search.errors import IndexIncompatible, IndexMissing, SettingsError


def open_engine(where: Path | str) -> Engine:
    """The engine over the index at `where`, which need not exist until something is added to it.

    A folder is the embedded engine's; an address is a cluster's, see `search.opensearch.address`.

    Raises:
        SettingsError: an address cannot be read, or what talks to clusters is not installed.
    """
    if isinstance(where, Path):
        from search.embedded.engine import EmbeddedEngine  # noqa: PLC0415 (Whoosh and numpy load only where they are used)

        return EmbeddedEngine(where)
    try:
        from search.opensearch.engine import OpenSearchEngine  # noqa: PLC0415 (an extra, which need not be installed)
    except ModuleNotFoundError as error:
        raise SettingsError(
            "what talks to an OpenSearch cluster is not installed",
            where="LECTERN_ENGINE",
            hint="install Lectern with its extra: lectern[opensearch]",
        ) from error
    from search.opensearch.address import read_address  # noqa: PLC0415 (the same)

    return OpenSearchEngine(read_address(where))


def place_of(where: Path | str) -> str:
    """Where an index is, as people may see it: no password is in it. Raises SettingsError."""
    if isinstance(where, Path):
        return str(where)
    from search.opensearch.address import read_address  # noqa: PLC0415 (an address is told by whom it is for)

    return str(read_address(where))


def is_begun(engine: Engine) -> bool:
    """Whether anything was ever put into an engine, whether or not it can be read. Raises EngineUnavailable."""
    try:
        engine.status()
    except IndexMissing:
        return False
    except IndexIncompatible:
        pass
    return True
