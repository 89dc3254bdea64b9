"""Forms (modals) that ask for a command's options, at most five at a time."""

from collections.abc import Mapping
from typing import Any

import discord

from bot.commands.choices import Choice, Facts, choices, filled_in
from bot.commands.command import Command, Option
from bot.commands.fields import PICKED, fields_of, is_kept
from bot.commands.kinds import PersonKind, TextKind
from bot.doors.discord.state import ANSWER, State
from bot.texts import command_name, plain

FIELDS, TITLE, LABEL, ABOUT, TEXT, LISTED = 5, 45, 45, 100, 4_000, 25
Component = discord.ui.Item[Any]


def parts_of(command: Command, known: State) -> list[list[Option]]:
    """The options of a form, five by five."""
    fields = fields_of(command, known.arguments)
    return [fields[at : at + FIELDS] for at in range(0, len(fields), FIELDS)]


def form(command: Command, known: State, language: str, facts: Facts) -> discord.ui.Modal:
    """The form of a command, filled in as far as it is known."""
    asked = parts_of(command, known)[known.page]
    names = {option.name for option in asked}
    others = {x: value for x, value in known.arguments.items() if x not in names and is_kept(command, x)}
    state = State(ANSWER, command.name, known.study, others, known.workspace, known.page).shortened()
    title = "/" + command_name(command.name, language)
    modal = discord.ui.Modal(title=title[:TITLE], custom_id=state.write())
    for option in asked:
        value = known.arguments.get(option.name) or filled_in(option, facts)
        label: discord.ui.Label[discord.ui.Modal] = discord.ui.Label(
            text=plain(language, option.key)[:LABEL],
            description=plain(language, f"{option.key}.about")[:ABOUT],
            component=_field(option, value, choices(option, facts, language)),
        )
        modal.add_item(label)
    modal.stop()  # what it does is in its id: the library has nothing to keep
    return modal


def _field(option: Option, value: str, listed: list[Choice]) -> Component:
    if isinstance(option.kind, PersonKind):
        known = value.strip().removeprefix("@")
        picked = (
            [discord.SelectDefaultValue.from_user(discord.Object(int(known)))] if known.isdecimal() else []
        )
        return discord.ui.UserSelect(
            custom_id=option.name, required=option.required, min_values=_least(option), default_values=picked
        )
    there = {choice.value for choice in listed}
    if isinstance(option.kind, PICKED) and listed and len(listed) <= LISTED and (not value or value in there):
        menu: discord.ui.Select[Any] = discord.ui.Select(
            custom_id=option.name, required=option.required, min_values=_least(option)
        )
        for choice in listed:
            menu.add_option(label=choice.label[:100], value=choice.value, default=choice.value == value)
        return menu
    long = isinstance(option.kind, TextKind) and option.kind.long
    # What was typed already stands there whole: that it is too long is said when the form is sent.
    most = min(max(option.kind.most, len(value)), TEXT) if isinstance(option.kind, TextKind) else TEXT
    return discord.ui.TextInput(
        custom_id=option.name,
        style=discord.TextStyle.long if long else discord.TextStyle.short,
        default=value[:most] or None,
        required=option.required,
        max_length=most,
    )


def _least(option: Option) -> int:
    return 1 if option.required else 0


def filled(components: list[Any]) -> Mapping[str, str]:
    """What a sent form holds, by the names of its options."""
    fields = [part.get("component") or part for part in components]
    found = {
        field["custom_id"]: field.get("value") or ", ".join(field.get("values") or ()) for field in fields
    }
    return {name: value for name, value in found.items() if value.strip()}
