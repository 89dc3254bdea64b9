"""A week on Discord and GitHub, in which the process dies twice and somebody edits by hand."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import pytest

from tests.discord.places import Channel
from tests.discord.process import Running
from tests.discord.server import Discord
from tests.github.process import running
from tests.github.server import GitHub
from tests.github.world import Issue, Repository
from tests.platforms.trouble import Slow
from tests.rules.season_2022 import NAMES

LINK = "https://example.org/"
SLOW = Slow(after=3)
"""Long enough to be killed after something is done and before it is heard of."""


def lapse(folder: Path) -> None:
    """Let the leases end of what was being sent when the process died."""
    with sqlite3.connect(folder / "studybot.db") as base:
        base.execute("UPDATE outbox SET leased_until = '2000-01-01 00:00:00.000000' WHERE state = 'leased'")


@pytest.fixture
async def platform() -> AsyncIterator[Discord]:
    """A Discord on loopback."""
    async with Discord().serving() as server:
        yield server


def readme(names: list[str]) -> bytes:
    """The README that the group has kept by hand."""
    cell = " &nbsp; ".join(f"[{name}]()" for name in names)
    rows = "\n".join(f"|{week}주차|{cell}||" for week in range(1, 4))
    return f"# 우리\n\n어서 오세요.\n\n|주차|과제|팀블로그|\n|:---:|---|:---:|\n{rows}\n".encode()


async def begins(platform: Discord, channel: Channel, bot: Running) -> datetime:
    """Start a study that begins at the next midnight of Seoul, with its repository; that instant."""
    first = ((await bot.now()) + timedelta(hours=9)).date() + timedelta(days=1)
    leader, *others = [platform.person(name, manages=name == NAMES[0]) for name in NAMES]
    await leader.types(channel, "study start", name="우리", starts=first.isoformat(), weeks=3)
    for person in others:
        await person.types(channel, "study join")
    said = await leader.types(channel, "records connect", repository="ku/mlops")
    assert "ku/mlops" in said.text
    return datetime.fromisoformat(f"{first.isoformat()}T00:00:00+09:00")


async def submits(platform: Discord, channel: Channel, number: int) -> None:
    """Have a member hand in."""
    await platform.person(NAMES[number]).types(channel, "submit", link=f"{LINK}{number}")


async def killed(bot: Running, hub: GitHub, to: datetime, request: str) -> None:
    """Step to an instant, and be killed once something has been done on GitHub and not been heard of."""
    done = len(hub.asked(request)) + 1
    hub.fails(request, SLOW)
    seen = _done(hub)
    step = asyncio.create_task(bot.step(to))
    while _done(hub) == seen and not step.done():  # noqa: ASYNC110 - another process does it
        await asyncio.sleep(0.02)
    await bot.kill()
    with suppress(httpx.HTTPError):
        await step
    assert len(hub.asked(request)) < done, "it has been heard of"


def _done(hub: GitHub) -> int:
    """How much has been done there."""
    (repository,) = hub.world.repositories.values()
    events = sum(len(each.events) for each in repository.issues.values())
    return events + len(repository.by("studybot"))


def unsent(folder: Path) -> list[tuple[str, str]]:
    """What the database says is not done."""
    with sqlite3.connect(folder / "studybot.db") as base:
        return base.execute(
            "SELECT kind, state FROM outbox WHERE state NOT IN ('sent', 'dropped')"
            " AND (kind <> 'publish' OR state <> 'waiting')"
        ).fetchall()


async def steps(bot: Running, to: datetime, folder: Path) -> None:
    """Step to an instant, and wait until all has gone out."""
    await bot.step(to)
    async with asyncio.timeout(60):
        while unsent(folder):
            await asyncio.sleep(0.2)
            lapse(folder)
            await bot.step(to)


async def test_a_week_with_edits_by_hand_and_two_deaths(
    platform: Discord, hub: GitHub, tmp_path: Path
) -> None:
    channel = platform.guild("ku").channel("mlops")
    repository = hub.world.repository("ku/mlops", readme(list(NAMES)))
    async with running(tmp_path, platform, hub) as bot:
        opens = await begins(platform, channel, bot)
        # Killed while the week's issue is opened.
        await killed(bot, hub, opens + timedelta(minutes=2), "POST */issues")
    lapse(tmp_path)
    async with running(tmp_path, platform, hub) as bot:
        await steps(bot, opens + timedelta(hours=10), tmp_path)
        await submits(platform, channel, 1)
        await submits(platform, channel, 2)
        repository.replace("README.md", "어서 오세요.", "어서 오세요! 질문은 이슈에 남겨 주세요.")
        await steps(bot, opens + timedelta(hours=10, minutes=5), tmp_path)
        await submits(platform, channel, 3)
        # Killed once a commit is made, after which somebody edits by hand.
        await killed(bot, hub, opens + timedelta(hours=11), "PUT */contents/*")
        repository.replace("README.md", "# 우리", "# 우리 스터디")
        repository.replace("README.md", f"[{NAMES[4]}]()", f"[{NAMES[4]}]({LINK}by-hand)")
    lapse(tmp_path)
    async with running(tmp_path, platform, hub) as bot:
        await steps(bot, opens + timedelta(hours=12), tmp_path)
        await submits(platform, channel, 0)
        hub.world.before_write = lambda: repository.replace("README.md", "이슈에", "이슈에 꼭")
        await steps(bot, opens + timedelta(days=7, minutes=5), tmp_path)
        assert await bot.stop() == 0
    hold(repository, channel)
    assert "Traceback" not in (tmp_path / "log").read_text().partition("KeyboardInterrupt")[0]


def hold(repository: Repository, channel: Channel) -> None:
    """Hold that the README has everybody's edits, each update one commit, and there was one issue."""
    text = repository.text()
    assert "# 우리 스터디" in text
    assert "질문은 이슈에 꼭 남겨 주세요." in text
    row = next(line for line in text.splitlines() if line.startswith("|1주차"))
    for number in range(4):
        assert f"[{NAMES[number]}]({LINK}{number})" in row
    assert f"[{NAMES[4]}]({LINK}by-hand)" in row
    assert [commit.title for commit in repository.by("studybot")] == [
        f"1주차 기록: {NAMES[1]}, {NAMES[2]}",
        f"1주차 기록: {NAMES[3]}",
        f"1주차 기록: {NAMES[0]}",
    ]
    first = next(x for x in repository.issues.values() if x.title == "1주차 질문")
    assert first.events == ["opened", "commented", "closed"]
    assert [x.title for x in repository.issues.values()] == ["1주차 질문", "2주차 질문"]
    _hold_linked(channel, first)


def _hold_linked(channel: Channel, issue: Issue) -> None:
    thread = channel.threads[0]
    assert channel.guild is not None
    assert f"https://discord.com/channels/{channel.guild.id}/{thread.id}" in issue.body
    assert any("github.com/ku/mlops/issues/1" in message.text for message in channel.messages)
