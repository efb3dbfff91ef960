"""A withdrawn briefing, from the librarian's word to what readers see."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from index.archive import Archive
from index.authority.tables import load_authority
from index.ingest import decide, rebuild
from search.engines import open_engine
from search.settings import Settings
from tests.index.arrivals import NOW, arrival, change, text
from webui.app import create_app

ID = "xv-mfa/en/2024-03-04"
REASON = "published <by> mistake"


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A home with a corrected briefing and another one."""
    settings = Settings(tmp_path_factory.mktemp("home"), {})
    with Archive.open(settings.archive) as archive:
        archive.receive(arrival(text("kelp", "ferry"), "https://valdria.example/4"), NOW)
        archive.receive(arrival(change(text("kelp", "ferry"), 1), "https://valdria.example/4"), NOW)
        archive.receive(arrival(text("oyster", day="2024-03-05"), "https://valdria.example/5"), NOW)
    rebuild(settings, open_engine(settings.index), load_authority(settings.authority))
    return settings


def decided(settings: Settings, *, undo: bool = False) -> FlaskClient:
    """A client after the briefing was withdrawn, or shown again."""
    authority = load_authority(settings.authority)
    if undo:
        decide(settings, open_engine(settings.index), authority, "remove", lambda a, now: a.restore([ID], now))
    else:
        decide(settings, open_engine(settings.index), authority, "remove", lambda a, now: a.withdraw([ID], REASON, now))
    return create_app(settings).test_client()


def test_its_addresses_say_why_until_it_is_shown_again(settings: Settings) -> None:
    """Briefing, texts, items, as page and by the API: 410 with the reason, escaped; undone, all are back."""
    pages = [f"/briefings/{ID}{tail}" for tail in ("", "?revision=1", "/revisions", "/1", "/2")]
    answers = [f"/api/v1/briefings/{ID}", f"/api/v1/items/{ID}/1"]
    client = decided(settings)
    for address in pages:
        response = client.get(address)
        assert response.status_code == 410, address
        assert "published &lt;by&gt; mistake" in response.text
    for address in answers:
        response = client.get(address)
        assert (response.status_code, response.json["error"]["code"]) == (410, "gone"), address
        assert REASON in response.json["error"]["message"]
    assert f"/briefings/{ID}" not in client.get("/sitemap.xml").text
    assert client.get("/api/v1/search?q=").json["total"] == 1
    rebuild(settings, open_engine(settings.index), load_authority(settings.authority))
    assert client.get(pages[0]).status_code == 410, "a rebuild keeps it"
    client = decided(settings, undo=True)
    assert [client.get(address).status_code for address in (*pages, *answers)] == [200] * 7


def test_nothing_of_the_librarians_is_read(settings: Settings, tmp_path: Path) -> None:
    """The web side does with the index alone: a copy of its folder, and no other file, is enough."""
    (tmp_path / "index").symlink_to(settings.index)
    client = create_app(Settings(tmp_path, {})).test_client()
    assert client.get(f"/briefings/{ID}").status_code in (200, 410)
    assert client.get("/healthz").status_code == 200
