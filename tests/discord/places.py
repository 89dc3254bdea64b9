"""Guilds and channels. Their fields are plain values; what is done with their methods is told to the bot."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from tests.discord import payloads
from tests.discord.events import GUILDS, MEMBERS, Event
from tests.discord.model import (
    EPOCH,
    FORUM,
    PRIVATE_THREAD,
    PUBLIC_THREAD,
    SAID,
    TEXT,
    Member,
    Message,
    Role,
    User,
)
from tests.discord.permissions import bits
from tests.discord.problems import Json

if TYPE_CHECKING:
    from tests.discord.world import World


@dataclass(eq=False, repr=False)
class Guild:
    """A server: its members, roles and channels; `bot_in` says whether the bot has been invited."""

    world: World
    id: int
    name: str
    owner: User
    everyone: Role
    bots: Role
    locale: str = "ko"
    bot_in: bool = True
    available: bool = True
    roles: dict[int, Role] = field(default_factory=dict)
    members: dict[int, Member] = field(default_factory=dict)
    channels: dict[int, Channel] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<guild {self.name!r}>"

    @property
    def threads(self) -> list[Channel]:
        """Its threads, archived ones too."""
        return [channel for channel in self.channels.values() if channel.is_thread]

    def channel(self, name: str, *, kind: int = TEXT) -> Channel:
        """Give the channel of a name, making it where there is none."""
        found = [x for x in self.channels.values() if x.name == name and not x.is_thread]
        if found:
            return found[0]
        channel = Channel(self.world, self.world.id(), name, kind, self)
        self.add(channel)
        self.world.tell(Event("CHANNEL_CREATE", payloads.channel(channel), self, GUILDS))
        return channel

    def forum(self, name: str, *tags: str, needs_tag: bool = False) -> Channel:
        """Give the forum of a name, making it where there is none."""
        forum = self.channel(name, kind=FORUM)
        forum.tags = forum.tags or {self.world.id(): tag for tag in tags}
        forum.needs_tag = needs_tag
        self.world.tell(Event("CHANNEL_UPDATE", payloads.channel(forum), self, GUILDS))
        return forum

    def add(self, channel: Channel) -> None:
        """Have a channel or thread here, telling nobody."""
        self.channels[channel.id] = self.world.channels[channel.id] = channel

    def role(self, name: str, *permissions: str, mentionable: bool = False) -> Role:
        """Make a role."""
        role = Role(self.world.id(), name, bits(permissions), mentionable)
        self.roles[role.id] = role
        told: Json = {"guild_id": str(self.id), "role": payloads.role(role)}
        self.world.tell(Event("GUILD_ROLE_CREATE", told, self, GUILDS))
        return role

    def join(self, user: User, *roles: Role) -> Member:
        """Have somebody in the guild."""
        member = Member(user, self.world.clock(), list(roles))
        self.members[user.id] = member
        told = payloads.member(member) | {"guild_id": str(self.id)}
        self.world.tell(Event("GUILD_MEMBER_ADD", told, self, MEMBERS))
        return member

    def leave(self, user: User) -> None:
        """Have somebody leave."""
        del self.members[user.id]
        told: Json = {"guild_id": str(self.id), "user": payloads.user(user)}
        self.world.tell(Event("GUILD_MEMBER_REMOVE", told, self, MEMBERS))

    def give(self, user: User, *roles: Role, nick: str | None = None) -> None:
        """Change somebody's roles and name here; a bot without the intent hears of its own alone."""
        member = self.members[user.id]
        member.roles, member.nick = list(roles), nick
        told = payloads.member(member) | {"guild_id": str(self.id)}
        self.world.tell(
            Event("GUILD_MEMBER_UPDATE", told, self, GUILDS if user is self.world.bot else MEMBERS)
        )

    def let_bot(self, *permissions: str) -> None:
        """Say all that the bot may do in this guild, beyond what everybody may."""
        self.bots.permissions = bits(permissions)
        told: Json = {"guild_id": str(self.id), "role": payloads.role(self.bots)}
        self.world.tell(Event("GUILD_ROLE_UPDATE", told, self, GUILDS))

    def let_everyone(self, *permissions: str) -> None:
        """Say all that everybody may do in this guild."""
        self.everyone.permissions = bits(permissions)
        told: Json = {"guild_id": str(self.id), "role": payloads.role(self.everyone)}
        self.world.tell(Event("GUILD_ROLE_UPDATE", told, self, GUILDS))

    def rename(self, name: str) -> None:
        """Give it another name."""
        self.name = name
        self.world.tell(Event("GUILD_UPDATE", payloads.guild(self, alone=True), self, GUILDS))

    def remove_bot(self) -> None:
        """Throw the bot out."""
        self.world.tell(Event("GUILD_DELETE", {"id": str(self.id)}, self, GUILDS))
        self.bot_in = False
        del self.members[self.world.bot.id]

    def invite_bot(self) -> None:
        """Have the bot (again)."""
        self.bot_in = True
        self.members[self.world.bot.id] = Member(self.world.bot, self.world.clock(), [self.bots])
        told = {key: each for key, each in payloads.guild(self).items() if key != "unavailable"}
        self.world.tell(Event("GUILD_CREATE", told, self, GUILDS))

    def fail(self) -> None:
        """Be away for a while, as in an outage."""
        self.available = False
        self.world.tell(Event("GUILD_DELETE", {"id": str(self.id), "unavailable": True}, self, GUILDS))

    def recover(self) -> None:
        """Be back."""
        self.available = True
        self.world.tell(Event("GUILD_CREATE", payloads.guild(self), self, GUILDS))


