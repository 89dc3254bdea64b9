"""Money is neither made nor lost: random seasons, settled, waived, charged, paid, put off and ended."""

import asyncio
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count, groupby
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.rules import reckoning
from bot.rules.fines import Entry, Fines, month_of
from bot.rules.refusal import Refused
from bot.rules.settlement import FUND, Statement
from bot.rules.verdicts import Verdict
from bot.services import advancing, breaks, ending, extending, ledger, membership, weeks
from bot.services.books import statement_of
from bot.services.money import accounts_of
from bot.services.snapshot import Snapshot, snapshot
from bot.services.studies import Changes, change
from db import Runner, Session
from db import models as m
from tests.rules.slow_settlement import Table, slowly
from tests.store import LEADER, SEOUL, TREASURER, Group, founded, rows

STARTS = datetime(2022, 4, 6, tzinfo=SEOUL)
WEEKS = 12
LAST_DAY = 130
"""By this day the season is over, however it was put off; deeds go on for a while."""

channels = count()


@dataclass(frozen=True)
class Deed:
    """Something that somebody does at a time, counted in minutes from the season's start."""

    minute: int
    what: str
    who: int
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Script:
    """A season: how many begin it, what a fine is, who hands in when, and what else is done."""

    members: int
    fines: Fines
    diligence: int
    """The seed of when everybody hands in."""
    rests: int
    deeds: tuple[Deed, ...]
    ends: tuple[Deed, ...]


KINDS: Mapping[str, st.SearchStrategy[dict[str, Any]]] = {
    "waive": st.fixed_dictionaries({"place": st.integers(0, 400)}),
    "waive any": st.fixed_dictionaries({"place": st.integers(0, 400)}),
    "charge": st.fixed_dictionaries({"amount": st.integers(1, 60)}),
    "pay": st.fixed_dictionaries({"place": st.integers(0, 60), "part": st.none() | st.integers(1, 9)}),
    "excuse": st.fixed_dictionaries({"week": st.integers(1, WEEKS)}),
    "extend": st.fixed_dictionaries(
        {"week": st.integers(1, WEEKS), "hours": st.integers(1, 400), "all": st.booleans()}
    ),
    "settle": st.just({}),
    "join": st.just({}),
    "leave": st.just({}),
    "rest": st.fixed_dictionaries({"day": st.integers(0, 90), "days": st.integers(0, 9)}),
    "change": st.fixed_dictionaries({"late": st.integers(0, 9), "absent": st.integers(0, 9)}),
}


@st.composite
def deeds(draw: st.DrawFn) -> Deed:
    """Anything that can be done about money, or that changes who owes what."""
    what = draw(st.sampled_from(sorted(KINDS)))
    days = st.sampled_from((9, 22, 23, 50, 51, 85)) if what == "settle" else st.integers(0, LAST_DAY)
    minute = draw(days) * 1440 + draw(st.integers(0, 1439))
    return Deed(minute, what, draw(st.integers(0, 40)), draw(KINDS[what]))


ends = st.integers(0, LAST_DAY * 1440).map(lambda minute: (Deed(minute, "end", 0),))
"""A season is ended early now and then."""
scripts = st.builds(
    Script,
    st.integers(5, 30),
    st.sampled_from((Fines(3, 4), Fines(1, 7), Fines(31, 47), Fines(0, 5))),
    st.integers(0, 2**32),
    st.integers(0, 2),
    st.lists(deeds(), min_size=20, max_size=60).map(tuple),
    st.just(()) | st.just(()) | ends,
)


