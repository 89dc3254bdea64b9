"""APScheduler, which only wakes: nothing that matters lives in it."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfoNotFoundError

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.date import DateTrigger
from apscheduler.triggers.interval import IntervalTrigger

NEAREST = "nearest moment"


class Alarm:
    """Calls back at an instant, and every so often."""

    def __init__(self, ring: Callable[[], None]) -> None:
        self._ring = ring
        self._scheduler = AsyncIOScheduler(
            timezone="UTC", job_defaults={"misfire_grace_time": None, "coalesce": True}
        )

    def start(self, every: timedelta | time) -> None:
        """Begin, ringing besides what is set every so often, or every day at a time of the machine's zone."""
        if isinstance(every, time):
            trigger = daily(every)
        else:
            trigger = IntervalTrigger(seconds=int(every.total_seconds()))
        self._scheduler.add_job(self._ring, trigger)
        self._scheduler.start()

    def set(self, at: datetime | None) -> None:
        """Ring at this instant (real time, UTC) instead of the one set before; `None` for not at all."""
        if at is not None:
            trigger = DateTrigger(at)
            self._scheduler.add_job(self._ring, trigger, id=NEAREST, replace_existing=True)
        elif self._scheduler.get_job(NEAREST):
            self._scheduler.remove_job(NEAREST)

    def stop(self) -> None:
        """Ring no more."""
        self._scheduler.shutdown(wait=False)


def daily(at: time) -> CronTrigger:
    """Every day at a time of the machine's zone, of UTC where the machine contradicts itself about it."""
    try:
        return CronTrigger(hour=at.hour, minute=at.minute)
    except ZoneInfoNotFoundError:
        return CronTrigger(hour=at.hour, minute=at.minute, timezone="UTC")
