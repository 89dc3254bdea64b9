"""Writing a study's log in place: what the study said since is written, and no work of others is undone."""

from dataclasses import replace
from datetime import date

import pytest

from bot.records.log.merging import merged
from bot.records.log.three_ways import Before
from bot.records.log.writing import fresh
from bot.records.understood import WeekRow
from tests.records.logs import MEMBERS, SEED, WEEKS, document, week_in, weeks_in

TOLD = {week.number: week for week in WEEKS}
SEED_BEFORE = Before(TOLD, TOLD)
LOG = document(
    "### 1주차 - 시작", "", "**오늘의 Insight**", "하나  ", "둘", "", "[과제] 읽기", "", "## 끝", "안녕"
)
BASE = WeekRow(1, "1주차", title="시작", insights=("하나", "둘"), homework="읽기")
BEFORE = Before({1: BASE}, {1: BASE})


def into(content: bytes, *weeks: WeekRow, before: Before = BEFORE) -> tuple[list[str], list[str]]:
    """The document's lines with the weeks in it, and what about there was to report."""
    made = merged(content, weeks, before, "ko", MEMBERS)
    return made.document.decode().split("\n"), [conflict.about for conflict in made.conflicts]


def added(content: bytes, *weeks: WeekRow, before: Before = BEFORE) -> list[str]:
    """The lines that come to a document, in which every other one stays and nothing is reported."""
    lines, conflicts = into(content, *weeks, before=before)
    assert conflicts == []
    left = content.decode().split("\n")
    found = []
    for line in lines:
        if left and line == left[0]:
            left.pop(0)
        else:
            found.append(line)
    assert left == []
    return found


class TestTheSeed:
    def test_stays_as_it_is_where_nothing_is_new(self) -> None:
        assert merged(SEED, WEEKS, SEED_BEFORE, "ko", MEMBERS).document == SEED
        assert merged(SEED, WEEKS, Before(), "ko", MEMBERS).document == SEED

    def test_a_due_date_that_was_not_told_is_not_told_now(self) -> None:
        dated = [replace(week, due=date(2024, 1, 3)) for week in WEEKS]
        assert merged(SEED, dated, SEED_BEFORE, "ko", MEMBERS).document == SEED

    def test_a_note_is_one_line_more(self) -> None:
        more = replace(WEEKS[2], insights=(*WEEKS[2].insights, "새로 배운 것"))
        assert added(SEED, more, before=SEED_BEFORE) == ["새로 배운 것  "]

    def test_a_fifth_week_comes_behind_the_fourth(self) -> None:
        week = WeekRow(5, "5주차", title="Code Review", homework="발표 준비", due=date(2024, 2, 7))
        assert added(SEED, week, before=SEED_BEFORE) == [
            *("", "### 5주차 - Code Review", "", "[과제] 발표 준비(~2024.02.07)", "")
        ]

    def test_it_keeps_its_line_ends(self) -> None:
        more = replace(WEEKS[2], insights=(*WEEKS[2].insights, "새로 배운 것"))
        windows = SEED.replace(b"\n", b"\r\n")
        made = merged(windows, [more], SEED_BEFORE, "ko", MEMBERS).document
        assert made.count(b"\r\n") == made.count(b"\n") == windows.count(b"\n") + 1


class TestWhatTheStudySaid:
    def test_lines_come_under_their_heading(self) -> None:
        assert added(LOG, replace(BASE, insights=("하나", "둘", "셋"))) == ["셋  ", ""]

    def test_a_part_without_a_heading_gets_one_before_the_homework(self) -> None:
        new = replace(BASE, lectures=("도커",), topics={"민우": "mlflow"})
        assert added(LOG, new) == ["**들은 강의**  ", "도커", "", "**조사한 주제**  ", "민우 - mlflow", ""]

    def test_a_removed_line_goes(self) -> None:
        lines, conflicts = into(LOG, replace(BASE, insights=("둘",)))
        assert (lines, conflicts) == ([x for x in LOG.decode().split("\n") if x != "하나  "], [])

    def test_a_changed_homework_is_written_with_its_day(self) -> None:
        lines, conflicts = into(LOG, replace(BASE, homework="쓰기", due=date(2024, 1, 3)))
        assert conflicts == []
        assert lines == LOG.decode().replace("[과제] 읽기", "[과제] 쓰기(~2024.01.03)").split("\n")

    def test_a_changed_title_and_topic_are_written(self) -> None:
        first = replace(BASE, topics={"민우": "mlflow"})
        content = fresh([first], "스터디", "ko")
        second = replace(first, title="도커", topics={"민우": "argo"})
        made = merged(content, [second], Before({1: first}, {1: first}), "ko", MEMBERS)
        assert made.document == fresh([second], "스터디", "ko")

    def test_newest_first_stays_so(self) -> None:
        lines, _ = into(
            document("### 2주차 - 둘", "[과제] 읽기", "", "### 1주차", "[과제] 쓰기"),
            WeekRow(3, "", title="셋"),
        )
        assert next(line for line in lines if line.startswith("###")) == "### 3주차 - 셋"

    def test_a_document_without_a_log_gets_one_at_its_end(self) -> None:
        lines, _ = into(b"# README\n", BASE, before=Before())
        assert lines[:4] == ["# README", "", "### 1주차 - 시작", ""]
        assert into(b"", BASE, before=Before())[0][0] == "### 1주차 - 시작"

    def test_a_week_of_which_there_is_nothing_to_say_is_left_out(self) -> None:
        assert added(LOG, WeekRow(2, "2주차")) == []


