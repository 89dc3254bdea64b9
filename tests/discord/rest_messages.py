"""REST: messages and direct conversations."""

from typing import Any

from tests.discord import payloads, posting
from tests.discord.events import GUILDS, Event
from tests.discord.model import FORUM, TEXT, User
from tests.discord.people import speaks
from tests.discord.permissions import May, demand, in_channel
from tests.discord.places import Channel
from tests.discord.problems import Form, Json, Problem
from tests.discord.routing import Call, on


def may_post(channel: Channel, bot: User, body: Json, files: int) -> None:
    """Refuse what the bot may not post in a channel; bring an archived thread back."""
    if channel.recipient is not None:
        together = any(
            channel.recipient.id in guild.members for guild in channel.world.guilds.values() if guild.bot_in
        )
        if not channel.recipient.takes_dms or not together:
            raise Problem(50007)
        return
    if channel.kind == FORUM:
        raise Problem(50008)
    wanted = [May.EMBED_LINKS] if body.get("embeds") else []
    wanted += [May.ATTACH_FILES] if files else []
    wanted += [May.READ_MESSAGE_HISTORY] if body.get("message_reference") else []
    demand(channel, bot, May.VIEW_CHANNEL, *wanted)
    speaks(channel, bot)


@on("POST", "/channels/{channel}/messages")
def create(call: Call) -> Any:
    channel, body = call.channel, call.json
    may_post(channel, call.world.bot, body, len(call.files))
    return payloads.message(posting.post(channel, call.world.bot, body, call.files))


@on("GET", "/channels/{channel}/messages")
def history(call: Call) -> Any:
    demand(call.channel, call.world.bot, May.READ_MESSAGE_HISTORY)
    form = Form()
    form.number(limit := call.number("limit", 50), "limit", 1, 100)
    form.refuse()
    before, after = call.number("before", 1 << 63), call.number("after", 0)
    found = [message for message in call.channel.everything if after < message.id < before]
    if "around" in call.query:
        middle = call.number("around", 0)
        found.sort(key=lambda message: abs(message.id - middle))
        chosen = sorted(found[:limit], key=lambda message: message.id)
    else:
        chosen = found[:limit] if after else found[-limit:]
    return [payloads.message(message) for message in reversed(chosen)]


@on("GET", "/channels/{channel}/messages/{message}")
def get(call: Call) -> Any:
    demand(call.channel, call.world.bot, May.READ_MESSAGE_HISTORY)
    return payloads.message(call.message)


@on("PATCH", "/channels/{channel}/messages/{message}")
def change(call: Call) -> Any:
    demand(call.channel, call.world.bot)
    message = call.message
    if message.author is not call.world.bot:
        raise Problem(50005)
    locked = call.channel.locked and not in_channel(call.channel, call.world.bot) & May.MANAGE_THREADS
    if call.channel.archived or locked:
        raise Problem(50083 if call.channel.archived else 50013)
    return payloads.message(posting.edit(message, call.json, call.files))


@on("DELETE", "/channels/{channel}/messages/{message}")
def delete(call: Call) -> Any:
    message = call.message
    others = message.author is not call.world.bot
    demand(call.channel, call.world.bot, *([May.MANAGE_MESSAGES] if others else []))
    posting.remove(message)


@on("POST", "/channels/{channel}/typing")
def typing(call: Call) -> Any:
    demand(call.channel, call.world.bot, May.SEND_MESSAGES)


@on("PUT", "/channels/{channel}/messages/pins/{message}")
@on("PUT", "/channels/{channel}/pins/{message}")
def pin(call: Call) -> Any:
    demand(call.channel, call.world.bot, May.PIN_MESSAGES)
    message = call.message
    if message.id not in call.channel.pins:
        call.channel.pins.append(message.id)
        about: Json = {"channel_id": str(call.channel.id), "last_pin_timestamp": None}
        about |= {"guild_id": str(call.channel.guild.id)} if call.channel.guild else {}
        call.world.tell(Event("CHANNEL_PINS_UPDATE", about, call.channel.guild, GUILDS))


@on("DELETE", "/channels/{channel}/messages/pins/{message}")
@on("DELETE", "/channels/{channel}/pins/{message}")
def unpin(call: Call) -> Any:
    demand(call.channel, call.world.bot, May.PIN_MESSAGES)
    call.channel.pins = [id_ for id_ in call.channel.pins if id_ != call.message.id]


@on("POST", "/users/@me/channels")
def open_direct(call: Call) -> Any:
    who = call.world.users.get(int(call.json.get("recipient_id") or 0))
    if who is None or who.bot:
        raise Problem(50033)
    return payloads.channel(call.world.direct(who))


@on("GET", "/channels/{channel}")
def channel(call: Call) -> Any:
    demand(call.channel, call.world.bot)
    return payloads.channel(call.channel)


@on("PATCH", "/channels/{channel}")
def change_channel(call: Call) -> Any:
    from tests.discord.rest_threads import change_thread

    channel, body = call.channel, call.json
    if channel.is_thread:
        return change_thread(call)
    demand(channel, call.world.bot, May.MANAGE_CHANNELS)
    form = Form()
    form.text(body.get("name"), "name", 100, 1)
    form.text(body.get("topic"), "topic", 1024 if channel.kind == TEXT else 4096)
    form.refuse()
    channel.change(**{key: body[key] for key in ("name", "topic") if key in body})
    return payloads.channel(channel)


@on("DELETE", "/channels/{channel}")
def delete_channel(call: Call) -> Any:
    channel = call.channel
    demand(channel, call.world.bot, May.MANAGE_THREADS if channel.is_thread else May.MANAGE_CHANNELS)
    told = payloads.channel(channel)
    channel.delete()
    return told
