"""The world behind the server: app, teams, people, messages, forms, and the clock that makes stamps."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any

from tests.platforms.world import BaseWorld
from tests.slack import manifest, payloads
from tests.slack.app import App, Code, Installation
from tests.slack.delivery import Delivery
from tests.slack.interactions import COMMAND, Interaction
from tests.slack.model import File, Ids, Message, Stamps, User
from tests.slack.people import Person
from tests.slack.places import Channel, Team
from tests.slack.problems import Json, Refusal
from tests.slack.surfaces import DEEPEST, View


@dataclass(repr=False)
class World(BaseWorld):
    """All there is. Tests set `now`, by which stamps are made (None: the real time)."""

    teams: dict[str, Team] = field(default_factory=dict)
    installations: dict[str, Installation] = field(default_factory=dict)
    """By bot token, also those that have ended."""
    codes: dict[str, Code] = field(default_factory=dict)
    triggers: dict[str, Interaction] = field(default_factory=dict)
    answerable: dict[str, Interaction] = field(default_factory=dict)
    """By the path of the response URL."""
    views: dict[str, View] = field(default_factory=dict)
    homes: dict[str, View] = field(default_factory=dict)
    """By user id."""
    files: dict[str, File] = field(default_factory=dict)
    latest: dict[str, Interaction] = field(default_factory=dict)
    """What each person did last, by user id."""
    tasks: set[asyncio.Task[None]] = field(default_factory=set)
    url: str = ""

    def __post_init__(self) -> None:
        self.id, self.stamp = Ids(), Stamps(self.clock)
        self.app = App(self.id("A"))
        self.delivery = Delivery(self)

    # who and what there is

    def team(self, name: str) -> Team:
        """Give the team of a name, making it where there is none; the app is not in it yet."""
        for team in self.teams.values():
            if team.name == name:
                return team
        team = Team(self, self.id("T"), name, f"team-{len(self.teams) + 1}")
        team.bot = User(self.id("U"), "studybot", team, is_bot=True)
        team.users[team.bot.id] = team.bot
        self.teams[team.id] = team
        return team

    def person(self, name: str, team: Team, *, locale: str, tz: str, manages: bool, is_guest: bool) -> Person:
        """Give the person of a name in a team."""
        for user in team.users.values():
            if user.name == name and isinstance(user, Person):
                return user
        person = Person(self.id("U"), name, team, locale, tz, is_admin=manages, is_restricted=is_guest)
        team.users[person.id] = person
        open_to = [channel for channel in team.channels.values() if channel.kind != "im"]
        for channel in open_to[: 1 if is_guest else None]:
            channel.members.append(person)
        return person

    def install(self, team: Team, scopes: list[str]) -> Installation:
        """Have the app in a team; again adds scopes and leaves the token as it is."""
        assert self.app.manifest, "the app has no manifest"
        if team.installation:
            known = team.installation.scopes
            known += [scope for scope in scopes if scope not in known]
            return team.installation
        token = f"xoxb-{team.id}-{secrets.token_hex(12)}"
        team.installation = Installation(team, team.bot, self.id("B"), token, list(scopes))
        self.installations[token] = team.installation
        return team.installation

    def file(self, person: Person, name: str, content: bytes) -> File:
        """Give a file that somebody can share."""
        id_ = self.id("F")
        url = f"{self.url}/files-pri/{person.team.id}-{id_}/download/{name}"
        self.files[id_] = File(id_, name, content, person.team, person, url)
        return self.files[id_]

    # what is done

    def act(self, life: Interaction) -> Interaction:
        """Let the bot hear of something that somebody did."""
        life.trigger_id = f"{secrets.randbelow(10**10)}.{secrets.randbelow(10**10)}.{secrets.token_hex(16)}"
        if life.kind != "view_closed":
            life.payload["trigger_id"] = life.trigger_id
            self.triggers[life.trigger_id] = life
        if life.channel is not None:
            kind = "commands" if life.kind == COMMAND else "actions"
            path = f"/{kind}/{life.user.team.id}/{secrets.randbelow(10**12)}/{secrets.token_urlsafe(18)}"
            life.response_url = life.payload["response_url"] = self.url + path
            self.answerable[path] = life
        for thing in (life.message, life.view):
            if thing is not None:
                thing.lives.append(life)
        self.latest[life.user.id] = life
        self.delivery.begin(life)
        return life

    def lately(self, user: User, message: Message) -> None:
        """Count a private message as an answer to what somebody did last."""
        life = self.latest.get(user.id)
        if life and (message.is_ephemeral or life.channel is None):  # what has a response URL needs no DM
            life.says(message)

    def view(self, user: User, body: Json, previous: View | None = None) -> View:
        """Make a view."""
        external = body.get("external_id")
        shown = [*self.views.values(), *self.homes.values()]
        if external and any(x.is_open and x.body.get("external_id") == external for x in shown):
            raise Refusal("duplicate_external_id")
        view = View(self.id("V"), user, body, previous)
        self.views[view.id] = view
        return view

    def lay(self, under: View, body: Json) -> View:
        """Lay a form on another."""
        if under.depth >= DEEPEST:
            raise Refusal("push_limit_reached")
        return self.view(under.user, body, under)

    def close_all(self, view: View) -> None:
        """Close a form and all that lie with it."""
        for each in self.views.values():
            if each.root is view.root:
                each.is_open = False

    def tell(
        self, kind: str, told: Json, team: Team, channel: Channel | None = None, *, subscription: str = ""
    ) -> None:
        """Let the bot hear of something that happened, where it has asked for it."""
        name = subscription or kind
        if team.installation and name in self.app.events and (channel is None or self._hears(channel)):
            needed = manifest.OF_EVENTS[name].split()
            held = [scope for scope in needed if scope in team.installation.scopes]
            if held or not needed:
                self.app.used_scopes.update(held[:1])
                where: Json = {"channel": channel.id} if channel else {}
                inner = {"type": kind, "event_ts": self.stamp()} | where | told
                self.delivery.tell(payloads.event(self, team, inner))
        self.stir()

    def _hears(self, channel: Channel) -> bool:
        return channel.kind == "channel" or channel.team.bot in channel.members

    def soon(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something besides."""
        task = asyncio.get_running_loop().create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)