class Play:
    """A season as it is played."""

    def __init__(self, group: Group, script: Script) -> None:
        self.group = group
        self.script = script
        self.everybody = [LEADER, TREASURER, *(f"M{n}" for n in range(script.members - 2))]

    @property
    def leader(self) -> Any:
        """Who does all that needs a role."""
        return self.group.caller(LEADER)

    def hand_ins(self) -> list[Deed]:
        """When everybody hands in for the weeks: in time, late, after the close, or not at all."""
        dice = Random(self.script.diligence)
        found = []
        for name in range(self.script.members):
            care = dice.choice((0.3, 0.7, 0.95))
            days = [day for day in range(0, LAST_DAY, 7) if dice.random() < care]
            found += [Deed(day * 1440 + dice.randrange(0, 7 * 1440 + 900), "submit", name) for day in days]
        return found

    async def run(self) -> None:
        """Do all of it in order; then let the season come to its end."""
        everything = sorted(
            [*self.hand_ins(), *self.script.deeds, *self.script.ends], key=lambda deed: deed.minute
        )
        for submitting, some in groupby(everything, key=lambda deed: deed.what == "submit"):
            if submitting:
                await asyncio.gather(*(self.does(deed) for deed in some))
                continue
            for deed in some:
                await self.does(deed)
        await self.group.runner.run(advancing.advance, STARTS + timedelta(days=LAST_DAY + 100), self.group.id)

    async def does(self, deed: Deed) -> None:
        """Do something, or hear that it cannot be done."""
        at = STARTS + timedelta(minutes=deed.minute)
        with suppress(Refused):
            await self._does(deed, at, self.everybody[deed.who % len(self.everybody)])

    async def _does(self, deed: Deed, at: datetime, who: str) -> None:
        run, values, wall = self.group.runner.run, deed.values, at.replace(tzinfo=None)
        match deed.what:
            case "submit":
                await self.group.submits(who, str(wall), f"https://example.org/{deed.minute}")
            case "waive":
                await self._waive(values["place"], at, ledger.FINES)
            case "waive any":
                await self._waive(values["place"], at, tuple(Entry))
            case "charge":
                await run(ledger.charge, self.leader, who, values["amount"], "책", at)
            case "pay":
                await self._pay(values["place"], values["part"], at)
            case "excuse":
                await run(weeks.excuse, self.leader, who, values["week"], "출장", at)
            case "extend":
                await self._extend(deed, who, at)
            case "settle":
                await run(ledger.settle, self.leader, None, at)
            case "join":
                name = f"N{deed.minute}"
                await run(membership.join, self.group.caller(name), None, at)
                self.everybody.append(name)
            case "leave":
                await run(membership.leave, self.group.caller(who), at)
            case "rest":
                first = (STARTS + timedelta(days=values["day"])).date()
                last = first + timedelta(days=values["days"])
                await run(breaks.add, self.leader, first, last, "쉼", at)
            case "change":
                changes = Changes(late=values["late"], absent=values["absent"])
                await run(change, self.leader, changes, at)
            case _:
                await run(ending.end, self.leader, at)

    async def _waive(self, place: int, at: datetime, kinds: Sequence[str]) -> None:
        """Take back some entry of the ledger."""
        entries = await self.group.rows(m.Ledger, m.Ledger.study_id == self.group.id)
        found = [(number, entry) for number, entry in enumerate(entries, 1) if entry.kind in kinds]
        if found:
            number, entry = found[place % len(found)]
            who = (await self.group.names())[entry.member_id]
            await self.group.runner.run(ledger.waive, self.leader, who, "사정", None, number, at)

    async def open(self) -> list[tuple[date, str, int]]:
        """Who has to pay how much for which month; the one it is for where the fund has to."""
        accounts = await self.group.runner.read(accounts_of, self.group.id)
        names = await self.group.names()
        return [
            (month, names[x.payee if x.payer == FUND else x.payer], x.amount)
            for month in accounts.months
            for x in accounts.open(month)
        ]

    async def _pay(self, place: int, part: int | None, at: datetime) -> None:
        """Mark something that is open as paid, or a part of it."""
        if found := await self.open():
            month, who, amount = found[place % len(found)]
            paid = part and min(part, amount)
            await self.group.runner.run(ledger.paid, self.leader, who, paid, month, at)

    async def _extend(self, deed: Deed, who: str, at: datetime) -> None:
        number = deed.values["week"]
        (week,) = await self.group.rows(m.Week, m.Week.study_id == self.group.id, m.Week.number == number)
        until = (week.due_at + timedelta(hours=deed.values["hours"])).astimezone(SEOUL).replace(tzinfo=None)
        only = None if deed.values["all"] else who
        await self.group.runner.run(extending.extend, self.leader, number, until, "점검", only, at)

    async def pay_all(self) -> None:
        """Have everybody pay what is open."""
        at = STARTS + timedelta(days=LAST_DAY + 101)
        while left := await self.open():
            month, who, _ = left[0]
            await self.group.runner.run(ledger.paid, self.leader, who, None, month, at)


