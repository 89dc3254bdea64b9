"""Question threads: buttons on the first message, closed at midnight, and a word to those who come late."""

import asyncio

import pytest

from bot.doors.slack.http import Once
from db.models import Outbox
from tests.slack.model import Message
from tests.slack.scene import Scene
from tests.store import rows

OPENED, CLOSED = "2022-04-06 00:01", "2022-04-13 00:01"


def threads(scene: Scene) -> list[Message]:
    """The messages that threads begin with, oldest first."""
    return [x for x in scene.channel.messages if "주차 질문*" in x.text or "질문이 닫혔어요" in x.text]


async def heard(scene: Scene) -> list[Message]:
    """All that was said in threads, once what has to be said has been."""
    await asyncio.sleep(0.15)
    await scene.sent()
    return [reply for thread in threads(scene) for reply in thread.replies]


async def test_a_thread_has_buttons_that_work(study: Scene) -> None:
    await study.until(OPENED)
    (thread,) = threads(study)
    koo = study.people[1]
    asked = await koo.presses(thread, "과제 내기")
    assert asked.modal is not None
    await koo.fills(asked.modal, {"link": "https://example.org/1"})
    assert "정시" in (await koo.presses(thread, "내 현황")).text


async def test_its_buttons_stay_when_it_is_edited(study: Scene) -> None:
    await study.until(OPENED)
    await study.leader.types(study.channel, "/week extend 1 2022-04-13 09:00 정전")
    await study.sent()
    (thread,) = threads(study)
    assert (await study.people[1].presses(thread, "과제 내기")).modal is not None


async def test_a_thread_is_closed_at_midnight_and_opened_again(study: Scene) -> None:
    await study.until(OPENED)
    koo = study.people[1]
    koo.writes(study.channel, "어디까지 하나요?", thread=threads(study)[0])
    await study.until(CLOSED)
    await study.sent()
    older, newer = threads(study)
    assert "질문이 닫혔어요" in older.text
    assert "질문을 닫았어요" in older.replies[-1].text
    assert "2주차 질문" in newer.text
    assert "질문이 닫혔어요" not in newer.text
    await study.leader.types(study.channel, "/question close")
    await study.sent()
    assert "질문이 닫혔어요" in newer.text
    await study.leader.types(study.channel, "/question open")
    await study.sent()
    assert "질문이 닫혔어요" not in newer.text
    assert "다시 열었어요" in newer.replies[-1].text


async def test_who_asks_too_late_is_told_once_where_to_ask_now(study: Scene) -> None:
    await study.until(OPENED)
    koo, lee = study.people[1:3]
    (thread,) = threads(study)
    koo.writes(study.channel, "어디까지 하나요?", thread=thread)
    assert len(await heard(study)) == 1
    await study.until(CLOSED)
    await study.sent()
    newer = threads(study)[1]
    for person in (koo, lee):
        person.writes(study.channel, "하나 더요", thread=thread)
    said = [x.text for x in await heard(study) if x.by_app]
    assert len(said) == 2
    assert "1주차 질문은 닫혔어요" in said[-1]
    assert f"/archives/{study.channel.id}/p{newer.ts.replace('.', '')}|질문 스레드>" in said[-1]
    koo.writes(study.channel, "또 하나", thread=thread)
    assert len([x for x in await heard(study) if x.by_app]) == 2


async def test_in_an_open_thread_and_in_others_nobody_is_told_anything(study: Scene) -> None:
    await study.until(OPENED)
    koo = study.people[1]
    other = koo.writes(study.channel, "점심 뭐 먹죠?")
    koo.writes(study.channel, "국밥", thread=other)
    for thread in threads(study):
        koo.writes(study.channel, "질문이요", thread=thread)
    assert [x for x in await heard(study) if x.by_app] == []
    assert len(other.replies) == 1
    await study.until(CLOSED)
    koo.writes(study.channel, "국밥 하나 더", thread=other)
    await heard(study)
    assert len(other.replies) == 2


async def test_without_an_open_thread_the_channel_is_the_place(study: Scene) -> None:
    await study.until(OPENED)
    await study.leader.types(study.channel, "/question close")
    await study.sent()
    (thread,) = threads(study)
    study.people[1].writes(study.channel, "질문이요", thread=thread)
    assert "채널에 남겨 주세요" in (await heard(study))[-1].text


@pytest.mark.parametrize("times", [1, 2])
async def test_a_thread_that_was_opened_again_tells_it_again(study: Scene, times: int) -> None:
    await study.until(OPENED)
    (thread,) = threads(study)
    for _ in range(times):
        await study.leader.types(study.channel, "/question close")
        await study.sent()
        await study.until(f"2022-04-07 0{_}:00")
        study.people[1].writes(study.channel, "질문이요", thread=thread)
        await heard(study)
        await study.leader.types(study.channel, "/question open")
        await study.sent()
    late = [row for row in await study.house.runner.read(rows, Outbox) if row.kind == "questions_late"]
    assert len(late) == times
    assert len([x for x in thread.replies if "질문은 닫혔어요" in x.text]) == times


async def test_an_event_that_another_process_has_heard_does_nothing_twice(study: Scene) -> None:
    await study.until(OPENED)
    (thread,) = threads(study)
    await study.until(CLOSED)
    await study.sent()
    study.people[1].writes(study.channel, "하나 더요", thread=thread)
    before = await heard(study)
    told = study.platform.told("message")[-1].payload
    study.house.slack._once = Once()
    await study.house.slack._heard(told, study.house.now())
    assert await heard(study) == before
