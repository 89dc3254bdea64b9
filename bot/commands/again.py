"""What somebody has typed is not lost where nothing comes of it: a form is offered again, filled in."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.commands.command import Command
from bot.commands.message import Button, Message, Section, Tone
from bot.texts import T, Written

Room = Callable[[Button], Mapping[str, str]]
"""The arguments for which a platform has room in a button."""


def with_form(answer: Message, command: Command, typed: Mapping[str, str], study: int | None) -> Message:
    """The answer to a form; a no has a button that opens the form again, as it was sent."""
    if answer.tone is Tone.INFO or answer.buttons:
        return answer
    return replace(answer, buttons=(Button(T("button-again"), command.name, typed, study, asks=True),))


def with_typed(answer: Message, command: Command, room: Room) -> Message:
    """A no with what its buttons have no room for, so that it can be copied."""
    if answer.tone is Tone.INFO or not answer.buttons:
        return answer
    button = answer.buttons[0]
    kept = room(button)
    lost = [x for x in command.typed if button.arguments.get(x.name, "").strip() and x.name not in kept]
    if not lost:
        return answer
    shown = [
        Section(T(x.key), (T("as-name", name=Written(button.arguments[x.name])),), copied=True) for x in lost
    ]
    said = answer.sections
    if answer.is_line:
        said = (Section(None, tuple(text for text in answer.sections[0].texts())),)
    return replace(answer, sections=(*said, Section(None, (T("door-typed"),)), *shown))
