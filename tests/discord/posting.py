"""Messages being made, changed and taken away, with all that follows from it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from tests.discord import components, content, mentions, payloads
from tests.discord.events import DIRECT_MESSAGES, MESSAGES, Event
from tests.discord.model import (
    COMPONENTS_V2,
    EPHEMERAL,
    LOADING,
    SILENT,
    SUPPRESS_EMBEDS,
    Attachment,
    Message,
    User,
)
from tests.discord.problems import Json, Problem

if TYPE_CHECKING:
    from tests.discord.interactions import Interaction
    from tests.discord.places import Channel

NONCE_LIVES = 5 * 60.0
HIDDEN: Json = {"content": "", "embeds": [], "attachments": [], "components": []}


def post(
    channel: Channel,
    author: User,
    body: Json,
    files: Sequence[Attachment] = (),
    *,
    answers: Interaction | None = None,
    path: str = "",
    kind: int = 0,
    checked: bool = True,
) -> Message:
    """Make a message as it is asked for; with the nonce of one just made, give that one."""
    if checked:
        content.check(body, len(files), private=answers is not None, path=path)
    world = channel.world
    nonce = str(body["nonce"]) if body.get("nonce") is not None else None
    known = world.nonces.get((channel.id, nonce)) if nonce and body.get("enforce_nonce") else None
    if known and time.monotonic() - known[0] < NONCE_LIVES:
        return known[1]
    reference = _reference(channel, body)
    message = Message(world.id(), channel, author, nonce=nonce, interaction=answers, reference=reference)
    message.kind = 19 if reference else answers.reply_kind if answers else kind
    _fill(message, body, files)
    mentions.ping(message, body.get("allowed_mentions"), world.users)
    channel.all_messages[message.id] = message
    if nonce:
        world.nonces[channel.id, nonce] = (time.monotonic(), message)
    tell("MESSAGE_CREATE", message)
    return message


def edit(message: Message, body: Json, files: Sequence[Attachment] = (), *, path: str = "") -> Message:
    """Change what is given of a message; nobody is pinged by it."""
    now = {key: getattr(message, key) for key in ("content", "embeds", "components", "flags", "attachments")}
    content.check(body, len(files), path=path, now=now)
    message.earlier.append(message.text)
    message.flags &= ~LOADING
    _fill(message, body, files)
    if not now["flags"] & LOADING:
        message.edited_at = message.channel.world.clock()
    tell("MESSAGE_UPDATE", message)
    return message


def remove(message: Message) -> None:
    """Take a message away."""
    message.deleted = True
    told: Json = {"id": str(message.id), "channel_id": str(message.channel.id)}
    if message.channel.guild:
        told["guild_id"] = str(message.channel.guild.id)
    if not message.is_ephemeral:
        message.channel.world.tell(Event("MESSAGE_DELETE", told, message.channel.guild, _intent(message)))


def tell(name: str, message: Message) -> None:
    """Tell of a message; private answers are nobody's business."""
    if message.is_ephemeral:
        return
    world = message.channel.world
    whole = payloads.message(message, guild_id=True)
    own = message.author is world.bot or world.bot in message.pinged or message.channel.guild is None
    bare = None if own else whole | HIDDEN
    world.tell(Event(name, whole, message.channel.guild, _intent(message), bare))


def _intent(message: Message) -> int:
    return MESSAGES if message.channel.guild else DIRECT_MESSAGES


def _fill(message: Message, body: Json, files: Sequence[Attachment]) -> None:
    if "content" in body:
        message.content = body["content"] or ""
    if "embeds" in body:
        message.embeds = body["embeds"] or []
    if "components" in body:
        message.components = components.numbered(body["components"] or [])
    flags = int(body.get("flags") or 0) & (SUPPRESS_EMBEDS | SILENT | EPHEMERAL | COMPONENTS_V2)
    message.flags |= flags
    if "attachments" in body:
        kept = {str(each.get("id")) for each in body["attachments"] or []}
        message.attachments = [each for each in message.attachments if str(each.id) in kept]
    message.attachments += files
    _link_media(message)


def _link_media(message: Message) -> None:
    urls = {f"attachment://{each.name}": each.url for each in message.attachments}
    media: list[Any] = [part.get("media") or part.get("file") for part in message.parts]
    media += [item.get("media") for part in message.parts for item in part.get("items") or []]
    for each in media:
        if each:
            each["url"] = each["proxy_url"] = urls.get(each["url"], each["url"])
            each.setdefault("loading_state", 2)


def _reference(channel: Channel, body: Json) -> Json | None:
    reference = body.get("message_reference")
    if not reference:
        return None
    there = channel.all_messages.get(int(reference["message_id"]))
    if there is None or there.deleted:
        if reference.get("fail_if_not_exists", True):
            raise Problem(10008)
        return None
    return {"message_id": str(there.id), "channel_id": str(channel.id), "type": 0}
