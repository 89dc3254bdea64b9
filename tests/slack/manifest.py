"""What Slack takes as an app's manifest: its schema, and what the pieces ask of one another."""

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from tests.slack.problems import Json

RESERVED = (
    "active apps archive away call collapse dm dnd expand feed feedback help invite join keys kick leave me "
    "msg mute open prefs remind remove rename search shortcuts shrug star status topic trigger unarchive "
    "who"
)
OF_EVENTS = {
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "message.mpim": "mpim:history",
    "app_mention": "app_mentions:read",
    "app_home_opened": "",
    "app_uninstalled": "",
    "tokens_revoked": "",
    "member_joined_channel": "channels:read groups:read",
    "member_left_channel": "channels:read groups:read",
    "channel_archive": "channels:read",
    "channel_unarchive": "channels:read",
    "channel_deleted": "channels:read",
    "channel_rename": "channels:read",
    "channel_created": "channels:read",
    "group_archive": "groups:read",
    "group_unarchive": "groups:read",
    "group_deleted": "groups:read",
    "group_rename": "groups:read",
    "reaction_added": "reactions:read",
    "reaction_removed": "reactions:read",
    "user_change": "users:read",
    "team_join": "users:read",
    "team_rename": "team:read",
    "link_shared": "links:read",
    "file_shared": "files:read",
}
"""The events there are (some of them), and the scopes of which one is needed."""
OTHER_SCOPES = (
    "channels:join channels:manage chat:write chat:write.customize chat:write.public commands files:write "
    "groups:write im:read im:write mpim:read mpim:write pins:read pins:write reactions:write "
    "users:read.email users.profile:read bookmarks:read bookmarks:write usergroups:read emoji:read"
)
SCOPES = {*" ".join(OF_EVENTS.values()).split(), *OTHER_SCOPES.split()}
URL = r"https?://"


@dataclass
class Text:
    """Text of a length, perhaps of a form."""

    least: int = 1
    most: int = 10_000
    pattern: str = ""


@dataclass
class Many:
    """A list of things."""

    of: Any
    least: int = 0
    most: int = 10_000
    unique: bool = False


@dataclass
class Thing:
    """An object with fields, of which some are needed, and no others."""

    fields: dict[str, Any]
    needed: list[str] = field(default_factory=list)


COMMAND = Thing(
    {
        "command": Text(2, 32, r"/"),
        "url": Text(1, 3000, URL),
        "description": Text(1, 2000),
        "usage_hint": Text(1, 1000),
        "should_escape": bool,
    },
    ["command", "description"],
)
SHORTCUT = Thing(
    {
        "name": Text(1, 24),
        "type": Text(1, 10, r"(message|global)$"),
        "callback_id": Text(1, 255),
        "description": Text(1, 150),
    },
    ["name", "type", "callback_id", "description"],
)
FEATURES = Thing(
    {
        "app_home": Thing(
            {
                "home_tab_enabled": bool,
                "messages_tab_enabled": bool,
                "messages_tab_read_only_enabled": bool,
            }
        ),
        "bot_user": Thing({"display_name": Text(1, 80), "always_online": bool}, ["display_name"]),
        "shortcuts": Many(SHORTCUT, 1, 10),
        "slash_commands": Many(COMMAND, 1, 50),
        "unfurl_domains": Many(Text(1, 255), 1, 5, unique=True),
    }
)
SCOPE_LIST = Many(Text(1, 50), 0, 255)
OAUTH = Thing(
    {
        "redirect_urls": Many(Text(1, 2500), 0, 1000, unique=True),
        "scopes": Thing(dict.fromkeys(("user", "bot", "user_optional", "bot_optional"), SCOPE_LIST)),
        "token_management_enabled": bool,
        "pkce_enabled": bool,
    }
)
EVENT_LIST = Many(Text(1, 50), 0, 100, unique=True)
SETTINGS = Thing(
    {
        "allowed_ip_address_ranges": Many(Text(), 1, 50, unique=True),
        "event_subscriptions": Thing(
            {"request_url": Text(1, 3500, URL), "user_events": EVENT_LIST, "bot_events": EVENT_LIST}
        ),
        "incoming_webhooks": Thing({"incoming_webhooks_enabled": bool}),
        "interactivity": Thing(
            {
                "is_enabled": bool,
                "request_url": Text(1, 3500, URL),
                "message_menu_options_url": Text(1, 3500, URL),
            },
            ["is_enabled"],
        ),
        "org_deploy_enabled": bool,
        "socket_mode_enabled": bool,
        "is_hosted": bool,
        "token_rotation_enabled": bool,
        "function_runtime": Text(),
        "is_mcp_enabled": bool,
    }
)
MANIFEST = Thing(
    {
        "$schema": Text(),
        "_metadata": Thing(
            dict.fromkeys(("schema_version", "min_version", "major_version", "minor_version"), int)
        ),
        "display_information": Thing(
            {
                "name": Text(1, 35),
                "description": Text(1, 140),
                "background_color": Text(4, 7, r"#[0-9a-fA-F]{3}([0-9a-fA-F]{3})?$"),
                "long_description": Text(175, 4000),
            },
            ["name"],
        ),
        "features": FEATURES,
        "oauth_config": OAUTH,
        "settings": SETTINGS,
    },
    ["display_information"],
)


