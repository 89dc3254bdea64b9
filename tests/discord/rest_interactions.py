"""REST: answers to interactions, and what follows them over the webhook."""

import time
from typing import Any

from tests.discord import content, payloads, posting
from tests.discord.interactions import ASK, CHANGE, CHOICES, SAY, THINK, TOKEN_LIVES, Interaction
from tests.discord.model import EPHEMERAL, LOADING, Message
from tests.discord.problems import Json, Problem
from tests.discord.routing import Call, Reply, on


@on("POST", "/interactions/{interaction}/{token}/callback", keyless=True)
def callback(call: Call) -> Any:
    life = call.world.interactions.get(call.id("interaction"))
    if life is None:
        raise Problem(10062)
    try:
        reply = _react(life, call)
    except Problem as problem:
        life.refuse(problem)
        raise
    if call.query.get("with_response", "").lower() not in {"1", "true"}:
        return Reply(204)
    return reply


def _react(life: Interaction, call: Call) -> Json:
    kind, data = call.json.get("type"), call.json.get("data") or {}
    life.acknowledge(kind if isinstance(kind, int) else 0, call.args["token"])
    message: Message | None = None
    if kind == SAY:
        content.check(data, len(call.files), private=True, path="data.")
        life.react(kind, data)
        message = life.original = posting.post(life.channel, life.world.bot, data, call.files, answers=life)
        life.add(message)
    elif kind == THINK:
        message = life.original = _thinking(life, data)
        life.react(kind, data)
        life.add(message)
    elif kind == CHANGE:
        assert life.message is not None
        posting.edit(life.message, data, call.files, path="data.")
        message = life.original = life.message
        life.react(kind, data)
    else:
        assert kind is not None
        life.react(kind, data)
        life.original = life.message if kind not in {ASK, CHOICES} else None
    return _response(life, int(kind), message)


def _thinking(life: Interaction, data: Json) -> Message:
    flags = int(data.get("flags") or 0)
    if flags & ~EPHEMERAL & ~(1 << 15):
        content.check(data | {"content": "…"}, 0, private=True, path="data.")
    message = Message(life.world.id(), life.channel, life.world.bot, interaction=life)
    message.flags = LOADING | flags & EPHEMERAL
    message.kind = life.reply_kind
    life.channel.all_messages[message.id] = message
    return message


def _response(life: Interaction, kind: int, message: Message | None) -> Json:
    about: Json = {"id": str(life.id), "type": life.kind}
    reply: Json = {"interaction": about}
    if message is not None:
        about["response_message_id"] = str(message.id)
        about["response_message_loading"] = message.is_loading
        about["response_message_ephemeral"] = message.is_ephemeral
        reply["resource"] = {"type": kind, "message": payloads.message(message)}
    return reply


def _life(call: Call) -> Interaction:
    if call.id("webhook") != call.world.application_id:
        raise Problem(10015)
    life = call.world.tokens.get(call.args["token"])
    if life is None or time.monotonic() - life.began > TOKEN_LIVES:
        raise Problem(50027)
    if life.callback is None:
        raise Problem(10015)
    return life


def _message(call: Call, life: Interaction) -> Message:
    if call.args["message"] == "@original":
        message = life.original
    else:
        known = [*life.replies, *([life.message] if life.message else [])]
        message = next((each for each in known if each.id == call.id("message")), None)
    if message is None or message.deleted:
        raise Problem(10008)
    return message


@on("POST", "/webhooks/{webhook}/{token}", keyless=True)
def follow_up(call: Call) -> Any:
    life = _life(call)
    try:
        loading = life.original if life.original and life.original.is_loading else None
        if loading is not None:
            body = call.json | {"flags": int(call.json.get("flags") or 0) & ~EPHEMERAL}
            message = _tell_at_last(life, loading, body, call)
        else:
            message = posting.post(life.channel, life.world.bot, call.json, call.files, answers=life)
    except Problem as problem:
        life.refuse(problem)
        raise
    life.add(message)
    return payloads.message(message)


def _tell_at_last(life: Interaction, loading: Message, body: Json, call: Call) -> Message:
    message = posting.edit(loading, body, call.files)
    if not message.is_ephemeral:
        from tests.discord.mentions import ping

        ping(message, body.get("allowed_mentions"), life.world.users)
    return message


@on("GET", "/webhooks/{webhook}/{token}/messages/{message}", keyless=True)
def get(call: Call) -> Any:
    return payloads.message(_message(call, _life(call)))


@on("PATCH", "/webhooks/{webhook}/{token}/messages/{message}", keyless=True)
def change(call: Call) -> Any:
    life = _life(call)
    message = _message(call, life)
    try:
        if message.is_loading:
            _tell_at_last(life, message, call.json, call)
        else:
            posting.edit(message, call.json, call.files)
    except Problem as problem:
        life.refuse(problem)
        raise
    if message is not life.message:
        life.add(message)
    life.stirred.set()
    return payloads.message(message)


@on("DELETE", "/webhooks/{webhook}/{token}/messages/{message}", keyless=True)
def delete(call: Call) -> Any:
    life = _life(call)
    posting.remove(_message(call, life))
    life.stirred.set()
