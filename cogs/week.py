"""What a week asks for and until when, and who is let off: `/week plan`, `extend`, `excuse`."""

from bot.commands.command import Audience, Call, command
from bot.commands.kinds import LongWords, Moment, WeekNumber, Who, Words
from bot.commands.message import Message, message
from bot.commands.phrases import week_title
from bot.services import extending, weeks
from bot.services.weeks import Planning
from bot.texts import Name, Names, T, Written


@command("week plan", Audience.LEADER)
async def plan(
    call: Call,
    text: LongWords,
    title: Words | None = None,
    optional: Words | None = None,
    week: WeekNumber | None = None,
) -> Message:
    done = await call.run(weeks.plan, Planning(text, title, optional, week), call.at)
    row = done.row
    return message(
        T("planned", week=week_title(row.number, row.title)),
        T("week-homework", text=Written(row.homework or "")),
        T("week-optional", text=Written(row.optional)) if row.optional else None,
    )


@command("week extend", Audience.LEADER)
async def extend(
    call: Call, week: WeekNumber, until: Moment, reason: Words, who: Who | None = None
) -> Message:
    done = await call.run(extending.extend, week, until, reason, who, call.at)
    title = week_title(done.week.number, None)
    extended = T("extended", week=title)
    if done.member:
        extended = T("extended-one", week=title, name=Name(done.member.name))
    return message(
        extended,
        T("extended-until", due=done.week.due_at, closes=done.week.closes_at),
        T("extended-corrected", names=Names(tuple(done.corrected))) if done.corrected else None,
    )


@command("week excuse", Audience.LEADER)
async def excuse(call: Call, who: Who, week: WeekNumber, reason: Words) -> Message:
    done = await call.run(weeks.excuse, who, week, reason, call.at)
    return message(
        T("excused", name=Name(done.member.name), week=done.week.number),
        T("excused-corrected") if done.corrected else None,
    )
