"""The address at which one's calendar can be subscribed to: `/records calendar`."""

from typing import Annotated

from bot.commands.command import Audience, Call, command
from bot.commands.kinds import ChoiceKind
from bot.commands.message import Button, Message, message
from bot.rules.refusal import Refused
from bot.services import feeds
from bot.texts import Command, T, Url

SHOW, RENEW, OFF = HOWS = ("show", "renew", "off")
How = Annotated[str, ChoiceKind(HOWS)]


@command("records calendar", Audience.MEMBER)
async def calendar(call: Call, how: How = SHOW) -> Message:
    study = call.caller.study_id
    if how == OFF:
        await call.run(feeds.stop)
        again = Button(T("button-calendar-again"), "records calendar", {"how": RENEW}, study)
        return message(T("calendar-off"), buttons=(again,))
    if not call.site:
        raise Refused("calendar-no-site", command=Command("records export"))
    token = await call.run(feeds.given if how == SHOW else feeds.renew)
    return message(
        T("calendar-address"),
        T("calendar-url", url=Url(f"{call.site}/calendar/{token}.ics")),
        T("calendar-secret"),
        buttons=(
            Button(T("button-calendar-renew"), "records calendar", {"how": RENEW}, study),
            Button(T("button-calendar-off"), "records calendar", {"how": OFF}, study),
        ),
    )
