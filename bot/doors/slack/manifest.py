"""The app's manifest, made from the commands: what is pasted into Slack to make the app."""

from collections.abc import Iterator
from typing import Any

from bot.commands.command import Command, Commands
from bot.doors.slack.events import EVENTS
from bot.texts import LANGUAGES, command_name, plain

SCOPES = (
    "channels:history",
    "channels:read",
    "chat:write",
    "commands",
    "files:read",
    "files:write",
    "groups:history",
    "groups:read",
    "im:history",
    "im:write",
    "users:read",
)
"""What the bot has to be allowed, as README.md explains one by one."""

RESERVED = (
    "active apps archive away call collapse dm dnd expand feed feedback help invite join keys kick leave me "
    "msg mute open prefs remind remove rename search shortcuts shrug star status topic trigger unarchive who"
)
"""The names of commands that Slack keeps for itself, as far as is known."""

COMMANDS, NAME, HINT, SHORTCUT = 50, 32, 1_000, 24
EVENTS_PATH, INSTALL_PATH, REDIRECT_PATH = "/slack/events", "/slack/install", "/slack/oauth_redirect"

HAND_IN = "hand_in_"
"""What the callback ids of the message shortcuts begin with; a language follows."""

Json = dict[str, Any]


class BadManifest(ValueError):
    """Slack would refuse the manifest; the message says why."""


def manifest(commands: Commands, prefix: str = "", base_url: str | None = None) -> Json:
    """The manifest: for Socket Mode or, with an address, for HTTP; raises `BadManifest`."""
    request = {} if base_url is None else {"request_url": base_url.rstrip("/") + EVENTS_PATH}
    oauth: Json = {"scopes": {"bot": list(SCOPES)}}
    if base_url is not None:
        oauth["redirect_urls"] = [base_url.rstrip("/") + REDIRECT_PATH]
    return {
        "display_information": {"name": "studybot", "description": plain("en", "slack-app")},
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": True,
            },
            "bot_user": {"display_name": "studybot", "always_online": True},
            "shortcuts": [_shortcut(language) for language in LANGUAGES],
            "slash_commands": _commands(commands, prefix, request.get("request_url")),
        },
        "oauth_config": oauth,
        "settings": {
            "event_subscriptions": {**request, "bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True, **request},
            "org_deploy_enabled": False,
            "socket_mode_enabled": base_url is None,
            "token_rotation_enabled": False,
        },
    }


def _shortcut(language: str) -> Json:
    return {
        "name": plain(language, "door-hand-in")[:SHORTCUT],
        "type": "message",
        "callback_id": HAND_IN + language,
        "description": plain(language, "slack-hand-in-about"),
    }


def _commands(commands: Commands, prefix: str, url: str | None) -> list[Json]:
    """Each command once a language, its subcommands being the first word that follows."""
    heads = dict.fromkeys(name.partition(" ")[0] for name in commands)
    made = {
        entry["command"]: entry
        for head in heads
        for language in LANGUAGES
        for entry in [_command(head, commands, language, prefix)]
    }
    for name in made:
        if name[1:] in RESERVED.split():
            raise BadManifest(f"{name} is a name that Slack keeps for itself: set slack.prefix")
        if len(name) > NAME or name != name.lower():
            raise BadManifest(f"{name}: at most {NAME} characters, and no capitals: change slack.prefix")
    if len(made) > COMMANDS:
        raise BadManifest(f"{len(made)} commands: Slack takes {COMMANDS}")
    return [entry | ({"url": url} if url else {}) for entry in made.values()]


def _command(head: str, commands: Commands, language: str, prefix: str) -> Json:
    hint = " | ".join(_hints(head, commands, language))
    made = {
        "command": f"/{prefix}{command_name(head, language)}",
        "description": plain(language, _about(head, commands)),
        "should_escape": True,
    }
    return made | ({"usage_hint": hint[:HINT]} if hint else {})


def _about(head: str, commands: Commands) -> str:
    return f"{commands[head].key}.about" if head in commands else f"command-{head}.about"


def _hints(head: str, commands: Commands, language: str) -> Iterator[str]:
    """What may follow: options, or the subcommands."""
    if head in commands:
        hint = _options(commands[head], language)
        yield from [hint] if hint else []
        return
    for name in commands:
        if name.startswith(f"{head} "):
            yield command_name(name, language).partition(" ")[2]


def _options(command: Command, language: str) -> str:
    """The options, those in brackets that may be left out."""
    options = sorted(command.typed, key=lambda option: not option.required)
    names = [(plain(language, option.key), option.required) for option in options]
    return " ".join(name if required else f"[{name}]" for name, required in names)
