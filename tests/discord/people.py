"""People of the server acting as Discord's client lets them: typing commands, pressing buttons, writing."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.discord import payloads, posting
from tests.discord.commands import ON_MESSAGE, SLASH
from tests.discord.events import Event
from tests.discord.forms import filled, picked
from tests.discord.interactions import COMMAND, COMPLETION, COMPONENT, MODAL, Interaction
from tests.discord.model import Attachment, Message, User, label
from tests.discord.options import Typed, one_of
from tests.discord.permissions import EVERYTHING, May, demand, in_channel
from tests.discord.problems import Json, Problem

if TYPE_CHECKING:
    from tests.discord.places import Channel
    from tests.discord.world import World


@dataclass(eq=False, kw_only=True)
class Person(User):
    """Somebody who acts. What they cannot do in Discord's own client is an AssertionError."""

    world: World = field(repr=False)

    # looking

    def sees(self, channel: Channel) -> list[Message]:
        """Give what they can read in a channel now, answers that only they see too."""
        if not in_channel(channel, self) & May.VIEW_CHANNEL:
            return []
        private = [x for life in self.world.interactions.values() if life.user is self for x in life.replies]
        mine = {x.id: x for x in private if x.channel is channel and x.is_ephemeral and not x.deleted}
        there = {message.id: message for message in channel.messages} | mine
        return [there[id_] for id_ in sorted(there)]

    @property
    def inbox(self) -> list[Message]:
        """What the bot has written to them directly."""
        return [message for message in self.world.direct(self).messages if message.author is self.world.bot]

    # acting, and waiting for the answer

    async def types(self, place: Channel, line: str, /, **given: Any) -> Interaction:
        """Send a slash command, as "submit" or "study start" with its options, and wait for the answer."""
        return await self.begins(place, line, **given).answered()

    async def completes(
        self, place: Channel, line: str, /, *, focused: str, value: str = "", **given: Any
    ) -> Interaction:
        """Type a part of an option; the life's `choices` are what is offered."""
        command, path = self._command(place, line, SLASH)
        typed = Typed(place.guild)
        options = typed.draft(command, path, focused, value, given)
        data = self._of(command) | {"options": options} | typed.told
        return await self._does(COMPLETION, place, data).answered()

    async def presses(self, message: Message, which: str) -> Interaction:
        """Press a button, by its label or custom id."""
        return await self.pushes(message, which).answered()

    async def selects(self, message: Message, which: str, *values: Any) -> Interaction:
        """Select values of a menu (of a picker: people, roles, channels), by its custom id or placeholder."""
        self._reads(message)
        menus = [part for part in message.parts if part["type"] in {3, 5, 6, 7, 8}]
        menu = next((x for x in menus if which in {x["custom_id"], x.get("placeholder")}), None)
        assert menu is not None, f"no menu {which!r} but {[x['custom_id'] for x in menus]}"
        typed = Typed(message.channel.guild)
        data: Json = {"custom_id": menu["custom_id"], "component_type": menu["type"], "id": menu["id"]}
        data |= {"values": picked(menu, values, typed)} | typed.told
        return await self._does(COMPONENT, message.channel, data, message).answered()

    async def sends_modal(self, asked: Interaction, **fields: Any) -> Interaction:
        """Send the form that an interaction opened, its fields by custom id or label."""
        assert asked.modal is not None, f"{asked} opened no form"
        assert asked.user is self, "a form is sent by whom it was shown to"
        typed = Typed(asked.channel.guild)
        components = filled(asked.modal, fields, typed)
        data: Json = {"custom_id": asked.modal["custom_id"], "components": components} | typed.told
        return await self._does(MODAL, asked.channel, data, asked.message, asked).answered()

    async def uses_on_message(self, message: Message, name: str) -> Interaction:
        """Use a message command, by its name in any language."""
        self._reads(message)
        command, _ = self._command(message.channel, name, ON_MESSAGE)
        resolved = {"messages": {str(message.id): payloads.message(message)}}
        data = self._of(command) | {"target_id": str(message.id), "resolved": resolved}
        return await self._does(COMMAND, message.channel, data).answered()

    # acting alone

    def begins(self, place: Channel, line: str, /, **given: Any) -> Interaction:
        """Send a slash command and wait for nothing."""
        command, path = self._command(place, line, SLASH)
        typed = Typed(place.guild)
        options = typed.fill(command, path, given)
        return self._does(COMMAND, place, self._of(command) | {"options": options} | typed.told)

    def pushes(self, message: Message, which: str) -> Interaction:
        """Press a button and wait for nothing."""
        self._reads(message)
        buttons = [part for part in message.parts if part["type"] == 2]
        button = next((x for x in buttons if which in {x.get("custom_id"), label(x)}), None)
        assert button is not None, f"no button {which!r} but {message.buttons}"
        assert button.get("custom_id"), f"{which!r} is a link"
        assert not button.get("disabled"), f"{which!r} cannot be pressed"
        data: Json = {"custom_id": button["custom_id"], "component_type": 2, "id": button["id"]}
        return self._does(COMPONENT, message.channel, data, message)

    def writes(self, place: Channel, text: str, *files: Attachment) -> Message:
        """Write a message; an archived thread that is not locked comes back by it."""
        speaks(place, self)
        return posting.post(place, self, {"content": text}, files)

    def deletes(self, message: Message) -> None:
        """Take a message away: one's own, or as a moderator any."""
        if message.author is not self:
            demand(message.channel, self, May.MANAGE_MESSAGES)
        posting.remove(message)

    # within

    def _reads(self, message: Message) -> None:
        assert not message.deleted, "the message is gone"
        owner = message.interaction.user if message.interaction else None
        assert not message.is_ephemeral or owner is self, f"only {owner} sees this message"
        assert in_channel(message.channel, self) & May.VIEW_CHANNEL, f"{self.name} does not see the channel"

    def _command(self, place: Channel, line: str, kind: int) -> tuple[Json, list[str]]:
        assert in_channel(place, self) & May.USE_APPLICATION_COMMANDS, (
            f"{self.name} can use no commands there"
        )
        assert not place.archived, "commands cannot be used in an archived thread"
        words = line.removeprefix("/").split() if kind == SLASH else [line]
        registered = self.world.commands
        of_guild = registered.get(place.guild.id, []) if place.guild else []
        common = [x for x in registered.get(None, []) if _is_for(x, 0 if place.guild else 1)]
        command = one_of([x for x in of_guild + common if x["type"] == kind], words[0], "command")
        wanted = command.get("default_member_permissions")
        may = in_channel(place, self)
        shown = wanted is None or may == EVERYTHING or may & int(wanted) == int(wanted) != 0
        assert shown, f"{self.name} is not shown {line!r}"
        return command, words[1:]

    def _of(self, command: Json) -> Json:
        about: Json = {"id": command["id"], "name": command["name"], "type": command["type"]}
        return about | ({"guild_id": command["guild_id"]} if command.get("guild_id") else {})

    def _does(
        self,
        kind: int,
        place: Channel,
        data: Json,
        message: Message | None = None,
        parent: Interaction | None = None,
    ) -> Interaction:
        token = secrets.token_urlsafe(48)
        life = Interaction(self.world, self.world.id(), token, kind, self, place, data, message, parent)
        self.world.interactions[life.id] = self.world.tokens[token] = life
        self.world.tell(Event("INTERACTION_CREATE", _payload(life), place.guild))
        return life


