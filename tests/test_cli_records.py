"""Records from the command line: `studybot import` and `studybot export`."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app

SEED = Path(__file__).parents[1] / "bot/doors/playground/seeds/study-mlops.README.md"
LOG = SEED.with_name("mlops-study.README.md")
ANSWERS = {
    "year": "2022",
    "breaks": "2022-04-13..2022-04-26,2022-06-08..2022-06-21",
    "last": "most_fines",
}
GIVEN = [part for about, answer in ANSWERS.items() for part in ("--answer", f"{about}={answer}")]
MADE = "made study 1 in the playground: Study-MLOps, 2 links"
MEMBERS = ["장서진", "구미진", "이은빈", "한현경", "문수인"]


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Run where there is neither a configuration nor a database."""
    monkeypatch.chdir(tmp_path)


def studybot(*arguments: str) -> Result:
    """Run a command in this process; nobody sits at a terminal."""
    return CliRunner().invoke(app, arguments)


def studies() -> list[tuple[str, str]]:
    """The studies in the database: name and first day."""
    if not Path("studybot.db").exists():
        return []
    with closing(sqlite3.connect("studybot.db")) as database:
        return database.execute("SELECT name, starts FROM study ORDER BY id").fetchall()


@pytest.fixture
def imported() -> None:
    """Have the seed imported."""
    done = studybot("import", str(SEED), *GIVEN, "--yes")
    assert (done.exit_code, done.stdout.splitlines()[-1]) == (0, MADE)


