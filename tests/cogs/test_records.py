"""A study from a README, by what people say and press: preview, questions, yes."""

from pathlib import Path

import pytest

from bot.commands.message import Message
from bot.records import reading
from tests.conversation import Conversation, Reply

SEED = (Path(__file__).parents[2] / "bot/doors/playground/seeds/study-mlops.README.md").read_text()
ANSWERS = "year=2022 breaks=2022-04-13..2022-04-26,2022-06-08..2022-06-21 last=most_fines"


def quoted(text: str) -> str:
    """A README between quotes, as a form would send it."""
    return text.replace('"', "'")


async def pastes(study: Conversation, who: str, text: str) -> Reply:
    """Have somebody paste a README into the form."""
    return await study.says(who, f'/records import text="{quoted(text)}"')


async def test_the_preview_tells_what_was_understood_and_asks(empty: Conversation) -> None:
    before = {name: rows for name, rows in empty.rows().items() if name != "draft"}
    reply = await pastes(empty, "장서진", SEED)
    empty.hears("장서진", "스터디원: 장서진, 구미진, 이은빈, 한현경, 문수인", "모두 12주, 낸 링크 2개")
    empty.hears("장서진", "팀블로그 순서: 이은빈, 문수인, 한현경, 장서진, 구미진", "먼저 알려 주세요")
    assert [button.asks for button in reply.buttons] == [True]
    assert {name: rows for name, rows in empty.rows().items() if name != "draft"} == before


async def test_with_the_answers_a_button_makes_the_study(empty: Conversation) -> None:
    await pastes(empty, "장서진", SEED)
    reply = await empty.says("장서진", f"/records import {ANSWERS}")
    empty.hears("장서진", "첫날: 2022년 4월 6일(수)", "4월 13일(수) ~ 4월 26일(화)", "이대로 만들까요?")
    (go,) = reply.buttons
    await empty.presses("장서진", go)
    empty.hears("장서진", "Study-MLOps 스터디를 만들었어요 (링크 2개)")
    assert (await empty.channel())[-1].text.startswith("Study-MLOps 스터디를 시작해요")
    await empty.says("구미진", "/blog")
    empty.hears("구미진", "1주차: 이은빈", "12주차: 문수인")
    await empty.says("장서진", "/mine", at="2022-04-07 12:00")
    empty.hears("장서진", "1주차: 기록됨")


async def test_whoever_imports_and_is_not_in_it_leads_it(empty: Conversation) -> None:
    await pastes(empty, "조교", SEED)
    (go,) = (await empty.says("조교", f"/records import {ANSWERS}")).buttons
    await empty.presses("조교", go)
    await empty.says("조교", "/study show")
    empty.hears("조교", "스터디장: 조교", "스터디원: 장서진, 구미진, 이은빈, 한현경, 문수인")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("표가 없는 글", "records-no-table"),
        (SEED.replace("|이은빈|\n", "|이은빈|x|\n", 1), "records-too-many-cells"),
        (SEED.replace("https://sulky", "javascript:sulky", 1), "records-bad-link"),
        (SEED.replace("[문수인]", "[" + "문" * 40 + "]", 1), "records-bad-name"),
    ],
    ids=lambda value: value if len(value) < 40 else "",
)
async def test_what_cannot_be_read_is_refused(empty: Conversation, text: str, key: str) -> None:
    before = empty.rows()
    await pastes(empty, "장서진", text)
    empty.refused("장서진", key)
    assert empty.rows() == before


async def test_questions_without_an_option_of_their_own_are_answered_in_lines(empty: Conversation) -> None:
    text = (
        "|주차|민우|가경|\n|---|---|---|\n|1주차|✅||\n|2주차|🔺|[글](https://a.kr/2)|\n\n2022년 4월 6일 시작"
    )
    reply = await pastes(empty, "민우", text)
    empty.hears("민우", "(답: blank::=…)", "(답: mark:2:민우=…)")
    assert reply.buttons[0].arguments == {"answer": "blank::=\nmark:2:민우="}
    await empty.says("민우", '/records import answer="blank::=missing"')
    empty.hears("민우", "(답: mark:2:민우=…)")
    await empty.says("민우", '/records import answer="mark:2:민우=어쩌면"')
    empty.refused("민우", "records-not-an-answer")
    await empty.says("민우", '/records import answer="late"')
    empty.refused("민우", "records-not-answered")
    (go,) = (await empty.says("민우", '/records import answer="mark:2:민우=late"')).buttons
    await empty.presses("민우", go)
    empty.hears("민우", "스터디를 만들었어요")
    await empty.says("민우", "/board", at="2022-04-28 12:00")
    empty.hears("민우", "기록됨")


async def test_without_a_text_there_is_nothing_to_import(empty: Conversation) -> None:
    await empty.says("장서진", "/records import")
    empty.refused("장서진", "records-nothing-to-import")


async def test_the_button_alone_is_no_way_around_the_questions(empty: Conversation) -> None:
    await pastes(empty, "장서진", SEED)
    await empty.says("장서진", "/records import sure=yes")
    empty.refused("장서진", "records-other-text")


async def test_the_yes_is_for_the_text_that_was_shown(empty: Conversation) -> None:
    await pastes(empty, "장서진", SEED)
    (go,) = (await empty.says("장서진", f"/records import {ANSWERS}")).buttons
    await pastes(empty, "장서진", SEED.replace("[구미진]", "[구미]"))
    await empty.presses("장서진", go)
    empty.refused("장서진", "records-other-text")


def file_of(reply: Reply) -> tuple[str, bytes]:
    """The file that came with an answer."""
    message: Message = reply.message
    assert message.file is not None
    return message.file.name, message.file.content


@pytest.mark.parametrize("form", ["readme", "csv", "json", "ics"])
async def test_anybody_may_have_the_records(week_3: Conversation, form: str) -> None:
    who = "장서진" if form == "json" else "나그네"
    name, content = file_of(await week_3.says(who, f"/records export {form}"))
    assert name == ("README.md" if form == "readme" else f"Study-MLOps.{form}")
    assert content


async def test_a_new_readme_reads_back(week_3: Conversation) -> None:
    _, content = file_of(await week_3.says("장서진", "/records export readme"))
    understood = reading.read(content)
    assert understood.members == ("장서진", "구미진", "이은빈", "한현경", "문수인")
    assert understood.weeks[2].submissions["구미진"] == "https://example.org/3/구미진"
    assert [week.writer for week in understood.weeks[:3]] == ["이은빈", "문수인", "한현경"]


async def test_a_member_has_a_page_of_their_own_links(week_3: Conversation) -> None:
    name, content = file_of(await week_3.says("장서진", "/기록 내보내기 내링크"))
    assert name == "장서진.md"
    assert "https://example.org/3/장서진" in content.decode()
    await week_3.says("나그네", "/records export page")
    week_3.refused("나그네", "not-a-member")
