"""Databases that are migrated already, and a study in one, spoken to as its members speak to it."""

import asyncio
import shutil
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio
from sqlalchemy import select

from bot.services import advancing, studies
from bot.services.scope import Caller, Role
from bot.services.studies import Founder, Plan
from bot.services.submissions import HandingIn, Submitted, submit_many
from db import Runner, Session
from db import models as m
from db.migrate import upgrade
from tests.postgres import PostgresServer

R = TypeVar("R")
Row = TypeVar("Row", bound=m.Base)

SEOUL = ZoneInfo("Asia/Seoul")
LEADER, TREASURER = "장서진", "이은빈"
MEMBERS = (LEADER, "구미진", TREASURER, "한현경", "문수인")
MIDTERM = (date(2022, 4, 13), date(2022, 4, 26), "중간고사")
FINALS = (date(2022, 6, 8), date(2022, 6, 21), "기말고사")
BEFORE = "2022-04-05 21:00"
"""The evening before the first week of Study-MLOps."""


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give an SQLite file at the newest revision, to be copied."""
    file = tmp_path_factory.mktemp("store") / "migrated.db"
    asyncio.run(upgrade(f"sqlite:///{file}"))
    return file


@pytest.fixture(scope="session")
def migrated_database(postgres_server: PostgresServer) -> str:
    """Give the name of a PostgreSQL database at the newest revision, to be copied."""
    url = postgres_server.create()
    asyncio.run(upgrade(url))
    return url.rpartition("/")[2]


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give a database without rows at the newest revision, once of each kind."""
    if request.param == "sqlite":
        file = tmp_path / "studybot.db"
        shutil.copy(request.getfixturevalue("migrated_file"), file)
        yield f"sqlite:///{file}"
        return
    template = request.getfixturevalue("migrated_database")
    server: PostgresServer = request.getfixturevalue("postgres_server")
    name = f"store_{next(server.numbers)}"
    at = [f"--port={server.port}", "--host=127.0.0.1", "--username=postgres"]
    subprocess.run([server.programs / "createdb", *at, f"--template={template}", name], check=True)
    url = f"postgresql://postgres@127.0.0.1:{server.port}/{name}"
    yield url
    server.drop(url)


@pytest_asyncio.fixture
async def runner(store_url: str) -> AsyncIterator[Runner]:
    """Give a runner on a migrated database without rows."""
    async with Runner(store_url) as made:
        yield made


def seoul(text: str) -> datetime:
    """The instant at which clocks in Seoul read this: `2022-04-13 09:00`."""
    return datetime.fromisoformat(text).replace(tzinfo=SEOUL).astimezone(UTC)


def account(name: str) -> str:
    """The platform's account of somebody."""
    return f"U-{name}"


def caller(name: str, channel: str = "mlops", workspace: str = "ku") -> Caller:
    """Somebody who speaks in a channel."""
    return Caller("playground", workspace, channel, account(name), name)


async def rows(session: Session, model: type[Row], *where: Any) -> Sequence[Row]:
    """The rows of a table in the order in which they were written."""
    return (await session.scalars(select(model).where(*where).order_by(model.id))).all()


