"""What an option that is being typed may be: open weeks first, members by name, months with fines."""

from typing import Any

import discord

from bot.commands.choices import Choice, Facts, choices, facts_for, filled_in
from bot.commands.command import Option
from bot.commands.kinds import MembersKind, WeekKind, WholeKind
from bot.doors.discord.commands import typed
from bot.doors.discord.office import Line
from bot.doors.discord.wishes import caller_of, language_of
from bot.texts.keystrokes import keystrokes

MOST, LENGTH = 25, 100


async def complete(line: Line, interaction: discord.Interaction) -> None:
    """Offer what an option may be."""
    desk, language = line.office.desk, language_of(interaction)
    found = typed(interaction.data or {}, desk.commands)
    offered: list[Choice] = []
    name, begun = found.focused or ("", "")
    option = found.command.option(name)
    if option is not None:
        at, caller = interaction.created_at, caller_of(interaction)
        facts = await desk.runner.read(facts_for, caller, at, language)
        offered = _offered(option, facts, language, begun)
    shown: list[discord.app_commands.Choice[Any]] = [
        discord.app_commands.Choice(name=choice.label[:LENGTH], value=_value(option, choice))
        for choice in [x for x in offered if len(x.value) <= LENGTH][:MOST]
    ]
    await interaction.response.autocomplete(shown)


def _offered(option: Option, facts: Facts, language: str, begun: str) -> list[Choice]:
    """What fits the beginning: of weeks, those first that can be handed in for now."""
    listed = choices(option, facts, language)
    if isinstance(option.kind, MembersKind):
        everybody = filled_in(option, facts)
        listed = [Choice(everybody, everybody)] if everybody else []
    if isinstance(option.kind, WeekKind):
        order = [str(week) for week in facts.open]
        listed.sort(key=lambda choice: order.index(choice.value) if choice.value in order else len(order))
    wanted = keystrokes(begun)
    begins = [x for x in listed if keystrokes(x.label).startswith(wanted) or x.value.startswith(begun)]
    return begins + [x for x in listed if x not in begins and wanted in keystrokes(x.label)]


def _value(option: Option | None, choice: Choice) -> str | int:
    is_number = option is not None and isinstance(option.kind, WholeKind)
    return int(choice.value) if is_number else choice.value
