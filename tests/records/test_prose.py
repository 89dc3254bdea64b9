"""The rules that a README's prose states, and what it must not be read as saying."""

import pytest

from bot.records.reading import read
from tests.records.documents import SEED, prose


def rules(*lines: str) -> dict[str, str | int]:
    """What these lines state."""
    return dict(read(prose(*lines)).rules)


def seed(old: str, new: str) -> dict[str, str | int]:
    """What the seed states with other words in one place."""
    assert old.encode() in SEED
    return dict(read(SEED.replace(old.encode(), new.encode())).rules)


class TestTheSeedInOtherWords:
    @pytest.mark.parametrize(
        ("old", "new", "changed"),
        [
            ("3000원", "5,000원", {"late": 5000}),
            ("4000원", "1만원", {"absent": 10_000}),
            ("4000원", "1만 5천원", {"absent": 15_000}),
            ("지각 제출: 3000원", "지각 시 1회당 2,000 원", {"late": 2000}),
            ("4월 6일", "9월 1일(목)", {"starts": "09-01"}),
            ("4월 6일", "2022년 4월 6일", {"starts": "2022-04-06"}),
            ("12주 간", "8주 간", {"weeks": 8}),
            ("12주 간", "8주간", {"weeks": 8}),
            ("12주 간", "총 10주", {"weeks": 10}),
            ("낮 12시", "오후 3시", {"close_time": "15:00"}),
            ("낮 12시", "09:30", {"close_time": "09:30"}),
        ],
    )
    def test_it_states_that_instead(self, old: str, new: str, changed: dict[str, str | int]) -> None:
        assert seed(old, new) == dict(read(SEED).rules) | changed

    @pytest.mark.parametrize(
        ("old", "gone"),
        [
            ("**과제** **지각 제출: 3000원**/ **과제 결석: 4000원**", {"late", "absent", "currency"}),
            ("수요일 낮 12시 전까지 과제 미제출 = 과제 결석", {"close_time"}),
            ("벌금 정산은 한 달에 한 번", {"settle"}),
            ("꼴찌 제외 1/n", {"split"}),
            ("4월 6일 ~", {"starts"}),
            ("12주 간", {"weeks"}),
            ("과제 제출은 매주 수요일 자정 전까지", {"due_weekday", "due_time"}),
            ("팀 블로그 포스팅은 돌아가면서 합니다.", {"blog"}),
        ],
    )
    def test_what_it_does_not_say_is_not_there(self, old: str, gone: set[str]) -> None:
        assert dict(read(SEED).rules).keys() - seed(old, "").keys() == gone

    def test_another_weekday(self) -> None:
        other = SEED.replace("수요일".encode(), "금요일".encode())
        assert dict(read(other).rules) == dict(read(SEED).rules) | {"due_weekday": "fri"}

    def test_a_close_on_a_day_that_does_not_follow_the_due_one_is_left_out(self) -> None:
        assert "close_time" not in seed("과제 제출은 매주 수요일", "과제 제출은 매주 금요일")

    def test_a_first_day_that_is_not_the_weekday_weeks_are_due_on_is_left_out(self) -> None:
        assert "starts" not in seed("4월 6일", "2023년 4월 6일")


class TestFines:
    @pytest.mark.parametrize(
        ("line", "late", "absent"),
        [
            ("지각: 3000원, 결석: 4000원", 3000, 4000),
            ("지각비 2천원 / 결석 5천 원", 2000, 5000),
            ("지각하면 벌금 3,000원", 3000, None),
            ("과제 지각 → 1,000원", None, None),
            ("~~지각 3000원~~ 지각 2000원", 2000, None),
            ("벌금은 없어요. 지각은 다음에 만나서 커피 3000원", None, None),
            ("3,000원(지각), 4,000원(결석)", None, None),
            ("지각비는 없고 결석은 4000원", None, 4000),
            ("지각 3회에 5,000원", None, None),
            ("지각 10분당 1000원", None, None),
            ("지각 1000원/분", None, None),
            ("지각 3000원, 지각 5000원", None, None),
            ("지각하지 않기", None, None),
            ("`지각: 3000원`", 3000, None),
        ],
    )
    def test_an_amount_belongs_to_the_word_right_before_it(
        self, line: str, late: int | None, absent: int | None
    ) -> None:
        said = rules(line)
        assert (said.get("late"), said.get("absent")) == (late, absent)

    def test_an_amount_in_won_names_the_currency(self) -> None:
        assert rules("지각 3000원")["currency"] == "KRW"
        assert "currency" not in rules("지각하지 않기", "3000원")

    def test_a_text_that_contradicts_itself_states_nothing_and_it_is_told(self) -> None:
        understood = read(prose("지각 3000원", "결석 4000원", "지각은 5000원"))
        assert understood.rules == {"absent": 4000, "currency": "KRW"}
        contradictions = [x for x in understood.ignored if x.why.key == "records-ignored-contradiction"]
        assert [(x.first, x.last) for x in contradictions] == [(6, 6), (10, 10)]

    def test_saying_it_twice_is_no_contradiction(self) -> None:
        assert rules("지각 3000원", "지각: 3,000원")["late"] == 3000

    def test_comments_and_code_state_nothing(self) -> None:
        assert rules("<!-- 지각 3000원 -->", "```\n지각 3000원\n```", "    지각 3000원") == {}


