"""One process on Discord and on Slack: two groups that know nothing of each other."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import yarl
from discord.asset import Asset
from discord.gateway import DiscordWebSocket
from discord.http import Route
from pydantic import SecretStr

from bot.config import Discord as DiscordWanted
from bot.doors.slack.courier import SlackCourier
from bot.house import House
from db.models import Study
from tests.discord.scene import Scene as DiscordScene
from tests.discord.server import Discord
from tests.slack.scene import COMMANDS, EVENING, Scene, settings, wanted
from tests.slack.server import Slack
from tests.store import rows


@pytest.fixture
async def elsewhere() -> AsyncIterator[Discord]:
    """A Discord on loopback too."""
    server = Discord()
    await server.start()
    yield server
    await server.stop()
    server.hold()


@pytest.fixture
def redirected(elsewhere: Discord) -> Iterator[Discord]:
    """The same, with discord.py in this process talking to it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Route, "BASE", elsewhere.api_url)
        patch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(elsewhere.world.gateway_url))
        patch.setattr(Asset, "BASE", elsewhere.root)
        yield elsewhere


@pytest.fixture
async def both(platform: Slack, redirected: Discord, file: Path) -> AsyncIterator[tuple[Scene, DiscordScene]]:
    """One application with a channel on either."""
    here, there = platform.team("ku").channel("mlops"), redirected.guild("ku").channel("mlops")
    token = SecretStr(redirected.world.token)
    section = DiscordWanted(token=token, api_url=redirected.api_url)
    chosen = settings(file, wanted(platform)).model_copy(update={"discord": section})
    house = House(chosen, COMMANDS)
    house.slack.courier = SlackCourier(house.slack, pace=0.0)
    platform.api.limits.off()
    await house.open()
    try:
        await house.make_virtual(EVENING)
        platform.world.now = redirected.world.now = house.now
        await redirected.until(lambda: any(redirected.world.commands.values()), 10)
        await redirected.gateway.is_ready(patience=20)
        await platform.sockets.is_ready(patience=20)
        yield Scene(platform, house, here), DiscordScene(redirected, house, there)
    finally:
        await house.close()


async def test_one_process_serves_both(both: tuple[Scene, DiscordScene]) -> None:
    slack, discord = both
    await slack.starts()
    await discord.starts()
    studies = await slack.house.runner.read(rows, Study)
    assert {(study.door, study.channel) for study in studies} == {
        ("slack", slack.channel.id),
        ("discord", str(discord.channel.id)),
    }
    await slack.until("2022-04-06 09:00")
    await slack.people[1].types(slack.channel, "/submit https://example.org/slack")
    await discord.people[2].types(discord.channel, "submit", link="https://example.org/discord")
    shown = "\n".join(message.text for message in await slack.sent())
    told = "\n".join(message.text for message in await discord.sent())
    assert "제출 1/5 · 구미진" in shown
    assert "제출 1/5 · 이은빈" in told
    assert "이은빈" not in (await slack.people[1].types(slack.channel, "/fines")).text
    slack.channel.team.uninstall()
    await slack.until("2022-04-13 12:01")
    await discord.platform.until(lambda: "1주차 결과" in "".join(x.text for x in discord.channel.messages))
    assert "1주차 결과" not in "".join(message.text for message in slack.channel.messages)