@dataclass(eq=False, repr=False)
class Channel:
    """A text channel, forum, thread or direct conversation."""

    world: World
    id: int
    name: str
    kind: int = TEXT
    guild: Guild | None = None
    parent: Channel | None = None
    owner: User | None = None
    recipient: User | None = None
    overwrites: dict[int, tuple[int, int]] = field(default_factory=dict)
    """What a role or member is allowed and denied here, by its id."""
    all_messages: dict[int, Message] = field(default_factory=dict)
    pins: list[int] = field(default_factory=list)
    tags: dict[int, str] = field(default_factory=dict)
    applied_tags: list[int] = field(default_factory=list)
    needs_tag: bool = False
    members: set[int] = field(default_factory=set)
    archived: bool = False
    locked: bool = False
    auto_archive: int = 1440
    archived_at: datetime = EPOCH
    topic: str | None = None
    deleted: bool = False

    def __repr__(self) -> str:
        return f"<channel {self.name!r}>"

    @property
    def is_thread(self) -> bool:
        """Whether it hangs under another channel."""
        return self.kind in {PUBLIC_THREAD, PRIVATE_THREAD}

    @property
    def mention(self) -> str:
        """How a text names the channel."""
        return f"<#{self.id}>"

    @property
    def threads(self) -> list[Channel]:
        """The threads under it, archived ones too, oldest first."""
        return [x for x in self.world.channels.values() if x.parent is self and not x.deleted]

    @property
    def everything(self) -> list[Message]:
        """All that is there now, oldest first, but private answers."""
        return [x for x in self.all_messages.values() if not x.deleted and not x.is_ephemeral]

    @property
    def messages(self) -> list[Message]:
        """What everybody can read here, without the platform's own lines."""
        return [message for message in self.everything if message.kind in SAID]

    def deny(self, *permissions: str, to: Role | User | None = None) -> None:
        """Deny the bot (or others) something here."""
        self._overwrite(to, lambda allow, deny, of: (allow & ~of, deny | of), permissions)

    def allow(self, *permissions: str, to: Role | User | None = None) -> None:
        """Allow the bot (or others) something here."""
        self._overwrite(to, lambda allow, deny, of: (allow | of, deny & ~of), permissions)

    def delete(self) -> None:
        """Take the channel away, with its threads."""
        for thread in [] if self.is_thread else self.threads:
            thread._vanish()
        told = payloads.channel(self)
        self._vanish()
        name = "THREAD_DELETE" if self.is_thread else "CHANNEL_DELETE"
        self.world.tell(Event(name, told, self.guild, GUILDS))

    def archive(self, *, locked: bool = False) -> None:
        """Put a thread away, as a moderator or the passing of time does."""
        self.change(archived=True, locked=locked)

    def change(self, **fields: object) -> None:
        """Change fields and tell."""
        if fields.get("archived", self.archived) != self.archived:
            self.archived_at = self.world.clock()
        for name, value in fields.items():
            setattr(self, name, value)
        name = "THREAD_UPDATE" if self.is_thread else "CHANNEL_UPDATE"
        self.world.tell(Event(name, payloads.channel(self), self.guild, GUILDS))

    def _vanish(self) -> None:
        assert self.guild is not None
        self.deleted = True
        self.world.channels.pop(self.id, None)
        self.guild.channels.pop(self.id, None)

    def _overwrite(
        self,
        whom: Role | User | None,
        how: Callable[[int, int, int], tuple[int, int]],
        names: tuple[str, ...],
    ) -> None:
        assert self.guild is not None
        id_ = (whom or self.guild.bots).id
        self.overwrites[id_] = how(*self.overwrites.get(id_, (0, 0)), bits(names))
        self.change()
