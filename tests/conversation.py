"""A study group to talk with: everything is real but the platform's wire, and time is handed in."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.agenda.agenda import Agenda
from bot.agenda.outbox import Deliverer
from bot.commands.command import Commands
from bot.commands.desk import Desk, Incomplete, refusal
from bot.commands.message import Button, Message, Tone
from bot.commands.parsing import Parsed
from bot.doors.playground import posts, sample
from bot.doors.playground.courier import PlaygroundCourier
from bot.doors.playground.drawing import draw
from bot.doors.playground.stage import CHANNEL, DOOR, WORKSPACE
from bot.services.scope import Caller
from bot.texts import LANGUAGES
from db import Runner
from db.models import Post
from tests.rules.season_2022 import seoul

SEOUL = ZoneInfo("Asia/Seoul")
PLACES = {
    "here": (DOOR, WORKSPACE, CHANNEL),
    "another channel": (DOOR, WORKSPACE, "another"),
    "a direct message": (DOOR, WORKSPACE, "direct"),
    "another workspace": (DOOR, "another", CHANNEL),
    "another door": ("elsewhere", WORKSPACE, CHANNEL),
}


@dataclass(frozen=True)
class Reply:
    """A private answer: the message, and how it reads in each language."""

    message: Message
    texts: dict[str, str]

    @property
    def key(self) -> str:
        """The key of its first text."""
        title = self.message.sections[0].title
        return title.key if title else ""

    @property
    def buttons(self) -> tuple[Button, ...]:
        """What can be pressed under it."""
        return self.message.buttons


@dataclass
class Conversation:
    """The group's channel: `says` and `presses` act, `hears` and `channel` look."""

    file: Path
    language: str = "ko"
    now: datetime = sample.BEGINS
    zone: ZoneInfo = SEOUL
    heard: dict[str, Reply] = field(default_factory=dict)
    managers: set[str] = field(default_factory=set)
    """Accounts that the platform lets manage the channel."""
    wrote: bool = False
    """Whether something was written since the last look at what is due."""

    def __post_init__(self) -> None:
        self.runner = Runner(f"sqlite:///{self.file}")
        self.runner.after_commit(lambda: setattr(self, "wrote", True))
        courier = PlaygroundCourier(self.runner, lambda: self.now, lambda: None)
        deliverer = Deliverer(self.runner, {DOOR: courier}, lambda: self.now, lambda: datetime.now(UTC))
        self.agenda = Agenda(self.runner, deliverer, lambda: self.now, ticking=False)
        self.desk = Desk(Commands.in_package("cogs"), self.runner)

    async def until(self, at: str | datetime) -> None:
        """Let time pass, moment by moment, until an instant or a Seoul wall time."""
        goal = seoul(at) if isinstance(at, str) else at
        assert goal >= self.now, "time goes forward"
        await self.agenda.catch_up()
        while (moment := await self.agenda.next_moment()) is not None and moment <= goal:
            self.now = max(moment, self.now)
            await self.agenda.catch_up()
        self.now = goal
        await self.agenda.catch_up()

    async def says(self, who: str, line: str, at: str | None = None, *, place: str = "here") -> Reply:
        """Have somebody type a line, at a Seoul wall time if one is given."""
        if at:
            await self.until(at)
        return await self._told(who, await self.desk.say(line, self.caller(who, place), self.now))

    async def presses(self, who: str, button: Button, *, place: str = "here") -> Reply:
        """Have somebody press a button, which carries its command, arguments and study."""
        parsed = Parsed(self.desk.commands[button.command], dict(button.arguments))
        calling = self.caller(who, place, button.study)
        return await self._told(who, await self.desk.call(parsed, calling, self.now))

    def caller(self, who: str, place: str = "here", study: int | None = None) -> Caller:
        """Somebody of the platform; in the playground people's names are their accounts."""
        return Caller(*PLACES[place], who, who, study, manages=who in self.managers, named=True)

    async def _told(self, who: str, answer: Message | Incomplete) -> Reply:
        told = refusal(answer) if isinstance(answer, Incomplete) else answer
        self.heard[who] = Reply(told, {x: draw(told, x, self.zone).text for x in LANGUAGES})
        if self.wrote:
            await self.agenda.catch_up()
            self.wrote = False
        return self.heard[who]

    def hears(self, who: str, *parts: str) -> None:
        """Hold that the last private answer to somebody contains these words."""
        text = self.heard[who].texts[self.language]
        missing = [part for part in parts if part not in text]
        assert not missing, f"{who} does not hear {missing} in:\n{text}"

    def refused(self, who: str, key: str) -> None:
        """Hold that the last answer to somebody is a no of one line, in both languages."""
        reply = self.heard[who]
        assert (reply.message.tone, reply.key) == (Tone.REFUSED, key), reply
        assert len(reply.message.sections) == 1
        assert not any("\n" in text for text in reply.texts.values()), reply.texts

    async def channel(self) -> list[Post]:
        """What everybody sees, the oldest first."""
        return list(await self.runner.read(posts.seen_by, None))

    async def post(self, id_: int) -> Post:
        """One message of the channel as it is now."""
        return next(post for post in await self.channel() if post.id == id_)

    async def whispers(self, who: str) -> list[Post]:
        """What somebody is told by direct message."""
        return [post for post in await self.runner.read(posts.seen_by, who) if post.reader == who]

    def rows(self) -> dict[str, list[tuple[object, ...]]]:
        """Everything that is written, table by table."""
        with closing(sqlite3.connect(self.file)) as database:
            tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            return {name: database.execute(f'SELECT * FROM "{name}"').fetchall() for (name,) in tables}
