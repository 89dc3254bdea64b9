"""How things look on the wire."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from tests.discord.model import DIRECT, FORUM, Attachment, Member, Message, Role, User, instant
from tests.discord.permissions import in_channel
from tests.discord.problems import Json

if TYPE_CHECKING:
    from tests.discord.places import Channel, Guild

HIDDEN: Json = {"content": "", "embeds": [], "attachments": [], "components": []}
"""What of others' messages an app without the message content intent sees."""


def stamp(at: datetime | None) -> str | None:
    """An instant as Discord writes it."""
    return at.isoformat(timespec="microseconds") if at else None


def user(who: User) -> Json:
    """An account."""
    return {
        "id": str(who.id),
        "username": f"u{who.id}" if not who.bot else who.name,
        "global_name": None if who.bot else who.name,
        "discriminator": "0",
        "avatar": None,
        "bot": who.bot,
        "public_flags": 0,
    }


def member(who: Member, *, within: Channel | None = None, whole: bool = True) -> Json:
    """An account in a guild; within a channel with what it may do there."""
    payload: Json = {
        "roles": [str(role.id) for role in who.roles],
        "nick": who.nick,
        "avatar": None,
        "joined_at": stamp(who.joined_at),
        "premium_since": None,
        "deaf": False,
        "mute": False,
        "pending": False,
        "flags": 0,
        "communication_disabled_until": None,
    }
    if whole:
        payload["user"] = user(who.user)
    if within is not None:
        payload["permissions"] = str(int(in_channel(within, who.user)))
    return payload


def role(what: Role) -> Json:
    """A role."""
    return {
        "id": str(what.id),
        "name": what.name,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "position": 1 if what.managed else 0,
        "permissions": str(int(what.permissions)),
        "managed": what.managed,
        "mentionable": what.mentionable,
        "flags": 0,
    }


def channel(what: Channel) -> Json:
    """A channel, a thread too."""
    last = next(reversed(what.all_messages), None)
    payload: Json = {
        "id": str(what.id),
        "type": what.kind,
        "last_message_id": str(last) if last else None,
        "flags": 0,
    }
    if what.kind == DIRECT:
        assert what.recipient is not None
        return payload | {"recipients": [user(what.recipient)]}
    assert what.guild is not None
    payload |= {
        "name": what.name,
        "guild_id": str(what.guild.id),
        "parent_id": None,
        "rate_limit_per_user": 0,
    }
    if what.is_thread:
        return payload | _thread(what)
    payload |= {"position": 0, "nsfw": False, "topic": what.topic}
    payload["permission_overwrites"] = [
        {"id": str(id_), "type": int(id_ not in what.guild.roles), "allow": str(allow), "deny": str(deny)}
        for id_, (allow, deny) in what.overwrites.items()
    ]
    if what.kind == FORUM:
        payload["flags"] = (1 << 4) if what.needs_tag else 0
        payload["available_tags"] = [
            {"id": str(id_), "name": name, "moderated": False, "emoji_id": None, "emoji_name": None}
            for id_, name in what.tags.items()
        ]
        payload |= {"default_reaction_emoji": None, "default_sort_order": None, "default_forum_layout": 0}
    return payload


def _thread(what: Channel) -> Json:
    assert what.parent is not None
    assert what.owner is not None
    return {
        "parent_id": str(what.parent.id),
        "owner_id": str(what.owner.id),
        "message_count": sum(message.id != what.id for message in what.messages),
        "total_message_sent": len(what.all_messages),
        "member_count": len(what.members),
        "applied_tags": [str(tag) for tag in what.applied_tags],
        "thread_metadata": {
            "archived": what.archived,
            "locked": what.locked,
            "auto_archive_duration": what.auto_archive,
            "archive_timestamp": stamp(what.archived_at),
            "create_timestamp": stamp(instant(what.id)),
        },
    }


def in_interaction(what: Channel, who: User) -> Json:
    """A channel as an interaction carries it: with what the person may do there."""
    return channel(what) | {"permissions": str(int(in_channel(what, who)))}


def guild(what: Guild, *, alone: bool = False) -> Json:
    """A guild; with all that is in it unless alone."""
    payload: Json = {
        "id": str(what.id),
        "name": what.name,
        "owner_id": str(what.owner.id),
        "roles": [role(each) for each in what.roles.values()],
        "preferred_locale": what.locale,
        "emojis": [],
        "stickers": [],
        "features": ["COMMUNITY"],
        "verification_level": 1,
        "default_message_notifications": 1,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw_level": 0,
        "premium_tier": 0,
        "system_channel_flags": 0,
        "afk_timeout": 300,
    } | dict.fromkeys(("icon", "banner", "splash", "description", "system_channel_id", "afk_channel_id"))
    if alone:
        return payload
    return payload | {
        "joined_at": stamp(instant(what.id)),
        "large": False,
        "unavailable": False,
        "member_count": len(what.members),
        "members": [member(each) for each in what.members.values() if each.user.bot],
        "channels": [channel(each) for each in what.channels.values() if not each.is_thread],
        "threads": [channel(each) for each in what.threads if not each.archived],
        "voice_states": [],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }


def attachment(what: Attachment) -> Json:
    """A file."""
    return {
        "id": str(what.id),
        "filename": what.name,
        "size": len(what.content),
        "url": what.url,
        "proxy_url": what.url,
        "description": what.description,
        "content_type": "application/octet-stream",
    }


def message(what: Message, *, guild_id: bool = False) -> Json:
    """A message; in an event it names its guild and the author's membership."""
    payload: Json = {
        "id": str(what.id),
        "channel_id": str(what.channel.id),
        "author": user(what.author),
        "content": what.content,
        "timestamp": stamp(instant(what.id)),
        "edited_timestamp": stamp(what.edited_at),
        "tts": False,
        "mention_everyone": what.pings_everyone,
        "mentions": [user(each) for each in what.pinged],
        "mention_roles": [str(each.id) for each in what.pinged_roles],
        "attachments": [attachment(each) for each in what.attachments],
        "embeds": [{"type": "rich", **embed} for embed in what.embeds],
        "components": what.components,
        "pinned": what.id in what.channel.pins,
        "type": what.kind,
        "flags": what.flags,
    }
    optional: dict[str, Any] = {
        "nonce": what.nonce,
        "message_reference": what.reference,
        "thread": channel(what.thread) if what.thread else None,
        "interaction_metadata": what.interaction.metadata if what.interaction else None,
        "webhook_id": str(what.author.id) if what.interaction else None,
        "application_id": str(what.author.id) if what.interaction else None,
    }
    payload |= {key: value for key, value in optional.items() if value is not None}
    if guild_id and what.channel.guild:
        payload["guild_id"] = str(what.channel.guild.id)
        if who := what.channel.guild.members.get(what.author.id):
            payload["member"] = member(who, whole=False)
    return payload
