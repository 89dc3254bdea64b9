"""The outbox on Slack: what is decided on comes out once, in order, and calls those whom it means."""

from datetime import datetime

from sqlalchemy import select, update

from bot.services.outbox import LEASED, SENT
from db import Session
from db.models import Outbox
from tests.platforms.scene import EVENING
from tests.platforms.trouble import Cut, Lost
from tests.slack.scene import Scene
from tests.slack.trouble import TooMany

HOMEWORK = "강의 <!channel> <!here> <@U0> *굵게* https://example.org/a_b_c & <b>"


async def states(scene: Scene) -> list[str]:
    """What became of every message, in order."""

    async def read(session: Session) -> list[str]:
        return list(await session.scalars(select(Outbox.state).order_by(Outbox.id)))

    return await scene.house.runner.read(read)


async def lapse(scene: Scene, at: datetime = EVENING) -> None:
    """Let the waits of real time pass."""

    async def write(session: Session) -> None:
        await session.execute(update(Outbox).where(Outbox.state == LEASED).values(leased_until=at))

    await scene.house.runner.run(write)
    await scene.house.settle()


def titles(scene: Scene) -> list[str]:
    """What stands over every message of the channel."""
    return [message.text.partition("\n")[0].strip("*") for message in scene.channel.messages]


async def test_a_lost_reply_sends_nothing_twice(study: Scene) -> None:
    study.platform.fails("chat.postMessage", Lost(), times=2)
    await study.until("2022-04-06 00:01")
    for _ in range(3):
        await lapse(study)
    assert set(await states(study)) == {SENT}
    assert titles(study).count("1주차 시작") == 1
    assert titles(study).count("1주차 질문") == 1


async def test_a_message_that_never_left_is_sent_again(study: Scene) -> None:
    study.platform.fails("chat.postMessage", Cut(), times=2)
    await study.until("2022-04-06 00:01")
    for _ in range(3):
        await lapse(study)
    assert set(await states(study)) == {SENT}
    assert titles(study)[-2:] == ["1주차 질문", "1주차 시작"]


async def test_limits_are_obeyed(study: Scene) -> None:
    for seconds in (1, 120, 1):
        study.platform.fails("chat.postMessage", TooMany(seconds))
    await study.until("2022-04-06 00:01")
    for _ in range(4):
        await lapse(study)
    assert set(await states(study)) == {SENT}
    assert titles(study).count("1주차 시작") == 1


async def test_the_key_of_the_outbox_stands_in_the_metadata(study: Scene) -> None:
    async def read(session: Session) -> list[tuple[str, str | None]]:
        found = await session.execute(select(Outbox.key, Outbox.message_id).where(Outbox.target_id.is_(None)))
        return [(key, id_) for key, id_ in found]

    await study.until("2022-04-06 00:01")
    kept = {id_: key for key, id_ in await study.house.runner.read(read)}
    for message in await study.sent():
        assert message.metadata is not None
        assert message.metadata["event_payload"] == {"key": kept[message.ts]}


async def test_nobody_is_called_by_what_people_write(study: Scene) -> None:
    koo = study.people[1]
    await study.until("2022-04-06 09:00")
    await study.leader.types(study.channel, f"/week plan {HOMEWORK.replace('<@U0> ', '')}")
    await koo.types(study.channel, "/submit https://example.org/@channel")
    for message in await study.sent():
        assert not message.pings_all
        assert not message.pinged
        assert (message.unfurl_links, message.unfurl_media) == (False, False)


async def test_only_those_are_called_who_have_nothing_in(study: Scene) -> None:
    await study.until("2022-04-06 09:00")
    await study.leader.types(study.channel, "/submit https://example.org/1")
    await study.until("2022-04-12 00:01")
    reminder = (await study.sent())[-1]
    assert reminder.pinged == study.people[1:]
    await study.until("2022-04-13 00:01")
    await study.sent()
    assert reminder.deleted
    await study.until("2022-04-13 09:01")
    assert (await study.sent())[-1].pinged == study.people[1:]


async def test_hand_ins_edit_one_message(study: Scene) -> None:
    await study.until("2022-04-06 09:00")
    before = len(study.channel.messages)
    for person in study.people:
        await person.types(study.channel, "/submit https://example.org/1")
    assert "제출 5/5 · 장서진, 구미진, 이은빈, 한현경, 문수인" in (await study.sent())[-1].text
    assert len(study.channel.messages) == before


async def test_direct_messages_go_to_those_who_asked(study: Scene) -> None:
    koo, lee = study.people[1:3]
    for person in (koo, lee):
        await person.types(study.channel, "/notify dm")
    lee.deleted = True
    heard = len(koo.inbox)
    await study.until("2022-04-12 00:01")
    await study.sent()
    assert len(koo.inbox) == heard + 1
    assert "1주차 과제 알림" in koo.inbox[-1].text
    assert len([x for x in study.channel.messages if lee in x.pinged]) == 1
    reminder = koo.inbox[-1]
    asked = await koo.presses(reminder, "과제 내기")
    assert asked.modal is not None
    await koo.fills(asked.modal, {"link": "https://example.org/1"})
    await study.until("2022-04-13 00:01")
    await study.sent()
    assert reminder.deleted
