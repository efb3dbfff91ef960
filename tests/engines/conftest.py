"""The engines that the contract runs over: the oracle and every engine of the product."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from search.engine import Engine
from search.engines import open_engine
from tests.opensearch.collections import fresh_address, wipe
from tests.oracle import OracleEngine


@pytest.fixture(params=["oracle", "embedded", pytest.param("opensearch", marks=pytest.mark.opensearch)])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An empty engine of each kind."""
    if request.param == "opensearch":
        address = fresh_address()
        opened = open_engine(address)
        yield opened
        opened.close()
        wipe(address)
        return
    opened = OracleEngine() if request.param == "oracle" else open_engine(tmp_path / "index")
    yield opened
    opened.close()
