"""An invented collection whose briefings are about something: each topic has its words, and comes up twice."""

from datetime import date, timedelta

from benchmarks.invented import make_word
from search.engine import Publication
from search.model import Document
from tests.invented import answer, briefing, publish

TOPICS = 60
ITEMS = 20
"""Items of a briefing: four topics, five items each."""
FIRST_DAY = date(2024, 1, 1)
HAN_TOPICS = "鲸鱼 灯塔 森林 铁路 山谷 桥梁 火车 茶叶 蜜蜂 棉花 丝绸 瓷器"
PLACE = "Verdania"


def topic_words(topic: int) -> list[str]:
    """The words of a topic, most frequent first."""
    return [make_word(5_000 + topic * 6 + i) for i in range(6)]


def make_publications(language: str = "en") -> list[Publication]:
    """Thirty briefings, a day each; every seventh answer is short."""
    text = _english if language == "en" else _chinese
    found = []
    for day in range(TOPICS * 2 * 5 // ITEMS):
        items = []
        for n in range(ITEMS):
            number = day * ITEMS + n
            question, said = text(number // 5 % TOPICS, number)
            items.append(answer(n + 1, question, said if number % 7 else said[:9]))
        one = briefing(f"{FIRST_DAY + timedelta(days=day)}", *items, language=language)
        found.append(publish(one, {PLACE: "place-verdania"}))
    return found


def make_documents(language: str = "en") -> list[Document]:
    """The documents of all briefings, in order."""
    return [document for publication in make_publications(language) for document in publication.documents]


def _english(topic: int, number: int) -> tuple[str, str]:
    a, b, c, d, e, f = topic_words(topic)
    first, second = (a, b) if number % 2 else (b, c)
    asked = f"What of the {first} and the {second}? A word on the {first}, the {second} once{number}."
    said = (
        f"{PLACE} has the {a} {d} in hand. We said of the {d} and the {e} what we say of the {f}: "
        f"the {e} will come, the {f} {a} too, and there is no more to be said today of once{number}."
    )
    return asked, said


def _chinese(topic: int, number: int) -> tuple[str, str]:
    words = HAN_TOPICS.split()
    first, second = (words * TOPICS)[topic * 2 : topic * 2 + 2]
    if topic * 2 >= len(words):
        return "有何评论？", f"我们的立场没有变化{number}。这是我们一贯的看法，也是大家都知道的事情。"
    return (
        f"关于{first}和{second}，你怎么看？{first}的事呢？{second}呢？",
        f"我们重视{first}。{first}和{second}都会有的，我们会说明{second}的情况，也会说明其他的事情{number}。",
    )
