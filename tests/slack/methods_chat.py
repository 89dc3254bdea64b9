"""chat.*: messages, and those that only one person sees."""

from __future__ import annotations

from datetime import timedelta

from tests.slack import payloads, posting
from tests.slack.content import MOST_IN_EDIT, Content, checked
from tests.slack.model import Message
from tests.slack.places import CHANNEL, IM, Channel
from tests.slack.problems import Json, Refusal
from tests.slack.routing import Call, method, ok


@method("chat.postMessage", scope="chat:write")
def post(call: Call) -> Json:
    """Post a message in a channel or thread, or to a person by their id."""
    channel = _target(call)
    if channel.archived:
        raise Refusal("is_archived")
    if any(call.args.get(name) for name in ("username", "icon_emoji", "icon_url")):
        call.needs("chat:write.customize")
    message = posting.post(
        call.world,
        channel,
        call.bot,
        _content(call),
        parent=_parent(call, channel),
        broadcast=bool(call.flag("reply_broadcast")) and bool(call.args.get("thread_ts")),
        by_app=True,
    )
    return ok(channel=channel.id, ts=message.ts, message=payloads.message(message, metadata=True))


@method("chat.postEphemeral", scope="chat:write")
def whisper(call: Call) -> Json:
    """Show a message to one person in a channel."""
    channel = call.channel()
    if channel.kind == CHANNEL and call.bot not in channel.members:
        raise Refusal("not_in_channel")
    if channel.archived:
        raise Refusal("is_archived")
    user = call.team.users.get(str(call.args.get("user")))
    if user is None or user not in channel.members:
        raise Refusal("user_not_in_channel")
    said, parent = _content(call), _parent(call, channel)
    message = posting.post(call.world, channel, call.bot, said, parent=parent, only_for=user, by_app=True)
    call.world.lately(user, message)
    return ok(message_ts=message.ts)


@method("chat.update", scope="chat:write")
def update(call: Call) -> Json:
    """Change a message of the bot's own."""
    channel, message = _own(call, "cant_update_message")
    if channel.archived:
        raise Refusal("is_inactive")
    window = call.team.edit_window
    if window is not None and _age(call, message) > window:
        raise Refusal("edit_window_closed")
    said = checked(call.args, MOST_IN_EDIT)
    if said.text is None and said.blocks is None and said.attachments is None and said.metadata is None:
        raise Refusal("no_text")
    if said.text == "" and not said.blocks and not said.attachments:
        raise Refusal("no_text")
    posting.change(call.world, message, said)
    told = payloads.message(message, metadata=True)
    return ok(channel=channel.id, ts=message.ts, text=message.body, message=told)


@method("chat.delete", scope="chat:write")
def delete(call: Call) -> Json:
    """Take a message of the bot's own away."""
    channel, message = _own(call, "cant_delete_message")
    posting.remove(call.world, message)
    return ok(channel=channel.id, ts=message.ts)


@method("chat.getPermalink", takes_json=False)
def permalink(call: Call) -> Json:
    """Give a message's address."""
    channel = call.channel()
    message = channel.all_messages.get(call.text("message_ts"))
    if message is None or message.deleted or message.is_ephemeral:
        raise Refusal("message_not_found")
    return ok(channel=channel.id, permalink=channel.link(message))


def _target(call: Call) -> Channel:
    wanted = call.text("channel", "channel_not_found")
    if (user := call.team.users.get(wanted)) is not None:
        if user.is_bot:
            raise Refusal("cannot_dm_bot")
        channel = call.team.direct(user)
    else:
        channel = call.channel()
    if channel.kind == IM and not call.world.app.has_messages:
        raise Refusal("messages_tab_disabled")
    if channel.kind == CHANNEL and call.bot not in channel.members:
        assert call.installation is not None
        if "chat:write.public" not in call.installation.scopes:
            raise Refusal("not_in_channel")
        call.needs("chat:write.public")
    return channel


def _content(call: Call) -> Content:
    said = checked(call.args)
    said.more = {name: call.flag(name) for name in ("unfurl_links", "unfurl_media")}
    return said


def _parent(call: Call, channel: Channel) -> Message | None:
    ts = call.args.get("thread_ts")
    if not ts:
        return None
    found = channel.all_messages.get(str(ts))
    if found is None or found.deleted or found.is_ephemeral:
        raise Refusal("cannot_reply_to_message")
    if found.parent is not None:
        why = "thread_ts is that of a reply: its parent's must be used"
        call.world.wrong(call.method, Refusal("invalid_thread_ts", why))
    return found.parent or found


def _own(call: Call, error: str) -> tuple[Channel, Message]:
    if str(call.args.get("channel", "")).startswith("U"):
        raise Refusal("channel_not_found")
    channel = call.channel()
    message = channel.all_messages.get(call.text("ts", "message_not_found"))
    if message is None or message.deleted or message.is_ephemeral:
        raise Refusal("message_not_found")
    if message.author is not call.bot:
        raise Refusal(error)
    return channel, message


def _age(call: Call, message: Message) -> timedelta:
    return timedelta(seconds=call.world.clock().timestamp() - float(message.ts))
