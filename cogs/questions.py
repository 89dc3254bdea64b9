"""The week's question thread: `/question show`, `open`, `close`."""

from datetime import datetime

from bot.commands.command import Audience, Call, command
from bot.commands.message import Message, message
from bot.services import questions
from bot.services.questions import Thread
from bot.texts import T
from bot.texts import Thread as ThreadText


@command("question show")
async def show(call: Call) -> Message:
    return _shown(await call.read(questions.show, call.at), call.at)


@command("question open", Audience.LEADER)
async def open_(call: Call) -> Message:
    return _shown(await call.run(questions.open_, call.at), call.at)


@command("question close", Audience.LEADER)
async def close(call: Call) -> Message:
    return _shown(await call.run(questions.close, call.at), call.at)


def _shown(found: Thread, at: datetime) -> Message:
    """Where to ask, and until when."""
    week = T("week", week=found.week.number)
    thread = ThreadText(found.thread, T("questions-link")) if found.thread else None
    if not found.open:
        read = T("questions-read", thread=thread) if thread else None
        is_last = found.week.number >= found.study.week_count
        then = None if is_last else T("questions-closed-then")
        return message(T("questions-are-closed", week=week), read, then)
    link = T("opened-questions", thread=thread) if thread else None
    until = T("questions-until", due=found.week.due_at) if at < found.week.due_at else None
    return message(T("questions-title", week=week), until, link)