class TestImport:
    def test_a_dry_run_says_what_was_understood_and_asked(self) -> None:
        done = studybot("import", str(SEED), "--dry-run")
        assert done.exit_code == 0
        assert "members  장서진, 구미진, 이은빈, 한현경, 문수인\nweeks    12, 2 links\n" in done.stdout
        assert [line.partition(":")[0] for line in done.stdout.splitlines() if "question" in line] == [
            "question year", "question breaks", "question last",
        ]  # fmt: skip
        assert studies() == []

    def test_a_dry_run_as_json_is_what_a_program_reads(self) -> None:
        told = json.loads(studybot("import", str(SEED), "--dry-run", "--format", "json").stdout)
        assert told["members"] == MEMBERS
        assert [week["number"] for week in told["weeks"]] == list(range(1, 13))
        assert told["weeks"][0]["submissions"]["구미진"] is None
        assert told["weeks"][0]["writer"] == "이은빈"
        assert told["rules"] == {
            "due_weekday": "wed", "due_time": "00:00", "close_time": "12:00", "late": 3000, "absent": 4000,
            "currency": "KRW", "settle": "month", "split": "without_last", "starts": "04-06", "weeks": 12,
            "blog": "rotation",
        }  # fmt: skip
        assert [question["about"] for question in told["questions"]] == list(ANSWERS)

    def test_answers_of_any_kind_are_given_one_by_one(self, tmp_path: Path) -> None:
        file = tmp_path / "README.md"
        file.write_text(
            "|주차|민우|가경|\n|-|-|-|\n|1주차|✅||\n|2주차|🔺|[글](https://a.kr)|\n\n2022년 4월 6일 시작\n"
        )
        asked = ["--dry-run", "--format", "json", "--answer", "blank::=missing"]
        told = json.loads(studybot("import", str(file), *asked).stdout)
        assert [question["about"] for question in told["questions"]] == ["mark:2:민우"]
        assert told["weeks"][0]["marks"] == {"민우": "done", "가경": "absent"}
        given = ["--answer", "blank::=missing", "--answer", "mark:2:민우=late", "--yes"]
        assert studybot("import", str(file), *given).exit_code == 0
        assert studybot("export", "--format", "readme").stdout_bytes == file.read_bytes()

    @pytest.mark.parametrize("given", [[], GIVEN, ["--yes"], [*GIVEN[:2], "--yes"]], ids=len)
    def test_without_a_yes_or_an_answer_nothing_is_written(self, given: list[str]) -> None:
        done = studybot("import", str(SEED), *given)
        assert done.exit_code == 2
        assert "nothing was written" in done.stderr
        assert studies() == []

    @pytest.mark.usefixtures("imported")
    def test_a_study_is_made_of_the_table(self) -> None:
        assert studies() == [("Study-MLOps", "2022-04-06")]
        with closing(sqlite3.connect("studybot.db")) as database:
            weeks = database.execute("SELECT date(opens_at, '+9 hours') FROM week ORDER BY number").fetchall()
            roles = database.execute("SELECT name, account, role FROM member ORDER BY id").fetchall()
            links = database.execute("SELECT count(*), count(first_at) FROM submission").fetchone()
            fines = database.execute("SELECT count(*) FROM ledger").fetchone()
        assert [day for (day,) in weeks][:3] == ["2022-04-06", "2022-04-27", "2022-05-04"]
        assert roles[0] == ("장서진", "장서진", "leader")
        assert [name for name, *_ in roles] == MEMBERS
        assert (links, fines) == ((2, 0), (0,))

    @pytest.mark.usefixtures("imported")
    def test_the_same_channel_takes_no_second_one(self) -> None:
        done = studybot("import", str(SEED), *GIVEN, "--yes")
        assert done.exit_code == 1
        there = "studybot: there is a study in the playground already: 1 (Study-MLOps)"
        assert done.stderr == f"{there}; to take this README's links into it: --study 1\n"
        assert studybot("export", "--format", "json", "--into", "study.json").exit_code == 0
        done = studybot("import", "study.json", "--yes")
        assert (done.exit_code, done.stderr) == (1, f"{there}\n")
        assert len(studies()) == 1

    @pytest.mark.usefixtures("imported")
    def test_links_are_taken_into_a_study_that_is_there(self, tmp_path: Path) -> None:
        changed = tmp_path / "README.md"
        changed.write_bytes(
            SEED.read_bytes().replace("[구미진]()".encode(), "[구미진](https://a.b/1)".encode(), 1)
        )
        done = studybot("import", str(changed), "--study", "1", "--yes")
        assert (done.exit_code, done.stdout) == (0, "took 1 links into study 1: Study-MLOps\n")
        again = studybot("import", str(changed), "--study", "1", "--yes")
        assert again.stdout.startswith("took 0 links")
        assert studybot("export", "--format", "readme").stdout_bytes == changed.read_bytes()

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["nowhere.md"], "nowhere.md: No such file"),
            ([str(SEED), "--answer", "year"], "write an answer as ABOUT=VALUE"),
            ([str(SEED), "--answer", "year=1999"], "please write a year from 2000"),
            ([str(SEED), "--answer", "colour=red"], "nothing was asked about" ),
            ([str(SEED), "--study", "7", "--yes"], "there is no such study"),
        ],
        ids=lambda value: str(value)[-20:],
    )  # fmt: skip
    def test_what_cannot_be_done_is_said_in_a_line(self, arguments: list[str], said: str) -> None:
        studybot("db", "upgrade")
        done = studybot("import", *arguments)
        assert done.exit_code == 1
        assert done.stderr.startswith("studybot: ")
        assert done.stderr.count("\n") == 1

    def test_a_file_that_is_no_text_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "README.md").write_bytes(b"\xff\xfe\x00")
        done = studybot("import", "README.md", "--yes")
        assert (done.exit_code, "UTF-8" in done.stderr) == (1, True)


class TestBeforeTheFirstRun:
    @pytest.mark.parametrize(
        ("line", "to_do"),
        [
            (["export", "--format", "csv"], "export"),
            (["export", "--format", "readme", "--into", "README.md"], "export"),
            (["import", str(SEED), "--study", "1", "--yes"], "take links into"),
            (["import", str(SEED), "--study", "1", "--dry-run"], "take links into"),
        ],
        ids=["export", "export into", "import", "import dry"],
    )
    def test_there_is_nothing_to_do(self, line: list[str], to_do: str) -> None:
        done = studybot(*line)
        told = f"studybot: there is nothing to {to_do}: "
        assert (done.exit_code, done.output) == (1, f"{told}there is no studybot.db\n")
        assert list(Path().iterdir()) == []
        Path("studybot.db").touch()
        assert studybot(*line).output == f"{told}the database has not been set up\n"


