"""The connection: refused, cut, taken up again; several shards; what is refused before it begins."""

import asyncio
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.checks import check, refuse_impossible
from bot.commands.command import Commands
from bot.config import BadSettings, Playground, Settings
from bot.config import Discord as Wanted
from bot.house import House
from tests.discord.scene import Scene, opened, settings
from tests.discord.server import Discord
from tests.platforms.trouble import Status

REAL = Wanted(token=SecretStr("x"))


async def test_a_refused_first_connection_is_survived(redirected: Discord, file: Path) -> None:
    channel = redirected.guild("ku").channel("mlops")
    jang = redirected.person("장서진", manages=True)
    redirected.gateway.refuse()
    redirected.fails("GET /users/@me", Status(503))
    async with opened(file, redirected):
        assert (await jang.types(channel, "guide")).text


@pytest.mark.parametrize("how", ["cut", "reconnect", "invalid", "code"])
async def test_a_lost_connection_is_taken_up_again(study: Scene, how: str) -> None:
    gateway = study.platform.gateway
    before = len(gateway.connections)
    match how:
        case "cut":
            gateway.drop()
        case "reconnect":
            gateway.reconnect()
        case "invalid":
            gateway.invalidate()
        case _:
            gateway.drop(4000)
    await study.platform.until(lambda: len(gateway.connections) > before, 20)
    await gateway.is_ready(patience=20)
    await study.until("2022-04-06 09:00")
    assert "1주차" in (await study.leader.types(study.channel, "submit", link="https://example.org/1")).text


async def test_as_many_connections_as_discord_asks_for(redirected: Discord, file: Path) -> None:
    redirected.world.shards = 2
    guilds = [redirected.guild("one"), redirected.guild("two")]
    places = [guild.channel("mlops") for guild in guilds]
    jang = redirected.person("장서진", manages=True)
    async with opened(file, redirected):
        await redirected.gateway.is_ready(2, patience=20)
        for place in places:
            assert (await jang.types(place, "guide")).text


async def test_one_process_of_two_has_its_own_shard(redirected: Discord, file: Path) -> None:
    redirected.guild("ku").channel("mlops")
    async with opened(file, redirected, shard_count=2, shard_ids=(1,)):
        await redirected.gateway.is_ready(1)
        assert len(redirected.gateway.sessions) == 1


async def test_no_intent_is_asked_for_that_needs_a_reason(study: Scene) -> None:
    assert study.platform.gateway.session.intents == 1


async def test_what_was_decided_while_away_is_sent_later(redirected: Discord, file: Path) -> None:
    channel = redirected.guild("ku").channel("mlops")
    async with opened(file, redirected) as house:
        scene = Scene(redirected, house, channel)
        await scene.starts()
    await redirected.stop()
    away = House(settings(file, redirected), Commands.in_package("cogs"))
    await away.open()
    before = len(channel.messages)
    await asyncio.sleep(0.2)
    await away.close()
    await redirected.start()
    async with opened(file, redirected) as house:
        await Scene(redirected, house, channel).until("2022-04-06 00:01")
        await redirected.until(lambda: len(channel.messages) > before)


async def test_check_says_how_to_invite_the_bot(redirected: Discord, file: Path) -> None:
    said: list[str] = []
    assert await check(settings(file, redirected), said.append)
    line = next(line for line in said if line.startswith("discord     invite"))
    assert f"client_id={redirected.world.application_id}" in line
    assert "permissions=326417583104" in line
    redirected.world.token = "another"
    said.clear()
    with redirected.allowing():
        assert not await check(
            settings(file, redirected).model_copy(
                update={"discord": Wanted(token=SecretStr("wrong"), api_url=redirected.api_url)}
            ),
            said.append,
        )
    assert any("refused" in line for line in said)


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        (Settings(discord=REAL, playground=Playground(clock="virtual")), "playground.clock"),
        (Settings(playground=Playground(enabled=False)), "playground.enabled"),
        (Settings(discord=Wanted(token=SecretStr("x"), shard_ids=(1,))), "discord.shard_ids"),
        (Settings(discord=Wanted(token=SecretStr("x"), shard_ids=(2,), shard_count=2)), "discord.shard_ids"),
    ],
)
def test_what_cannot_be_is_refused(wrong: Settings, named: str) -> None:
    with pytest.raises(BadSettings, match=named):
        refuse_impossible(wrong)


def test_a_token_is_not_shown() -> None:
    assert "for no eyes" not in repr(Settings(discord=Wanted(token=SecretStr("for no eyes"))))
