"""Teams (workspaces) and channels. What is done with their methods is told to the bot."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from tests.slack.model import Message, User
from tests.slack.problems import Json

if TYPE_CHECKING:
    from tests.slack.app import Installation
    from tests.slack.people import Person
    from tests.slack.world import World

CHANNEL, GROUP, IM = "channel", "group", "im"


@dataclass(eq=False, repr=False)
class Team:
    """A workspace: its people and channels; `installation` is what it has of the app."""

    world: World
    id: str
    name: str
    domain: str
    bot: User = field(init=False)
    users: dict[str, User] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    installation: Installation | None = None
    edit_window: timedelta | None = None
    """For how long messages can be changed; None: for ever."""

    def __repr__(self) -> str:
        return f"<team {self.name!r}>"

    def channel(self, name: str, *, private: bool = False, bot_in: bool = True) -> Channel:
        """Give the channel of a name, making it with everybody in it where there is none."""
        for channel in self.channels.values():
            if channel.name == name and channel.kind != IM:
                return channel
        channel = Channel(self.world.id("C"), name, self, GROUP if private else CHANNEL)
        channel.members = [user for user in self.users.values() if not user.is_bot]
        channel.members += [self.bot] if bot_in else []
        self.channels[channel.id] = channel
        return channel

    def person(
        self,
        name: str,
        *,
        locale: str = "ko-KR",
        tz: str = "Asia/Seoul",
        manages: bool = False,
        is_guest: bool = False,
    ) -> Person:
        """Give the person of a name; somebody new is in all channels that there are (a guest: the first)."""
        return self.world.person(name, self, locale=locale, tz=tz, manages=manages, is_guest=is_guest)

    def direct(self, user: User) -> Channel:
        """Give the bot's conversation with somebody."""
        for channel in self.channels.values():
            if channel.kind == IM and user in channel.members:
                return channel
        channel = Channel(self.world.id("D"), "directmessage", self, IM, members=[user, self.bot])
        self.channels[channel.id] = channel
        return channel

    def install(self, *scopes: str) -> Installation:
        """Have the app, as by the button in its settings; scopes are the manifest's unless some are given."""
        return self.world.install(self, list(scopes) or self.world.app.scopes)

    def uninstall(self) -> None:
        """Remove the app: its tokens end, and it is told so."""
        assert self.installation is not None, f"the app is not in {self}"
        gone = self.installation
        self.world.tell("tokens_revoked", {"tokens": {"oauth": [], "bot": [self.bot.id]}}, self)
        self.world.tell("app_uninstalled", {}, self)
        gone.problem = "account_inactive"
        self.installation = None
        for channel in self.channels.values():
            if channel.kind != IM and self.bot in channel.members:
                channel.members.remove(self.bot)


@dataclass(eq=False, repr=False)
class Channel:
    """A channel, private channel (`group`) or conversation (`im`)."""

    id: str
    name: str
    team: Team
    kind: str = CHANNEL
    members: list[User] = field(default_factory=list)
    archived: bool = False
    deleted: bool = False
    topic: str = ""
    all_messages: dict[str, Message] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<channel {self.name!r}>"

    @property
    def mention(self) -> str:
        """How a text names the channel."""
        return f"<#{self.id}>"

    @property
    def everything(self) -> list[Message]:
        """All that is there now, oldest first, but what only one person sees."""
        return [x for x in self.all_messages.values() if not x.deleted and not x.is_ephemeral]

    @property
    def messages(self) -> list[Message]:
        """What stands in the channel itself: threads are under their parents."""
        return [x for x in self.everything if x.parent is None or x.is_broadcast]

    def link(self, message: Message) -> str:
        """The address of a message."""
        return f"https://{self.team.domain}.slack.com/archives/{self.id}/p{message.ts.replace('.', '')}"

    def invite(self, user: User) -> None:
        """Bring somebody in."""
        if user not in self.members:
            self.members.append(user)
            told: Json = {"user": user.id, "channel_type": self.id[0], "team": self.team.id}
            self.team.world.tell("member_joined_channel", told, self.team, self)

    def kick(self, user: User) -> None:
        """Throw somebody out."""
        told: Json = {"user": user.id, "channel_type": self.id[0], "team": self.team.id}
        self.team.world.tell("member_left_channel", told, self.team, self)
        self.members.remove(user)

    def archive(self) -> None:
        """Put the channel away."""
        self.archived = True
        self._tell("archive")

    def unarchive(self) -> None:
        """Bring it back."""
        self.archived = False
        self._tell("unarchive")

    def delete(self) -> None:
        """Take it away with all that it holds."""
        self._tell("deleted")
        self.deleted = True

    def _tell(self, what: str) -> None:
        self.team.world.tell(f"{self.kind}_{what}", {}, self.team, self)
