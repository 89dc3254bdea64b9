"""Reading a study log, as a careful reader would."""

import json
import time
from datetime import date

import pytest

from bot.records.log.merging import merged
from bot.records.log.three_ways import Before
from bot.records.reading import read
from bot.records.understood import WeekRow, as_json
from bot.rules.refusal import Refused
from tests.records.documents import HEADER
from tests.records.logs import MEMBERS, SEED, WEEKS, document, week_in, weeks_in


class TestTheSeed:
    def test_says_what_a_careful_reader_finds(self) -> None:
        understood = read(SEED)
        assert understood.title == "MLOps-Study"
        assert understood.members == MEMBERS
        assert understood.weeks == WEEKS
        assert understood.rules == {}

    def test_leaves_open_when_it_began_and_how_long_it_is(self) -> None:
        assert [question.about for question in read(SEED).questions] == ["starts", "weeks"]

    def test_what_was_not_read_is_told_with_its_lines(self) -> None:
        found = [(x.first, x.last, x.why.key) for x in read(SEED).ignored]
        assert found == [(4, 21, "records-ignored-prose"), (83, 83, "records-ignored-cut")]

    def test_every_line_of_a_section_is_somewhere(self) -> None:
        told = json.dumps(as_json(read(SEED), "ko"), ensure_ascii=False)
        for line in SEED.decode().split("\n")[23:82]:
            words = line.replace("<br/>", "").replace("**", "").strip(" -#").split("(~")[0].split("(2023")[0]
            for part in words.removeprefix("[과제]").split(" - ", 1):
                assert part.strip() in told or part in ("들은 강의", "오늘의 Insight")


class TestHeadings:
    @pytest.mark.parametrize(
        ("heading", "number", "title"),
        [
            ("### 3주차 - 도커", 3, "도커"),
            ("## 3주차: 도커", 3, "도커"),
            ("# **3주차 - 도커**", 3, "도커"),
            ("### 제 3주차 도커", 3, "도커"),
            ("### Week 03 – Docker", 3, "Docker"),
            ("### week 3. Docker ###", 3, "Docker"),
            ("### 3회차 - 도커&#40;2023.12.29)", 3, "도커(2023.12.29)"),
            ("### OT", 0, None),
            ("### 3주차 - 없는 날(2023.02.30)", 3, "없는 날(2023.02.30)"),
        ],
    )
    def test_a_week_is_known_by_its_heading(self, heading: str, number: int, title: str | None) -> None:
        [week] = weeks_in(document(heading, "[과제] 읽기"))
        assert (week.number, week.title, week.date) == (number, title, None)

    def test_a_day_behind_the_title_is_its_date(self) -> None:
        assert week_in(document("### 0주차 (2023.12.29)", "[과제] 읽기"), 0).date == date(2023, 12, 29)

    @pytest.mark.parametrize("heading", ["### 3주간의 계획", "### 주차 안내", "### 2024 계획", "### 1장"])
    def test_others_are_none(self, heading: str) -> None:
        assert weeks_in(document(heading, "[과제] 읽기")) == []

    def test_a_week_there_twice_is_refused(self) -> None:
        with pytest.raises(Refused) as no:
            read(document("### 1주차", "[과제] 읽기", "### 1주차", "[과제] 쓰기"))
        assert no.value.key == "records-week-twice"

    def test_a_section_ends_with_the_next_heading_of_its_rank_or_a_rule(self) -> None:
        lines = ("### 1주차", "[과제] 읽기", "#### 오늘의 Insight", "하나", "", "---", "끝")
        assert week_in(document(*lines), 1).insights == ("하나",)
        assert [x.first for x in read(document(*lines)).ignored] == [9]

    def test_a_week_with_nothing_in_it_yet_is_a_week(self) -> None:
        weeks = weeks_in(document("### 1주차", "[과제] 읽기", "### 2주차"))
        assert [week.number for week in weeks] == [1, 2]


