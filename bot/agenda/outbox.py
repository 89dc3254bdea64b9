"""Sending what was decided on: claimed with a lease, sent, then marked."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import structlog

from bot.commands.announcements import word
from bot.commands.courier import Blocked, Carrier, Courier, Parcel, TryLater, Undeliverable, Unreachable
from bot.commands.message import Message, Section
from bot.services import delivery, publishing
from bot.services.outbox import DROPPED, FAILED
from bot.services.telling import Facts, facts
from bot.texts import T
from db import Runner
from db.models import Outbox

log = structlog.get_logger()

TIMEOUT = delivery.LEASE / 2 - timedelta(seconds=10)
"""A send that takes longer has an unknown outcome; well under half the lease."""

LATE, STALE = timedelta(minutes=10), timedelta(hours=12)
"""What is late says for when it was; what is stale calls nobody any more."""

TRIES = 12
PATIENCE = 1.0
"""Seconds after which a message that takes its time no longer holds up the other channels'."""


class Deliverer:
    """Delivers the outbox through the doors' couriers; `now` is the studies' time, `wall` real time."""

    def __init__(
        self,
        runner: Runner,
        couriers: Mapping[str, Courier],
        now: Callable[[], datetime],
        wall: Callable[[], datetime],
        carriers: Mapping[str, Carrier] | None = None,
    ) -> None:
        self._runner = runner
        self._couriers = couriers
        self._carriers = carriers or {}
        self._now = now
        self._wall = wall
        self._under_way: set[asyncio.Task[None]] = set()

    async def deliver(self) -> None:
        """Send all that can be sent now, each channel's messages in order."""
        while await self._runner.read(delivery.is_waiting, self._wall(), self._now()):
            rows = await self._runner.run(delivery.claim, self._wall(), self._now())
            if not rows:
                return
            sending = {asyncio.create_task(self._one(row)) for row in rows}
            self._under_way |= sending
            for task in sending:
                task.add_done_callback(self._under_way.discard)
            try:
                await asyncio.wait(sending, timeout=PATIENCE)
            except asyncio.CancelledError:
                await self.finish(0)
                raise

    async def finish(self, patience: float) -> None:
        """Let be sent what is under way, for so many seconds, and break the rest off."""
        if self._under_way:
            _, late = await asyncio.wait(self._under_way, timeout=patience)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _one(self, row: Outbox) -> None:
        try:
            async with asyncio.timeout(TIMEOUT.total_seconds()):
                await self._send(row)
        except Undeliverable as problem:
            log.warning("undeliverable", key=row.key, problem=str(problem))
            await self._runner.run(delivery.ended, row.id, FAILED, str(problem))
        except Unreachable as problem:
            log.warning("unreachable", key=row.key, why=problem.why, problem=str(problem))
            if row.recipient_id is None:
                await self._runner.run(delivery.unreachable, row.id, problem.why, str(problem), self._now())
            else:
                await self._again(row, str(problem))
        except Blocked as problem:
            log.warning("blocked", key=row.key, why=problem.why, problem=str(problem))
            await self._runner.run(publishing.blocked, row.id, problem.why, str(problem), self._now())
        except TryLater as wish:
            until = self._wall() + wish.wait
            await self._runner.run(delivery.later, row.id, until, "limited", refused=True)
        except Exception as problem:
            log.exception("delivery failed", key=row.key, attempts=row.attempts)
            await self._again(row, repr(problem))

    async def _again(self, row: Outbox, problem: str) -> None:
        """Try again ever more slowly, and give up at last."""
        if row.attempts >= TRIES:
            await self._runner.run(delivery.ended, row.id, FAILED, problem)
            return
        wait = timedelta(seconds=min(2**row.attempts, 600))
        await self._runner.run(delivery.later, row.id, self._wall() + wait, problem)

    async def _send(self, row: Outbox) -> None:
        if row.via is not None:
            await self._carry(row, row.via)
            return
        quoted = [line] if (line := row.values.get("line")) else []
        around = await self._runner.read(facts, row.study_id, quoted)
        courier = self._couriers.get(around.study.door)
        if courier is None or (row.until is not None and row.until <= self._now()):
            await self._runner.run(delivery.ended, row.id, DROPPED)
            return
        if row.target_id is not None:
            await self._change(row, row.target_id, around, courier)
            return
        parcel = self._parcel(row, around)
        message_id = await courier.find(parcel) if row.attempts > 1 or row.error else None
        if message_id is None:
            send = courier.open_thread if row.kind == "questions" else courier.send
            message_id = await send(parcel)
        await self._runner.run(delivery.sent, row.id, message_id, self._now())

    async def _carry(self, row: Outbox, via: str) -> None:
        """Have a message delivered by what is no channel."""
        carrier = self._carriers.get(via)
        if carrier is None:
            await self._runner.run(delivery.ended, row.id, DROPPED)
            return
        await self._runner.run(delivery.sent, row.id, await carrier.carry(row), self._now())

    async def _change(self, row: Outbox, target_id: int, around: Facts, courier: Courier) -> None:
        target = await self._runner.read(delivery.target, target_id)
        if target.message_id is None:
            await self._runner.run(delivery.ended, row.id, DROPPED)
            return
        match row.kind:
            case "questions_closed" | "questions_late":
                await courier.close_thread(self._parcel(row, around), target.message_id)
            case "questions_reopened":
                await courier.reopen_thread(self._parcel(row, around), target.message_id)
            case "take_down":
                await courier.take_down(self._parcel(target, around), target.message_id)
            case _:
                await courier.edit(self._parcel(target, around), target.message_id)
        await self._runner.run(delivery.sent, row.id, None, self._now())

    def _parcel(self, row: Outbox, around: Facts) -> Parcel:
        study = around.study
        worded = word(row.kind, row.values, around)
        late = (row.sent_at or self._now()) - row.at
        if late > LATE:
            worded = _say_when(worded, row.at)
        recipient = around.members[row.recipient_id].account if row.recipient_id else None
        return Parcel(
            row.key,
            study.workspace,
            study.channel,
            worded,
            study.language,
            ZoneInfo(study.timezone),
            row.at,
            row.silent or late > STALE,
            recipient,
            study.id,
            row.kind == "questions",
        )


def _say_when(message: Message, at: datetime) -> Message:
    """A late message says for when it was."""
    return replace(message, sections=(*message.sections, Section(None, (T("late-note", at=at),))))
