"""The agenda: advances studies when their next moment comes, and sees that messages go out."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

import structlog

from bot.agenda.outbox import Deliverer
from bot.agenda.scheduler import Alarm
from bot.services import advancing
from db import Runner

log = structlog.get_logger()

SWEEP = timedelta(seconds=30)
REST = 1.0
"""Seconds between two looks: where many hand in, not every commit is worth one."""


class Agenda:
    """Runs what is due: woken by commits, by the nearest moment, and by a sweep now and then."""

    def __init__(
        self, runner: Runner, deliverer: Deliverer, now: Callable[[], datetime], *, ticking: bool
    ) -> None:
        self._runner = runner
        self._deliverer = deliverer
        self._now = now
        self._ticking = ticking
        """Whether time passes by itself; a virtual clock is stepped by hand."""
        self._one_at_a_time = asyncio.Lock()
        self._wish = asyncio.Event()
        self._end = asyncio.Event()
        self._alarm = Alarm(self.wake)
        runner.after_commit(self.wake)

    def wake(self) -> None:
        """Have a look soon."""
        self._wish.set()

    def finish(self) -> None:
        """Work no longer, once what is under way is done."""
        self._end.set()
        self.wake()

    async def run(self) -> None:
        """Work until told to finish; a fault is logged and tried again at the next sweep."""
        self._alarm.start(SWEEP)
        self._wish.set()
        try:
            while True:
                await self._wish.wait()
                if self._end.is_set():
                    return
                self._wish.clear()
                try:
                    looked = await self.catch_up()
                    self._alarm.set(await self._next_after(looked) if self._ticking else None)
                except Exception:
                    log.exception("fault in the agenda")
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._end.wait(), REST)
        finally:
            self._alarm.stop()

    async def catch_up(self) -> datetime:
        """Run every moment that is due by now, in order, and send what there is to send; that now."""
        async with self._one_at_a_time:
            while True:
                now = self._now()
                due = await self._runner.read(advancing.next_moment)
                if due is None or due > now:
                    break
                if not await self._advance(now):
                    break
            await self._deliverer.deliver()
            return now

    async def _advance(self, now: datetime) -> bool:
        """Advance what is due; where one study has a fault, the others go on without it."""
        try:
            return await self._runner.run(advancing.advance, now) > 0
        except Exception:
            log.exception("fault while advancing; now one study at a time")
        for study in await self._runner.read(advancing.waiting, now):
            try:
                await self._runner.run(advancing.advance, now, study)
            except Exception:
                log.exception("fault in a study", study=study)
        return False

    async def next_moment(self) -> datetime | None:
        """When something is to be run next, in the studies' time."""
        return await self._next_after(self._now())

    async def _next_after(self, at: datetime) -> datetime | None:
        """The nearest moment to come; a study left behind by a fault waits for the sweep."""
        return await self._runner.read(advancing.next_moment, at)
