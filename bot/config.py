"""Settings from `config.toml` and `STUDYBOT_<SECTION>__<KEY>`; a key that is not known is refused."""

import os
import re
from collections.abc import Iterator
from datetime import time
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
)
from pydantic_core import ErrorDetails
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

DEFAULT_FILE = Path("config.toml")
WHOLE, YES_OR_NO = "write a whole number", "write true or false"
OURS = {
    "extra_forbidden": "there is no such setting",
    "int_parsing": WHOLE,
    "int_type": WHOLE,
    "int_from_float": WHOLE,
    "bool_parsing": YES_OR_NO,
    "bool_type": YES_OR_NO,
    "literal_error": "write {expected}",
}
"""What to say instead of pydantic's own words."""


class Section(BaseModel):
    """A section of the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Database(Section):
    """Where everything is kept."""

    url: str = "sqlite:///studybot.db"


class Web(Section):
    """Where pages are served, and how they are reached from outside."""

    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    base_url: str = Field(default="", pattern=r"^(https?://[^/\s]+(/[^\s?#]*)?)?$")
    secret: SecretStr = SecretStr("")

    @field_validator("base_url")
    @classmethod
    def _bare(cls, address: str) -> str:
        """Paths are put behind it."""
        return address.rstrip("/")


class Playground(Section):
    """The study group in a browser."""

    enabled: bool = True
    clock: Literal["real", "virtual"] = "real"


class Discord(Section):
    """The bot on Discord: switched on by its token."""

    token: SecretStr = SecretStr("")
    api_url: str = Field(default="https://discord.com/api/v10", pattern=r"^https?://[^/\s]+")
    guild_ids: Annotated[tuple[int, ...], NoDecode] = ()
    shard_count: int | None = Field(default=None, ge=1)
    shard_ids: Annotated[tuple[int, ...], NoDecode] = ()

    @field_validator("guild_ids", "shard_ids", mode="before")
    @classmethod
    def _with_commas(cls, value: object) -> object:
        """Take `1,2` and `[1, 2]` too, as a variable of the environment holds them."""
        if isinstance(value, str | int):
            return [part for part in str(value).strip("[]").split(",") if part.strip()]
        return value

    @property
    def is_on(self) -> bool:
        """Whether there is a bot to be."""
        return bool(self.token.get_secret_value())

    @property
    def is_local(self) -> bool:
        """Whether it is no real Discord but one on this machine."""
        return is_loopback(urlsplit(self.api_url).hostname or "")


class Slack(Section):
    """The bot on Slack: switched on by any of its tokens and secrets."""

    mode: Literal["socket", "http"] = "socket"
    bot_token: SecretStr = SecretStr("")
    app_token: SecretStr = SecretStr("")
    signing_secret: SecretStr = SecretStr("")
    client_id: str = ""
    client_secret: SecretStr = SecretStr("")
    api_url: str = Field(default="https://slack.com/api/", pattern=r"^https?://[^/\s]+")
    prefix: str = Field(default="", pattern=r"^[^\sA-Z/\"'`]*$")

    @property
    def is_on(self) -> bool:
        """Whether there is a bot to be."""
        secrets = (self.bot_token, self.app_token, self.signing_secret)
        return bool(self.client_id) or any(secret.get_secret_value() for secret in secrets)

    @property
    def is_http(self) -> bool:
        """Whether Slack asks over HTTP."""
        return self.is_on and self.mode == "http"

    @property
    def is_local(self) -> bool:
        """Whether it is no real Slack but one on this machine."""
        return is_loopback(urlsplit(self.api_url).hostname or "")


class GitHub(Section):
    """Publishing on GitHub: switched on by a token, or by an app's id."""

    token: SecretStr = SecretStr("")
    app_id: str = ""
    private_key: SecretStr = SecretStr("")
    api_url: str = Field(default="https://api.github.com", pattern=r"^https?://[^/\s]+")

    @field_validator("app_id", mode="before")
    @classmethod
    def _as_text(cls, value: object) -> object:
        """GitHub shows it as a number."""
        return str(value) if isinstance(value, int) else value

    @property
    def is_on(self) -> bool:
        """Whether there is somebody to publish as."""
        return bool(self.token.get_secret_value() or self.app_id)

    @property
    def key(self) -> str:
        """The app's private key, out of its file; raises `OSError`."""
        given = self.private_key.get_secret_value()
        return given if not given or given.startswith("-----BEGIN") else Path(given).read_text()


