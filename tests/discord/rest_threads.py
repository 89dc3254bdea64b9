"""REST: threads, under channels, from messages, and in forums."""

from typing import Any

from tests.discord import content, payloads, posting
from tests.discord.events import GUILDS, Event
from tests.discord.model import FORUM, PRIVATE_THREAD, PUBLIC_THREAD, TEXT
from tests.discord.people import speaks
from tests.discord.permissions import May, demand, in_channel
from tests.discord.places import Channel
from tests.discord.problems import Form, Json, Problem, invalid
from tests.discord.routing import Call, Reply, on

LENGTHS = (60, 1440, 4320, 10080)
STARTED = 18
"""The kind of the platform's own line in a channel saying that a thread was started."""


def _named(body: Json) -> None:
    form = Form()
    form.text(body.get("name"), "name", 100, 1, required=True)
    if body.get("auto_archive_duration") is not None:
        form.among(body["auto_archive_duration"], "auto_archive_duration", LENGTHS)
    if body.get("rate_limit_per_user") is not None:
        form.number(body["rate_limit_per_user"], "rate_limit_per_user", 0, 21600)
    form.refuse()


def _open(call: Call, id_: int, kind: int = PUBLIC_THREAD) -> Channel:
    parent, body, bot = call.channel, call.json, call.world.bot
    assert parent.guild is not None
    thread = Channel(call.world, id_, body["name"], kind, parent.guild, parent, bot)
    thread.auto_archive = body.get("auto_archive_duration") or 1440
    thread.archived_at = call.world.clock()
    thread.members = {bot.id}
    thread.applied_tags = [int(tag) for tag in body.get("applied_tags") or []]
    parent.guild.add(thread)
    told = payloads.channel(thread) | {"newly_created": True}
    call.world.tell(Event("THREAD_CREATE", told, parent.guild, GUILDS))
    return thread


@on("POST", "/channels/{channel}/threads")
def start(call: Call) -> Any:
    parent, body, bot = call.channel, call.json, call.world.bot
    if parent.kind == FORUM:
        return Reply(201, _in_forum(call))
    if parent.kind != TEXT:
        raise Problem(50024)
    kind = body.get("type", PRIVATE_THREAD)
    form = Form()
    form.among(kind, "type", (PUBLIC_THREAD, PRIVATE_THREAD))
    form.refuse()
    demand(parent, bot, May.CREATE_PUBLIC_THREADS if kind == PUBLIC_THREAD else May.CREATE_PRIVATE_THREADS)
    _named(body)
    thread = _open(call, call.world.id(), kind)
    if kind == PUBLIC_THREAD:
        posting.post(parent, bot, {"content": thread.name}, kind=STARTED, checked=False)
    return Reply(201, payloads.channel(thread))


@on("POST", "/channels/{channel}/messages/{message}/threads")
def start_from_message(call: Call) -> Any:
    message = call.message
    if call.channel.kind != TEXT:
        raise Problem(50024)
    demand(call.channel, call.world.bot, May.CREATE_PUBLIC_THREADS)
    _named(call.json)
    if message.thread is not None:
        raise Problem(160004)
    thread = message.thread = _open(call, message.id)
    posting.tell("MESSAGE_UPDATE", message)
    return Reply(201, payloads.channel(thread))


def _in_forum(call: Call) -> Json:
    forum, body, bot = call.channel, call.json, call.world.bot
    demand(forum, bot, May.SEND_MESSAGES)
    _named(body)
    first = body.get("message")
    if not isinstance(first, dict):
        raise invalid("message", "BASE_TYPE_REQUIRED", "This field is required")
    tags = [int(tag) for tag in body.get("applied_tags") or []]
    if len(tags) > 5 or any(tag not in forum.tags for tag in tags) or (forum.needs_tag and not tags):
        raise invalid(
            "applied_tags", "FORUM_TAG_INVALID", "A tag is required that the forum has, at most five"
        )
    content.check(first, len(call.files), path="message.")
    thread = _open(call, call.world.id())
    message = posting.post(thread, bot, first, call.files, path="message.")
    del thread.all_messages[message.id]  # the first message of a post has its post's id
    message.id = thread.id
    thread.all_messages[message.id] = message
    return payloads.channel(thread) | {"message": payloads.message(message)}


def change_thread(call: Call) -> Any:
    """Archive, lock, rename: who may, and only what is not put away."""
    thread, body, bot = call.channel, call.json, call.world.bot
    demand(thread, bot)
    moderates = bool(in_channel(thread, bot) & May.MANAGE_THREADS)
    form = Form()
    form.text(body.get("name"), "name", 100, 1)
    if "auto_archive_duration" in body:
        form.among(body["auto_archive_duration"], "auto_archive_duration", LENGTHS)
    for key in ("archived", "locked"):
        form.boolean(body.get(key), key)
    form.refuse()
    comes_back = body.get("archived") is False
    if thread.archived and not comes_back:
        raise Problem(50083)
    if "locked" in body and body["locked"] != thread.locked and not moderates:
        raise Problem(50013)
    if comes_back and thread.archived and thread.locked and not moderates:
        raise Problem(50013)
    if comes_back and not moderates:
        demand(thread, bot, May.SEND_MESSAGES_IN_THREADS)
    if not comes_back and thread.owner is not bot and not moderates:
        raise Problem(50013)
    names = {
        "name": "name",
        "archived": "archived",
        "locked": "locked",
        "auto_archive_duration": "auto_archive",
    }
    fields = {own: body[key] for key, own in names.items() if body.get(key) is not None}
    if "applied_tags" in body:
        fields["applied_tags"] = [int(tag) for tag in body["applied_tags"]]
    thread.change(**fields)
    return payloads.channel(thread)


def _listed(threads: list[Channel]) -> Json:
    return {"threads": [payloads.channel(thread) for thread in threads], "members": [], "has_more": False}


@on("GET", "/guilds/{guild}/threads/active")
def active(call: Call) -> Any:
    return _listed([thread for thread in call.guild.threads if not thread.archived])


@on("GET", "/channels/{channel}/threads/archived/public")
def archived(call: Call) -> Any:
    demand(call.channel, call.world.bot, May.READ_MESSAGE_HISTORY)
    found = [x for x in call.channel.threads if x.archived and x.kind == PUBLIC_THREAD]
    return _listed(sorted(found, key=lambda thread: thread.archived_at, reverse=True))


@on("PUT", "/channels/{channel}/thread-members/{user}")
def join(call: Call) -> Any:
    thread, bot = call.channel, call.world.bot
    if not thread.is_thread:
        raise Problem(50024)
    if thread.archived:
        raise Problem(50083)
    who = bot.id if call.args["user"] == "@me" else call.id("user")
    if thread.guild is None or who not in thread.guild.members:
        raise Problem(10007)
    if who != bot.id:
        speaks(thread, bot)
    thread.members.add(who)


@on("DELETE", "/channels/{channel}/thread-members/{user}")
def leave(call: Call) -> Any:
    who = call.world.bot.id if call.args["user"] == "@me" else call.id("user")
    call.channel.members.discard(who)