def problems(manifest: Json) -> list[str]:
    """Give all for which Slack would refuse a manifest."""
    wrong = _of_form(manifest, MANIFEST, "")
    return wrong or [*_commands(manifest), *_scopes(manifest), *_addresses(manifest)]


def _of_form(value: Any, form: Any, path: str) -> list[str]:
    if isinstance(form, type):
        return [] if type(value) is form else [f"{path}: must be a {form.__name__}"]
    if isinstance(form, Text):
        if not isinstance(value, str):
            return [f"{path}: must be text"]
        fits = form.least <= len(value) <= form.most and re.match(form.pattern, value)
        return (
            []
            if fits
            else [f"{path}: must have {form.least} to {form.most} characters {form.pattern}".strip()]
        )
    if isinstance(form, Many):
        if not isinstance(value, list) or not form.least <= len(value) <= form.most:
            return [f"{path}: must have {form.least} to {form.most} items"]
        twice = form.unique and len(set(map(str, value))) < len(value)
        found = [each for i, item in enumerate(value) for each in _of_form(item, form.of, f"{path}/{i}")]
        return found + ([f"{path}: has something twice"] if twice else [])
    assert isinstance(form, Thing)
    if not isinstance(value, dict):
        return [f"{path}: must be an object"]
    wrong = [f"{path}: needs {key}" for key in form.needed if key not in value]
    for key, each in value.items():
        known = key in form.fields
        wrong += _of_form(each, form.fields[key], f"{path}/{key}") if known else [f"{path}: knows no {key}"]
    return wrong


def _commands(manifest: Json) -> list[str]:
    features = manifest.get("features", {})
    names = [each["command"] for each in features.get("slash_commands", [])]
    wrong = [f"{name}: is reserved" for name in names if name[1:].lower() in RESERVED.split()]
    wrong += [f"{name}: is there twice" for name, count in Counter(names).items() if count > 1]
    wrong += [
        f"{name}: has a character that no command can have"
        for name in names
        if name != name.lower() or re.search(r"[\s/\"'`]", name[1:])
    ]
    kinds = Counter(each["type"] for each in features.get("shortcuts", []))
    ids = Counter(each["callback_id"] for each in features.get("shortcuts", []))
    wrong += [f"too many {kind} shortcuts" for kind, count in kinds.items() if count > 5]
    return wrong + [f"callback_id {id_} is there twice" for id_, count in ids.items() if count > 1]


def _scopes(manifest: Json) -> list[str]:
    features, settings = manifest.get("features", {}), manifest.get("settings", {})
    scopes = manifest.get("oauth_config", {}).get("scopes", {}).get("bot", [])
    events = settings.get("event_subscriptions", {}).get("bot_events", [])
    wrong = [f"there is no scope {scope}" for scope in scopes if scope not in SCOPES]
    for event in events:
        if event not in OF_EVENTS:
            wrong.append(f"there is no event {event}")
        elif OF_EVENTS[event] and not set(OF_EVENTS[event].split()) & set(scopes):
            wrong.append(f"event {event} needs the scope {OF_EVENTS[event]}")
    if (features.get("slash_commands") or features.get("shortcuts")) and "commands" not in scopes:
        wrong.append("commands and shortcuts need the scope commands")
    if scopes and "bot_user" not in features:
        wrong.append("bot scopes need features.bot_user")
    if features.get("shortcuts") and not settings.get("interactivity", {}).get("is_enabled"):
        wrong.append("shortcuts need interactivity")
    return wrong


def _addresses(manifest: Json) -> list[str]:
    features, settings = manifest.get("features", {}), manifest.get("settings", {})
    if settings.get("socket_mode_enabled"):
        return []
    wrong = [
        f"{each['command']}: needs a url" for each in features.get("slash_commands", []) if "url" not in each
    ]
    interactivity, events = settings.get("interactivity", {}), settings.get("event_subscriptions", {})
    if interactivity.get("is_enabled") and "request_url" not in interactivity:
        wrong.append("interactivity needs a request_url")
    if events.get("bot_events") and "request_url" not in events:
        wrong.append("events need a request_url")
    return wrong
