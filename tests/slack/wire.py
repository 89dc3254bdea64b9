"""A courier on its own, without an application around it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.commands.command import Commands
from bot.commands.courier import Parcel
from bot.commands.desk import Desk
from bot.commands.message import message
from bot.doors.office import Office
from bot.doors.slack.clients import Clients
from bot.doors.slack.courier import SlackCourier
from bot.doors.slack.manifest import SCOPES
from bot.texts import T, Text
from db import Runner
from tests.slack.places import Channel, Team
from tests.slack.server import Slack
from tests.slack.tiny import manifest

SEOUL = ZoneInfo("Asia/Seoul")


@dataclass
class Quiet:
    """An application that is told nothing but to wake up."""

    desk: Desk

    def now(self) -> datetime:
        return datetime.now(UTC)

    def wake(self) -> None: ...


@dataclass
class Wire:
    """A connection to one workspace."""

    office: Office
    clients: Clients
    prefix: str = ""

    async def client(self, workspace: str) -> AsyncWebClient | None:
        return await self.clients.of(workspace)

    async def address(self, workspace: str) -> str:
        return "https://ku.slack.com/"


@dataclass
class Post:
    """A courier, and the channel it goes to."""

    platform: Slack
    courier: SlackCourier
    channel: Channel

    @property
    def team(self) -> Team:
        return self.channel.team

    def parcel(self, key: str = "1:x", *texts: Text, **more: object) -> Parcel:
        """Something for the channel."""
        said = message(*(texts or (T("told-ended-records"),)))
        at = datetime.now(UTC)
        made = Parcel(key, self.team.id, self.channel.id, said, "ko", SEOUL, at, study=1)
        return replace(made, **more)  # type: ignore[arg-type]

    @property
    def texts(self) -> list[str]:
        return [each.text for each in self.channel.messages]


@pytest.fixture
async def post(platform: Slack, tmp_path: Path) -> AsyncIterator[Post]:
    """A courier for a channel of one workspace."""
    made = manifest()
    made["oauth_config"]["scopes"]["bot"] = list(SCOPES)
    platform.installs(made)
    team = platform.team("ku")
    team.person("장서진", manages=True)
    channel = team.channel("mlops")

    async def token(workspace: str) -> str | None:
        there = platform.world.teams[workspace].installation
        return there.bot_token if there else gone.get(workspace)

    gone = {team.id: team.install().bot_token}
    clients = Clients(platform.api_url, token)
    runner = Runner(f"sqlite:///{tmp_path / 'studybot.db'}")
    wire = Wire(Quiet(Desk(Commands.in_package("cogs"), runner)), clients)
    yield Post(platform, SlackCourier(wire, pace=0.01), channel)
    await clients.close()
    await runner.close()
