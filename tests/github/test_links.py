"""Where a thread is on the web, for those who read the issue."""

from pathlib import Path

from tests.slack.scene import playing
from tests.slack.server import Slack


async def test_a_thread_on_slack(file: Path) -> None:
    async with Slack().serving() as platform, playing(file, platform) as scene:
        team, channel = scene.channel.team, scene.channel
        link = await scene.house.slack.courier.link(team.id, channel.id, "1649170800.000100")
        assert link is not None
        assert link.endswith(f".slack.com/archives/{channel.id}/p1649170800000100")