@pytest.mark.usefixtures("imported")
class TestExport:
    def test_what_was_imported_comes_out_the_same(self) -> None:
        assert studybot("export", "--format", "readme").stdout_bytes == SEED.read_bytes()

    def test_a_file_is_edited_in_place(self, tmp_path: Path) -> None:
        readme = tmp_path / "README.md"
        readme.write_bytes(SEED.read_bytes() + "\n덧붙인 말\n".encode())
        with closing(sqlite3.connect("studybot.db")) as database, database:
            database.execute(
                "INSERT INTO submission (week_id, member_id, link) VALUES (2, 2, 'https://example.org/2')"
            )
        assert studybot("export", "--study", "1", "--format", "readme", "--into", str(readme)).exit_code == 0
        before = SEED.read_text().splitlines()
        after = readme.read_text().splitlines()
        changed = [(old, new) for old, new in zip(before, after, strict=False) if old != new]
        assert changed == [(before[6], before[6].replace("[구미진]()", "[구미진](https://example.org/2)"))]
        assert after[-1] == "덧붙인 말"

    def test_a_link_put_in_by_hand_stays_however_often_it_is_written(self, tmp_path: Path) -> None:
        readme = tmp_path / "README.md"
        by_hand = SEED.read_bytes().replace("[구미진]()".encode(), "[구미진](https://by.hand)".encode(), 1)
        assert by_hand != SEED.read_bytes()
        readme.write_bytes(by_hand)
        for _ in range(3):
            assert studybot("export", "--format", "readme", "--into", str(readme)).exit_code == 0
            assert readme.read_bytes() == by_hand

    def test_a_cell_changed_by_hand_is_left_alone_and_told(self, tmp_path: Path) -> None:
        readme = tmp_path / "README.md"
        readme.write_bytes(
            SEED.read_bytes().replace(b"https://github.com/binable43", b"https://other.org", 1)
        )
        before = readme.read_bytes()
        done = studybot("export", "--format", "readme", "--into", str(readme))
        assert (done.exit_code, readme.read_bytes()) == (1, before)
        assert "이은빈" in done.stderr

    @pytest.mark.parametrize(
        ("form", "begins"),
        [("csv", b"\xef\xbb\xbf"), ("json", b"{"), ("ics", b"BEGIN:VCALENDAR\r\n")],
    )
    def test_other_formats(self, form: str, begins: bytes) -> None:
        assert studybot("export", "--format", form).stdout_bytes.startswith(begins)

    @pytest.mark.parametrize("form", ["csv", "json", "ics"])
    def test_other_formats_do_not_replace_a_readme(self, form: str) -> None:
        for name in ("README.md", "notes.MARKDOWN"):
            assert studybot("export", "--format", form, "--into", name).exit_code == 0
            Path(name).write_text("mine")
            done = studybot("export", "--format", form, "--into", name)
            told = f"studybot: {name} is Markdown: name another file for {form}\n"
            assert (done.exit_code, done.output, Path(name).read_text()) == (1, told, "mine")

    def test_the_json_makes_the_study_again(self, tmp_path: Path) -> None:
        assert studybot("export", "--format", "json", "--into", "study.json").exit_code == 0
        Path("studybot.db").rename("old.db")
        done = studybot("import", "study.json", "--yes")
        assert done.exit_code == 0, done.stderr
        assert studies() == [("Study-MLOps", "2022-04-06")]
        assert studybot("export", "--format", "readme").stdout_bytes == SEED.read_bytes()


class TestTheLog:
    def test_a_dry_run_asks_only_when_it_began_and_how_long_it_is(self) -> None:
        told = json.loads(studybot("import", str(LOG), "--dry-run", "--format", "json").stdout)
        assert told["members"] == ["민우", "가경", "예람", "민수", "다은"]
        first, *_, last = told["weeks"]
        assert (first["title"], first["date"], first["due"]) == ("Orientation", "2023-12-29", "2024-01-03")
        assert (last["number"], last["title"]) == (4, "Session 3 후기 및 MLOps 활용 사례 공유")
        assert [question["about"] for question in told["questions"]] == ["starts", "weeks"]
        assert [lines[:2] for lines in told["ignored"]] == [[4, 21], [83, 83]]

    def test_it_comes_out_as_it_went_in(self) -> None:
        given = ["--answer", "starts=2023-12-28", "--answer", "weeks=10"]
        assert studybot("import", str(LOG), *given, "--yes").exit_code == 0
        assert studybot("export", "--format", "log").stdout_bytes == LOG.read_bytes()
        file = Path("README.md")
        file.write_bytes(
            LOG.read_bytes().replace("### 3주차 - Session 2 후기".encode(), "### 3주차 - 후기".encode())
        )
        edited = file.read_bytes()
        done = studybot("export", "--format", "log", "--into", str(file))
        assert (done.exit_code, file.read_bytes()) == (0, edited)
        assert "3주차의 일지가 스터디의 기록과 달라요" in done.stderr