def is_loopback(host: str) -> bool:
    """Whether a host is this machine, seen from itself."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


class Backup(Section):
    """What is put aside by night."""

    folder: str = "backups"
    keep: int = Field(default=7, ge=1)
    at: time = time(4)

    @field_validator("at", mode="before")
    @classmethod
    def _a_time_of_day(cls, value: object) -> object:
        """Take `04:00` alone: pydantic would read a number as seconds."""
        if isinstance(value, time):
            return value
        if isinstance(value, str) and re.fullmatch(r"\d\d:\d\d", value):
            return time.fromisoformat(value)
        raise ValueError('write a time of day, as "04:00"')


class Log(Section):
    """What is logged, and how."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    format: Literal["text", "json"] = "text"


class Settings(BaseSettings):
    """All settings; the environment goes before the file."""

    model_config = SettingsConfigDict(
        env_prefix="STUDYBOT_", env_nested_delimiter="__", extra="forbid", frozen=True
    )

    database: Database = Database()
    web: Web = Web()
    playground: Playground = Playground()
    discord: Discord = Discord()
    slack: Slack = Slack()
    github: GitHub = GitHub()
    backup: Backup = Backup()
    log: Log = Log()

    @property
    def serves(self) -> bool:
        """Whether anything is asked for over HTTP."""
        return self.playground.enabled or self.slack.is_http or bool(self.web.base_url)

    @property
    def site(self) -> str:
        """Where the pages are reached: from outside, or by who tries the playground on this machine."""
        host = f"[{self.web.host}]" if ":" in self.web.host else self.web.host
        here = f"http://{host}:{self.web.port}" if self.playground.enabled and self.web.port else ""
        return self.web.base_url or here

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Environment first, then the file."""
        return env_settings, init_settings


class BadSettings(ValueError):
    """The configuration cannot be used; the message says which key and why."""


def load(file: Path | None = None) -> Settings:
    """The settings of a file, `config.toml` where it exists by default; raises `BadSettings`."""
    if file is not None and not file.is_file():
        raise BadSettings(f"{file}: there is no such file")
    source = file or (DEFAULT_FILE if DEFAULT_FILE.is_file() else None)
    if unknown := "; ".join(_unknown_sections()):
        raise BadSettings(unknown)
    try:
        written = TomlConfigSettingsSource(Settings, source)() if source else {}
        return Settings(**written)
    except ValidationError as problem:
        lines = (f"{'.'.join(map(str, e['loc']))}: {_said(e)}" for e in problem.errors())
        raise BadSettings("; ".join(lines)) from problem
    except ValueError as problem:
        raise BadSettings(f"{source}: {problem}" if source else str(problem)) from problem


def _said(error: ErrorDetails) -> str:
    """What is wrong with a setting, in our words where there are any."""
    ours = OURS.get(error["type"])
    return ours.format(**error.get("ctx", {})) if ours else error["msg"].removeprefix("Value error, ")


def _unknown_sections() -> Iterator[str]:
    """Variables of the form of ours whose section there is not: they would be passed over in silence."""
    for name in sorted(os.environ):
        section, found, key = name.lower().removeprefix("studybot_").partition("__")
        if found and name.lower().startswith("studybot_") and section not in Settings.model_fields:
            yield f"{section}.{key}: there is no section {section} ({name})"
