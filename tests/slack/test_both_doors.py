"""One process on Discord and on Slack: two groups that know nothing of each other."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.config import Discord as DiscordWanted
from bot.doors.slack.courier import SlackCourier
from bot.house import House
from db.models import Study
from tests.discord.scene import Scene as DiscordScene
from tests.discord.scene import redirected_to
from tests.discord.server import Discord
from tests.platforms.scene import COMMANDS, on_one_clock
from tests.slack.scene import Scene, settings, wanted
from tests.slack.server import Slack
from tests.store import rows


@pytest.fixture
async def elsewhere() -> AsyncIterator[Discord]:
    """A Discord on loopback too."""
    async with Discord().serving() as server:
        yield server


@pytest.fixture
def redirected(elsewhere: Discord) -> Iterator[Discord]:
    """The same, with discord.py in this process talking to it."""
    with redirected_to(elsewhere) as server:
        yield server


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
    async with on_one_clock(house, platform):
        redirected.world.now = house.now
        await redirected.is_ready()
        await platform.sockets.is_ready(patience=20)
        yield Scene(platform, house, here), DiscordScene(redirected, house, there)


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
