"""The loopback server, tried with the real discord.py: commands, answers, buttons, forms."""

from datetime import timedelta

import aiohttp
import discord
import pytest

from tests.discord.model import instant
from tests.discord.people import Person
from tests.discord.server import Discord
from tests.discord.tiny import running
from tests.rules.season_2022 import seoul


def aiohttp_session(bot: discord.Client) -> aiohttp.ClientSession:
    """The library's own connection."""
    session = bot.http._HTTPClient__session  # type: ignore[attr-defined]
    assert isinstance(session, aiohttp.ClientSession)
    return session


async def test_commands_are_registered_in_both_languages(redirected: Discord) -> None:
    async with running(redirected) as bot:
        names = {
            x["name"]: x.get("name_localizations", {}).get("ko") for x in redirected.world.commands[None]
        }
        ids = {x["name"]: x["id"] for x in redirected.world.commands[None]}
        await bot.tree.sync()
    assert names["submit"] == "제출"
    assert names["hand in this"] == "이 링크 제출"
    assert ids == {x["name"]: x["id"] for x in redirected.world.commands[None]}, "ids stay"


async def test_a_command_is_answered_and_its_button_too(redirected: Discord) -> None:
    channel = redirected.guild("ku").channel("mlops")
    jang, koo = redirected.person("장서진"), redirected.person("구미진")
    async with running(redirected):
        said = await jang.types(channel, "제출", 링크="https://example.org/1", week=3)
        assert said.text == "3주차 https://example.org/1"
        assert said.is_ephemeral
        assert not said.is_deferred
        assert said.acknowledged_ms is not None
        assert said.acknowledged_ms < 3000
        pressed = await jang.presses(said.reply, "다시 제출")
        assert pressed.text == "3주차 다시"
    assert jang.sees(channel) == [said.reply, pressed.reply]
    assert koo.sees(channel) == []


async def test_an_interaction_carries_the_time_of_the_clock(redirected: Discord) -> None:
    redirected.world.now = seoul("2022-04-12 23:59:59")
    channel = redirected.guild("ku").channel("mlops")
    jang = redirected.person("장서진")
    async with running(redirected):
        redirected.world.now += timedelta(milliseconds=999)
        first = await jang.types(channel, "submit", link="a")
        second = await jang.types(channel, "submit", link="b")
    assert instant(first.id) == instant(second.id) == redirected.world.now
    assert discord.utils.snowflake_time(first.id) == redirected.world.now
    assert first.id < second.id


async def test_what_cannot_be_typed_is_told(redirected: Discord) -> None:
    channel = redirected.guild("ku").channel("mlops")
    jang = redirected.person("장서진")
    async with running(redirected):
        for given in ({}, {"link": 3}, {"link": "a", "week": "3"}, {"link": "a", "weeks": 3}):
            with pytest.raises(AssertionError):
                jang.begins(channel, "submit", **given)
        with pytest.raises(AssertionError, match="there is no command 'submitt'"):
            jang.begins(channel, "submitt")


async def test_an_option_completes(redirected: Discord) -> None:
    channel = redirected.guild("ku").channel("mlops")
    jang = redirected.person("장서진")
    async with running(redirected):
        offered = await jang.completes(channel, "submit", focused="주차", value="1", link="x")
    assert offered.values == [1, 12]


async def test_a_deferred_answer_fills_what_is_thinking(redirected: Discord) -> None:
    channel = redirected.guild("ku").channel("mlops")
    jang = redirected.person("장서진")
    async with running(redirected):
        thought = await (await jang.types(channel, "think")).more(2)
    assert thought.is_deferred
    assert [reply.text for reply in thought.replies] == ["생각했다", "더 생각했다"]
    assert thought.is_ephemeral
    assert thought.original is thought.replies[0]


async def test_a_form_is_filled_in(redirected: Discord) -> None:
    channel = redirected.guild("ku").channel("mlops")
    jang = redirected.person("장서진")
    async with running(redirected):
        asked = await jang.types(channel, "research")
        assert asked.modal is not None
        with pytest.raises(AssertionError, match="filled in"):
            await jang.sends_modal(asked, 내용="")
        sent = await jang.sends_modal(asked, 내용="쿠버네티스\n조사")
    assert sent.text == "쿠버네티스\n조사"


async def test_a_message_command_sees_the_message(redirected: Discord) -> None:
    channel = redirected.guild("ku").channel("mlops")
    jang = redirected.person("장서진")
    async with running(redirected):
        posted = jang.writes(channel, "https://example.org/2")
        used = await jang.uses_on_message(posted, "이 링크 제출")
    assert used.text == "받음: https://example.org/2"


async def test_two_answers_to_one_interaction_are_refused(redirected: Discord) -> None:
    channel = redirected.guild("ku").channel("mlops")
    jang = redirected.person("장서진")
    async with running(redirected):
        with redirected.allowing() as wrong:
            asked = await jang.types(channel, "twice")
            await redirected.until(lambda: wrong)
    assert [each.code for each in wrong] == [40060]
    assert [problem.code for problem in asked.refusals] == [40060]
    assert asked.text == "하나"


async def test_nobody_answering_fails_the_one_who_asked(redirected: Discord) -> None:
    channel = redirected.guild("ku").channel("mlops")
    jang = redirected.person("장서진")
    async with running(redirected) as bot:
        bot.tree.remove_command("think")
        late = jang.begins(channel, "think")
        late.began -= 2.9
        with pytest.raises(AssertionError, match="does not react within 3 s"):
            await late.answered()


