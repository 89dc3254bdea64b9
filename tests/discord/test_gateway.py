"""The gateway, tried with the real discord.py: sessions that end, are resumed, refused, shared out."""

import asyncio
import json
from collections.abc import Callable

import aiohttp
import discord
import pytest

from tests.discord.server import Discord
from tests.discord.tiny import running


async def test_a_dropped_socket_is_resumed_and_nothing_is_lost(redirected: Discord) -> None:
    channel = redirected.guild("ku").channel("mlops")
    jang = redirected.person("장서진")
    async with running(redirected):
        before = await jang.types(channel, "submit", link="a")
        redirected.gateway.drop()
        meanwhile = jang.begins(channel, "submit", link="b")
        assert (await meanwhile.answered()).text == "1주차 b"
        assert (await jang.presses(before.reply, "again:1")).text == "1주차 다시"
    assert redirected.gateway.session.resumed == 1
    assert [each.partition("?")[0] for each in redirected.gateway.connections] == ["/", "/resume/"]
    assert (
        "compress=zlib-stream" in redirected.gateway.connections[0]
        or "zstd" in redirected.gateway.connections[0]
    )


@pytest.mark.parametrize(
    ("happening", "resumed"),
    [
        (lambda gateway: gateway.reconnect(), 1),
        (lambda gateway: gateway.drop(1001), 1),
        (lambda gateway: gateway.invalidate(resumable=True), 1),
        (lambda gateway: gateway.invalidate(), 0),
        (lambda gateway: (gateway.forget(), gateway.drop()), 0),
    ],
    ids=["reconnect", "closed", "invalid but resumable", "invalid", "forgotten"],
)
async def test_the_bot_comes_back(
    redirected: Discord, happening: Callable[..., object], resumed: int
) -> None:
    channel = redirected.guild("ku").channel("mlops")
    jang = redirected.person("장서진")
    async with running(redirected) as bot:
        happening(redirected.gateway)
        await bot.wait_for("resumed" if resumed else "ready", timeout=5)
        assert (await jang.types(channel, "submit", link="a")).text == "1주차 a"
    assert redirected.gateway.session.resumed == resumed
    assert redirected.world.identified == 2 - resumed


async def test_a_button_works_after_a_restart(redirected: Discord) -> None:
    channel = redirected.guild("ku").channel("mlops")
    jang = redirected.person("장서진")
    async with running(redirected):
        said = await jang.types(channel, "submit", link="a", week=7)
    async with running(redirected):
        assert (await jang.presses(said.reply, "다시 제출")).text == "7주차 다시"


async def test_a_refused_first_connection_kills_the_client(redirected: Discord) -> None:
    redirected.gateway.refuse()
    with pytest.raises(AttributeError):
        async with running(redirected):
            pass
    async with running(redirected):
        pass


async def test_privileged_intents_are_refused_unless_granted(redirected: Discord) -> None:
    intents = discord.Intents(guilds=True, members=True)
    with pytest.raises(discord.PrivilegedIntentsRequired):
        async with running(redirected, intents=intents):
            pass
    assert redirected.gateway.closed[-1][0] == 4014
    redirected.world.privileged = 1 << 1
    redirected.guild("ku")
    redirected.person("장서진")
    async with running(redirected, intents=intents) as bot:
        assert "장서진" in {member.display_name for member in bot.guilds[0].members}
    assert redirected.gateway.session.intents == intents.value


async def test_a_wrong_token_is_refused(redirected: Discord) -> None:
    async with discord.Client(intents=discord.Intents.none()) as bot:
        with redirected.allowing() as wrong, pytest.raises(discord.LoginFailure):
            await bot.start("another")
    assert [each.code for each in wrong] == [0]


async def test_what_people_write_is_hidden_without_the_intent(redirected: Discord) -> None:
    channel = redirected.guild("ku").channel("mlops")
    jang = redirected.person("장서진")
    async with running(redirected, intents=discord.Intents(guilds=True, guild_messages=True)) as bot:
        waits = asyncio.create_task(bot.wait_for("message", timeout=3))
        await asyncio.sleep(0)
        jang.writes(channel, "비밀")
        assert (await waits).content == ""


async def test_heartbeats_are_answered(redirected: Discord) -> None:
    redirected.gateway.interval = 0.05
    async with running(redirected) as bot:
        await redirected.until(lambda: redirected.gateway.lines[0].beats >= 3)
        assert bot.latency < 1


async def heard(platform: Discord, *said: object, query: str = "v=10&encoding=json") -> list[object]:
    """What the gateway says to these, and the code with which it ends."""
    replies: list[object] = []
    async with aiohttp.ClientSession() as http, http.ws_connect(f"{platform.root}/?{query}") as socket:
        for each in said:
            await socket.send_str(each if isinstance(each, str) else json.dumps(each))
        async for message in socket:
            told = json.loads(message.data)
            replies.append((told["op"], told["d"] if told["op"] == 9 else told["t"]))
            if told["op"] == 9:
                break
        return [*replies, socket.close_code]


IDENTIFY = {"op": 2, "d": {"token": "a.test.token", "intents": 1, "properties": {"os": "x"}}}


@pytest.mark.parametrize(
    ("said", "ends"),
    [
        (["{"], [4002]),
        ([{"op": 3, "d": {}}], [4003]),
        ([IDENTIFY, {"op": 99}], [(0, "READY"), 4001]),
        ([IDENTIFY, IDENTIFY], [(0, "READY"), 4005]),
        ([IDENTIFY | {"d": {"token": "x"}}], [4004]),
        ([IDENTIFY | {"d": IDENTIFY["d"] | {"intents": -1}}], [4013]),  # type: ignore[operator]
        ([IDENTIFY | {"d": IDENTIFY["d"] | {"shard": [2, 2]}}], [4010]),  # type: ignore[operator]
        ([{"op": 6, "d": {"token": "a.test.token", "session_id": "x", "seq": 3}}], [(9, False), None]),
        ([{"op": 1, "d": None}] * 121, [(11, None)] * 120 + [4008]),
    ],
    ids=["no JSON", "too early", "unknown", "twice", "token", "intents", "shard", "no session", "too often"],
)
async def test_the_gateway_ends_what_does_not_speak_its_language(
    platform: Discord, said: list[object], ends: list[object]
) -> None:
    assert await heard(platform, *said) == [(10, None), *ends]


async def test_the_gateway_has_one_version(platform: Discord) -> None:
    assert await heard(platform, query="v=9&encoding=json") == [4012]


async def test_sessions_begun_too_fast_are_invalid(platform: Discord) -> None:
    platform.gateway.gap = 5
    assert (await heard(platform, IDENTIFY, {"op": 99}))[1] == (0, "READY")
    assert (await heard(platform, IDENTIFY))[1] == (9, False)


async def test_shards_share_the_guilds(redirected: Discord) -> None:
    redirected.world.shards = 2
    guilds = [redirected.guild(name) for name in ("a", "b", "c", "d")]
    jang = redirected.person("장서진")
    channels = [guild.channel("mlops") for guild in guilds]
    async with running(redirected, sharded=True) as bot:
        await redirected.gateway.is_ready(2)
        assert len({guild.shard_id for guild in bot.guilds}) == 2
        for channel in channels:
            assert (await jang.types(channel, "submit", link="a")).text == "1주차 a"
    assert [session.shard for session in redirected.gateway.sessions] == [(0, 2), (1, 2)]
