"""The app as it is set up with Slack: its manifest, its secrets, and where it is installed."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tests.slack import manifest
from tests.slack.problems import Json

if TYPE_CHECKING:
    from tests.slack.model import User
    from tests.slack.places import Team

CODE_LIVES = timedelta(minutes=10)


@dataclass(eq=False)
class Installation:
    """A team's installation; `problem` is what its token is told once it is no good."""

    team: Team
    bot: User
    bot_id: str
    bot_token: str
    scopes: list[str]
    problem: str = ""


@dataclass(eq=False)
class Code:
    """What a person's consent is exchanged for."""

    value: str
    team: Team
    user: User
    scopes: list[str]
    redirect_uri: str | None
    at: datetime
    is_used: bool = False


@dataclass(eq=False)
class App:
    """The app that the bot is."""

    id: str
    client_id: str = "1111.2222"
    client_secret: str = field(default_factory=lambda: secrets.token_hex(16))
    signing_secret: str = field(default_factory=lambda: secrets.token_hex(16))
    verification_token: str = field(default_factory=lambda: secrets.token_hex(12))
    app_token: str = field(default_factory=lambda: f"xapp-1-{secrets.token_hex(16)}")
    manifest: Json = field(default_factory=dict)
    is_org_wide: bool = False
    """Whether whoever installs it does so for a whole organisation."""
    used_scopes: set[str] = field(default_factory=set)
    """The scopes that something really needed: calls, commands, events."""

    def take(self, wanted: Json) -> None:
        """Take a manifest, as pasted into the app's settings; ValueError says what is wrong with it."""
        wrong = manifest.problems(wanted)
        if wrong:
            raise ValueError("Slack refuses the manifest: " + "; ".join(wrong))
        self.manifest = wanted

    @property
    def scopes(self) -> list[str]:
        """The bot scopes that it asks for."""
        return list(self.manifest.get("oauth_config", {}).get("scopes", {}).get("bot", []))

    @property
    def commands(self) -> dict[str, Json]:
        """Its slash commands by name."""
        return {each["command"]: each for each in self._features.get("slash_commands", [])}

    def shortcut(self, name: str, kind: str) -> Json:
        """Give a shortcut by what the menu calls it."""
        shortcuts = [each for each in self._features.get("shortcuts", []) if each["type"] == kind]
        found: Json | None = next(
            (each for each in shortcuts if name in {each["name"], each["callback_id"]}), None
        )
        assert found is not None, f"no {kind} shortcut {name!r} but {[each['name'] for each in shortcuts]}"
        return found

    @property
    def events(self) -> list[str]:
        """The events that it wants to hear."""
        return list(self._settings.get("event_subscriptions", {}).get("bot_events", []))

    @property
    def is_socket(self) -> bool:
        """Whether all goes over Socket Mode."""
        return bool(self._settings.get("socket_mode_enabled"))

    @property
    def is_interactive(self) -> bool:
        """Whether it hears of buttons, forms and shortcuts."""
        return bool(self._settings.get("interactivity", {}).get("is_enabled"))

    @property
    def interactivity_url(self) -> str:
        """Where it hears of them, over HTTP."""
        return str(self._settings.get("interactivity", {}).get("request_url", ""))

    @property
    def events_url(self) -> str:
        """Where it hears of events, over HTTP."""
        return str(self._settings.get("event_subscriptions", {}).get("request_url", ""))

    @property
    def redirect_urls(self) -> list[str]:
        """Where consent may lead back to."""
        return list(self.manifest.get("oauth_config", {}).get("redirect_urls", []))

    @property
    def has_home(self) -> bool:
        """Whether it has a Home tab."""
        return bool(self._features.get("app_home", {}).get("home_tab_enabled"))

    @property
    def has_messages(self) -> bool:
        """Whether one can have a conversation with it."""
        return bool(self._features.get("app_home", {}).get("messages_tab_enabled"))

    @property
    def _features(self) -> Json:
        return dict(self.manifest.get("features", {}))

    @property
    def _settings(self) -> Json:
        return dict(self.manifest.get("settings", {}))
