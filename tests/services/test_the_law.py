"""The law: whether the bot was up, down, or now and then, a season comes to the same."""

import asyncio
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from sqlalchemy import update

from bot.rules.verdicts import owes
from db import Runner, Session
from db import models as m
from tests.services.seasons import Outcome, Script, play, scripts

channels = count()


class Theatre:
    """One database on one event loop for all the seasons of a test: a new one a season is slow."""

    def __init__(self, url: str, loop: asyncio.Runner) -> None:
        self.runner = Runner(url)
        self._loop = loop

    def play(self, script: Script, *, awake: bool = True, belated: bool = False) -> Outcome:
        """Play a season, the bot looking when the script says, or not before the end."""
        looks = script.looks if awake else ()
        channel = f"channel-{next(channels)}"
        try:
            return self._loop.run(play(self.runner, script, looks, channel, belated=belated))
        except BaseException:
            self._loop.run(self.runner.run(forget))
            raise

    def close(self) -> None:
        """Let the database go."""
        self._loop.run(self.runner.close())


async def forget(session: Session) -> None:
    """Keep a season that broke off from disturbing the next ones."""
    await session.execute(update(m.Study).values(next_moment_at=None))


@pytest.fixture(scope="module")
def theatre(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Theatre]:
    """Give a database in which seasons are played one after the other."""
    file = tmp_path_factory.mktemp("law") / "seasons.db"
    shutil.copy(migrated_file, file)
    with asyncio.Runner() as loop:
        made = Theatre(f"sqlite:///{file}", loop)
        yield made
        made.close()


def last_verdicts(end: Outcome) -> dict[tuple[int, str], str]:
    """The verdict that stands for each week and member."""
    return {(week, who): verdict for week, who, _, verdict, _ in end.verdicts}


def check(end: Outcome) -> None:
    """What holds of every season that is over."""
    assert end.next_moment_at is None
    last = last_verdicts(end)
    numbers = [(week, who, number) for week, who, number, *_ in end.verdicts]
    assert len(set(numbers)) == len(numbers)
    season = end.season
    for week in season.weeks:
        for member in season.members:
            slot = (week.number, end.names[member.id])
            if owes(week, member, season.founded_at, excused=False):
                assert numbers.count((*slot, 1)) == 1
            if slot in last:
                assert last[slot] == season.fresh_verdict(week, member, week.closes_at)
    check_ledger(end, last)


def check_ledger(end: Outcome, last: Mapping[tuple[int, str], str]) -> None:
    """Of each member's fines for a week only that of the last verdict stands."""
    reversed_ = {entry["reverses"] for entry in end.ledger}
    for place, entry in enumerate(end.ledger):
        if entry["kind"] == "waiver":
            assert entry["amount"] == -end.ledger[entry["reverses"]]["amount"]
        elif entry["item"] == "homework" and place not in reversed_:
            assert entry["kind"] == last[entry["week"], entry["who"]]


def in_order(some: Sequence[str], whole: Sequence[str]) -> bool:
    """Whether all of `some` are in `whole`, in the same order."""
    left = iter(whole)
    return all(one in left for one in some)


# The torture profile asks for many more than a hundred.
@settings(max_examples=max(50, settings().max_examples // 3))
@given(scripts())
def test_a_season_comes_to_the_same_whenever_the_bot_looks(theatre: Theatre, script: Script) -> None:
    live = theatre.play(script, awake=True)
    late = theatre.play(script, awake=False)
    assert late.answers == live.answers
    assert late.verdicts == live.verdicts
    assert late.ledger == live.ledger
    assert late.told == live.told
    assert in_order(late.order, live.order)
    assert all(missing <= live.reminders[key] for key, missing in late.reminders.items())
    check(live)
    check(late)


def sums(end: Outcome) -> dict[tuple[int | None, str], int]:
    """What each member owes for each week, and by settlements, when all is said and done."""
    total: Counter[tuple[int | None, str]] = Counter()
    for entry in end.ledger:
        total[entry["week"], entry["who"]] += entry["amount"]
    return {slot: amount for slot, amount in total.items() if amount}


@settings(max_examples=max(30, settings().max_examples // 5))
@given(scripts())
def test_hand_ins_that_arrive_when_all_is_over_count_by_their_own_time(
    theatre: Theatre, script: Script
) -> None:
    hand_ins = tuple(deed for deed in script.deeds if deed.what in ("submit", "withdraw"))
    script = replace(script, deeds=hand_ins)
    live = theatre.play(script)
    belated = theatre.play(script, belated=True)
    assert belated.answers == live.answers
    assert last_verdicts(belated) == last_verdicts(live)
    assert sums(belated) == sums(live)
    check(belated)
