"""The process's commands: what they say, what they return, and that `run` starts and stops."""

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Literal
from urllib.request import urlopen

import pytest
import structlog
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.commands.command import Commands
from bot.logs import set_up_logging
from bot.texts import LANGUAGES, command_name, plain

ROOT = Path(__file__).parents[1]
COMMANDS = Commands.in_package("cogs")
HEAVY = {
    "sqlalchemy",
    "discord",
    "slack_bolt",
    "slack_sdk",
    "starlette",
    "uvicorn",
    "jinja2",
    "babel",
    "alembic",
}


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Run where there is neither a configuration nor a database."""
    monkeypatch.chdir(tmp_path)


def studybot(*arguments: str, **variables: str) -> Result:
    """Run a command in this process."""
    return CliRunner(env=variables).invoke(app, arguments)


@contextmanager
def process(*arguments: str, **variables: str) -> Iterator[subprocess.Popen[str]]:
    """Run a command as a process of its own."""
    command = [sys.executable, "-W", "error", "-m", "bot.cli", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **variables}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env=environment, stdout=pipe, stderr=pipe, text=True) as running:
        try:
            yield running
        finally:
            running.kill()


class TestHelp:
    def test_imports_nothing_that_takes_long(self) -> None:
        tell = (
            "import atexit, sys; atexit.register(lambda: print(*sys.modules)); import bot.cli; bot.cli.main()"
        )
        done = subprocess.run(
            [sys.executable, "-c", tell, "--help"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        told, modules = done.stdout.rsplit("\n", 2)[0], done.stdout.splitlines()[-1].split()
        assert all(command in told for command in ("run", "check", "db", "help"))
        assert {module.partition(".")[0] for module in modules} & HEAVY == set()
        assert "bot.cli" in modules

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_of_commands_lists_every_one_with_its_options(self, language: str) -> None:
        told = studybot("help", "commands", "--language", language).stdout
        for command in COMMANDS.values():
            options = (
                f" {name}" if x.required else f" [{name}]"
                for x in command.typed
                if (name := plain(language, x.key))
            )
            assert f"/{command_name(command.name, language)}{''.join(options)}\n" in told
            assert f"    {plain(language, command.key + '.about')}\n" in told
        assert told.count("/") >= len(COMMANDS)

    def test_of_commands_is_english_unless_asked_otherwise(self) -> None:
        assert studybot("help", "commands").stdout == studybot("help", "commands", "--language", "en").stdout

    def test_of_commands_in_another_language_is_refused(self) -> None:
        result = studybot("help", "commands", "--language", "fr")
        assert result.exit_code == 2
        assert "'fr' is not one of" in result.stderr

    def test_is_shown_where_nothing_is_asked_for(self) -> None:
        for arguments in ([], ["db"], ["help"]):
            assert "Usage" in studybot(*arguments).output


class TestCheck:
    def test_says_what_is_configured_and_writes_nothing(self) -> None:
        result = studybot("check")
        assert result.exit_code == 0
        said = [line.split()[0] for line in result.stdout.splitlines()]
        assert said == ["database", "playground", "clock", "backup"]
        assert "sqlite:///studybot.db" in result.stdout
        assert "127.0.0.1:8000" in result.stdout
        assert list(Path().iterdir()) == []

    def test_knows_a_database_of_the_newest_revision(self) -> None:
        studybot("db", "upgrade")
        assert "reachable, up to date" in studybot("check").stdout

    def test_says_that_one_is_to_be_migrated(self) -> None:
        Path("studybot.db").touch()
        result = studybot("check")
        assert result.exit_code == 0
        assert "to be migrated at the next run" in result.stdout

    @pytest.mark.parametrize(
        ("variable", "value", "told"),
        [
            (
                "STUDYBOT_WEB__HOST",
                "0.0.0.0",
                ': not loopback: write host = "127.0.0.1", or [playground] enabled = false',
            ),
            ("STUDYBOT_DATABASE__URL", "mysql://e.org/x", "write sqlite:///FILE or postgresql://…"),
            ("STUDYBOT_DATABASE__URL", "sqlite://", "write sqlite:///FILE or postgresql://…"),
            ("STUDYBOT_DATABASE__URL", "sqlite:///no/such/x.db", "there is no folder no/such"),
            (
                "STUDYBOT_DATABASE__URL",
                "postgresql://postgres@127.0.0.1:1/x",
                "postgresql://postgres@127.0.0.1:1/x: ",
            ),
        ],
    )
    def test_fails_on_what_cannot_be_used(self, variable: str, value: str, told: str) -> None:
        result = studybot("check", **{variable: value})
        assert result.exit_code == 1
        assert told in result.stdout
        assert len(result.stdout.splitlines()) in (3, 4)  # no word of backups for what is no database

    def test_does_not_show_a_password(self) -> None:
        for command in ("check", "run"):
            result = studybot(command, STUDYBOT_DATABASE__URL="postgresql://me:secret@127.0.0.1:1/x")
            assert result.exit_code == 1
            assert "postgresql://me:***@127.0.0.1:1/x: " in result.output
            assert "secret" not in result.output
            assert "Traceback" not in result.output

    def test_names_a_server_that_has_no_such_database(self, postgres_url: str) -> None:
        url = postgres_url.rpartition("/")[0] + "/nowhere"
        result = studybot("check", STUDYBOT_DATABASE__URL=url)
        assert result.exit_code == 1
        assert f'{url}: database "nowhere" does not exist' in result.stdout

    def test_names_a_revision_that_this_version_does_not_know(self) -> None:
        studybot("db", "upgrade")
        with closing(sqlite3.connect("studybot.db")) as database:
            database.execute("UPDATE alembic_version SET version_num = '9999'")
            database.commit()
        for command in (["run"], ["db", "upgrade"]):
            result = studybot(*command)
            assert result.exit_code == 1
            assert "sqlite:///studybot.db: Can't locate revision identified by '9999'" in result.output
            assert len(result.output.splitlines()) == 1

    def test_fails_on_a_file_that_is_no_database(self) -> None:
        Path("studybot.db").write_text("not a database" * 100)
        result = studybot("check")
        assert result.exit_code == 1
        assert "not a database" in result.stdout


class TestConfiguration:
    @pytest.mark.parametrize("command", [["run"], ["check"], ["db", "upgrade"]], ids=" ".join)
    def test_that_cannot_be_used_is_said_in_one_line(self, command: list[str]) -> None:
        Path("wrong.toml").write_text("[web]\nprot = 1\n")
        for file, told in (("wrong.toml", "web.prot: "), ("none.toml", "none.toml: there is no such file")):
            result = studybot(*command, "--config", file)
            assert result.exit_code == 1
            assert result.stderr.startswith(f"studybot: {told}")
            assert len(result.stderr.splitlines()) == 1

    def test_is_read_from_the_file_that_is_named(self) -> None:
        Path("mine.toml").write_text('[database]\nurl = "sqlite:///mine.db"\n')
        assert studybot("db", "upgrade", "--config", "mine.toml").exit_code == 0
        assert Path("mine.db").is_file()
        assert not Path("studybot.db").exists()


class TestUpgrade:
    def test_makes_the_database_and_may_be_repeated(self) -> None:
        for _ in range(2):
            assert studybot("db", "upgrade").exit_code == 0
        assert Path("studybot.db").is_file()

    @pytest.mark.parametrize("url", ["mysql://x/y", "nonsense", "sqlite:///no/such/folder/x.db"])
    def test_of_what_is_no_database_is_said_in_one_line(self, url: str) -> None:
        result = studybot("db", "upgrade", STUDYBOT_DATABASE__URL=url)
        assert result.exit_code == 1
        assert result.output.startswith("studybot: database.url: ")
        assert len(result.output.splitlines()) == 1
        assert result.stdout == ""


class TestRun:
    @pytest.mark.parametrize(
        ("variables", "told"),
        [
            ({"STUDYBOT_WEB__HOST": "0.0.0.0"}, "web.host: "),
            ({"STUDYBOT_WEB__HOST": "example.org"}, "web.host: "),
            ({"STUDYBOT_PLAYGROUND__ENABLED": "false"}, "playground.enabled: "),
            ({"STUDYBOT_DATABASE__URL": "mysql://x/y"}, "database.url: write sqlite:///FILE or"),
            (
                {"STUDYBOT_DATABASE__URL": "sqlite:///no/such/x.db"},
                "database.url: there is no folder no/such",
            ),
        ],
        ids=str,
    )
    def test_refuses_what_it_cannot_serve_in_one_line(self, variables: dict[str, str], told: str) -> None:
        result = studybot("run", **variables)
        assert result.exit_code == 1
        assert result.output.startswith(f"studybot: {told}")
        assert "Traceback" not in result.output

    def test_serves_and_stops_on_sigterm_though_a_page_is_open(self, tmp_path: Path) -> None:
        with process("run", STUDYBOT_WEB__PORT="0", STUDYBOT_PLAYGROUND__CLOCK="virtual") as running:
            assert running.stdout is not None
            address = running.stdout.readline().strip()
            assert address.startswith("http://127.0.0.1:")
            assert address.endswith("/")
            with urlopen(address + "api/channel", timeout=10) as answer:
                assert json.load(answer)["messages"] == []
            with urlopen(address, timeout=10) as answer:
                assert "text/html" in answer.headers["content-type"]
            events = socket.create_connection(("127.0.0.1", int(address.rstrip("/").rpartition(":")[2])), 10)
            events.sendall(b"GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert events.recv(100).startswith(b"HTTP/1.1 200")
            running.send_signal(signal.SIGTERM)
            rest, errors = running.communicate(timeout=20)
            events.close()
        assert (running.returncode, rest, errors) == (0, "", "")
        assert [file.name for file in tmp_path.iterdir()] == ["studybot.db"]

    def test_says_that_its_port_is_taken(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = str(taken.getsockname()[1])
            with process("run", STUDYBOT_WEB__PORT=port) as running:
                said, errors = running.communicate(timeout=30)
        assert running.returncode not in (0, None)
        assert said == ""
        assert "address already in use" in errors
        assert "Traceback" not in errors


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_logged_fault_shows_no_values(
    capsys: pytest.CaptureFixture[str], form: Literal["text", "json"]
) -> None:
    before = structlog.get_config()
    try:
        set_up_logging("info", form)
        token = "xoxb-secret"
        try:
            raise RuntimeError("a fault of ours")
        except RuntimeError:
            structlog.get_logger().exception("fault", fault="abc123", size=len(token))
    finally:
        structlog.configure(**before)
    told = capsys.readouterr()
    assert told.out == ""
    assert "a fault of ours" in told.err
    assert "abc123" in told.err
    assert "xoxb" not in told.err
    assert form == "text" or json.loads(told.err)["event"] == "fault"
