"""The process as it is started and stopped, in each mode, with the playground beside it."""

from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import pytest

from tests.platforms.process import Running
from tests.platforms.torment import WEEKS, Life, Torment
from tests.rules.season_2022 import NAMES
from tests.slack.people import Person
from tests.slack.process import running
from tests.slack.scene import BASE, Mode
from tests.slack.server import Slack


@pytest.mark.parametrize("mode", ["socket", "http", "many"])
async def test_it_runs_and_stops_cleanly(platform: Slack, tmp_path: Path, mode: Mode) -> None:
    channel = platform.team("ku").channel("mlops")
    leader, *others = [channel.team.person(name, manages=name == NAMES[0]) for name in NAMES]
    async with running(tmp_path, platform, mode) as bot:
        if mode == "many":
            assert (await leader.installs(f"{BASE}/slack/install")).installation
            channel.invite(channel.team.bot)
        async with httpx.AsyncClient() as browser:
            assert (await browser.get(bot.address)).status_code == 200
        first = ((await bot.now()) + timedelta(hours=9)).date() + timedelta(days=1)
        said = await leader.types(channel, f"/study start 우리 {first.isoformat()} 3")
        assert "우리" in said.text
        for person in others:
            await person.types(channel, "/study join")
        await bot.step(datetime.fromisoformat(f"{first.isoformat()}T00:00:20+09:00"))
        await platform.until(lambda: any("1주차 시작" in x.text for x in channel.messages), 20)
        handed = await others[0].types(channel, "/제출 https://example.org/1")
        assert "1주차 · 정시" in handed.text
        assert await bot.stop() == 0
    assert "Traceback" not in (tmp_path / "log").read_text()


class OnSlack(Torment):
    """A study on Slack, over the socket."""

    heading = "*{}*"

    def __init__(self, folder: Path, platform: Slack) -> None:
        super().__init__(folder)
        self.platform = platform
        self.channel = platform.team("ku").channel("mlops")

    def running(self) -> AbstractAsyncContextManager[Running]:
        return running(self.folder, self.platform, "socket")

    def person(self, name: str) -> Person:
        return self.channel.team.person(name, manages=name == NAMES[0])

    async def starts(self, first: str) -> None:
        leader, *others = [self.person(name) for name in NAMES]
        await leader.types(self.channel, f"/study start 우리 {first} {WEEKS}")
        for person in others:
            await person.types(self.channel, "/study join")

    def hands_in(self, name: str, link: str) -> Life:
        return self.person(name).begins(self.channel, f"/submit {link}")

    def passes(self, to: datetime) -> None:
        # What is posted before the step is done bears no stamp that is too early to be found.
        self.platform.world.now = to

    def said(self) -> list[str]:
        closed = "🔒 질문이 닫혔어요\n"
        return [message.text.removeprefix(closed) for message in self.channel.messages]


async def test_killed_at_any_time_it_loses_and_doubles_nothing(platform: Slack, tmp_path: Path) -> None:
    await OnSlack(tmp_path, platform).lives(5)


@pytest.mark.torture
async def test_killed_very_often_it_loses_and_doubles_nothing(platform: Slack, tmp_path: Path) -> None:
    await OnSlack(tmp_path, platform).lives(50)
