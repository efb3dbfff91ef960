"""Chinese transcripts of invented briefings: labels, what only looks like one, and what is no answer to anybody."""

from dataclasses import replace
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.authority.tables import OutletRow, SpeakerRow
from index.parsers import PROFILES, Parsed, parse_source
from index.parsers.labels import Line, find_podium, label_lines
from index.parsers.phrases_zh import CHINESE
from search.model import Briefing
from tests.index.parsers.pages import AUTHORITY as SAMPLES
from tests.index.parsers.pages import codes, letters, new_html, plain, source

AUTHORITY = replace(
    SAMPLES,
    speakers=(*SAMPLES.speakers, SpeakerRow("cn-mfa", "Shen Qinghe", ("沈青禾",))),
    outlets=(*SAMPLES.outlets, OutletRow("Kelmouth Courier", ("凯尔报", "《凯尔报》"))),
)
TITLE = "2024年3月4日外交部发言人沈青禾主持例行记者会"
PODIUM = find_podium(TITLE, PROFILES["cn-mfa"], CHINESE, AUTHORITY)
QUESTION, ANSWER = "问：渡轮何时开航？", "答：我们注意到有关报道，渡轮将照常开航，请大家保持关注。"


def parse(*paragraphs: str, title: str = TITLE) -> Parsed:
    """A plain text with these paragraphs, parsed."""
    return parse_source(source(plain(paragraphs, title)), AUTHORITY)


def read(*paragraphs: str, title: str = TITLE) -> Briefing:
    """Its briefing."""
    parsed = parse(*paragraphs, title=title)
    assert parsed.briefing is not None, parsed.problems
    return parsed.briefing


@pytest.mark.parametrize(
    ("paragraph", "label"),
    [
        ("问：渡轮何时开航？", ("问", "question", None)),
        ("问:渡轮何时开航？", ("问", "question", None)),  # a plain colon
        ("\u3000\u3000问：渡轮何时开航？", ("问", "question", None)),
        ("答：照常开航。", ("答", "answer", "Shen Qinghe")),
        ("沈青禾：照常开航。", ("沈青禾", "speaker", "Shen Qinghe")),
        ("外交部发言人沈青禾：照常开航。", ("外交部发言人沈青禾", "speaker", "Shen Qinghe")),
        ("发言人：照常开航。", ("发言人", "speaker", "Shen Qinghe")),
        ("外交部发言人沈青禾宣布：", ("外交部发言人沈青禾宣布", "announcement", "Shen Qinghe")),
        ("凯尔报记者：何时开航？", ("凯尔报记者", "outlet", "Kelmouth Courier")),
        ("《凯尔报》记者：何时开航？", ("《凯尔报》记者", "outlet", "Kelmouth Courier")),
        ("凯尔报驻京记者：何时开航？", ("凯尔报驻京记者", "outlet", "Kelmouth Courier")),
        ("凯尔报：何时开航？", ("凯尔报", "outlet", "Kelmouth Courier")),
        ("追问：为什么？", ("追问", "follow-up", None)),
        ("记者追问：为什么？", ("记者追问", "follow-up", None)),
        ("凯尔报记者追问：为什么？", ("凯尔报记者追问", "follow-up", "Kelmouth Courier")),
        ("记者：去凯尔茅斯。", ("记者", "journalist", None)),
        ("记者澄清：是的。", ("记者澄清", "journalist", None)),
        ("会后有记者问及：渡轮何时开航？", ("会后有记者问及", "afterwards", None)),
        ("会后，有记者问及：渡轮何时开航？", ("会后，有记者问及", "afterwards", None)),
        ("会后有外国记者问及：渡轮何时开航？", ("会后有外国记者问及", "afterwards", None)),
        ("记者会结束后有记者提问：渡轮何时开航？", ("记者会结束后有记者提问", "afterwards", None)),
    ],
)
def test_labels_are_known_for_what_they_are(paragraph: str, label: tuple[str, str, str | None]) -> None:
    """Every printed form gives its sort, the canonical name, and itself as printed."""
    (line,) = label_lines([paragraph.strip()], PODIUM)
    assert line.label is not None
    assert (line.label.printed, line.label.sort, line.label.name) == label


@pytest.mark.parametrize(
    "paragraph",
    [
        "我想强调几点：",
        "我愿再举些例子:第一，渡轮照常开航。",
        "第一宗罪：见利忘义。",
        "首先：我们注意到有关报道。",
        "真相：渡轮照常开航。",
        "明天上午9:30，部长将出席开航仪式。",
        "部长提出两点倡议：一是开航，二是停航。",
        "有人这样问：为什么？",
        "事实是清楚的：渡轮照常开航。",
    ],
)
def test_what_only_looks_like_a_label_stays_in_the_text(paragraph: str) -> None:
    """Within an answer, before the next question, none of these begins a turn."""
    lines = label_lines([QUESTION, ANSWER, paragraph, QUESTION, ANSWER], PODIUM)
    assert lines[2] == Line(paragraph)


