"""What is kept for the study log: `/research`, `/week note`."""

from bot.commands.command import Audience, Call, command
from bot.commands.kinds import LongWords, WeekNumber, Words
from bot.commands.message import Message, message
from bot.commands.phrases import log_lines, week_title
from bot.services import notes
from bot.services.notes import Log
from bot.texts import T


@command("research", Audience.MEMBER)
async def research(call: Call, text: Words, week: WeekNumber | None = None) -> Message:
    return _log("researched", await call.run(notes.topic, text, week, call.at))


@command("week note", Audience.MEMBER)
async def note(call: Call, text: LongWords, week: WeekNumber | None = None) -> Message:
    return _log("noted", await call.run(notes.note, text, week, call.at))


def _log(key: str, log: Log) -> Message:
    """What was done, and all that has been collected of the week by now."""
    return message(
        T(key, week=week_title(log.row.number, log.row.title)),
        *log_lines(log),
    )
