"""The month's fines: `/fines`."""

from bot.commands.command import Call, command
from bot.commands.kinds import Flag, Month
from bot.commands.message import Button, Message
from bot.commands.notices import fines_message
from bot.services import standing
from bot.texts import T


@command("fines")
async def fines(call: Call, month: Month | None = None, to_all: Flag = False) -> Message:
    if to_all:
        found = await call.run(standing.share_fines, month, call.at)
    else:
        found = await call.read(standing.fines, month, call.at)
    rows = [(x.member.name, x.late, x.absent, x.waived, x.total) for x in found.accounts]
    arguments = {"month": found.month.isoformat()[:7], "to_all": "yes"}
    share = Button(T("button-share"), "fines", arguments, found.study.id)
    return fines_message(found.study, found.month, rows, () if to_all else (share,))
