"""Messages: posted, changed, taken away; each told to the bot, where it listens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.slack import payloads, texts
from tests.slack.content import Content
from tests.slack.model import File, Message, User
from tests.slack.places import IM, Channel
from tests.slack.problems import Json, Refusal

if TYPE_CHECKING:
    from tests.slack.world import World


def post(
    world: World,
    channel: Channel,
    author: User,
    said: Content,
    *,
    parent: Message | None = None,
    broadcast: bool = False,
    only_for: User | None = None,
    by_app: bool = False,
    files: list[File] | None = None,
) -> Message:
    """Post a message."""
    if said.is_empty and not files:
        raise Refusal("no_text")
    message = Message(world.stamp(), channel, author, said.text or "", said.blocks or [])
    message.attachments, message.metadata = said.attachments or [], said.metadata or None
    message.parent, message.only_for, message.by_app = parent, only_for, by_app
    message.is_broadcast, message.files = broadcast, files or []
    message.unfurl_links, message.unfurl_media = said.more.get("unfurl_links"), said.more.get("unfurl_media")
    if by_app:
        texts.hold(f"message in {channel.name}", message.body, message.blocks, channel.team)
    if only_for is None:
        named, message.pings_all = texts.pings(message.body, message.blocks, channel.team)
        message.pinged = [user for user in named if user in channel.members]
    channel.all_messages[message.ts] = message
    if parent is not None:
        parent.thread.append(message)
    if only_for is None:
        told = payloads.message(message) | ({"subtype": "file_share"} if files else {})
        _tell(world, channel, told)
        if channel.kind == IM and by_app:
            world.lately(channel.members[0], message)
    world.stir()
    return message


def change(world: World, message: Message, said: Content) -> None:
    """Change a message: without blocks a new text takes them away, without a text the old one stays."""
    before = payloads.message(message)
    message.earlier.append(message.text)
    if said.blocks is not None or said.text is not None:
        message.blocks = said.blocks or []
    message.body = message.body if said.text is None else said.text
    message.attachments = message.attachments if said.attachments is None else said.attachments
    if said.metadata is not None:
        message.metadata = said.metadata or None
    where = message.channel
    texts.hold(f"message in {where.name}", message.body, message.blocks, where.team)
    message.edited_ts = world.stamp()
    after = {"subtype": "message_changed", "message": payloads.message(message), "previous_message": before}
    _told_of(world, message, after)


def remove(world: World, message: Message) -> None:
    """Take a message away."""
    message.deleted = True
    gone = {"subtype": "message_deleted", "deleted_ts": message.ts}
    _told_of(world, message, gone | {"previous_message": payloads.message(message)})


def _told_of(world: World, message: Message, told: Json) -> None:
    for life in message.lives:
        life.sees(message)
    if not message.is_ephemeral:
        hidden: Json = {"type": "message", "hidden": True, "ts": world.stamp()}
        _tell(world, message.channel, hidden | told)
    world.stir()


def _tell(world: World, channel: Channel, told: Json) -> None:
    kind = {"C": "channel", "G": "group", "D": "im"}["G" if channel.kind == "group" else channel.id[0]]
    subscription = "message.im" if kind == "im" else f"message.{kind}s"
    if channel.team.bot in channel.members:
        told = told | {"channel": channel.id, "channel_type": kind, "event_ts": told["ts"]}
        world.tell("message", told, channel.team, subscription=subscription)
        if f"<@{channel.team.bot.id}>" in told.get("text", "") and kind != "im":
            world.tell("app_mention", told | {"type": "app_mention"}, channel.team)
