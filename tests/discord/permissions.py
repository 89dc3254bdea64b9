"""Who may do what where, as Discord computes it."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from tests.discord.model import User
from tests.discord.problems import Problem

if TYPE_CHECKING:
    from tests.discord.places import Channel, Guild


class May(IntEnum):
    """The permission bits that matter here."""

    ADMINISTRATOR = 1 << 3
    MANAGE_CHANNELS = 1 << 4
    MANAGE_GUILD = 1 << 5
    ADD_REACTIONS = 1 << 6
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    USE_APPLICATION_COMMANDS = 1 << 31
    MANAGE_THREADS = 1 << 34
    CREATE_PUBLIC_THREADS = 1 << 35
    CREATE_PRIVATE_THREADS = 1 << 36
    SEND_MESSAGES_IN_THREADS = 1 << 38
    PIN_MESSAGES = 1 << 51


EVERYTHING = (1 << 53) - 1
OF_EVERYONE = (
    May.ADD_REACTIONS
    | May.VIEW_CHANNEL
    | May.SEND_MESSAGES
    | May.EMBED_LINKS
    | May.ATTACH_FILES
    | May.READ_MESSAGE_HISTORY
    | May.USE_APPLICATION_COMMANDS
    | May.CREATE_PUBLIC_THREADS
    | May.SEND_MESSAGES_IN_THREADS
)
OF_MANAGERS = May.MANAGE_GUILD | May.MANAGE_CHANNELS | May.MANAGE_THREADS | May.MANAGE_MESSAGES
OF_THE_BOT = OF_EVERYONE | May.MANAGE_THREADS
IN_DIRECT = OF_EVERYONE


def bits(names: tuple[str, ...]) -> int:
    """Permission bits by name, as in `"send_messages"`."""
    total = 0
    for name in names:
        total |= May[name.upper()]
    return total


def in_guild(guild: Guild, user: User) -> int:
    """What somebody may do in a guild, before its channels have their say."""
    member = guild.members.get(user.id)
    if member is None:
        return 0
    if guild.owner is user:
        return EVERYTHING
    total = guild.everyone.permissions
    for role in member.roles:
        total |= role.permissions
    return EVERYTHING if total & May.ADMINISTRATOR else total


def in_channel(channel: Channel, user: User) -> int:
    """What somebody may do in a channel; a thread has its parent's permissions."""
    if channel.guild is None:
        return IN_DIRECT if channel.recipient is user or user.bot else 0
    guild, place = channel.guild, channel.parent or channel
    base = in_guild(guild, user)
    if base == EVERYTHING or not base:
        return base
    allow, deny = place.overwrites.get(guild.everyone.id, (0, 0))
    base = base & ~deny | allow
    of_roles = [place.overwrites.get(role.id, (0, 0)) for role in guild.members[user.id].roles]
    for _, denied in of_roles:
        base &= ~denied
    for allowed, _ in of_roles:
        base |= allowed
    allow, deny = place.overwrites.get(user.id, (0, 0))
    base = base & ~deny | allow
    return base if base & May.VIEW_CHANNEL else 0


def demand(channel: Channel, user: User, *wanted: May) -> None:
    """Refuse what somebody may not do in a channel."""
    has = in_channel(channel, user)
    if not has & May.VIEW_CHANNEL:
        raise Problem(50001)
    if any(not has & each for each in wanted):
        raise Problem(50013)
