"""Two processes on one database: each change is published by one of them, once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta

import pytest

from bot.agenda.outbox import Deliverer
from bot.commands.command import Commands
from bot.commands.desk import Desk
from bot.doors.github.door import Connecting, GitHubDoor
from bot.services import connecting
from bot.services.outbox import GITHUB
from bot.services.publishing import Seen
from db import Runner
from tests.github.conftest import README
from tests.github.scene import real
from tests.github.server import GitHub
from tests.platforms.trouble import Slow
from tests.store import Group, founded, migrated_database, migrated_file, seoul, store_url

__all__ = ["migrated_database", "migrated_file", "store_url"]

COMMANDS = Commands.in_package("cogs")


class Process:
    """A process: its runner, its way to GitHub, its deliverer."""

    def __init__(self, runner: Runner, hub: GitHub) -> None:
        self.runner = runner
        self.at = datetime.now(UTC)
        self.desk = Desk(COMMANDS, runner)
        self.door = GitHubDoor(self, Connecting(hub.api_url, hub.world.token), real)
        carriers = {GITHUB: self.door.courier({})}
        self.deliverer = Deliverer(runner, {}, self.now, real, carriers)

    def now(self) -> datetime:
        return self.at

    def wake(self) -> None:
        """Nothing: the test looks itself."""


@pytest.fixture
async def both(store_url: str, hub: GitHub) -> AsyncIterator[tuple[Process, Process]]:
    """Two of them."""
    async with AsyncExitStack() as stack:
        runners = [await stack.enter_async_context(Runner(store_url)) for _ in range(2)]
        one, two = (Process(runner, hub) for runner in runners)
        stack.push_async_callback(one.door.close)
        stack.push_async_callback(two.door.close)
        yield one, two


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let an issue not wait long for its thread."""
    monkeypatch.setattr("bot.doors.github.courier.SOON", timedelta(milliseconds=50))


async def deliver(both: tuple[Process, Process], at: datetime) -> None:
    """Let both look again and again for a while."""
    for process in both:
        process.at = at
    for _ in range(20):
        await asyncio.gather(*(process.deliverer.deliver() for process in both))
        await asyncio.sleep(0.02)
    for process in both:
        await process.deliverer.finish(20)


async def connected(hub: GitHub, runner: Runner) -> Group:
    """A study whose record is published."""
    group = await founded(runner, questions=True)
    seen = Seen("ku/mlops", "https://github.com/ku/mlops", "README.md", True, True, False)
    hub.world.repository("ku/mlops", README.encode())
    await group.asks(connecting.connect, seen, (), None, at="2022-04-05 22:00")
    return group


async def test_each_change_is_published_once(both: tuple[Process, Process], hub: GitHub) -> None:
    group = await connected(hub, both[0].runner)
    repository = hub.world.repositories["ku/mlops"]
    hub.fails("*", Slow(before=0.05), 200)
    await group.lives_until("2022-04-06 09:00")
    await deliver(both, seoul("2022-04-06 09:02"))
    for day in range(7, 11):
        await group.submits("구미진", f"2022-04-{day:02} 21:00", f"https://example.org/{day}")
        await deliver(both, seoul(f"2022-04-{day:02} 21:00") + timedelta(minutes=2))
    await group.lives_until("2022-04-13 00:05")
    await deliver(both, seoul("2022-04-13 00:10"))
    assert len(repository.by("studybot")) == 4
    assert [each.status for each in hub.asked("PUT *")] == [200] * 4
    assert [x.events for x in repository.issues.values()] == [["opened", "commented", "closed"]]


async def test_letting_go_while_it_is_published(both: tuple[Process, Process], hub: GitHub) -> None:
    """Neither a death nor a row that stands in the way of the other process."""
    group = await connected(hub, both[0].runner)
    await group.submits("구미진", "2022-04-07 21:00", "https://example.org/1")
    hub.fails("PUT *", Slow(before=0.3))
    publishes = asyncio.create_task(deliver(both, seoul("2022-04-07 21:02")))
    await asyncio.sleep(0.15)
    await group.asks(connecting.disconnect, at="2022-04-07 21:02")
    await publishes
    assert {row.state for row in await group.outbox() if row.via == GITHUB} <= {"sent", "dropped"}
