"""What goes wrong when a test asks for it, tried with the real discord.py."""

import time

import aiohttp
import discord
import pytest

from tests.discord.server import Discord
from tests.discord.test_rest import there
from tests.discord.tiny import running
from tests.discord.trouble import TooMany
from tests.platforms.trouble import Cut, Lost, Slow, Status

SENDING = "POST /channels/*/messages"


@pytest.mark.parametrize("everywhere", [False, True])
async def test_a_429_with_via_is_waited_for(redirected: Discord, everywhere: bool) -> None:
    channel = redirected.guild("ku").channel("mlops")
    async with running(redirected) as bot:
        redirected.fails(SENDING, TooMany(0.05, everywhere=everywhere), times=2)
        await there(bot, channel).send("x")
    assert len(channel.messages) == 1
    assert [each.status for each in redirected.asked(SENDING)] == [429, 429, 200]


async def test_a_429_without_via_is_a_ban(redirected: Discord) -> None:
    channel = redirected.guild("ku").channel("mlops")
    async with running(redirected) as bot:
        redirected.fails(SENDING, TooMany(via=False))
        with pytest.raises(discord.HTTPException) as banned:
            await there(bot, channel).send("x")
    assert banned.value.status == 429
    assert channel.messages == []


async def test_a_narrow_limit_is_kept_by_the_library(redirected: Discord) -> None:
    redirected.api.limits.narrow[SENDING] = (2, 0.2)
    channel = redirected.guild("ku").channel("mlops")
    async with running(redirected) as bot:
        began = time.monotonic()
        for number in range(5):
            await there(bot, channel).send(str(number))
    assert time.monotonic() - began >= 0.4
    assert {each.status for each in redirected.asked(SENDING)} == {200}


async def test_faults_of_the_server(redirected: Discord) -> None:
    channel = redirected.guild("ku").channel("mlops")
    async with running(redirected) as bot:
        redirected.fails(SENDING, Status(503))
        with pytest.raises(discord.DiscordServerError):
            await there(bot, channel).send("x")
        redirected.fails(SENDING, Status(502))
        await there(bot, channel).send("y")
    assert [message.text for message in channel.messages] == ["y"]


async def test_a_lost_answer_leaves_a_message_and_a_cut_line_none(redirected: Discord) -> None:
    channel = redirected.guild("ku").channel("mlops")
    async with running(redirected) as bot:
        for trouble in (Lost(), Cut()):
            redirected.fails(SENDING, trouble)
            with pytest.raises((aiohttp.ClientError, OSError)):
                await there(bot, channel).send(type(trouble).__name__, nonce="row-1")
        assert [message.text for message in channel.messages] == ["Lost"]
        redirected.fails(SENDING, Slow(after=0.1))
        again = await there(bot, channel).send("Lost", nonce="row-1")
    assert again.id == channel.messages[0].id


async def test_an_unknown_request_fails_its_test(redirected: Discord) -> None:
    async with running(redirected) as bot:
        with redirected.allowing() as wrong, pytest.raises(discord.NotFound):
            await bot.http.request(discord.http.Route("GET", "/no/such/thing"))
    assert [each.request for each in wrong] == ["GET /api/v10/no/such/thing"]


async def test_a_restarted_server_is_found_again(redirected: Discord) -> None:
    channel = redirected.guild("ku").channel("mlops")
    jang = redirected.person("장서진")
    async with running(redirected) as bot:
        await redirected.stop()
        await bot.wait_for("disconnect", timeout=5)
        await redirected.start()
        await bot.wait_for("resumed", timeout=10)
        assert (await jang.types(channel, "submit", link="a")).text == "1주차 a"
