"""Help: `/guide`."""

from bot.commands.command import Audience, Call, Command, command
from bot.commands.kinds import Words
from bot.commands.message import Button, Message, Section, message
from bot.commands.parsing import find
from bot.texts import Command as CommandText
from bot.texts import T, Text


@command("guide")
async def guide(call: Call, about: Words | None = None) -> Message:
    if about:
        return _about(find(about, call.commands)[0])
    sections = [
        Section(T("guide-title"), (T("guide-intro"),)),
        *(
            Section(T(f"guide-{audience.value}"), tuple(_line(x) for x in listed))
            for audience in (Audience.MEMBER, Audience.ALL, Audience.TREASURER, Audience.LEADER)
            if (listed := [x for x in call.commands.values() if x.audience is audience])
        ),
    ]
    return Message(tuple(sections), (Button(T("button-mine"), "mine"),))


def _line(x: Command) -> Text:
    return T("guide-line", command=CommandText(x.name), about=T(f"{x.key}.about"))


def _about(x: Command) -> Message:
    return message(
        _line(x),
        *(
            T(
                "guide-option" if option.required else "guide-option-optional",
                name=T(option.key),
                about=T(f"{option.key}.about"),
            )
            for option in x.typed
        ),
        T(f"guide-for-{x.audience.value}") if x.audience in (Audience.LEADER, Audience.TREASURER) else None,
    )
