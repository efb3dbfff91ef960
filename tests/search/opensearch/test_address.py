"""What the address of a cluster says, and what is none."""

from pathlib import Path

import pytest

from search.engines import open_engine, place_of
from search.errors import SettingsError
from search.opensearch.address import read_address
from search.settings import read_settings


def test_address_names_hosts_and_collection() -> None:
    """Hosts have the usual port where none is given."""
    address = read_address("opensearch://one:9201,two,[::1]:9203/valdria?shards=3&replicas=2")
    assert address.hosts == (("one", 9201), ("two", 9200), ("::1", 9203))
    assert (address.name, address.tls, address.shards, address.replicas) == ("valdria", False, 3, 2)


def test_password_is_read_and_never_printed() -> None:
    """User and password may hold any sign, percent-encoded; neither text nor repr shows them."""
    address = read_address("opensearch+tls://desk:p%40ss%2Fword@host/valdria?ca=/etc/ca.pem")
    assert (address.user, address.password, address.tls, address.ca) == ("desk", "p@ss/word", True, Path("/etc/ca.pem"))
    assert "p@ss" not in f"{address} {address!r}"


@pytest.mark.parametrize(
    "text",
    [
        "http://host/valdria",
        "opensearch://host",
        "opensearch://host/",
        "opensearch://host/Valdria",
        "opensearch://host/a/b",
        "opensearch://host/*",
        "opensearch://host/_all",
        "opensearch:///valdria",
        "opensearch://host:99999/valdria",
        "opensearch://host:x/valdria",
        "opensearch://host,/valdria",
        "opensearch://[::1/valdria",
        "opensearch://host/valdria?shards=0",
        "opensearch://host/valdria?shards=many",
        "opensearch://host/valdria?verify=no",
        "opensearch://host/valdria#part",
        "lectern.example",
    ],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    """What cannot be an address is an error of the setting, with how to write one."""
    with pytest.raises(SettingsError, match=r"LECTERN_ENGINE.*opensearch://host:9200/name"):
        read_address(text)


def test_setting_chooses_the_engine(tmp_path: Path) -> None:
    """Without the setting the index is a folder of the home; with it, whatever it names; opening asks nobody."""
    assert read_settings(tmp_path, {}).index == tmp_path / "index"
    chosen = read_settings(tmp_path, {"LECTERN_ENGINE": "opensearch://127.0.0.1:1/valdria"}).index
    assert chosen == "opensearch://127.0.0.1:1/valdria"
    open_engine(chosen).close()
    assert read_settings(tmp_path, {"LECTERN_ENGINE": ""}).index == tmp_path / "index"


def test_place_of_an_index_has_no_password(tmp_path: Path) -> None:
    """Where an index is can be shown to people: a folder, or an address without user and password."""
    assert place_of(tmp_path / "index") == str(tmp_path / "index")
    assert place_of("opensearch+tls://desk:sesame@host/valdria?shards=3") == "opensearch+tls://host:9200/valdria"
