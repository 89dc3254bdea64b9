"""Backups from the command line: taken, restored, taken by night, and checked."""

import asyncio
import re
import signal
from pathlib import Path

import pytest

from db import Runner
from tests.store import founded
from tests.test_cli import alone, process, studybot

__all__ = ["alone"]


def start_a_study() -> None:
    """Have a study in the database that is used by default."""

    async def start() -> None:
        async with Runner("sqlite:///studybot.db") as runner:
            await founded(runner)

    assert studybot("db", "upgrade").exit_code == 0
    asyncio.run(start())


class TestBackup:
    def test_is_taken_and_restored(self) -> None:
        start_a_study()
        taken = studybot("backup", "mine.zip")
        assert taken.exit_code == 0
        assert re.fullmatch(r"mine\.zip: 1 study, \d+ rows\n", taken.stdout)
        restored = studybot("restore", "mine.zip", STUDYBOT_DATABASE__URL="sqlite:///other.db")
        assert restored.exit_code == 0
        assert re.fullmatch(
            r"restored 1 study, \d+ rows, as of \d{4}-\d\d-\d\d \d\d:\d\d UTC\n", restored.stdout
        )
        assert {file.name for file in Path().iterdir()} == {"studybot.db", "other.db", "mine.zip"}
        assert studybot("check", STUDYBOT_DATABASE__URL="sqlite:///other.db").exit_code == 0

    def test_does_not_replace_a_file_unless_told_to(self) -> None:
        studybot("db", "upgrade")
        assert studybot("backup", "mine.zip").exit_code == 0
        again = studybot("backup", "mine.zip")
        assert again.exit_code == 1
        assert again.stderr.startswith("studybot: mine.zip is there already: ")
        assert studybot("backup", "mine.zip", "--force").exit_code == 0

    def test_reads_the_configuration_that_is_named(self) -> None:
        Path("mine.toml").write_text('[database]\nurl = "sqlite:///mine.db"\n')
        for line in (["db", "upgrade"], ["backup", "x.zip"], ["restore", "x.zip"]):
            assert studybot(*line, "--config", "mine.toml").exit_code == 0
        assert {file.name for file in Path().iterdir()} == {"mine.toml", "mine.db", "x.zip"}

    @pytest.mark.parametrize(
        ("line", "told"),
        [
            (["backup", "x.zip"], "there is nothing to back up: there is no studybot.db"),
            (["restore", "x.zip"], "x.zip cannot be read: No such file or directory"),
            (["restore", "text"], "text is damaged, or not a backup: its checksum is wrong"),
        ],
        ids=["no database", "no backup", "no zip"],
    )
    def test_that_cannot_be_done_is_said_in_one_line(self, line: list[str], told: str) -> None:
        Path("text").write_text("hello")
        result = studybot(*line)
        assert result.exit_code == 1
        assert result.output == f"studybot: {told}\n"
        assert [file.name for file in Path().iterdir()] == ["text"]

    def test_is_taken_at_the_start_where_last_nights_is_missing(self, tmp_path: Path) -> None:
        start_a_study()
        with process("run", STUDYBOT_WEB__PORT="0") as running:
            assert running.stdout is not None
            running.stdout.readline()
            assert running.stderr is not None
            assert "backup taken" in running.stderr.readline()
            running.send_signal(signal.SIGTERM)
            assert running.wait(20) == 0
        assert len(list((tmp_path / "backups").glob("studybot-*Z.zip"))) == 1


class TestCheck:
    def test_says_when_the_last_backup_was_taken(self) -> None:
        assert "backup      backups: none yet\n" in studybot("check").stdout
        Path("backups").mkdir()
        for name in ("studybot-20261121T040000Z.zip", "studybot-20261120T040000Z.zip", "notes.txt"):
            Path("backups", name).touch()
        assert "backups: the last is of 2026-11-21 04:00 UTC\n" in studybot("check").stdout
        assert "backup      switched off\n" in studybot("check", STUDYBOT_BACKUP__FOLDER="").stdout

    def test_fails_where_backups_cannot_be_written(self) -> None:
        Path("backups").write_text("a file, no folder")
        result = studybot("check")
        assert result.exit_code == 1
        assert "backup      backups: cannot be written\n" in result.stdout