def _is_for(command: Json, context: int) -> bool:
    everywhere = (0, 1, 2) if command.get("dm_permission", True) else (0,)
    return context in (command.get("contexts") or everywhere)


def speaks(place: Channel, who: User) -> None:
    """Refuse somebody who may not write in a channel; bring a thread back that has been put away."""
    in_thread = place.is_thread
    demand(place, who, May.SEND_MESSAGES_IN_THREADS if in_thread else May.SEND_MESSAGES)
    if place.locked and not in_channel(place, who) & May.MANAGE_THREADS:
        raise Problem(50083) if place.archived else Problem(50013)
    if place.archived:
        place.change(archived=False)


def _payload(life: Interaction) -> Json:
    world, place, who = life.world, life.channel, life.user
    payload: Json = {
        "id": str(life.id),
        "application_id": str(world.application_id),
        "type": life.kind,
        "token": life.token,
        "version": 1,
        "data": life.data,
        "channel_id": str(place.id),
        "channel": payloads.in_interaction(place, who),
        "locale": who.locale,
        "app_permissions": str(int(in_channel(place, world.bot))),
        "entitlements": [],
        "attachment_size_limit": 10 * 1024 * 1024,
        "context": 0 if place.guild else 1,
        "authorizing_integration_owners": {"0": str(place.guild.id if place.guild else 0)},
    }
    if place.guild:
        guild = place.guild
        payload |= {"guild_id": str(guild.id), "guild_locale": guild.locale}
        payload["guild"] = {"id": str(guild.id), "locale": guild.locale, "features": ["COMMUNITY"]}
        payload["member"] = payloads.member(guild.members[who.id], within=place)
    else:
        payload["user"] = payloads.user(who)
    if life.message:
        payload["message"] = payloads.message(life.message)
    return payload