class TestWhatOthersWrote:
    def test_both_lines_stand(self) -> None:
        theirs = LOG.replace("둘\n".encode(), "둘  \n손으로\n".encode())
        assert added(theirs, replace(BASE, insights=("하나", "둘", "셋"))) == ["셋  ", ""]

    def test_a_line_put_in_by_hand_stays_also_once_both_agree(self) -> None:
        theirs = LOG.replace("둘\n".encode(), "둘  \n손으로\n".encode())
        agreed = Before({1: replace(BASE, insights=("하나", "둘", "손으로"))}, {1: BASE})
        assert added(theirs, replace(BASE, insights=("하나", "둘", "셋")), before=agreed) == ["셋  ", ""]

    @pytest.mark.parametrize(
        ("old", "new", "about"),
        [
            ("### 1주차 - 시작", "### 1주차 - 첫걸음", "title:1:"),
            ("[과제] 읽기", "[과제] 듣기", "homework:1:"),
            ("하나  \n", "", "note:1:"),
            ("하나  ", "한 가지  ", "note:1:"),
        ],
    )
    @pytest.mark.parametrize("changed", [False, True])
    def test_a_change_of_ours_is_reported_and_stays(
        self, old: str, new: str, about: str, *, changed: bool
    ) -> None:
        theirs = LOG.decode().replace(old, new).encode()
        ours = replace(BASE, title="도커", homework="쓰기") if changed else BASE
        lines, conflicts = into(theirs, ours)
        assert about in conflicts
        assert not new or new.strip() in "\n".join(lines)

    def test_a_section_that_is_gone_is_reported(self) -> None:
        assert into(document("### 2주차", "[과제] 읽기"), BASE)[1] == ["row:1:"]

    def test_a_week_there_twice_is_reported(self) -> None:
        twice = LOG + "### 1주차\n".encode()
        assert into(twice, replace(BASE, title="도커")) == (twice.decode().split("\n"), ["log::"])

    def test_a_section_in_a_form_that_cannot_be_written_is_reported(self) -> None:
        under = document("1주차 - 시작", "---", "[과제] 읽기")
        lines, conflicts = into(under, replace(BASE, title="도커", insights=()))
        assert lines == under.decode().split("\n")
        assert conflicts == ["title:1:"]

    def test_what_one_first_sees_is_never_overwritten(self) -> None:
        lines, conflicts = into(LOG, replace(BASE, title="도커", insights=("셋",)), before=Before())
        assert conflicts == ["title:1:"]
        assert week_in("\n".join(lines).encode(), 1).insights == ("하나", "둘", "셋")

    def test_a_fence_that_never_ends_is_not_written_into(self) -> None:
        open_ = document("### 1주차", "[과제] 읽기", "```")
        assert into(open_, WeekRow(2, "2주차", title="도커"), before=Before())[1] == ["log:2:"]


def test_a_whole_log_is_in_the_form_of_the_seed() -> None:
    assert fresh([WEEKS[3]], "MLOps-Study", "ko").decode().split("\n") == [
        "# MLOps-Study",
        "",
        "### 3주차 - Session 2 후기 및 mlops tool",
        "",
        "**들은 강의**  ",
        "Session 2. 코드 품질, 데이터 검증, 모델 분석",
        "",
        "**조사한 주제**  ",
        *("민우 - mlflow  ", "가경 - amazone sagemaker  ", "예람 - tensorflow extended  "),
        *("민수 - jenkins  ", "다은 - github action"),
        "",
        "**오늘의 Insight**  ",
        *(f"{line}  " for line in WEEKS[3].insights[:-1]),
        WEEKS[3].insights[-1],
        "",
        "[과제] MLOps 활용 사례 하나씩 조사해오기",
        "",
    ]


def test_in_english_it_is_english() -> None:
    week = WeekRow(2, "Week 2", title="Docker", references=("https://example.org/a_b",), homework="Read")
    content = fresh([replace(week, due=date(2024, 1, 3))], "Study", "en").decode()
    assert "### Week 2 - Docker\n" in content
    assert "**References**  \n<https://example.org/a_b>\n" in content
    assert "[Homework] Read (~2024.01.03)\n" in content
    assert [x.number for x in weeks_in(content.encode())] == [2]