async def season(runner: Runner, script: Script) -> None:
    """Play a season, and look at its money before and after everybody has paid."""
    rests = [(date(2022, 4, 13), date(2022, 4, 26), "중간"), (date(2022, 6, 8), date(2022, 6, 21), "기말")]
    play = Play(
        await founded(
            runner,
            [LEADER, TREASURER, *(f"M{n}" for n in range(script.members - 2))],
            channel=f"money-{next(channels)}",
            weeks=WEEKS,
            fines=script.fines,
            breaks=rests[: script.rests],
        ),
        script,
    )
    await play.run()
    books = await runner.read(read_books, play.group.id)
    books.check_statements()
    books.check_against_coins()
    await check_transfers(play, books)
    await play.pay_all()
    (await runner.read(read_books, play.group.id)).check_that_all_is_paid()


@dataclass
class Kept:
    """A study's money as the tables hold it."""

    shot: Snapshot
    entries: Sequence[m.Ledger]
    sealed: Sequence[m.Settlement]
    judgements: Mapping[tuple[int, int], str]
    """The verdict that stands, by week's id and member."""

    @property
    def statements(self) -> list[Statement]:
        """What was sealed, in order."""
        return [statement_of(row) for row in self.sealed]

    def owed(self) -> Counter[int]:
        """What each member owes, payments aside; below nothing, is owed."""
        found: Counter[int] = Counter()
        for entry in self.entries:
            if entry.kind != "payment":
                found[entry.member_id] += entry.amount
        return found

    def check_statements(self) -> None:
        """Each statement by itself: nothing made, nothing lost, nothing negative; its entries are its own."""
        held = 0
        for row, statement in zip(self.sealed, self.statements, strict=True):
            assert sum(statement.nets.values()) + statement.left == held
            assert min(statement.carry_in, statement.carry_out, statement.pool, statement.left) >= 0
            if row.number == 1:
                assert sum(statement.shares.values()) + statement.carry_out == statement.pool
            booked = {(x.member_id, x.kind): -x.amount for x in self.entries if x.settlement_id == row.id}
            parts = {"share": statement.shares, "carry": statement.given, "adjustment": statement.adjustments}
            expected = {(who, kind): x for kind, part in parts.items() for who, x in part.items()}
            assert booked == expected
            held = statement.left
        assert [row.statement["final"] for row in self.sealed][-1]
        assert sum(self.owed().values()) == held

    def check_against_coins(self) -> None:
        """All that members were charged and given is what the season comes to, settled anew by its facts."""
        table = self.slowly()
        purses = {member: coins for member, coins in table.purses.items() if coins}
        assert purses == {member: -amount for member, amount in self.owed().items() if amount}
        assert table.jar == self.statements[-1].left

    def slowly(self) -> Table:
        """The season settled from its ledger's fines and its verdicts, a coin at a time."""
        ends = {row.month: datetime.fromisoformat(row.statement["end"]) for row in self.sealed}
        first, last = min(ends), max(ends)
        fines: dict[date, Counter[int]] = {month: Counter() for month in sorted(ends)}
        for entry in self.entries:
            if entry.kind in ("late", "absent", "charge", "waiver"):
                fines[min(max(entry.month, first), last)][entry.member_id] += entry.amount
        heirs = reckoning.heirs(self.shot.season, ends[last])
        return slowly([(fines[month], self.there(month, ends[month])) for month in sorted(ends)], heirs)

    def there(self, month: date, end: datetime) -> set[int]:
        """Who was given a verdict for a week that closed in the month, and was there at both ends."""
        season = self.shot.season
        return {
            member.id
            for member in season.members
            if member.left_at is None or member.left_at >= end
            for week in season.weeks_of(member.id)
            if month_of(week.closes_at, SEOUL) == month
            if member.left_at is None or member.left_at >= week.closes_at
            if self.judgements.get((self.shot.week_ids[week.number], member.id))
            in (Verdict.ON_TIME, Verdict.LATE, Verdict.ABSENT)
        }

    def check_that_all_is_paid(self) -> None:
        """When all have paid what is open, nobody owes or is owed anything, and the fund holds the rest."""
        balances: Counter[int] = Counter()
        for entry in self.entries:
            balances[entry.member_id] += entry.amount
        assert not any(balances.values())
        paid = [entry for entry in self.entries if entry.kind == "payment"]
        assert sum(entry.amount for entry in paid if entry.other_id is not None) == 0
        assert -sum(entry.amount for entry in paid if entry.other_id is None) == self.statements[-1].left


