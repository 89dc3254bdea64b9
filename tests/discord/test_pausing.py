"""Channels that Discord takes away from a study, and gives back."""

import asyncio
from pathlib import Path

from bot.services.outbox import FAILED
from db.models import Study
from tests.discord.scene import Scene, opened
from tests.discord.server import Discord
from tests.discord.test_courier import states, titles
from tests.store import rows

OPENED = "2022-04-06 00:01"


async def why(scene: Scene) -> str | None:
    """What keeps the study from its channel."""
    (study,) = await scene.house.runner.read(rows, Study)
    return study.paused_why


async def until(scene: Scene, wanted: str | None) -> None:
    """Wait until the bot has noticed."""
    async with asyncio.timeout(5):
        while await why(scene) != wanted:
            await asyncio.sleep(0.02)
            await scene.house.settle()
    await scene.house.settle()


async def test_a_channel_without_permission_waits_for_it(study: Scene) -> None:
    before = len(study.channel.messages)
    study.channel.deny("send_messages")
    await study.until(OPENED)
    await until(study, "closed")
    assert len(study.channel.messages) == before
    (told,) = study.leader.inbox
    assert study.channel.mention in told.text
    assert "스레드 관리하기" in told.text
    other = study.platform.guild("ku").channel("general")
    assert "채널에 소식을 올리지 못하고 있어요" in (await study.leader.types(other, "study show")).text
    await study.people[1].types(other, "submit", link="https://example.org/1")
    study.channel.allow("send_messages")
    await until(study, None)
    await study.sent()
    assert titles(study)[before:-1] == ["1주차 질문", "1주차 시작"]
    assert "제출 1/5 · 구미진" in study.channel.messages[-2].text
    assert "다시 소식을 올려요" in study.channel.messages[-1].text
    assert FAILED not in await states(study)
    assert len(study.leader.inbox) == 1


async def test_a_deleted_channel_is_left_for_another(study: Scene) -> None:
    await study.until(OPENED)
    study.channel.delete()
    await until(study, "gone")
    (told,) = study.leader.inbox
    assert "새 채널에서" in told.text
    assert study.platform.world.clickable(told.text) == ["study move"]
    await study.until("2022-04-13 12:01")
    new = study.platform.guild("ku").channel("새집")
    said = await study.leader.types(new, "study move")
    assert "이 채널로 옮겼어요" in said.text
    study.channel = new
    await study.sent()
    assert [x for x in titles(study) if x.endswith(("마감", "결과"))] == ["1주차 마감", "1주차 결과"]
    assert "이제 소식은 여기에" in "".join(titles(study))


async def test_a_bot_thrown_out_goes_on_where_it_was_when_invited_again(study: Scene) -> None:
    await study.until(OPENED)
    guild = study.platform.guild("ku")
    guild.remove_bot()
    await until(study, "away")
    assert not study.leader.inbox  # nobody can be written to who shares no server with the bot
    await study.until("2022-04-13 12:01")
    guild.invite_bot()
    await until(study, None)
    await study.sent()
    assert [x for x in titles(study) if x.endswith(("마감", "결과"))] == ["1주차 마감", "1주차 결과"]
    assert (await study.leader.types(study.channel, "homework")).text


async def test_what_happened_while_the_bot_was_down_is_noticed(redirected: Discord, file: Path) -> None:
    channel = redirected.guild("ku").channel("mlops")
    async with opened(file, redirected) as house:
        scene = Scene(redirected, house, channel)
        await scene.starts()
        channel.deny("send_messages")
        await scene.until(OPENED)
        await until(scene, "closed")
    channel.allow("send_messages")
    async with opened(file, redirected, now=None) as house:
        scene = Scene(redirected, house, channel)
        await until(scene, None)
        await scene.sent()
        assert "1주차 시작" in titles(scene)


async def test_a_message_deleted_by_hand_is_no_lost_channel(study: Scene) -> None:
    await study.until(OPENED)
    announced = next(x for x in study.channel.messages if "1주차 시작" in x.text)
    study.leader.deletes(announced)
    await study.people[1].types(study.channel, "submit", link="https://example.org/1")
    await study.sent()
    assert await why(study) is None
    assert FAILED not in await states(study)
