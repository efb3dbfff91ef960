"""French, Spanish, Russian and Arabic forms of labels, titles and remarks, in invented briefings."""

import pytest

from index.parsers import PROFILES, parse_source
from index.parsers.languages import PHRASES
from search.model import Briefing
from tests.index.parsers.pages import AUTHORITY, plain, source

FRENCH = (
    "Conférence de presse du 4 mars 2024 par le porte-parole du Ministère chinois des Affaires étrangères Shen Qinghe",
    "Est-ce que le bac pour le nord partira avec les passagers ce matin, et est-il sûr pour nous ?",
    "Le bac est dans le port et il partira avec les passagers. Nous ne pouvons pas en dire plus sur ce sujet.",
)
SPANISH = (
    "Conferencia de prensa del 4 de marzo de 2024 del portavoz del Ministerio de Exteriores de China Shen Qinghe",
    "¿Es verdad que el barco para el norte no sale hoy con los pasajeros de la isla?",
    "El barco sale hoy como siempre, y los pasajeros de la isla no tienen que esperar por la tarde en el puerto.",
)
RUSSIAN = (
    "Очередная пресс-конференция 4 марта 2024 года у официального представителя МИД КНР Шэнь Цинхэ",
    "Когда паром отправится на север?",
    "Паром отправится как обычно, просим следить за сообщениями.",
)
ARABIC = (
    "المؤتمر الصحفي الاعتيادي يوم 4 مارس عام 2024 للمتحدث باسم وزارة الخارجية الصينية شن تشينغخه",
    "متى تبحر العبارة إلى الشمال؟",
    "ستبحر العبارة كالمعتاد، ونرجو متابعة الأخبار.",
)


def read(language: str, text: tuple[str, str, str], ask: str, reply: str, *more: str) -> Briefing:
    """The briefing in which `ask` and `reply` are the labels, each with what stands before its text."""
    title, question, answer = text
    page = plain([f"{ask}{question}", f"{reply}{answer}", *more], title, "")
    briefing = parse_source(source(page), AUTHORITY).briefing
    assert briefing is not None
    assert briefing.id == f"cn-mfa/{language}/2024-03-04"
    assert {p.code for p in briefing.problems} <= {"unknown-speaker", "short-briefing"}
    return briefing


@pytest.mark.parametrize(
    ("language", "text", "ask", "reply", "name"),
    [
        ("fr", FRENCH, "Q : ", "R : ", "Shen Qinghe"),
        ("fr", FRENCH, "Question\u00a0: ", "Réponse\u00a0: ", "Shen Qinghe"),
        ("fr", FRENCH, "Q\u202f: ", "Porte-parole : ", "Shen Qinghe"),
        ("es", SPANISH, "P: ", "R: ", "Shen Qinghe"),
        ("es", SPANISH, "Pregunta: ", "Respuesta: ", "Shen Qinghe"),
        ("ru", RUSSIAN, "В: ", "О: ", "Шэнь Цинхэ"),
        ("ru", RUSSIAN, "Вопрос: ", "Ответ: ", "Шэнь Цинхэ"),
        ("ar", ARABIC, "س: ", "ج: ", "شن تشينغخه"),
        ("ar", ARABIC, "سؤال: ", "جواب: ", "شن تشينغخه"),
    ],
)
def test_anonymous_labels_of_each_language(
    language: str, text: tuple[str, str, str], ask: str, reply: str, name: str
) -> None:
    """A space of any kind may stand before the colon; the title names the speaker and the day."""
    (item,) = read(language, text, ask, reply).items
    assert (item.question, item.answer) == text[1:]
    assert (item.asker, item.speakers) == (None, (name,))


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("fr", FRENCH, "Shen Qinghe"),
        ("es", SPANISH, "Shen Qinghe"),
        ("ru", RUSSIAN, "Шэнь Цинхэ"),
        ("ar", ARABIC, "شن تشينغخه"),
    ],
)
def test_named_labels_of_each_language(language: str, text: tuple[str, str, str], name: str) -> None:
    """An outlet is canonical in every language, and so is a follow-up's."""
    follow_up = {
        "fr": "Question complémentaire : ",
        "es": "Pregunta de seguimiento: ",
        "ru": "Дополнительный вопрос: ",
        "ar": "سؤال متابعة: ",
    }[language]
    items = read(language, text, "VBC : ", f"{name} : ", f"{follow_up}{text[1]}", f"{name} : {text[2]}").items
    assert [(i.outlet, i.speakers, i.follow_up_to) for i in items] == [
        ("Valdria Broadcasting Corporation", (name,), None),
        ("Valdria Broadcasting Corporation", (name,), 1),
    ]


@pytest.mark.parametrize(
    ("language", "text", "sentence"),
    [
        ("fr", FRENCH, "La question suivante a été posée après la conférence de presse :"),
        ("es", SPANISH, "La siguiente pregunta se formuló después de la conferencia de prensa:"),
        ("ru", RUSSIAN, "После пресс-конференции был задан следующий вопрос:"),
        ("ar", ARABIC, "بعد المؤتمر الصحفي طرح السؤال التالي:"),
        ("zh", ("2024年3月4日外交部发言人沈青禾主持例行记者会", "何时？", "明天。"), "会后，有一位记者就此提问："),
    ],
)
def test_a_sentence_that_introduces_what_was_asked_afterwards(
    language: str, text: tuple[str, str, str], sentence: str
) -> None:
    """It is a note, and the question behind it is flagged."""
    ask, reply = {"fr": ("Q", "R"), "es": ("P", "R"), "ru": ("В", "О"), "ar": ("س", "ج"), "zh": ("问", "答")}[language]
    more = (sentence, f"{ask}: {text[1]}", f"{reply}: {text[2]}")
    items = read(language, text, f"{ask}: ", f"{reply}: ", *more).items
    assert [(i.kind, i.after_briefing) for i in items] == [("answer", False), ("note", False), ("answer", True)]


@pytest.mark.parametrize(
    ("language", "text", "notice"),
    [
        ("fr", FRENCH, "La conférence de presse sera suspendue du 9 au 18 février."),
        ("es", SPANISH, "No habrá conferencia de prensa del 9 al 18 de febrero."),
        ("ru", RUSSIAN, "Очередной пресс-конференции не будет с 9 по 18 февраля."),
        ("ar", ARABIC, "المؤتمر الصحفي لن يعقد يوم 9 فبراير."),
    ],
)
def test_a_closing_notice_of_each_language(language: str, text: tuple[str, str, str], notice: str) -> None:
    """It is a note, no part of the last answer."""
    ask, reply = {"fr": ("Q", "R"), "es": ("P", "R"), "ru": ("В", "О"), "ar": ("س", "ج")}[language]
    items = read(language, text, f"{ask}: ", f"{reply}: ", notice).items
    assert [i.kind for i in items] == ["answer", "note"]


def test_every_language_of_a_shipped_publisher_can_be_read() -> None:
    """A profile promises no language without its phrases."""
    assert set(PROFILES["cn-mfa"].languages) <= set(PHRASES)
