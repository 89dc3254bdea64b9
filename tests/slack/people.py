"""People of a team acting as Slack's client lets them: commands, buttons, forms, messages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.slack import forms, payloads, posting, texts
from tests.slack.content import Content
from tests.slack.interactions import CLOSE, COMMAND, GLOBAL, ON_MESSAGE, PRESS, SUBMIT, Interaction
from tests.slack.model import File, Message, User, walk
from tests.slack.places import Channel
from tests.slack.problems import Json
from tests.slack.surfaces import View

if TYPE_CHECKING:
    from tests.slack.oauth import Visit
    from tests.slack.world import World


@dataclass(eq=False, repr=False)
class Person(User):
    """Somebody who acts. What they cannot do in Slack's own client is an AssertionError."""

    @property
    def world(self) -> World:
        """Where all this is."""
        return self.team.world

    # looking

    def sees(self, channel: Channel, thread: Message | None = None) -> list[Message]:
        """Give what they can read in a channel (or thread) now, answers that only they see too."""
        if self not in channel.members:
            return []
        mine = [x for x in channel.all_messages.values() if not x.deleted and x.only_for in {None, self}]
        return [x for x in mine if x.parent is thread or (x.is_broadcast and thread is None) or x is thread]

    def reads(self, thing: Message | View) -> str:
        """Give a text as they read it: names instead of ids, dates in their own zone."""
        return texts.shown(thing.text, self)

    @property
    def inbox(self) -> list[Message]:
        """What the bot has written to them directly."""
        return [message for message in self.team.direct(self).everything if message.by_app]

    @property
    def home(self) -> View:
        """The bot's Home tab as it is for them."""
        assert self.world.app.has_home, "the app has no Home tab"
        found = self.world.homes.get(self.id)
        assert found is not None, f"there is nothing on the Home tab of {self.name}"
        return found

    # acting, and waiting for the answer

    async def types(self, place: Channel, line: str, *, thread: Message | None = None) -> Interaction:
        """Send a slash command, as "/submit https://…", and wait for the answer."""
        return await self.begins(place, line, thread=thread).answered()

    async def presses(self, thing: Message | View, which: str) -> Interaction:
        """Press a button in a message, form or Home tab, by its label or action id."""
        life = self.pushes(thing, which)
        is_link = _element(thing, which, "button")[0].get("url")
        return await (life.acknowledged() if is_link else life.answered())

    async def selects(self, thing: Message | View, which: str, *values: Any) -> Interaction:
        """Choose from a menu, by its placeholder or action id."""
        element, block = _element(thing, which)
        value = values[0] if len(values) == 1 else list(values)
        return await self._acts(thing, element, block, forms.valued(element, value)).answered()

    async def fills(self, view: View, fields: dict[str, Any] | None = None) -> Interaction:
        """Fill in a form, its fields by label or block id, and send it; what was typed before stays."""
        return await self.sends(view, fields).answered()

    async def uses_on_message(self, message: Message, name: str) -> Interaction:
        """Use a message shortcut, by its name."""
        self._reads(message)
        assert not message.is_ephemeral, "there are no shortcuts on what only one person sees"
        shortcut = self._shortcut(name, "message")
        where = message.channel
        payload = payloads.interactive(self.world, self, ON_MESSAGE) | {
            "callback_id": shortcut["callback_id"],
            "action_ts": self.world.stamp(),
            "message_ts": message.ts,
            "channel": {"id": where.id, "name": where.name},
            "message": payloads.message(message, metadata=True),
        }
        return await self._does(Interaction(self.world, ON_MESSAGE, self, payload, where, message)).answered()

    async def uses(self, name: str) -> Interaction:
        """Use a global shortcut, by its name."""
        payload = payloads.interactive(self.world, self, GLOBAL)
        payload |= {
            "callback_id": self._shortcut(name, "global")["callback_id"],
            "action_ts": self.world.stamp(),
        }
        return await self._does(Interaction(self.world, GLOBAL, self, payload)).answered()

    async def opens_home(self, patience: float = 5.0) -> View:
        """Open the bot's Home tab, and wait until the bot has filled it anew."""
        assert self.world.app.has_home, "the app has no Home tab"
        before = self.world.homes.get(self.id)
        updates = before.updates if before else -1
        told: Json = {"user": self.id, "channel": self.team.direct(self).id, "tab": "home"}
        self.world.tell("app_home_opened", told | ({"view": before.payload()} if before else {}), self.team)
        await self.world.until(
            lambda: self.id in self.world.homes and self.world.homes[self.id].updates > updates, patience
        )
        return self.home

    async def installs(self, address: str, *, denies: bool = False) -> Visit:
        """Follow the app's install page to Slack, agree (or not), and come back to the app."""
        from tests.slack import oauth

        return await oauth.visit(self, address, denies=denies)

    # acting alone

    def begins(self, place: Channel, line: str, *, thread: Message | None = None) -> Interaction:
        """Send a slash command and wait for nothing."""
        assert thread is None, "slash commands of apps cannot be used in threads"
        self._writes_in(place)
        name, _, rest = line.strip().partition(" ")
        command = self.world.app.commands.get(name) if self.team.installation else None
        assert command is not None, f"{name} is not a valid command"
        self._uses("commands")
        rest = rest.strip()
        if command.get("should_escape"):
            text = texts.composed(rest, self.team, named=True)
        else:
            text = texts.unnamed(rest, self.team)
        payload = payloads.command(self.world, self, place, name, text)
        return self._does(Interaction(self.world, COMMAND, self, payload, place))

    def pushes(self, thing: Message | View, which: str) -> Interaction:
        """Press a button and wait for nothing."""
        element, block = _element(thing, which, "button")
        value: Json = {key: element[key] for key in ("text", "value", "style") if key in element}
        return self._acts(thing, element, block, value | {"type": "button"})

    def sends(self, view: View, fields: dict[str, Any] | None = None) -> Interaction:
        """Send a form and wait for nothing."""
        self._on_top(view)
        assert view.body.get("submit"), f"{view} cannot be sent"
        view.state, view.errors = forms.filled(view, fields or {}), {}
        payload = payloads.interactive(self.world, self, SUBMIT)
        payload |= {"view": view.payload(), "response_urls": []}
        return self._does(Interaction(self.world, SUBMIT, self, payload, view=view))

    def closes(self, view: View) -> Interaction | None:
        """Close a form; the bot hears of it only where it has asked to."""
        self._on_top(view)
        view.is_open = False
        if view.body.get("clear_on_close"):
            self.world.close_all(view)
        if not view.body.get("notify_on_close"):
            return None
        payload = payloads.interactive(self.world, self, CLOSE) | {
            "view": view.payload(),
            "is_cleared": False,
        }
        return self._does(Interaction(self.world, CLOSE, self, payload, view=view))

    def writes(self, place: Channel, text: str, *files: File, thread: Message | None = None) -> Message:
        """Write a message, perhaps in a thread."""
        self._writes_in(place)
        assert thread is None or (thread.channel is place and not thread.deleted), "there is no such thread"
        parent = thread.parent or thread if thread else None
        said = Content(texts.composed(text, self.team))
        return posting.post(self.world, place, self, said, parent=parent, files=list(files))

    def deletes(self, message: Message) -> None:
        """Take a message of one's own away; who manages the team, any."""
        assert message.author is self or self.is_admin, f"{self.name} cannot delete that"
        posting.remove(self.world, message)

    def changes(self, *, locale: str = "", tz: str = "") -> None:
        """Change one's language or zone."""
        self.locale, self.tz = locale or self.locale, tz or self.tz
        told = payloads.user(self, self.world.clock(), with_locale=True)
        self.world.tell("user_change", {"user": told}, self.team)

    # within

    def _acts(self, thing: Message | View, element: Json, block: Json, value: Json) -> Interaction:
        message, view = (thing, None) if isinstance(thing, Message) else (None, thing)
        if message is not None:
            self._reads(message)
        else:
            assert view is not None
            assert view.user is self, f"{view} is not before {self.name}"
            assert view.is_open, f"{view} is closed"
        state = {} if view is None else view.state
        if element["type"] != "button":
            state.setdefault(block["block_id"], {})[element["action_id"]] = value
        where = _in_message(message) if message else _in_view(view) if view else {}
        ids = {"action_id": element["action_id"], "block_id": block["block_id"]}
        action = ids | value | {"action_ts": self.world.stamp()}
        payload = payloads.interactive(self.world, self, PRESS) | where
        payload |= {"state": {"values": state}, "actions": [action]}
        channel = message.channel if message else None
        return self._does(Interaction(self.world, PRESS, self, payload, channel, message, view))

    def _does(self, life: Interaction) -> Interaction:
        assert self.team.installation, f"the app is not in {self.team}"
        assert life.kind == COMMAND or self.world.app.is_interactive, "the app hears of no buttons and forms"
        return self.world.act(life)

    def _shortcut(self, name: str, kind: str) -> Json:
        self._uses("commands")
        return self.world.app.shortcut(name, kind)

    def _uses(self, scope: str) -> None:
        held = self.team.installation.scopes if self.team.installation else []
        assert scope in held, f"the app is installed without the scope {scope}"
        self.world.app.used_scopes.add(scope)

    def _writes_in(self, place: Channel) -> None:
        assert place.team is self.team, f"{self.name} is not in {place.team}"
        assert self in place.members, f"{self.name} is not in {place}"
        assert not place.archived, f"{place} is archived"
        assert not place.deleted, f"{place} is gone"
        assert place.kind != "im" or self.world.app.has_messages, "one cannot write to the app"

    def _reads(self, message: Message) -> None:
        assert not message.deleted, "the message is gone"
        assert message.only_for in {None, self}, f"only {message.only_for} sees this message"
        assert self in message.channel.members, f"{self.name} does not see the channel"

    def _on_top(self, view: View) -> None:
        assert view.user is self, "a form is used by whom it was shown to"
        assert view.is_open, f"{view} is closed"
        above = [x for x in self.world.views.values() if x.previous is view and x.is_open]
        assert not above, f"{above[0]} lies on {view}"


def _element(thing: Message | View, which: str, kind: str = "") -> tuple[Json, Json]:
    found = [(part, block) for block in thing.blocks for part in walk(block) if part.get("action_id")]
    for element, block in found:
        label = (element.get("text") or element.get("placeholder") or {}).get("text")
        if which in {element["action_id"], label} and kind in {"", element["type"]}:
            return element, block
    raise AssertionError(f"no {kind or 'menu'} {which!r} but {[part['action_id'] for part, _ in found]}")


def _in_view(view: View) -> Json:
    return {"container": {"type": "view", "view_id": view.id}, "view": view.payload()}


def _in_message(message: Message) -> Json:
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": message.channel.id,
        "is_ephemeral": message.is_ephemeral,
    }
    if message.parent:
        container["thread_ts"] = message.parent.ts
    told: Json = {"channel": {"id": message.channel.id, "name": message.channel.name}, "container": container}
    return told if message.is_ephemeral else told | {"message": payloads.message(message, metadata=True)}
