"""What goes out: once each, to those meant, and what becomes of it where Discord says no."""

import pytest
from sqlalchemy import select, update

from bot.services.outbox import LEASED, SENT
from db import Session
from db.models import Outbox, Study
from tests.discord.places import Channel
from tests.discord.scene import Scene
from tests.discord.trouble import TooMany
from tests.platforms.scene import EVENING
from tests.platforms.trouble import Cut, Lost

HOMEWORK = "강의 듣기 @everyone <@&1> **굵게** https://example.org/a_b_c"


async def states(scene: Scene) -> list[str]:
    """What became of every message, in order."""

    async def read(session: Session) -> list[str]:
        return list(await session.scalars(select(Outbox.state).order_by(Outbox.id)))

    return await scene.house.runner.read(read)


async def lapse(scene: Scene) -> None:
    """Let the waits of real time pass."""

    async def write(session: Session) -> None:
        await session.execute(update(Outbox).where(Outbox.state == LEASED).values(leased_until=EVENING))

    await scene.house.runner.run(write)
    await scene.house.settle()


async def move(scene: Scene, home: Channel) -> None:
    """Have the study live somewhere else."""

    async def write(session: Session) -> None:
        await session.execute(update(Study).values(channel=str(home.id)))

    await scene.house.runner.run(write)


def titles(scene: Scene) -> list[str]:
    """What stands over every message of the channel."""
    return [message.text.partition("\n")[0].removeprefix("### ") for message in scene.channel.messages]


async def test_a_lost_reply_sends_nothing_twice(study: Scene) -> None:
    study.platform.fails("POST /channels/*/messages", Lost(), times=2)
    await study.until("2022-04-06 00:01")
    study.platform.world.forget_nonces()
    for _ in range(3):
        await lapse(study)
    assert set(await states(study)) == {SENT}
    assert titles(study).count("1주차 시작") == 1
    assert titles(study).count("1주차 질문") == 1
    assert len(study.channel.threads) == 1


async def test_a_thread_that_was_not_opened_is_opened_after_all(study: Scene) -> None:
    study.platform.fails("POST /channels/*/messages/*/threads", Cut())
    await study.until("2022-04-06 00:01")
    assert study.channel.threads == []
    await lapse(study)
    assert [thread.name for thread in study.channel.threads] == ["1주차 질문"]
    assert titles(study).count("1주차 질문") == 1


async def test_the_same_key_has_the_same_nonce(study: Scene) -> None:
    nonces = [message.nonce for message in study.channel.messages]
    assert all(nonces)
    assert len(set(nonces)) == len(nonces)
    bodies = [x.body for x in study.platform.asked("POST /channels/*/messages")]
    assert all(body["enforce_nonce"] and len(body["nonce"]) <= 25 for body in bodies)


async def test_everybody_is_called_by_nothing(study: Scene) -> None:
    koo = study.people[1]
    await study.until("2022-04-06 09:00")
    said = await study.leader.types(study.channel, "week plan", text=HOMEWORK.replace("@everyone ", ""))
    assert "https://example.org/a_b_c" in said.text
    assert "\\*\\*굵게\\*\\*" in said.text
    await koo.types(study.channel, "submit", link="https://example.org/@everyone/@here")
    for message in await study.sent():
        assert not message.pings_everyone
        assert not message.pinged_roles
        assert not message.pinged
    for asked in study.platform.asked("POST /channels/*/messages"):
        assert asked.body["allowed_mentions"]["parse"] == []


async def test_only_those_are_called_who_have_nothing_in(study: Scene) -> None:
    await study.until("2022-04-06 09:00")
    await study.leader.types(study.channel, "submit", link="https://example.org/1")
    await study.until("2022-04-12 00:01")
    reminder = (await study.sent())[-1]
    assert reminder.pinged == study.people[1:]
    await study.until("2022-04-13 00:01")
    due = (await study.sent())[-1]
    assert due.is_silent
    assert reminder.deleted
    await study.until("2022-04-13 09:01")
    morning = (await study.sent())[-1]
    assert not morning.is_silent
    assert morning.pinged == study.people[1:]


