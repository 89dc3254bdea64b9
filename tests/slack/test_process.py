"""The process as it is started and stopped, in each mode, with the playground beside it."""

from datetime import datetime, timedelta
from pathlib import Path

import httpx
import pytest

from tests.rules.season_2022 import NAMES
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
