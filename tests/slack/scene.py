"""The whole application on Slack's loopback server, on a virtual clock that both share, in either mode."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

import uvicorn
from pydantic import SecretStr

from bot.config import Database, Playground, Settings, Web
from bot.config import Slack as Wanted
from bot.doors.slack.courier import SlackCourier
from bot.doors.slack.manifest import manifest
from bot.house import House
from tests.platforms.scene import COMMANDS, EVENING, BaseScene, on_one_clock
from tests.rules.season_2022 import NAMES
from tests.slack.interactions import Interaction
from tests.slack.model import Message
from tests.slack.people import Person
from tests.slack.places import Channel
from tests.slack.problems import Json
from tests.slack.server import Slack

LOCALES = {"ko": "ko-KR", "en": "en-US"}
BASE = "https://study.example"

Mode = Literal["socket", "http", "many"]
"""Over the socket or over HTTP for one workspace, or over HTTP for those that install the app."""


@dataclass
class Scene(BaseScene[Person, Message]):
    """A group in its channel; the first of its people manages the workspace."""

    platform: Slack
    channel: Channel
    patience = 20

    @property
    def people(self) -> list[Person]:
        """Everybody of the group, the leader first."""
        team, locale = self.channel.team, LOCALES[self.language]
        return [team.person(name, manages=name == NAMES[0], locale=locale) for name in NAMES]

    async def starts(self, more: str = "") -> Interaction:
        """Have the leader start the study, and everybody join."""
        leader, *others = self.people
        line = f"/study start Study-MLOps 2022-04-06 12 language={self.language} {more}"
        said = await leader.types(self.channel, line)
        for person in others:
            await person.types(self.channel, "/study join")
        await self.sent()
        return said


async def sends(person: Person, asked: Interaction, **fields: object) -> Message:
    """Fill in the form that somebody was asked with, and give the answer to it."""
    assert asked.modal is not None, asked.text
    before = len(asked.replies)
    sent = await person.fills(asked.modal, dict(fields))
    assert not sent.errors, sent.errors
    # Over the address of what was done first or, where that is spent, as an answer of its own.
    await asked.world.until(lambda: asked.replies[before:] or sent.replies, 10)
    return [*asked.replies[before:], *sent.replies][0]


def wanted(platform: Slack, mode: Mode = "socket", prefix: str = "", team: str = "ku") -> Wanted:
    """The bot's section of the configuration; its app is made from the manifest and, for one, installed."""
    platform.installs(made(mode, prefix))
    app = platform.app
    if mode == "many":
        return Wanted(
            mode="http",
            api_url=platform.api_url,
            signing_secret=SecretStr(app.signing_secret),
            client_id=app.client_id,
            client_secret=SecretStr(app.client_secret),
            prefix=prefix,
        )
    token = platform.team(team).install().bot_token
    return Wanted(
        mode=mode,
        api_url=platform.api_url,
        bot_token=SecretStr(token),
        app_token=SecretStr(app.app_token if mode == "socket" else ""),
        signing_secret=SecretStr(app.signing_secret if mode == "http" else ""),
        prefix=prefix,
    )


def made(mode: Mode, prefix: str = "") -> Json:
    """The app's manifest."""
    return manifest(COMMANDS, prefix, None if mode == "socket" else BASE)


def settings(file: Path, section: Wanted) -> Settings:
    """A database file and the bot."""
    return Settings(
        database=Database(url=f"sqlite:///{file}"),
        playground=Playground(enabled=False),
        slack=section,
        web=Web(base_url=BASE, secret=SecretStr("a secret")),
    )


@asynccontextmanager
async def opened(
    file: Path, platform: Slack, section: Wanted, *, now: datetime | None = EVENING
) -> AsyncIterator[House]:
    """The application, listening."""
    house = House(settings(file, section), COMMANDS)
    house.slack.courier = SlackCourier(house.slack, pace=0.0)
    platform.api.limits.off()
    async with on_one_clock(house, platform, now):
        if section.mode == "socket":
            await platform.sockets.is_ready(patience=20)
            yield house
        else:
            async with served(house, platform):
                yield house


class Server(uvicorn.Server):
    """A server within a test, which does not mind signals."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def served(house: House, platform: Slack) -> AsyncIterator[None]:
    """What Slack asks for, served where the manifest's addresses lead."""
    config = uvicorn.Config(
        house.slack.app, port=0, log_config=None, lifespan="off", timeout_graceful_shutdown=1
    )
    server = Server(config)
    task = asyncio.create_task(server.serve())
    async with asyncio.timeout(10):
        while not server.started:  # noqa: ASYNC110 - uvicorn tells it in no other way
            await asyncio.sleep(0.01)
    platform.hooks.reach[BASE] = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    try:
        yield
    finally:
        server.should_exit = True
        await task


@asynccontextmanager
async def playing(
    file: Path, platform: Slack, mode: Mode = "socket", language: str = "ko"
) -> AsyncIterator[Scene]:
    """The bot in a channel in which nothing has happened, on the evening before the first week."""
    channel = platform.team("ku").channel("mlops")
    async with opened(file, platform, wanted(platform, mode)) as house:
        scene = Scene(platform, house, channel, language)
        if mode == "many":
            visit = await scene.leader.installs(f"{BASE}/slack/install")
            assert visit.installation is not None, visit.page
            channel.invite(channel.team.bot)
        yield scene
