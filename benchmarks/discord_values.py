"""What a lean Discord says: the one bot, guild and channel that there are, and the people in it."""

from typing import Any

Json = dict[str, Any]

BOT, GUILD, CHANNEL, OWNER = 1_000, 2_000, 3_000, 4_000
FIRST_PERSON = 10_000
STARTED = "2022-04-01T00:00:00+00:00"
PERMISSIONS = str(1 << 10 | 1 << 11 | 1 << 31)

THREAD: Json = {
    "parent_id": str(CHANNEL),
    "owner_id": str(BOT),
    "message_count": 0,
    "member_count": 1,
    "thread_metadata": {"archived": False, "auto_archive_duration": 10_080, "archive_timestamp": STARTED},
}


def person(number: int) -> str:
    """The account of a person."""
    return str(FIRST_PERSON + number)


def application() -> Json:
    """The bot as an application."""
    return {
        "id": str(BOT),
        "name": "bot",
        "description": "",
        "summary": "",
        "icon": None,
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "",
        "flags": 0,
        "owner": user(str(OWNER), "owner"),
    }


def user(id_: str, name: str) -> Json:
    """An account."""
    return {
        "id": id_,
        "username": name,
        "global_name": name,
        "discriminator": "0",
        "avatar": None,
        "bot": id_ == str(BOT),
        "public_flags": 0,
    }


def member(id_: str, name: str) -> Json:
    """An account in the guild."""
    return {
        "user": user(id_, name),
        "nick": None,
        "avatar": None,
        "roles": [],
        "joined_at": STARTED,
        "premium_since": None,
        "deaf": False,
        "mute": False,
        "pending": False,
        "flags": 0,
        "communication_disabled_until": None,
        "permissions": PERMISSIONS,
    }


def channel() -> Json:
    """The channel."""
    return {
        "id": str(CHANNEL),
        "type": 0,
        "guild_id": str(GUILD),
        "name": "study",
        "position": 0,
        "permission_overwrites": [],
        "parent_id": None,
        "topic": None,
        "nsfw": False,
        "rate_limit_per_user": 0,
        "last_message_id": None,
        "flags": 0,
    }


def guild() -> Json:
    """The guild, as it is when a bot has connected."""
    everyone = {
        "id": str(GUILD),
        "name": "@everyone",
        "color": 0,
        "hoist": False,
        "position": 0,
        "permissions": PERMISSIONS,
        "managed": False,
        "mentionable": False,
        "flags": 0,
    }
    lists = ("emojis", "stickers", "features", "threads", "voice_states", "presences", "stage_instances")
    return {name: [] for name in lists} | {
        "id": str(GUILD),
        "name": "guild",
        "owner_id": str(OWNER),
        "roles": [everyone],
        "channels": [channel()],
        "members": [member(str(BOT), "bot")],
        "member_count": 66,
        "large": False,
        "preferred_locale": "ko",
        "verification_level": 1,
        "default_message_notifications": 1,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw_level": 0,
        "premium_tier": 0,
        "system_channel_flags": 0,
    }


def interaction(id_: str, account: str, name: str, link: str) -> Json:
    """Somebody has typed `/submit`."""
    return {
        "id": id_,
        "application_id": str(BOT),
        "type": 2,
        "token": f"token-{id_}",
        "version": 1,
        "guild_id": str(GUILD),
        "guild": {"id": str(GUILD), "locale": "ko", "features": []},
        "guild_locale": "ko",
        "locale": "ko",
        "channel_id": str(CHANNEL),
        "channel": channel() | {"permissions": PERMISSIONS},
        "member": member(account, name),
        "app_permissions": PERMISSIONS,
        "entitlements": [],
        "authorizing_integration_owners": {"0": str(GUILD)},
        "context": 0,
        "attachment_size_limit": 10_485_760,
        "data": {
            "id": "5000",
            "name": "submit",
            "type": 1,
            "options": [{"type": 3, "name": "link", "value": link}],
        },
    }
