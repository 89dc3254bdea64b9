"""The month's fines: `/fines`."""

from bot.commands.command import Call, command
from bot.commands.kinds import Flag, Month
from bot.commands.message import Button, Message
from bot.commands.statements import fines_message
from bot.services import fines as fines_service
from bot.texts import T


@command("fines")
async def fines(call: Call, month: Month | None = None, to_all: Flag = False) -> Message:
    if to_all:
        return fines_message(await call.run(fines_service.share_fines, month, call.at))
    found = await call.read(fines_service.fines, month, call.at)
    study = found.study.id
    shown = {"month": found.month.isoformat()[:7]}
    share = Button(T("button-share"), "fines", shown | {"to_all": "yes"}, study)
    history = Button(T("button-history"), "ledger history", shown, study)
    paid = Button(T("button-paid"), "ledger paid", shown, study, asks=True)
    buttons = [share, history] if found.booked else []
    return fines_message(found, (*buttons, *([paid] if found.open else [])))
