"""conversations.* and users.*: what there is, and what was said."""

from __future__ import annotations

import base64
import re

from tests.slack import payloads
from tests.slack.model import Message
from tests.slack.places import CHANNEL, IM, Channel
from tests.slack.problems import Json, Refusal
from tests.slack.routing import PREFIXES, Call, method, ok

MOST = 999


@method("conversations.history", takes_json=False)
def history(call: Call) -> Json:
    """Give what stands in a channel, newest first."""
    channel = _readable(call)
    found = [x for x in channel.messages if _within(call, x)]
    page, cursor = _page(call, list(reversed(found)))
    told = [payloads.message(x, metadata=bool(call.flag("include_all_metadata"))) for x in page]
    return ok(messages=told, has_more=bool(cursor), pin_count=0, **_next(cursor))


@method("conversations.replies", takes_json=False)
def replies(call: Call) -> Json:
    """Give a thread, oldest first: its parent, then what stands under it."""
    channel = _readable(call)
    parent = channel.all_messages.get(call.text("ts", "thread_not_found"))
    if parent is None or parent.deleted or parent.is_ephemeral:
        raise Refusal("thread_not_found")
    found = [parent, *(x for x in (parent.parent or parent).replies if _within(call, x))]
    if parent.parent is not None:
        found = [parent]
    page, cursor = _page(call, found)
    told = [payloads.message(x, metadata=bool(call.flag("include_all_metadata"))) for x in page]
    return ok(messages=told, has_more=bool(cursor), **_next(cursor))


@method("conversations.info", takes_json=False)
def info(call: Call) -> Json:
    """Tell of a channel."""
    channel = call.channel()
    call.needs_of(channel, "read")
    told = payloads.channel(channel, call.bot)
    if call.flag("include_num_members"):
        told["num_members"] = len(channel.members)
    return ok(channel=told)


@method("conversations.members", takes_json=False)
def members(call: Call) -> Json:
    """Give who is in a channel."""
    channel = call.channel()
    call.needs_of(channel, "read")
    listed = [user.id for user in channel.members]
    start = _start(call)
    limit = min(call.number("limit", 100), MOST)
    cursor = str(start + limit) if start + limit < len(listed) else ""
    return ok(members=listed[start : start + limit], **_next(cursor))


@method("conversations.list", takes_json=False)
def everywhere(call: Call) -> Json:
    """Give the channels that the bot may know of."""
    kinds = str(call.args.get("types") or "public_channel").split(",")
    wanted = {"public_channel": "channel", "private_channel": "group", "im": "im"}
    for kind in kinds:
        if kind not in wanted:
            raise Refusal("invalid_types")
        call.needs(f"{PREFIXES[wanted[kind]]}:read")
    asked = {wanted[kind] for kind in kinds}
    known = [x for x in call.team.channels.values() if x.kind in asked and not x.deleted]
    seen = [x for x in known if x.kind == CHANNEL or call.bot in x.members]
    if call.flag("exclude_archived"):
        seen = [x for x in seen if not x.archived]
    return ok(channels=[payloads.channel(x, call.bot) for x in seen], **_next(""))


@method("conversations.open")
def open_(call: Call) -> Json:
    """Open the conversation with somebody."""
    call.needs("im:write")
    wanted = call.args.get("users")
    listed = wanted if isinstance(wanted, list) else str(wanted or "").split(",")
    if call.args.get("channel"):
        channel = call.channel()
        if channel.kind != IM:
            raise Refusal("method_not_supported_for_channel_type")
        return ok(channel={"id": channel.id}, no_op=True, already_open=True)
    if not any(listed):
        raise Refusal("users_list_not_supplied")
    if len(listed) > 1:
        raise Refusal("too_many_users", "conversations of several are not known to this server")
    user = call.team.users.get(listed[0])
    if user is None:
        raise Refusal("user_not_found")
    if user.is_bot:
        raise Refusal("cannot_dm_bot")
    if user.deleted:
        raise Refusal("user_disabled")
    channel = call.team.direct(user)
    full = payloads.channel(channel, call.bot) if call.flag("return_im") else {"id": channel.id}
    return ok(channel=full)


@method("users.info", scope="users:read", takes_json=False)
def person(call: Call) -> Json:
    """Tell of somebody; their language only where it is asked for."""
    user = call.user("user")
    locale = bool(call.flag("include_locale"))
    return ok(user=payloads.user(user, call.world.clock(), with_locale=locale))


def _readable(call: Call) -> Channel:
    channel = call.channel()
    call.needs_of(channel, "history")
    if call.bot not in channel.members:
        raise Refusal("not_in_channel")
    return channel


def _within(call: Call, message: Message) -> bool:
    inclusive = bool(call.flag("inclusive"))
    for name in ("oldest", "latest"):
        bound = call.args.get(name)
        if bound is None or bound == "":
            continue
        if not re.fullmatch(r"\d+(\.\d+)?", str(bound)):
            raise Refusal(f"invalid_ts_{name}")
        at, edge = float(message.ts), float(str(bound))
        if at == edge and not inclusive:
            return False
        if (name == "oldest" and at < edge) or (name == "latest" and at > edge):
            return False
    return True


def _page(call: Call, found: list[Message]) -> tuple[list[Message], str]:
    limit = call.number("limit", 100)
    if not 1 <= limit <= MOST:
        raise Refusal("invalid_limit")
    start = _start(call)
    return found[start : start + limit], str(start + limit) if start + limit < len(found) else ""


def _start(call: Call) -> int:
    if not call.args.get("cursor"):
        return 0
    try:
        return int(base64.b64decode(str(call.args["cursor"]), validate=True).removeprefix(b"next:"))
    except ValueError:
        raise Refusal("invalid_cursor") from None


def _next(cursor: str) -> Json:
    given = base64.b64encode(f"next:{cursor}".encode()).decode() if cursor else ""
    return {"response_metadata": {"next_cursor": given}}
