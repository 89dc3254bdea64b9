"""Settings: a file, the environment before it, and a clear line for what cannot be used."""

import re
import tomllib
from datetime import time
from pathlib import Path
from typing import get_type_hints

import pytest
from pydantic import BaseModel

from bot.config import Backup, BadSettings, Settings, load

EXAMPLE = Path(__file__).parents[1] / "config.example.toml"

GOOD = """
[database]
url = "sqlite:///elsewhere.db"
[web]
host = "::1"
port = 0
[playground]
enabled = true
clock = "virtual"
[backup]
folder = "/srv/backups"
keep = 30
at = "23:30"
[log]
level = "debug"
format = "json"
"""


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Have neither a config.toml nor variables around."""
    monkeypatch.chdir(tmp_path)


def written(text: str | bytes) -> Path:
    """A file with this in it."""
    file = Path("studybot.toml")
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def refused(text: str | bytes = "") -> str:
    """Why settings cannot be used."""
    with pytest.raises(BadSettings) as no:
        load(written(text))
    assert "\n" not in str(no.value)
    return str(no.value)


def test_without_anything_there_are_defaults() -> None:
    settings = load()
    assert settings.database.url == "sqlite:///studybot.db"
    assert (settings.web.host, settings.web.port) == ("127.0.0.1", 8000)
    assert (settings.playground.enabled, settings.playground.clock) == (True, "real")
    assert (settings.backup.folder, settings.backup.keep, settings.backup.at) == ("backups", 7, time(4))
    assert (settings.log.level, settings.log.format) == ("info", "text")


def test_a_file_is_read() -> None:
    settings = load(written(GOOD))
    assert settings.database.url == "sqlite:///elsewhere.db"
    assert (settings.web.host, settings.web.port) == ("::1", 0)
    assert settings.backup == Backup(folder="/srv/backups", keep=30, at=time(23, 30))
    assert (settings.playground.clock, settings.log.level, settings.log.format) == (
        "virtual",
        "debug",
        "json",
    )


def test_the_example_has_every_key_with_its_default() -> None:
    """What has no default there is commented out."""
    shown = tomllib.loads(re.sub(r"(?m)^# (?=\w+ = )", "", EXAMPLE.read_text()))
    for section, model in get_type_hints(Settings).items():
        if isinstance(model, type) and issubclass(model, BaseModel):
            assert shown[section].keys() == model.model_fields.keys()
    assert load(EXAMPLE) == load(written(""))


def test_config_toml_is_read_where_it_lies() -> None:
    Path("config.toml").write_text("[web]\nport = 1234\n")
    assert load().web.port == 1234
    assert load(written("")).web.port == 8000


def test_the_environment_goes_before_the_file_key_by_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STUDYBOT_WEB__PORT", "4321")
    monkeypatch.setenv("STUDYBOT_PLAYGROUND__ENABLED", "false")
    monkeypatch.setenv("studybot_log__level", "error")
    settings = load(written(GOOD))
    assert (settings.web.host, settings.web.port) == ("::1", 4321)
    assert (settings.playground.enabled, settings.playground.clock) == (False, "virtual")
    assert (settings.log.level, settings.log.format) == ("error", "json")


def test_every_key_has_a_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    other = {"str": "x", "int": "1", "bool": "false", "time": "05:00", "SecretStr": "x"}
    other |= {"clock": "virtual", "level": "debug", "format": "json"}
    other |= {"token": "x", "api_url": "http://127.0.0.1/api/v10", "guild_ids": "1,2", "shard_count": "2"}
    other |= {"shard_ids": "1", "mode": "http", "base_url": "https://study.example"}
    for section, model in get_type_hints(Settings).items():
        if isinstance(model, type) and issubclass(model, BaseModel):
            for key, field in model.model_fields.items():
                value = other.get(key) or other[getattr(field.annotation, "__name__", "str")]
                with monkeypatch.context() as patch:
                    patch.setenv(f"STUDYBOT_{section}__{key}".upper(), value)
                    assert getattr(getattr(load(), section), key) != field.default


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[web]\nprot = 8000", "web.prot"),
        ("[wbe]\nport = 8000", "wbe"),
        ("port = 8000", "port"),
        ("[web]\nport = 'many'", "web.port"),
        ("[web]\nport = -1", "web.port"),
        ("[web]\nport = 65536", "web.port"),
        ("[web]\nport = 80.5", "web.port"),
        ("[web]\nhost = 1", "web.host"),
        ("web = 3", "web"),
        ("[playground]\nclock = 'fast'", "playground.clock"),
        ("[playground]\nenabled = 'perhaps'", "playground.enabled"),
        ("[backup]\nkeep = 0", "backup.keep"),
        ("[backup]\nat = 4", "backup.at"),
        ("[backup]\nat = '25:00'", "backup.at"),
        ("[backup]\nat = '04:00Z'", "backup.at"),
        ("[log]\nlevel = 'loud'", "log.level"),
        ("[database]\nurl = ['a']", "database.url"),
    ],
)
def test_a_key_that_cannot_be_used_is_named(text: str, named: str) -> None:
    assert refused(text).startswith(f"{named}: ")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[web]\nprot = 8000", "web.prot: there is no such setting"),
        ("[web]\nport = 'many'", "web.port: write a whole number"),
        ("[web]\nport = 80.5", "web.port: write a whole number"),
        ("[web]\nport = []", "web.port: write a whole number"),
        ("[playground]\nenabled = 'perhaps'", "playground.enabled: write true or false"),
        ("[playground]\nclock = 'fast'", "playground.clock: write 'real' or 'virtual'"),
        ("[backup]\nat = 4", 'backup.at: write a time of day, as "04:00"'),
        ("[backup]\nkeep = 0", "backup.keep: Input should be greater than or equal to 1"),
    ],
)
def test_what_to_write_is_said_in_our_words(text: str, said: str) -> None:
    assert refused(text) == said


def test_everything_that_is_wrong_is_said_at_once() -> None:
    assert refused("[web]\nport = 'x'\nhots = 'y'\n[log]\nlevel = 'z'").count("; ") == 2


@pytest.mark.parametrize(
    "text", ["[web", "web = ", "[web]\nport = 1\nport = 2", b"\xff\xfe", b"\0"], ids=repr
)
def test_a_file_that_is_no_toml_is_named(text: str | bytes) -> None:
    assert refused(text).startswith("studybot.toml: ")


def test_a_file_that_is_not_there_is_named() -> None:
    for file in (Path("nowhere.toml"), Path()):
        with pytest.raises(BadSettings, match="there is no such file"):
            load(file)


@pytest.mark.parametrize(
    ("variable", "value", "named"),
    [
        ("STUDYBOT_WEB__PORT", "many", "web.port: "),
        ("STUDYBOT_WEB__PROT", "8000", "web.prot: "),
        ("STUDYBOT_WBE__PORT", "8000", "wbe.port: "),
        ("STUDYBOT_LOG__LEVEL", "", "log.level: "),
        ("STUDYBOT_WEB", "8000", "web"),
    ],
)
def test_a_variable_that_cannot_be_used_is_named(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, named: str
) -> None:
    monkeypatch.setenv(variable, value)
    assert named in refused()


def test_variables_of_others_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STUDYBOT_TEST_ALL", "1")
    monkeypatch.setenv("STUDYBOT_TORTURE", "1")
    assert load() == load(written(""))
