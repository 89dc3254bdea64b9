"""A season during which the process is killed again and again, by chances that the seed decides."""

import asyncio
import random
import re
import sqlite3
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar, Protocol

import httpx

from tests.platforms.process import Running
from tests.rules.season_2022 import NAMES

WEEKS = 3
LINK = "https://example.org/"
OPEN = "SELECT count(*) FROM outbox WHERE state NOT IN ('sent', 'dropped', 'failed')"


class Life(Protocol):
    """What somebody did, and what they were answered."""

    @property
    def text(self) -> str: ...


class Torment(ABC):
    """A study on a platform, whose process is tormented."""

    heading: ClassVar[str]
    """What a heading looks like there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.kept: set[str] = set()
        """The links of which somebody was told that they are in."""
        self.links = 0

    @abstractmethod
    def running(self) -> AbstractAsyncContextManager[Running]:
        """The process, once it listens."""

    @abstractmethod
    async def starts(self, first: str) -> None:
        """Have a study started that begins on a day, and joined by everybody."""

    @abstractmethod
    def hands_in(self, name: str, link: str) -> Life:
        """Have somebody hand in a link, and wait for nothing."""

    @abstractmethod
    def said(self) -> Sequence[str]:
        """What stands in the channel."""

    @abstractmethod
    def passes(self, to: datetime) -> None:
        """Time begins to pass on the platform too, and what it keeps for a while may be forgotten."""

    async def lives(self, kills: int) -> None:
        """Live through the season, being killed so often."""
        chance = random.Random(random.random())
        async with self.running() as bot:
            first = ((await bot.now()) + timedelta(hours=9)).date() + timedelta(days=1)
            await self.starts(first.isoformat())
            assert await bot.stop() == 0
        opens = datetime.fromisoformat(f"{first.isoformat()}T00:00:00+09:00")
        for number in range(kills):
            self._lapse()
            async with self.running() as bot:
                await self._dies(bot, opens + timedelta(days=7 * WEEKS + 2) * (number + 1) / kills, chance)
        self._lapse()
        async with self.running() as bot:
            end = opens + timedelta(days=7 * WEEKS + 3)
            self.passes(end)
            await bot.step(end)
            await self._all_is_sent()
            assert await bot.stop() == 0
        self._holds()

    async def _dies(self, bot: Running, to: datetime, chance: random.Random) -> None:
        """Step to an instant while people hand in, and be killed somewhere in between."""
        lives: dict[str, Life] = {}
        self.passes(to)
        task = asyncio.create_task(bot.step(to))
        for name in chance.sample(NAMES, 3):
            self.links += 1
            link = f"{LINK}{self.links}"
            lives[link] = self.hands_in(name, link)
            await asyncio.sleep(chance.random() * 0.05)
        await asyncio.sleep(chance.random() * 0.15)
        await bot.kill()
        with suppress(httpx.HTTPError):
            await task
        self.kept |= {link for link, life in lives.items() if f"<{link}>" in life.text}

    def _lapse(self) -> None:
        """Let the leases end of what was being sent when the process died."""
        with sqlite3.connect(self.folder / "studybot.db") as base:
            past = "2000-01-01 00:00:00.000000"
            base.execute("UPDATE outbox SET leased_until = ? WHERE state = 'leased'", (past,))

    async def _all_is_sent(self) -> None:
        """Wait for what keeps its distance."""
        async with asyncio.timeout(90):
            while self._asks(OPEN) != [0]:  # noqa: ASYNC110 - another process sends it
                await asyncio.sleep(0.2)

    def _asks(self, query: str) -> list[Any]:
        with sqlite3.connect(self.folder / "studybot.db") as base:
            return [value for (value,) in base.execute(query)]

    def _holds(self) -> None:
        """Hold that everything is there that was announced or acknowledged, and nothing twice."""
        states = set(self._asks("SELECT DISTINCT state FROM outbox"))
        assert states <= {"sent", "dropped"}, states
        written = "\n".join(
            [*self._asks("SELECT link FROM submission"), *self._asks("SELECT text FROM detail")]
        )
        said = self.said()
        titles = Counter(text.partition("\n")[0] for text in said if "알림" not in text)
        twice = {title: count for title, count in titles.items() if count > 1}
        assert twice == {}, twice
        told = "\n".join(said)
        for week in range(1, WEEKS + 1):
            for what in ("시작", "마감", "결과"):
                assert self.heading.format(f"{week}주차 {what}") in told
        assert [link for link in self.kept if not re.search(rf"{link}(?!\d)", written)] == []