async def test_hand_ins_edit_one_message(study: Scene) -> None:
    await study.until("2022-04-06 09:00")
    before = len(study.channel.messages)
    for person in study.people:
        await person.types(study.channel, "submit", link="https://example.org/1")
    assert "제출 5/5 · 장서진, 구미진, 이은빈, 한현경, 문수인" in (await study.sent())[-1].text
    assert len(study.channel.messages) == before


async def test_direct_messages_go_to_those_who_asked(study: Scene) -> None:
    koo, lee = study.people[1:3]
    for person in (koo, lee):
        await person.types(study.channel, "notify", how="dm")
    lee.takes_dms = False
    await study.until("2022-04-12 00:01")
    await study.sent()
    assert "1주차 과제 알림" in koo.inbox[-1].text
    assert not lee.inbox
    to_lee = [x for x in study.channel.messages if lee in x.pinged]
    assert len(to_lee) == 1
    asked = await koo.presses(koo.inbox[-1], "과제 내기")
    assert "1주차 · 정시" in (await koo.sends_modal(asked, 링크="https://example.org/1")).text
    assert "1주차" in (await koo.presses(koo.inbox[-1], "내 현황")).text


async def test_limits_are_obeyed(study: Scene) -> None:
    study.platform.fails("POST /channels/*/messages", TooMany(0.05))
    study.platform.fails("POST /channels/*/messages", TooMany(120, via=True))
    study.platform.fails("POST /channels/*/messages", TooMany(0.05, via=False))
    await study.until("2022-04-06 00:01")
    for _ in range(4):
        await lapse(study)
    assert set(await states(study)) == {SENT}
    assert titles(study).count("1주차 시작") == 1


async def test_a_thread_is_closed_at_midnight_and_opened_again(study: Scene) -> None:
    await study.until("2022-04-06 00:01")
    thread = study.channel.threads[0]
    assert thread.name == "1주차 질문"
    study.people[1].writes(thread, "어디까지 하나요?")
    await study.until("2022-04-13 00:01")
    assert thread.archived
    assert thread.locked
    assert "질문을 닫았어요" in thread.messages[-1].text
    newer = study.channel.threads[1]
    assert (newer.name, newer.archived) == ("2주차 질문", False)
    await study.leader.types(study.channel, "question close")
    await study.sent()
    assert newer.locked
    await study.leader.types(study.channel, "question open")
    await study.sent()
    assert not newer.archived
    assert not newer.locked


async def test_a_thread_that_slept_is_closed_too(study: Scene) -> None:
    await study.until("2022-04-06 00:01")
    thread = study.channel.threads[0]
    thread.archive()
    await study.until("2022-04-13 00:01")
    assert thread.archived
    assert thread.locked


@pytest.mark.parametrize("needs_tag", [False, True])
async def test_a_forum_is_a_home_too(study: Scene, needs_tag: bool) -> None:
    forum = study.platform.guild("ku").forum("qna", "질문", needs_tag=needs_tag)
    await move(study, forum)
    study.platform.fails("POST /channels/*/threads", Lost())
    await study.until("2022-04-06 00:01")
    await lapse(study)
    assert sorted(thread.name for thread in forum.threads) == ["1주차 시작", "1주차 질문"]
    await study.people[1].types(forum.threads[0], "submit", link="https://example.org/1")
    await study.sent()
    told = next(thread for thread in forum.threads if thread.name == "1주차 시작")
    assert "제출 1/5" in told.messages[0].text
    await study.until("2022-04-13 00:01")
    assert next(thread for thread in forum.threads if thread.name == "1주차 질문").locked


async def test_a_thread_is_a_home_without_threads(study: Scene) -> None:
    await study.until("2022-04-06 00:01")
    home = study.channel.threads[0]
    home.change(name="우리 집")
    await move(study, home)
    await study.until("2022-04-20 00:01")
    assert "3주차 시작" in "".join(message.text for message in home.messages)
    assert "질문을 닫았어요" in "".join(message.text for message in home.messages)
    assert not home.archived