def test_an_unknown_outlet_is_believed_because_of_the_word_for_journalist() -> None:
    """Even where the question before it was left without a labelled answer."""
    lines = label_lines(["凯尔报记者：何时开航？", "岛民电台记者：何时停航？", "沈青禾：明天。"], PODIUM)
    assert lines[1].label is not None
    assert (lines[1].label.printed, lines[1].label.sort, lines[1].label.name) == ("岛民电台记者", "outlet", None)


@pytest.mark.parametrize("guest", ["林若海", "海运司副司长", "交通部副部长林若海"])
def test_an_unknown_guest_is_believed_where_he_answers(guest: str) -> None:
    """A common surname or an office after a question is somebody who answers it."""
    items = read("凯尔报记者：何时开航？", f"{guest}：明天开航。", "凯尔报记者：为什么？", "沈青禾：因为天气。").items
    assert items[0].speakers == (guest,)


def test_a_follow_up_inherits_the_outlet() -> None:
    """It is an item of its own that names the one it follows up."""
    items = read("凯尔报记者：何时开航？", "沈青禾：明天。", "追问：为什么？", "沈青禾：天气。", "记者：谢谢。").items
    assert [(i.asker, i.outlet, i.follow_up_to) for i in items] == [
        ("凯尔报记者", "Kelmouth Courier", None),
        ("追问", "Kelmouth Courier", 1),
        ("记者", "Kelmouth Courier", 2),
    ]


def test_a_question_raised_after_the_briefing_is_flagged() -> None:
    """The words that say so are its label; a separator before it is a note."""
    items = read(QUESTION, ANSWER, "*********", "会后有记者问及：渡轮安全吗？", "沈青禾：安全。").items
    assert [(i.kind, i.after_briefing) for i in items] == [("answer", False), ("note", False), ("answer", True)]
    assert (items[2].asker, items[2].question, items[2].answer) == ("会后有记者问及", "渡轮安全吗？", "安全。")


def test_a_label_that_announces_begins_a_statement() -> None:
    """What a spokesperson announces after an answer does not belong to it; what follows goes on with it."""
    items = read(QUESTION, ANSWER, "外交部发言人沈青禾宣布：", "部长将访问凯尔茅斯。", "访问为期两天。").items
    assert [(i.kind, i.speakers) for i in items] == [("answer", ("Shen Qinghe",)), ("statement", ("Shen Qinghe",))]
    assert items[1].text == "部长将访问凯尔茅斯。\n\n访问为期两天。"


@pytest.mark.parametrize(
    "notice",
    [
        "外交部例行记者会将于2月9日（周五）休会，2月19日（周一）恢复。",
        "当日外交部例行记者会暂停一次，3月9日（星期四）恢复。",
        "因日程安排原因，12月14日（星期四）外交部例行记者会提前至14:30举行，地点不变。",
    ],
)
def test_a_closing_notice_is_a_note_to_its_end(notice: str) -> None:
    """Wishes after it belong to the notice, not to the last answer."""
    items = read(QUESTION, ANSWER, notice, "祝大家节日快乐！").items
    assert [i.kind for i in items] == ["answer", "note"]
    assert items[1].text == f"{notice}\n\n祝大家节日快乐！"


@pytest.mark.parametrize("sentence", ["外国记者会应当停止干预。", "他昨天在记者会上表示将停止演习。"])
def test_another_conference_spoken_of_is_no_notice(sentence: str) -> None:
    """Only the ministry's own regular conference can be adjourned."""
    (item,) = read(QUESTION, ANSWER, sentence).items
    assert item.answer.endswith(sentence)


def test_a_closing_announcement_is_a_statement() -> None:
    """The ministry's own event, announced at the end without a label, is no part of the last answer."""
    event = "外交部将于3月5日（星期二）上午9:00举行中外媒体吹风会，欢迎大家参加。"
    assert [i.kind for i in read(QUESTION, ANSWER, event).items] == ["answer", "statement"]
    assert [i.kind for i in read(QUESTION, ANSWER, event, QUESTION, ANSWER).items] == ["answer", "answer"]


def test_a_short_reply_is_answered_in_the_next_paragraph() -> None:
    """Where nobody is named, a journalist's own words end with the first paragraph, whatever is asked later."""
    items = read(
        QUESTION, "答：你是指渡轮吗？", "记者：是渡轮。", "请向主管部门了解。", "还有问题吗？", QUESTION, ANSWER
    ).items
    assert (items[1].question, items[1].answer) == ("是渡轮。", "请向主管部门了解。\n\n还有问题吗？")