class TestCutoffs:
    @pytest.mark.parametrize(
        ("line", "day", "time"),
        [
            ("과제는 매주 금요일 자정까지", "fri", "00:00"),
            ("과제 제출: 매주 일요일 오후 10시 30분까지", "sun", "22:30"),
            ("매주 월요일 23:59까지 제출", "mon", "23:59"),
            ("매주 월요일 23시 59분 59초까지 제출", "mon", "23:59"),
            ("토요일마다 저녁 8시 반 전까지 과제 제출", None, None),
            ("매주 토요일 저녁 8시 반까지 과제 제출", "sat", "20:30"),
            ("과제는 매주 화요일까지", "tue", None),
            ("과제는 매주 화요일 9시까지", None, None),  # in the morning or in the evening
            ("과제는 매주 화요일 밤 12시까지", None, None),  # as Tuesday begins or as it ends
            ("과제는 매주 화요일 24시까지", None, None),
            ("과제는 격주 화요일 정오까지", None, None),
            ("이번 과제는 화요일 정오까지", None, None),
            ("과제는 매주 화요일과 목요일 정오까지", None, None),
            ("매주 수요일 자정에 이슈를 닫아요", None, None),
            ("모임은 매주 토요일 정오까지", None, None),
        ],
    )
    def test_a_weekday_and_a_time_are_taken_where_they_are_certain(
        self, line: str, day: str | None, time: str | None
    ) -> None:
        said = rules(line)
        assert (said.get("due_weekday"), said.get("due_time")) == (day, time)

    @pytest.mark.parametrize(
        ("line", "time"),
        [
            ("정오까지 미제출이면 결석", "12:00"),
            ("오후 2시 이후 제출은 결석", "14:00"),
            ("다음 날 9시까지 안 내면 결석", None),
            ("결석하지 않기", None),
            ("매주 정오까지 내지 않으면 결석", None),
        ],
    )
    def test_the_close_is_by_when_one_is_absent(self, line: str, time: str | None) -> None:
        assert rules(line).get("close_time") == time


class TestSeason:
    @pytest.mark.parametrize(
        ("line", "said"),
        [
            ("기간: 3월 2일부터 10주간", {"starts": "03-02", "weeks": 10}),
            ("일정: 3월 2일 ~ 5월 10일", {"starts": "03-02"}),
            ("2월 30일 시작", {}),
            ("4월 13일 ~ 4월 26일은 시험 기간이라 쉬어요", {}),
            ("3주 간격으로 진행", {}),
            ("200주 간 진행", {}),
            ("3월 2일 시작, 아니 3월 9일 시작", {}),
            ("3월 2일에 만났어요", {}),
        ],
    )
    def test_its_first_day_and_its_length(self, line: str, said: dict[str, str | int]) -> None:
        assert rules(line) == said

    @pytest.mark.parametrize(
        ("lines", "asked"),
        [
            (["지각 3000원"], ["starts"]),
            (["3월 2일 시작"], ["year"]),
            (["2022년 3월 2일 시작"], []),
            (["추석 연휴에는 쉬어갑니다"], ["starts", "breaks"]),
            (["시험 기간에도 쉬운 것만"], ["starts"]),
            (["머신러닝은 참 쉽니다"], ["starts"]),
            (["꼴찌를 제외하고 1/n"], ["starts", "last"]),
            (["벌금은 1/n"], ["starts"]),
        ],
    )
    def test_only_what_it_leaves_open_is_asked(self, lines: list[str], asked: list[str]) -> None:
        assert [question.about for question in read(prose(*lines)).questions] == asked


class TestSharing:
    @pytest.mark.parametrize(
        ("line", "said"),
        [
            ("벌금은 매달 정산해요", {"settle": "month"}),
            ("정산은 월 1회", {"settle": "month"}),
            ("정산은 분기마다, 회비는 매달", {}),
            ("모임은 한 달에 한 번", {}),
            ("꼴찌 빼고 n빵", {"split": "without_last"}),
            ("꼴찌가 커피 사기", {}),
            ("블로그는 순번대로", {"blog": "rotation"}),
            ("블로그에 글쓰기", {}),
        ],
    )
    def test_it_is_taken_where_it_is_said(self, line: str, said: dict[str, str | int]) -> None:
        assert rules(line) == said


def test_a_line_that_goes_on_and_on_is_read_quickly() -> None:
    assert rules("지각" * 50_000, "에는" * 50_000, "꼴찌제외" * 20_000) == {}