@dataclass(frozen=True)
class Group:
    """A study under test: what its members do, what time brings, and what is then written."""

    runner: Runner
    id: int
    channel: str = "mlops"
    workspace: str = "ku"

    def caller(self, name: str) -> Caller:
        """A member who speaks in the study's channel."""
        return caller(name, self.channel, self.workspace)

    async def asks(self, service: Callable[..., Awaitable[R]], *args: Any, at: str, by: str = LEADER) -> R:
        """Have a member, the leader by default, do something at a time that is read in Seoul."""
        return await self.runner.run(service, self.caller(by), *args, seoul(at))

    async def looks(self, service: Callable[..., Awaitable[R]], *args: Any, at: str, by: str = LEADER) -> R:
        """Have a member look something up."""
        return await self.runner.read(service, self.caller(by), *args, seoul(at))

    def wish(self, name: str, at: str, link: str | None = None, **more: Any) -> HandingIn:
        """What a member hands in."""
        return HandingIn(self.caller(name), link or f"https://example.org/{name}", seoul(at), **more)

    async def submits(self, name: str, at: str, link: str | None = None, **more: Any) -> Submitted:
        """Have a member hand in."""
        return await self.runner.together(submit_many, self.wish(name, at, link, **more))

    async def lives_until(self, at: str) -> None:
        """Let time pass moment by moment, as it does for a bot that is never down."""
        until = seoul(at)
        while (due := await self.runner.read(advancing.next_moment)) and due <= until:
            await self.runner.run(advancing.advance, due)

    async def jumps_to(self, at: str) -> None:
        """Let time pass at once, as it does for a bot that was down until then."""
        await self.runner.run(advancing.advance, seoul(at))

    async def study(self) -> m.Study:
        """The study's row."""
        return (await self.rows(m.Study, m.Study.id == self.id))[0]

    async def rows(self, model: type[Row], *where: Any) -> Sequence[Row]:
        """The rows of a table."""
        return await self.runner.read(rows, model, *where)

    async def member(self, name: str) -> m.Member:
        """The present member of this name."""
        there = m.Member.study_id == self.id, m.Member.name == name, m.Member.left_at.is_(None)
        return (await self.rows(m.Member, *there))[0]

    async def names(self) -> dict[int | None, str]:
        """What everybody who ever was a member is called."""
        members = await self.rows(m.Member, m.Member.study_id == self.id)
        return {member.id: member.name for member in members}

    async def numbers(self) -> dict[int | None, int]:
        """The numbers of the weeks by their ids."""
        weeks = await self.rows(m.Week, m.Week.study_id == self.id)
        return {week.id: week.number for week in weeks}

    async def weeks(self) -> dict[int, str]:
        """The day each week opens on, in Seoul."""
        weeks = await self.rows(m.Week, m.Week.study_id == self.id)
        return {week.number: f"{week.opens_at.astimezone(SEOUL):%m-%d}" for week in weeks}

    async def ledger(self) -> list[tuple[str, str, int]]:
        """Who is charged or given what, in the order of booking."""
        names = await self.names()
        entries = await self.rows(m.Ledger, m.Ledger.study_id == self.id)
        return [(names[entry.member_id], entry.kind, entry.amount) for entry in entries]

    async def verdicts(self, week: int) -> dict[str, list[str]]:
        """The verdicts each member was given for a week, the first one first."""
        names, numbers = await self.names(), await self.numbers()
        found: dict[str, list[str]] = {}
        for judgement in await self.rows(m.Judgement):
            if numbers.get(judgement.week_id) == week:
                given = found.setdefault(names[judgement.member_id], [])
                given.append(judgement.verdict)
                assert judgement.number == len(given)
        return found

    async def links(self) -> dict[tuple[int, str], str]:
        """What is in, by week and member."""
        names, numbers = await self.names(), await self.numbers()
        return {
            (numbers[row.week_id], names[row.member_id]): row.link
            for row in await self.rows(m.Submission)
            if row.member_id in names
        }

    async def history(self) -> list[str]:
        """The kinds of what was done, in order."""
        return [line.kind for line in await self.rows(m.History, m.History.study_id == self.id)]

    async def outbox(self, *where: Any) -> Sequence[m.Outbox]:
        """The messages decided on, in order."""
        return await self.rows(m.Outbox, m.Outbox.study_id == self.id, *where)

    async def told(self) -> list[str]:
        """What time has brought to the channel, a line a message: `due 1, break_begins`."""
        names = await self.names()
        return [
            line
            for row in await self.outbox()
            if (line := _announced(row) or _reminded(row, names)) is not None
        ]


def _announced(row: m.Outbox) -> str | None:
    if row.kind != "announcement":
        return None
    return ", ".join(" ".join(map(str, [p["kind"], p.get("week", "")])).strip() for p in row.values["parts"])


def _reminded(row: m.Outbox, names: dict[int | None, str]) -> str | None:
    if not row.kind.startswith("reminder"):
        return None
    missing = " ".join(names[member] for member in row.values["missing"])
    to = f" to {names[row.recipient_id]}" if row.recipient_id else ""
    return f"{row.kind} {row.values['week']}{to}: {missing}"


async def founded(
    runner: Runner,
    members: Sequence[str] = MEMBERS,
    *,
    at: str = BEFORE,
    channel: str = "mlops",
    workspace: str = "ku",
    **plan: Any,
) -> Group:
    """A study that the first of its members has just started, Study-MLOps of 2022 by default."""
    roles = {members[0]: Role.LEADER, TREASURER: Role.TREASURER}
    founders = [Founder(name, account(name), roles.get(name, Role.MEMBER)) for name in members]
    wanted = Plan(
        "Study-MLOps",
        date(2022, 4, 6),
        12,
        breaks=(MIDTERM, FINALS),
        members=founders,
        questions=False,
    )
    shown = await runner.run(
        studies.start, caller(members[0], channel, workspace), replace(wanted, **plan), seoul(at)
    )
    return Group(runner, shown.study.id, channel, workspace)