class TestLines:
    def test_two_people_may_be_none(self) -> None:
        week = week_in(document("### 1주차", "**오늘의 Insight**", "장점 - 빠르다", "단점 - 비싸다"), 1)
        assert week.insights == ("장점 - 빠르다", "단점 - 비싸다")
        assert week.topics == {}

    def test_a_member_is_known_alone(self) -> None:
        lines = document("### 1주차", "**오늘의 Insight**", "민우 - mlflow", "단점 - 비싸다")
        week = week_in(lines, 1, "민우")
        assert (week.topics, week.insights) == ({"민우": "mlflow"}, ("단점 - 비싸다",))

    def test_under_their_heading_they_are_topics_for_certain(self) -> None:
        week = week_in(document("### 1주차", "**조사한 주제**", "크리스 송 - 도커"), 1)
        assert week.topics == {"크리스 송": "도커"}

    def test_under_a_heading_that_is_not_known_it_stays_text(self) -> None:
        week = week_in(document("### 1주차", "**오늘의 Insight**", "하나", "**다음 순서**", "민우"), 1)
        assert (week.insights, week.text) == (("하나",), ("다음 순서", "민우"))

    @pytest.mark.parametrize(
        ("line", "text", "due"),
        [
            ("[과제] 읽기", "읽기", None),
            ("- **[과제] 읽기(~2024.01.03)**<br/>", "읽기", date(2024, 1, 3)),
            ("[Homework] read (~ 2024-1-3.)", "read", date(2024, 1, 3)),
            ("[과제] 읽기(~2024.02.30)", "읽기(~2024.02.30)", None),
            ("[과제] 읽기(~01.03)", "읽기(~01.03)", None),
        ],
    )
    def test_homework_has_its_day(self, line: str, text: str, due: date | None) -> None:
        week = week_in(document("### 1주차", line), 1)
        assert (week.homework, week.due) == (text, due)

    def test_comments_code_and_tables_are_told_as_passed_over(self) -> None:
        lines = (
            "### 1주차",
            "[과제] 읽기",
            "",
            "```",
            "### 9주차",
            "```",
            "",
            "<!-- 비밀 -->",
            "",
            "|a|",
            "|-|",
        )
        understood = read(document(*lines))
        assert [(x.first, x.last) for x in understood.ignored] == [(6, 8), (10, 10), (12, 13)] or [
            (x.first, x.last) for x in understood.ignored
        ] == [(6, 10), (12, 13)]
        assert [week.number for week in understood.weeks] == [1]

    def test_what_a_week_says_is_no_rule(self) -> None:
        assert read(document("### 1주차", "[과제] 읽기", "", "지각 벌금 3000원")).rules == {}


class TestQuestions:
    def test_who_is_in_the_study_is_asked_where_nobody_is_named(self) -> None:
        lines = document("### 1주차", "[과제] 읽기", "**오늘의 Insight**", "민우 - mlflow")
        assert "members" in [x.about for x in read(lines).questions]
        understood = read(lines, {"members": "민우, 가경"})
        assert understood.members == ("민우", "가경")
        assert understood.weeks[0].topics == {"민우": "mlflow"}

    def test_when_week_0_was_is_asked(self) -> None:
        lines = document("### 0주차 - OT", "반가웠다", "[과제] 읽기")
        assert "date:0:" in [x.about for x in read(lines).questions]
        assert read(lines, {"date:0:": "2024-01-02"}).weeks[0].date == date(2024, 1, 2)

    def test_a_homework_alone_needs_no_week_0(self) -> None:
        asked = [x.about for x in read(document("### 0주차", "[과제] 읽기")).questions]
        assert "date:0:" not in asked

    @pytest.mark.parametrize("answer", ["둘", "0", "1", "999"])
    def test_too_few_weeks_are_no_answer(self, answer: str) -> None:
        with pytest.raises(Refused) as no:
            read(document("### 1주차", "[과제] 읽기"), {"weeks": answer})
        assert no.value.key == "records-not-an-answer"

    def test_a_table_beside_it_tells_the_weeks_links(self) -> None:
        rows = HEADER + "|1주차|[민우](https://example.org/1)||\n\n"
        text = rows + "### 1주차 - 도커\n[과제] 읽기\n"
        [week] = read(text.encode()).weeks
        assert (week.title, week.submissions) == ("도커", {"민우": "https://example.org/1"})


@pytest.mark.parametrize(
    "line",
    [
        "가" + " " * 50_000 + "나",
        "가 - " * 20_000,
        "### 2주차" + " #" * 20_000 + "x",
        "[과제] " + "(~" * 20_000,
        "<br/> " * 10_000 + "x",
        "**" * 20_000 + "x",
        "https://" * 8_000,
        "&" * 50_000,
    ],
    ids=lambda line: line[:8],
)
def test_a_line_of_a_hundred_thousand_signs_is_read_in_a_moment(line: str) -> None:
    began = time.monotonic()
    week = WeekRow(1, "1주차", insights=(line,), title="도커")
    content = document("### 1주차", "**오늘의 Insight**", line, "[과제] 읽기")
    merged(content, [week], Before(), "ko")
    assert time.monotonic() - began < 10
