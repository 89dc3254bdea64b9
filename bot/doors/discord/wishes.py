"""What somebody wants who typed a command, pressed a button, or sent a form."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import discord

from bot.commands.command import Command, Commands
from bot.commands.fields import check_size, written_in
from bot.commands.kinds import PersonKind
from bot.commands.parsing import Parsed
from bot.doors.discord import state
from bot.doors.discord.commands import typed
from bot.doors.discord.forms import filled
from bot.doors.discord.office import DOOR
from bot.doors.discord.state import ANSWER, ASK, RUN, State
from bot.rules.refusal import Refused
from bot.services.scope import Caller

ADDRESS = re.compile(r"https?://[^\s<>]+")

Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Wish:
    """A command with its arguments, who calls it, and whether its options are to be asked for first."""

    parsed: Parsed
    caller: Caller
    state: State

    @property
    def asks(self) -> bool:
        return self.state.does == ASK


def language_of(interaction: discord.Interaction) -> str:
    """The language somebody reads: Korean where their client is Korean, else English."""
    return "ko" if interaction.locale.value.startswith("ko") else "en"


def caller_of(interaction: discord.Interaction, known: State | None = None) -> Caller:
    """Who it is, and where; in a direct message, where its button says."""
    may = interaction.permissions
    manages = may.administrator or may.manage_guild
    place, parent = _place(interaction)
    workspace = interaction.guild_id or (known.workspace if known else None)
    return Caller(
        DOOR,
        str(workspace or ""),
        str(place),
        str(interaction.user.id),
        interaction.user.display_name,
        known.study if known else None,
        may_start=manages or may.manage_channels,
        manages=manages,
        parent=parent,
    )


def _place(interaction: discord.Interaction) -> tuple[int | None, str | None]:
    """The channel, and whose thread it is; a forum's posts are the forum's."""
    here = interaction.channel
    if not isinstance(here, discord.Thread):
        return interaction.channel_id, None
    if isinstance(here.parent, discord.ForumChannel):
        return here.parent_id, None
    return here.id, str(here.parent_id)


async def wish_of(interaction: discord.Interaction, commands: Commands) -> Wish:
    """What an interaction says; raises `Refused` where it cannot be done."""
    data: Data = interaction.data or {}
    if interaction.type is discord.InteractionType.application_command:
        if data.get("type") == discord.AppCommandType.message.value:
            arguments: Mapping[str, str] = {"link": _link_in(data, interaction.user.id)}
            known = State(RUN, "submit", arguments=arguments)
        else:
            known = await _typed(interaction, data, commands)
    else:
        found = state.read(data["custom_id"])
        if found is None or found.command not in commands:
            raise Refused("door-no-more")
        known = found
        if found.does == ANSWER:
            given = filled(data.get("components") or [])
            known = replace(found, arguments={**found.arguments, **given})
    command = commands[known.command]
    arguments = _with_names(command, known.arguments, data.get("resolved") or {})
    return Wish(Parsed(command, dict(arguments)), caller_of(interaction, known), known)


async def _typed(interaction: discord.Interaction, data: Data, commands: Commands) -> State:
    found = typed(data, commands)
    arguments = dict(found.arguments)
    for name, id_ in found.files.items():
        file = data["resolved"]["attachments"][id_]
        check_size(found.command.option(name), file["size"])
        arguments[name] = written_in(await interaction.client.http.get_from_cdn(file["url"]))
    return State(RUN, found.command.name, arguments=arguments)


def _link_in(data: Data, account: int) -> str:
    """The link in a message of one's own."""
    posted = data["resolved"]["messages"][data["target_id"]]
    if int(posted["author"]["id"]) != account:
        raise Refused("door-not-yours")
    found = ADDRESS.search(posted.get("content") or "")
    if found is None:
        raise Refused("door-no-link")
    return found[0]


def _with_names(command: Command, arguments: Mapping[str, str], resolved: Data) -> Mapping[str, str]:
    """Whoever is picked brings along what they are called there, where the command wants to know."""
    picked = [x.name for x in command.typed if isinstance(x.kind, PersonKind) and x.name in arguments]
    if not picked or command.option("called") is None:
        return arguments
    id_ = arguments[picked[0]]
    member = (resolved.get("members") or {}).get(id_) or {}
    user = (resolved.get("users") or {}).get(id_) or {}
    called = member.get("nick") or user.get("global_name") or user.get("username") or ""
    return {**arguments, "called": called} if called else arguments