async def test_an_answer_after_three_seconds_is_refused(redirected: Discord) -> None:
    channel = redirected.guild("ku").channel("mlops")
    jang = redirected.person("장서진")
    async with running(redirected):
        with redirected.allowing() as wrong:
            late = jang.begins(channel, "submit", link="a")
            late.began -= 3
            await redirected.until(lambda: wrong)
    assert [problem.code for problem in late.refusals] == [10062]
    assert late.callback is None


async def test_buttons_change_their_message_and_open_forms(redirected: Discord) -> None:
    channel = redirected.guild("ku").channel("mlops")
    jang = redirected.person("장서진")
    async with running(redirected):
        shown = await jang.types(channel, "board")
        assert (await jang.selects(shown.reply, "board:week", "2주차")).text == "2주차"
        assert (await jang.selects(shown.reply, "board:who", jang)).text == "장서진"
        with pytest.raises(AssertionError, match="the menu offers"):
            await jang.selects(shown.reply, "board:week", "3주차")
        later = await jang.presses(shown.reply, "나중에")
        await redirected.until(lambda: later.text == "나중에 바뀜")
        asked = await jang.presses(shown.reply, "쓰기")
        assert (await jang.sends_modal(asked, text="내 주제")).text == "내 주제"
        assert (await jang.presses(shown.reply, "바꾸기")).text == "바뀜"
        with pytest.raises(AssertionError, match="no button"):
            jang.pushes(shown.reply, "바꾸기")
    assert [message.text for message in channel.messages] == ["바뀜"]
    assert channel.messages[0].earlier == ["현황판", "나중에 바뀜"]


async def test_a_wrong_answer_fails_the_one_who_asked(redirected: Discord) -> None:
    channel = redirected.guild("ku").channel("mlops")
    jang = redirected.person("장서진")
    async with running(redirected):
        with pytest.raises(AssertionError, match=r"50035 .*data.*content"):
            await jang.types(channel, "chatter")
    with pytest.raises(AssertionError, match="the bot did wrong"):
        redirected.hold()
    redirected.world.violations.clear()


async def test_an_answer_can_come_too_late_for_its_token(redirected: Discord) -> None:
    channel = redirected.guild("ku").channel("mlops")
    jang = redirected.person("장서진")
    async with running(redirected) as bot:
        said = await jang.types(channel, "submit", link="a")
        hook = discord.Webhook.partial(
            redirected.world.application_id, said.token, session=aiohttp_session(bot), bot_token=None
        )
        await hook.send("하나 더")
        said.expire()
        with redirected.allowing() as wrong, pytest.raises(discord.HTTPException) as refused:
            await hook.send("너무 늦게")
        assert refused.value.code == 50027
        assert len(wrong) == 1
    assert [reply.text for reply in said.replies] == ["1주차 a", "하나 더"]


async def test_commands_are_shown_to_whom_they_are_for(redirected: Discord) -> None:
    guild = redirected.guild("ku")
    channel = guild.channel("mlops")
    jang, boss = redirected.person("장서진"), guild.owner
    assert isinstance(boss, Person)
    async with running(redirected):
        with pytest.raises(AssertionError, match="is not shown"):
            jang.begins(channel, "hidden")
        assert (await boss.types(channel, "hidden")).text == "비밀"
        direct = redirected.world.direct(boss)
        with pytest.raises(AssertionError, match="there is no command"):
            boss.begins(direct, "hidden")
        assert (await boss.types(direct, "submit", link="a")).text == "1주차 a"


async def test_files_and_members_are_handed_over(redirected: Discord) -> None:
    channel = redirected.guild("ku").channel("mlops")
    jang, koo = redirected.person("장서진"), redirected.person("구미진")
    async with running(redirected):
        readme = redirected.world.file("README.md", "# 기록".encode())
        read = await jang.types(channel, "upload", file=readme, who=koo)
    assert read.text == "구미진: # 기록"
    assert channel.messages == [read.reply]


async def test_commands_can_be_clicked_in_texts(redirected: Discord) -> None:
    async with running(redirected):
        id_ = redirected.world.commands[None][0]["id"]
        name = redirected.world.commands[None][0]["name"]
        assert redirected.world.clickable(f"</{name}:{id_}>") == [name]
        with pytest.raises(AssertionError, match="does nothing"):
            redirected.world.clickable(f"</{name}:1>")


async def test_two_hundred_at_once_are_answered(redirected: Discord) -> None:
    channel = redirected.guild("ku").channel("mlops")
    people = [redirected.person(f"p{number}") for number in range(200)]
    async with running(redirected):
        lives = [person.begins(channel, "submit", link=person.name) for person in people]
        for life in lives:
            await life.answered()
    assert [life.text for life in lives] == [f"1주차 {person.name}" for person in people]


async def test_the_library_sees_guilds_come_and_go(redirected: Discord) -> None:
    guild = redirected.guild("ku")
    async with running(redirected) as bot:
        assert [each.name for each in bot.guilds] == ["ku"]
        later = redirected.guild("another")
        channel = later.channel("general")
        await bot.wait_for("guild_channel_create", timeout=3)
        assert {each.name for each in bot.guilds} == {"ku", "another"}
        channel.delete()
        await bot.wait_for("guild_channel_delete", timeout=3)
        guild.remove_bot()
        gone = await bot.wait_for("guild_remove", timeout=3)
        assert gone.name == "ku"
        guild.invite_bot()
        await bot.wait_for("guild_join", timeout=3)
        guild.fail()
        await bot.wait_for("guild_unavailable", timeout=3)
        guild.recover()
        await bot.wait_for("guild_available", timeout=3)
