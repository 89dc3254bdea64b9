"""How people, channels, messages and events are told over the wire."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from tests.slack.model import File, Message, User
from tests.slack.places import CHANNEL, GROUP, IM, Channel, Team
from tests.slack.problems import Json

if TYPE_CHECKING:
    from tests.slack.world import World


def user(who: User, now: datetime, *, with_locale: bool = False) -> Json:
    """Somebody, as `users.info` tells."""
    offset = now.astimezone(ZoneInfo(who.tz)).utcoffset()
    told: Json = {
        "id": who.id,
        "team_id": who.team.id,
        "name": who.name,
        "real_name": who.name,
        "deleted": who.deleted,
        "tz": who.tz,
        "tz_label": who.tz,
        "tz_offset": int(offset.total_seconds()) if offset else 0,
        "profile": {"real_name": who.name, "display_name": who.name, "team": who.team.id},
        "is_admin": who.is_admin,
        "is_owner": False,
        "is_primary_owner": False,
        "is_restricted": who.is_restricted or who.is_ultra_restricted,
        "is_ultra_restricted": who.is_ultra_restricted,
        "is_bot": who.is_bot,
        "is_app_user": False,
        "updated": int(now.timestamp()),
    }
    return told | ({"locale": who.locale} if with_locale else {})


def channel(where: Channel, bot: User) -> Json:
    """A channel, as `conversations.info` tells."""
    kinds: Json = {f"is_{kind}": where.kind == kind for kind in (CHANNEL, GROUP, IM)}
    told: Json = {"id": where.id, "context_team_id": where.team.id, "is_archived": where.archived} | kinds
    told |= {"is_mpim": False, "is_private": where.kind != CHANNEL, "is_shared": False}
    if where.kind == IM:
        other = next(each for each in where.members if each is not bot)
        return told | {"user": other.id, "is_open": True}
    told |= {"name": where.name, "name_normalized": where.name, "is_member": bot in where.members}
    return told | {"topic": {"value": where.topic, "creator": "", "last_set": 0}}


def file(what: File) -> Json:
    """A file."""
    return {
        "id": what.id,
        "name": what.name,
        "title": what.title or what.name,
        "filetype": what.name.rpartition(".")[2],
        "size": len(what.content),
        "user": what.user.id,
        "mode": "hosted",
        "url_private": what.url,
        "url_private_download": what.url,
    }


def message(what: Message, *, metadata: bool = False) -> Json:
    """A message; the payload of its metadata is told only where it is asked for."""
    told: Json = {"type": "message", "user": what.author.id, "text": what.body, "ts": what.ts}
    told["team"] = what.author.team.id
    if what.by_app and what.author.team.installation:
        app = what.author.team.world.app
        told |= {"bot_id": what.author.team.installation.bot_id, "app_id": app.id}
        told["bot_profile"] = {"id": told["bot_id"], "app_id": app.id, "name": what.author.name}
    if what.blocks:
        told["blocks"] = what.blocks
    if what.attachments:
        told["attachments"] = what.attachments
    if what.files:
        told |= {"files": [file(each) for each in what.files], "upload": False}
    if what.parent:
        told |= {"thread_ts": what.parent.ts, "parent_user_id": what.parent.author.id}
    elif what.replies:
        told |= {"thread_ts": what.ts, "reply_count": len(what.replies), "latest_reply": what.replies[-1].ts}
    if what.is_broadcast:
        told["subtype"] = "thread_broadcast"
    if what.edited_ts:
        told["edited"] = {"user": what.author.id, "ts": what.edited_ts}
    if what.metadata:
        told["metadata"] = what.metadata if metadata else {"event_type": what.metadata["event_type"]}
    return told


def event(world: World, team: Team, inner: Json) -> Json:
    """An event as it is sent, over whatever way."""
    return {
        "token": world.app.verification_token,
        "team_id": team.id,
        "context_team_id": team.id,
        "api_app_id": world.app.id,
        "event": inner,
        "type": "event_callback",
        "event_id": world.id("Ev"),
        "event_time": int(world.clock().timestamp()),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": team.id,
                "user_id": team.bot.id,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
        "event_context": f"4-{world.id('x')}",
    }


def interactive(world: World, who: User, kind: str) -> Json:
    """What all buttons, forms and shortcuts tell alike."""
    return {
        "type": kind,
        "team": {"id": who.team.id, "domain": who.team.domain},
        "user": {"id": who.id, "username": who.name, "name": who.name, "team_id": who.team.id},
        "api_app_id": world.app.id,
        "token": world.app.verification_token,
        "enterprise": None,
        "is_enterprise_install": False,
    }


def command(world: World, who: User, where: Channel, name: str, text: str) -> Json:
    """A slash command: plain text fields."""
    named = {CHANNEL: where.name, GROUP: "privategroup", IM: "directmessage"}
    return {
        "token": world.app.verification_token,
        "team_id": who.team.id,
        "team_domain": who.team.domain,
        "channel_id": where.id,
        "channel_name": named[where.kind],
        "user_id": who.id,
        "user_name": who.name,
        "command": name,
        "text": text,
        "api_app_id": world.app.id,
        "is_enterprise_install": "false",
    }
