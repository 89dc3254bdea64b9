"""The one adapter of APScheduler: it rings, and nothing else."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfoNotFoundError

import pytest

from bot.agenda.scheduler import Alarm, daily

LONG = timedelta(hours=1)
A_MOMENT = timedelta(seconds=0.15)


class Bell:
    """Counts, and can be waited for."""

    def __init__(self) -> None:
        self.rung = asyncio.Event()
        self.times: list[datetime] = []

    def __call__(self) -> None:
        self.times.append(datetime.now(UTC))
        self.rung.set()

    async def heard(self) -> datetime:
        """When it rings next."""
        await asyncio.wait_for(self.rung.wait(), 5)
        self.rung.clear()
        return self.times[-1]


@pytest.fixture
def bell() -> Bell:
    """Give a bell."""
    return Bell()


@pytest.fixture
async def alarm(bell: Bell) -> AsyncIterator[Alarm]:
    """Give an alarm that sweeps too seldom to matter."""
    made = Alarm(bell)
    made.start(LONG)
    yield made
    made.stop()


async def test_it_rings_at_its_instant(alarm: Alarm, bell: Bell) -> None:
    at = datetime.now(UTC) + A_MOMENT
    alarm.set(at)
    assert await bell.heard() >= at


async def test_it_rings_at_once_for_an_instant_that_has_passed(alarm: Alarm, bell: Bell) -> None:
    alarm.set(datetime.now(UTC) - timedelta(days=30))
    await bell.heard()


async def test_a_nearer_instant_takes_the_place_of_the_one_before(alarm: Alarm, bell: Bell) -> None:
    alarm.set(datetime.now(UTC) + LONG)
    alarm.set(datetime.now(UTC) + A_MOMENT)
    await bell.heard()
    assert len(bell.times) == 1


async def test_a_later_instant_takes_its_place_too(alarm: Alarm, bell: Bell) -> None:
    alarm.set(datetime.now(UTC) + A_MOMENT)
    alarm.set(datetime.now(UTC) + LONG)
    await asyncio.sleep(2 * A_MOMENT.total_seconds())
    assert bell.times == []


async def test_without_an_instant_it_is_still(alarm: Alarm, bell: Bell) -> None:
    alarm.set(None)
    alarm.set(datetime.now(UTC) + A_MOMENT)
    alarm.set(None)
    await asyncio.sleep(2 * A_MOMENT.total_seconds())
    assert bell.times == []


async def test_it_sweeps_every_so_often(bell: Bell) -> None:
    alarm = Alarm(bell)
    alarm.start(timedelta(seconds=1))
    assert await bell.heard() >= bell.times[0]
    alarm.stop()


def test_it_rings_once_a_day_at_a_time_of_the_machines_zone() -> None:
    trigger = daily(time(4, 30))
    first = trigger.get_next_fire_time(None, datetime(2026, 11, 22, tzinfo=trigger.timezone))
    second = trigger.get_next_fire_time(first, first + timedelta(seconds=1))
    assert [f"{at:%d %H:%M}" for at in (first, second)] == ["22 04:30", "23 04:30"]


def test_where_the_machine_contradicts_itself_about_its_zone_it_is_utc(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def conflicting() -> None:
        raise ZoneInfoNotFoundError("Multiple conflicting time zone configurations found")

    monkeypatch.setattr("apscheduler.triggers.cron.get_localzone", conflicting)
    assert str(daily(time(4)).timezone) == "UTC"


async def test_it_can_be_set_to_a_time_of_the_day(bell: Bell) -> None:
    alarm = Alarm(bell)
    alarm.start((datetime.now().astimezone() + timedelta(hours=2)).time())
    await asyncio.sleep(0)
    assert bell.times == []
    alarm.stop()
