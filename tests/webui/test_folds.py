"""Folded answers on the results page and in the API: what is said of them, and that nobody loses any."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from search.settings import Settings
from tests.webui.collection import answer, brief, make_engine, publish
from tests.webui.conftest import Read, text_of, texts_of
from webui.app import create_app

REFUSAL = "I have nothing on the zeppelin at this moment and shall come back to you when the hangar has told me more."
DAYS = ("2019-03-02", "2019-05-01", "2019-05-01-2", "2020-01-15")


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    """An application over four answers of the same words, one nearly the same, one other, and an edition."""
    said = [(f"xv-mfa/en/{day}", REFUSAL) for day in DAYS]
    said += [("xv-mfa/en/2019-06-01", REFUSAL.replace("shall", "will")), ("xv-mfa/en/2019-07-01", "No zeppelin.")]
    said += [("xv-mfa/zh/2019-07-01", "没有飞艇。")]
    texts = [brief(id, f"Briefing {id}", (answer(1, "Q", None, "The zeppelin?", words),)) for id, words in said]
    return create_app(Settings(Path("nowhere"), {}), make_engine(map(publish, texts))).test_client()


def test_fold_says_how_often_and_when(read: Read) -> None:
    """One answer stands for all of the same words, and says how often, first and last they were said again."""
    page = read("/?q=moment")
    assert text_of(page, ".total") == "5 answers"
    assert len(page.css(".hit")) == 2
    fold = text_of(page, ".fold p")
    assert fold == "Said again 3 times, first on 1 May 2019, last on 15 January 2020. All 4, oldest first"
    assert "3 of them folded, but counted" in texts_of(page, ".summary .meta")[0]


def test_said_again_on_one_day_names_it(read: Read) -> None:
    """Where all others are of one day, that day is said once."""
    once = read("/?q=moment&from=2019-05-01&to=2019-05-31")
    assert text_of(once, ".fold p") == "Said again once, on 1 May 2019. All 2, oldest first"
    twice = read("/?q=moment&to=2019-05-01")
    assert text_of(twice, ".fold p") == "Said again 2 times, on 1 May 2019. All 3, oldest first"


def test_said_once_in_the_search_is_not_folded(read: Read) -> None:
    """Where the filters leave one answer of the words, nothing is said of the others."""
    assert not read("/?q=moment&from=2019-05-02").css(".fold")


def test_fold_leads_to_all_of_them(read: Read) -> None:
    """The link leads to all answers of these words, unfolded and oldest first, with a chip that takes it back."""
    address = read("/?q=moment").css_first(".fold .every").attributes["href"]
    page = read(address)
    assert text_of(page, ".total") == "4 answers"
    assert [n.attributes["datetime"] for n in page.css(".hit .meta time")] == [day[:10] for day in DAYS]
    assert not page.css(".fold")
    assert page.css_first(".chip").attributes["href"] == "/?q=moment&sort=oldest"


def test_fold_leads_to_those_of_the_page(read: Read) -> None:
    """Each answer of this page that is folded has its link into its transcript."""
    page = read("/?q=moment")
    assert text_of(page, ".fold summary") == "3 answers of this page folded here"
    places = [a.attributes["href"] for a in page.css(".hit h2 a, .fold li a")]
    assert sorted(places) == sorted(f"/briefings/xv-mfa/en/{day}?q=moment#1" for day in (*DAYS, "2019-06-01"))


def test_near_is_offered_and_taken_back(read: Read) -> None:
    """A link folds what says nearly the same, and another shows each again."""
    apart = read("/?q=moment")
    near = read(apart.css_first(".nearness a").attributes["href"])
    assert len(near.css(".hit")) == 1
    assert "Said nearly so once on this page." in text_of(near, ".fold p")
    assert near.css_first(".nearness a").attributes["href"] == "/?q=moment"


@pytest.mark.parametrize("address", ["/?q=moment&sort=newest", "/?q=moment&sort=oldest&fold=near", "/?q="])
def test_by_date_all_are_shown(read: Read, address: str) -> None:
    """In the order of time nothing is folded or offered to be."""
    page = read(address)
    assert not page.css(".fold, .nearness")
    assert len(page.css(".hit")) == int(text_of(page, ".total").split()[0])


def test_nothing_folded_says_nothing(read: Read) -> None:
    """A page on which no answer is folded does not speak of it."""
    page = read('/?q="No+zeppelin"')
    assert not page.css(".fold, .nearness")
    assert "folded" not in text_of(page, ".summary")


def test_hit_tells_other_editions(read: Read) -> None:
    """A hit leads to its briefing in other languages, each named in its own; one without any says nothing of it."""
    page = read('/?q="No+zeppelin"')
    (edition,) = page.css(".hit .edition")
    assert (edition.text(), edition.attributes["lang"]) == ("中文", "zh")
    assert edition.attributes["href"] == "/briefings/xv-mfa/zh/2019-07-01"
    assert not read("/?q=moment").css(".hit .edition")


def test_api_loses_no_answer(client: FlaskClient) -> None:
    """The API lists every hit, folded ones too: those say under which, and that one which and how many there are."""
    hits = client.get("/api/v1/search?q=moment").get_json()["hits"]
    assert len(hits) == 5
    (first,) = [hit for hit in hits if hit["again"]]
    others = [hit["id"] for hit in hits if hit["folded_into"] == first["id"]]
    assert first["again"] == {"count": 3, "first": "2019-05-01", "last": "2020-01-15", "ids": others}
    assert [hit["folded_into"] for hit in hits if hit["id"] not in others] == [None, None]
    assert {tuple(hit["nearly"]) for hit in hits} == {()}


def test_api_folds_near_on_request(client: FlaskClient) -> None:
    """With `fold=near` the API names what is nearly the same; another value is refused."""
    hits = client.get("/api/v1/search?q=moment&fold=near").get_json()["hits"]
    assert [hit["nearly"] for hit in hits if hit["nearly"]] == [["xv-mfa/en/2019-06-01/1"]]
    assert client.get("/api/v1/search?q=moment&fold=all").status_code == 400


def test_api_tells_editions(client: FlaskClient) -> None:
    """A hit has the ids of its briefing in other languages."""
    (hit,) = client.get('/api/v1/search?q="No+zeppelin"').get_json()["hits"]
    assert hit["editions"] == ["xv-mfa/zh/2019-07-01"]