def test_two_questions_in_one_turn_are_one_item() -> None:
    """An answer to the second question goes on with the first one's."""
    (item,) = read(
        "凯尔报记者：第一，何时开航？第二，何时停航？", "沈青禾：关于第一个问题，明天。", "关于第二个问题，后天。"
    ).items
    assert item.answer == "关于第一个问题，明天。\n\n关于第二个问题，后天。"


def test_both_layouts_and_the_plain_text_give_the_same() -> None:
    """Date and time are of the page's head, names canonical, in every form of the page."""
    told = read(QUESTION, ANSWER)
    page = parse_source(source(new_html([QUESTION, ANSWER], TITLE)), AUTHORITY).briefing
    assert page is not None
    assert (told.id, told.time, told.zone, told.speakers) == (
        "cn-mfa/zh/2024-03-04",
        "15:30",
        "Asia/Shanghai",
        ("Shen Qinghe",),
    )
    assert (page.id, page.time, page.items) == (told.id, told.time, told.items)


def test_a_remark_that_names_nobody_has_no_speaker() -> None:
    """What the title says of the subject is nobody's name; the day is the time line's."""
    parsed = parse(QUESTION, ANSWER * 8, title="外交部发言人就主岛与北岛9月3日通航答记者问")
    assert parsed.briefing is not None
    assert (parsed.briefing.id, parsed.briefing.speakers) == ("cn-mfa/zh/2024-03-04", ())
    assert codes(parsed) == ["no-speaker"]


def test_a_statement_without_a_question_is_kept() -> None:
    """Its title says what it is; the note says that there is no question."""
    parsed = parse("我们对开航表示祝贺。" * 30, title="外交部发言人沈青禾就开航发表谈话")
    assert parsed.briefing is not None
    (item,) = parsed.briefing.items
    assert (item.kind, item.speakers, codes(parsed)) == ("statement", ("Shen Qinghe",), ["no-question"])
    assert codes(parse("我们对开航表示祝贺。" * 30)) == ["no-items"]


PARAGRAPH = st.sampled_from(
    [QUESTION, ANSWER, "凯尔报记者：何时？", "岛民报记者：何时？", "沈青禾：明天。", "追问：为什么？",
     "首先：天气。", "天气很好。", "会后有记者问及：安全吗？", "*****", "（记者笑）", "林若海：明天。",
     "外交部例行记者会将于2月9日休会。", "外交部发言人沈青禾宣布："]
)  # fmt: skip


@given(st.lists(PARAGRAPH, max_size=12))
def test_every_character_comes_back_once_and_markup_decides_nothing(more: list[str]) -> None:
    """Labels and texts in order are the body, colons apart, and a page gives the items of its plain text."""
    paragraphs = [QUESTION, ANSWER, *more]
    briefing = read(*paragraphs)
    said = "".join((t.label or "") + t.text for i in briefing.items for t in i.turns)
    assert letters(said) == letters("".join(paragraphs))
    page = parse_source(source(new_html(paragraphs, TITLE)), AUTHORITY).briefing
    assert page is not None
    assert page.items == briefing.items


@pytest.mark.parametrize(
    "thing",
    [
        "问：何时？\n\n",
        "岛民报记者：何时。\n\n",
        "外交部例行记者会2月9日休会。\n\n",
        "外交部将于",
        "会后有记者",
        "《",
        "报纸" * 10 + "：何\n\n",
    ],
)
def test_pages_made_to_be_slow_are_not(thing: str) -> None:
    """Ten thousand of one thing are read in bounded time."""
    start = process_time()
    parse(QUESTION, ANSWER, thing * 10_000)
    assert process_time() - start < 5


@pytest.mark.parametrize(
    ("title", "names"),
    [
        (TITLE, ("Shen Qinghe",)),
        ("3月4日外交部发言人沈青禾主持例行记者会", ("Shen Qinghe",)),
        ("外交部发言人沈青禾就渡轮事答记者问", ("Shen Qinghe",)),
        ("外交部发言人沈青禾、林若海主持例行记者会", ("Shen Qinghe", "林若海")),
        ("外交部发言人沈青禾和林若海主持例行记者会", ("Shen Qinghe", "林若海")),
        ("外交部发言人就渡轮事答记者问", ()),
        ("外交部发言人办公室就渡轮事发布消息", ()),
    ],
)
def test_the_title_names_who_holds_the_briefing(title: str, names: tuple[str, ...]) -> None:
    """One name, two and none; an office is nobody's name."""
    assert find_podium(title, PROFILES["cn-mfa"], CHINESE, AUTHORITY).names == names
