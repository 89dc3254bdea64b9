"""How one is reminded: `/notify`."""

from typing import Annotated

from bot.commands.command import Audience, Call, command
from bot.commands.kinds import ChoiceKind
from bot.commands.message import Message, message
from bot.services import membership
from bot.texts import T

How = Annotated[str, ChoiceKind(("channel", "dm", "off"))]


@command("notify", Audience.MEMBER)
async def notify(call: Call, how: How) -> Message:
    member = await call.run(membership.notify, how, call.at)
    return message(T(f"notify-{member.notify}"))
