"""What a week asks for and who is let off: `/week plan`, `/week excuse`."""

from bot.commands.command import Audience, Call, command
from bot.commands.kinds import LongWords, WeekNumber, Who, Words
from bot.commands.message import Message, message
from bot.commands.phrases import week_title
from bot.services import weeks
from bot.services.weeks import Planning
from bot.texts import Name, T, Written


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


@command("week excuse", Audience.LEADER)
async def excuse(call: Call, who: Who, week: WeekNumber, reason: Words) -> Message:
    done = await call.run(weeks.excuse, who, week, reason, call.at)
    return message(
        T("excused", name=Name(done.member.name), week=done.week.number),
        T("excused-corrected") if done.corrected else None,
    )
