"""Who is really pinged by a message: what its text names, as far as `allowed_mentions` lets it."""

import re
from typing import Any

from tests.discord.model import Message, Role, User
from tests.discord.permissions import May, in_channel
from tests.discord.places import Channel
from tests.discord.problems import Form, Json

KINDS = ("everyone", "users", "roles")


def check(body: Json, form: Form, path: str = "") -> None:
    """Hold that `allowed_mentions` is one."""
    allowed = body.get("allowed_mentions")
    if allowed is None:
        return
    here = f"{path}allowed_mentions"
    parse = form.many(allowed.get("parse"), f"{here}.parse", 3)
    for index, each in enumerate(parse):
        form.among(each, f"{here}.parse.{index}", KINDS)
    for kind in ("users", "roles"):
        ids = form.many(allowed.get(kind), f"{here}.{kind}", 100)
        for index, each in enumerate(ids):
            if not str(each).isdecimal():
                form.wrong(
                    f"{here}.{kind}.{index}", "NUMBER_TYPE_COERCE", f'Value "{each}" is not snowflake.'
                )
        if ids and kind in parse:
            what = f'parse:["{kind}"] and {kind}: [ids...] are mutually exclusive.'
            form.wrong(here, "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", what)


def ping(message: Message, allowed: Json | None, users: dict[int, User]) -> None:
    """Note on a message whom it pings."""
    text = "\n".join([message.content, *(x["content"] for x in message.parts if x["type"] == 10)])
    named = _ids(r"<@!?(\d+)>", text)
    message.pinged = [users[each] for each in named if each in users and _lets(allowed, "users", each)]
    may_all = bool(in_channel(message.channel, message.author) & May.MENTION_EVERYONE)
    message.pinged_roles = [
        role
        for role in _roles(message.channel, text)
        if (role.mentionable or may_all) and _lets(allowed, "roles", role.id)
    ]
    everyone = re.search(r"@(everyone|here)\b", text) is not None
    message.pings_everyone = everyone and may_all and (allowed is None or "everyone" in _parse(allowed))


def _parse(allowed: Json) -> list[Any]:
    return allowed.get("parse") or []


def _lets(allowed: Json | None, kind: str, id_: int) -> bool:
    if allowed is None or kind in _parse(allowed):
        return True
    return str(id_) in map(str, allowed.get(kind) or [])


def _ids(pattern: str, text: str) -> list[int]:
    return list(dict.fromkeys(int(each) for each in re.findall(pattern, text)))


def _roles(channel: Channel, text: str) -> list[Role]:
    roles = channel.guild.roles if channel.guild else {}
    return [roles[each] for each in _ids(r"<@&(\d+)>", text) if each in roles]
