"""The world behind the server: guilds, people, channels, messages, and the clock that ids are made by."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from tests.discord.events import Event
from tests.discord.interactions import Interaction
from tests.discord.model import DIRECT, Attachment, Member, Message, Role, Snowflakes, User
from tests.discord.people import Person
from tests.discord.permissions import OF_EVERYONE, OF_MANAGERS, OF_THE_BOT
from tests.discord.places import Channel, Guild
from tests.discord.problems import Json
from tests.platforms.world import BaseWorld


@dataclass(repr=False)
class World(BaseWorld):
    """All there is. Tests set `now`, by which ids are made (None: the real time)."""

    token: str = "a.test.token"
    users: dict[int, User] = field(default_factory=dict)
    guilds: dict[int, Guild] = field(default_factory=dict)
    channels: dict[int, Channel] = field(default_factory=dict)
    interactions: dict[int, Interaction] = field(default_factory=dict)
    tokens: dict[str, Interaction] = field(default_factory=dict)
    attachments: dict[int, Attachment] = field(default_factory=dict)
    commands: dict[int | None, list[Json]] = field(default_factory=dict)
    """The registered commands: a guild's by its id, the global ones under None."""
    nonces: dict[tuple[int, str], tuple[float, Message]] = field(default_factory=dict)
    listeners: list[Callable[[Event], None]] = field(default_factory=list)
    files_url: str = ""
    gateway_url: str = ""
    shards: int = 1
    """How many shards Discord recommends."""
    identified: int = 0
    """How often a session was begun today."""
    privileged: int = 0
    """The privileged intents that the application was granted."""

    def __post_init__(self) -> None:
        self.id = Snowflakes(self.clock)
        self.bot = User(self.id(), "studybot", bot=True)
        self.users[self.bot.id] = self.bot
        self.application_id = self.bot.id

    def tell(self, event: Event) -> None:
        """Let the gateway tell something, unless the bot is not there to hear it."""
        if event.guild is None or event.guild.bot_in:
            for listener in self.listeners:
                listener(event)
        self.stir()

    def guild(self, name: str, *, locale: str = "ko") -> Guild:
        """Give the guild of a name, making it where there is none; the bot is in it."""
        for guild in self.guilds.values():
            if guild.name == name:
                return guild
        id_ = self.id(timedelta(milliseconds=len(self.guilds)))  # so that shards share them out
        owner = Person(self.id(), f"{name} owner", world=self)
        everyone = Role(id_, "@everyone", OF_EVERYONE)
        bots = Role(self.id(), self.bot.name, OF_THE_BOT, managed=True)
        guild = Guild(self, id_, name, owner, everyone, bots, locale)
        guild.roles = {everyone.id: everyone, bots.id: bots}
        self.users[owner.id] = owner
        self.guilds[id_] = guild
        guild.members[owner.id] = Member(owner, self.clock())
        guild.invite_bot()
        return guild

    def person(
        self, name: str, *guilds: Guild, manages: bool = False, locale: str = "ko", takes_dms: bool = True
    ) -> Person:
        """Give the person of a name, new ones being in these guilds, or in all that there are."""
        for user in self.users.values():
            if user.name == name and isinstance(user, Person):
                return user
        person = Person(self.id(), name, locale=locale, takes_dms=takes_dms, world=self)
        self.users[person.id] = person
        for guild in guilds or self.guilds.values():
            guild.join(person, *([self._managers(guild)] if manages else []))
        return person

    def file(self, name: str, content: bytes) -> Attachment:
        """Give a file that somebody can attach."""
        id_ = self.id()
        attachment = Attachment(id_, name, content, f"{self.files_url}/attachments/{id_}/{name}")
        self.attachments[id_] = attachment
        return attachment

    def direct(self, user: User) -> Channel:
        """Give the bot's conversation with somebody."""
        for channel in self.channels.values():
            if channel.recipient is user:
                return channel
        channel = Channel(self, self.id(), user.name, DIRECT, recipient=user)
        self.channels[channel.id] = channel
        return channel

    def clickable(self, text: str) -> list[str]:
        """Give the commands that a text names so that one can click on them: `</study start:id>`."""
        ids = {command["id"]: command["name"] for listed in self.commands.values() for command in listed}
        found = re.findall(r"</([^:>]+):(\d+)>", text)
        dead = [name for name, id_ in found if ids.get(id_) != name.split()[0]]
        assert not dead, f"clicking on {dead} does nothing"
        return [name for name, _ in found]

    def forget_nonces(self) -> None:
        """Let the minutes pass in which a nonce counts."""
        self.nonces.clear()

    def _managers(self, guild: Guild) -> Role:
        found = [role for role in guild.roles.values() if role.name == "managers"]
        if found:
            return found[0]
        role = guild.role("managers")
        role.permissions = OF_MANAGERS
        return role
