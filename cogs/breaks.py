"""Days off: `/break add`, `/break list`, `/break remove`."""

from bot.commands.command import Audience, Call, command
from bot.commands.kinds import Day, Words
from bot.commands.message import Message, message
from bot.commands.notices import moved_text
from bot.services import breaks
from bot.texts import T, Written


@command("break add", Audience.LEADER)
async def add(call: Call, first: Day, last: Day, reason: Words) -> Message:
    done = await call.run(breaks.add, first, last, reason, call.at)
    return message(T("break-added", first=done.first, last=done.last), moved_text(done.moved))


@command("break list")
async def list_(call: Call) -> Message:
    rows = await call.read(breaks.listed)
    if not rows:
        return message(T("breaks-none"))
    return message(
        T("breaks-title"),
        *(T("break-days", first=row.first, last=row.last, reason=Written(row.reason)) for row in rows),
    )


@command("break remove", Audience.LEADER)
async def remove(call: Call, first: Day) -> Message:
    done = await call.run(breaks.remove, first, call.at)
    return message(
        T("break-ended" if done.ended else "break-removed", first=done.first, last=done.last),
        moved_text(done.moved),
    )