async def read_books(session: Session, study_id: int) -> Kept:
    """Read a study's money."""
    study = await session.get_one(m.Study, study_id)
    shot = await snapshot(session, study)
    judged = await rows(session, m.Judgement, m.Judgement.member_id.in_(shot.names))
    return Kept(
        shot,
        await rows(session, m.Ledger, m.Ledger.study_id == study_id),
        await rows(session, m.Settlement, m.Settlement.study_id == study_id),
        {(x.week_id, x.member_id): x.verdict for x in sorted(judged, key=lambda x: x.number)},
    )


async def check_transfers(play: Play, kept: Kept) -> None:
    """The open transfers of each month bring what its statements and payments leave open to nothing."""
    accounts = await play.group.runner.read(accounts_of, play.group.id)
    assert accounts.months == sorted({row.month for row in kept.sealed})
    for month in accounts.months:
        left: Counter[int] = Counter()
        for row, statement in zip(kept.sealed, kept.statements, strict=True):
            if row.month == month:
                left.update(statement.nets)
        for entry in kept.entries:
            if entry.kind == "payment" and entry.month == month:
                left[entry.member_id] -= entry.amount
        for transfer in accounts.open(month):
            assert transfer.amount > 0
            left[transfer.payer] += transfer.amount
            left[transfer.payee] -= transfer.amount
        del left[FUND]
        assert not any(left.values())


@dataclass
class Bank:
    """One database on one event loop for all the seasons."""

    runner: Runner
    loop: asyncio.Runner

    def play(self, script: Script) -> None:
        """Play a season through."""
        self.loop.run(season(self.runner, script))


@pytest.fixture(scope="module")
def bank(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bank]:
    """Give a database in which seasons are played one after the other."""
    file = tmp_path_factory.mktemp("money") / "seasons.db"
    shutil.copy(migrated_file, file)
    with asyncio.Runner() as loop:
        made = Bank(Runner(f"sqlite:///{file}"), loop)
        yield made
        loop.run(made.runner.close())


PLENTY = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]


@settings(max_examples=6, phases=[Phase.explicit, Phase.generate], suppress_health_check=PLENTY)
@given(scripts)
def test_money_is_neither_made_nor_lost_in_a_season(bank: Bank, script: Script) -> None:
    bank.play(script)


@pytest.mark.torture
@settings(max_examples=200, suppress_health_check=PLENTY)
@given(scripts)
def test_money_is_neither_made_nor_lost_in_many_seasons(bank: Bank, script: Script) -> None:
    bank.play(script)
