"""Answers like another, on its page and in the API."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from search.settings import Settings
from tests.webui.collection import HOSTILE, answer, brief, make_engine, publish
from tests.webui.conftest import Read, text_of, texts_of
from webui.app import create_app

PAGE = "/briefings/xv-mfa/en/2022-03-01/1"


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    """An application over answers about a zeppelin, on one day and on others, and about other matters."""
    rest = [
        brief(f"xv-mfa/en/2021-01-{day:02}", "Briefing", (answer(1, None, None, f"Matter {day}?", "Nothing is new."),))
        for day in range(1, 15)
    ]
    asked = brief(
        "xv-mfa/en/2022-03-01",
        "Briefing",
        (
            answer(1, "HP", "Harbour Post", "Will the zeppelin fly to Iceland?", "The zeppelin is in its hangar."),
            answer(2, "HP", "Harbour Post", "Is the zeppelin in its hangar?", "It will fly to Iceland."),
            answer(3, "Radio Meridian", "Radio Meridian", "What news?", "None at all."),
        ),
    )
    elsewhere = brief(
        "xw-gov/en/2022-03-01",
        "Cabinet",
        (answer(1, "Northern Wire", "Northern Wire", f"A zeppelin to Iceland? {HOSTILE}", "The hangar is ours."),),
    )
    later = brief(
        "xv-mfa/en/2022-05-01", "Briefing", (answer(1, None, None, "And the zeppelin?", "It flies to Iceland."),)
    )
    return create_app(
        Settings(Path("nowhere"), {}), make_engine(map(publish, [*rest, asked, elsewhere, later]))
    ).test_client()


def test_item_page_tells_what_was_asked_that_day(read: Read) -> None:
    """What another asked of the same that day is told, wherever; not the same asker's, nor something else."""
    page = read(PAGE)
    links = page.css('section[aria-labelledby="that-day"] a')
    assert [a.attributes["href"] for a in links] == ["/briefings/xw-gov/en/2022-03-01/1"]
    assert text_of(page, 'section[aria-labelledby="that-day"] .meta') == (
        "1 March 2022 · Cabinet of Westmark · Northern Wire to Ilsa Verlaine"
    )


def test_item_page_tells_more_like_it(read: Read) -> None:
    """Answers like it are told with question and answer, what was asked that day not again, and in escaped text."""
    page = read(PAGE)
    links = [a.attributes["href"] for a in page.css('section[aria-labelledby="more"] a')]
    assert "/briefings/xv-mfa/en/2022-05-01/1" in links
    assert "/briefings/xw-gov/en/2022-03-01/1" not in links
    assert PAGE not in links
    assert "It flies to Iceland." in texts_of(page, ".likes .reply")
    assert HOSTILE in text_of(page, 'section[aria-labelledby="that-day"] .words:not(.reply)')
    assert not page.css(".likes script")


def test_item_like_nothing_says_nothing(read: Read) -> None:
    """Where nothing is like an answer its page has no heading for it."""
    assert not read("/briefings/xv-mfa/en/2022-03-01/3").css(".likes")


def test_api_tells_similar(client: FlaskClient) -> None:
    """The API answers with hits of both kinds, and with no more than `limit`."""
    address = f"/api/v1/items{PAGE.removeprefix('/briefings')}/similar"
    found = client.get(address).get_json()
    assert list(found) == ["id", "similar", "that_day"]
    assert found["id"] == "xv-mfa/en/2022-03-01/1"
    assert [hit["id"] for hit in found["that_day"]] == ["xw-gov/en/2022-03-01/1"]
    assert {hit["id"] for hit in found["similar"]} == {"xv-mfa/en/2022-05-01/1", "xv-mfa/en/2022-03-01/2"}
    assert {hit["url"] for hit in found["that_day"]} == {"/briefings/xw-gov/en/2022-03-01#1"}
    assert len(client.get(f"{address}?limit=1").get_json()["similar"]) == 1


@pytest.mark.parametrize(
    ("tail", "status"),
    [("/1/similar?limit=0", 400), ("/1/similar?limit=21", 400), ("/1/similar?limit=x", 400), ("/77/similar", 404)],
)
def test_api_refuses_with_the_one_shape(client: FlaskClient, tail: str, status: int) -> None:
    """A limit out of bounds and an item that is not there are refused."""
    response = client.get(f"/api/v1/items/xv-mfa/en/2022-03-01{tail}")
    assert response.status_code == status
    assert set(response.get_json()) == {"error"}
