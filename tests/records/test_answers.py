"""Answers to what a README leaves open."""

from datetime import date

import pytest

from bot.records.answers import resolve
from bot.records.reading import read
from tests.records.documents import MEMBERS, SEED, prose, readme, refusal

UNDERSTOOD = read(SEED)
ANSWERS = {
    "year": "2022",
    "breaks": "2022-04-13..2022-04-26,2022-06-08..2022-06-21",
    "last": "most_fines",
}
BREAKS = (
    (date(2022, 4, 13), date(2022, 4, 26)),
    (date(2022, 6, 8), date(2022, 6, 21)),
)


def refused(**answers: str) -> str:
    """Answer the seed's questions in a way that is refused."""
    return refusal(lambda: resolve(UNDERSTOOD, answers))


class TestTheSeed:
    def test_all_answered_it_is_the_season_of_2022(self) -> None:
        resolved = resolve(UNDERSTOOD, ANSWERS)
        assert resolved.starts == date(2022, 4, 6)
        assert resolved.breaks == BREAKS
        assert resolved.members == MEMBERS
        assert resolved.weeks == 12
        assert resolved.blog_order == ("이은빈", "문수인", "한현경", "장서진", "구미진")
        assert resolved.remaining == ()

    def test_unanswered_it_asks_all_there_is(self) -> None:
        resolved = resolve(UNDERSTOOD, {})
        assert (resolved.starts, resolved.breaks) == (None, ())
        assert [question.about for question in resolved.remaining] == ["year", "breaks", "last"]

    @pytest.mark.parametrize("about", ANSWERS)
    def test_what_is_answered_is_not_asked_again(self, about: str) -> None:
        remaining = resolve(UNDERSTOOD, {about: ANSWERS[about]}).remaining
        assert [question.about for question in remaining] == [x for x in ANSWERS if x != about]


class TestYear:
    @pytest.mark.parametrize("year", ["2023", " 2021 ", "2024"])
    def test_it_has_to_make_the_first_day_the_weekday_that_is_stated(self, year: str) -> None:
        assert refused(year=year) == "records-year-weekday"

    @pytest.mark.parametrize("year", ["", "22", "이천이십이", "1899", "2101", "20222", "2022년"])
    def test_it_is_written_in_four_digits(self, year: str) -> None:
        assert refused(year=year) == "records-not-a-year"

    def test_a_day_has_to_be_there_in_that_year(self) -> None:
        leap = read(prose("2월 29일 시작"))
        assert resolve(leap, {"year": "2024"}).starts == date(2024, 2, 29)
        assert refusal(lambda: resolve(leap, {"year": "2023"})) == "no-such-date"

    def test_told_by_the_text_it_is_not_asked(self) -> None:
        told = read(prose("2022년 4월 6일 시작"))
        assert resolve(told, {}).starts == date(2022, 4, 6)
        assert refusal(lambda: resolve(told, {"year": "2022"})) == "records-nothing-asked"


class TestBreaks:
    @pytest.mark.parametrize(
        "written",
        [
            "2022-06-08..2022-06-21,2022-04-13..2022-04-26",
            " 2022-04-13 .. 2022-04-26 , 2022-06-08..2022-06-21 ",
        ],
    )
    def test_they_are_put_in_order(self, written: str) -> None:
        assert resolve(UNDERSTOOD, {"breaks": written}).breaks == BREAKS

    @pytest.mark.parametrize("written", ["none", "None", " 없음 "])
    def test_there_may_be_none(self, written: str) -> None:
        resolved = resolve(UNDERSTOOD, {"breaks": written})
        assert resolved.breaks == ()
        assert "breaks" not in [question.about for question in resolved.remaining]

    @pytest.mark.parametrize(
        ("written", "why"),
        [
            ("", "records-not-breaks"),
            ("2022-04-13", "records-not-breaks"),
            ("04-13..04-26", "records-not-breaks"),
            ("2022-04-13..2022-04-26,", "records-not-breaks"),
            ("2022-04-13~2022-04-26", "records-not-breaks"),
            ("2022-04-31..2022-05-01", "no-such-date"),
            ("2022-04-26..2022-04-13", "break-backwards"),
            ("2022-04-13..2022-04-26,2022-04-26..2022-04-30", "break-overlaps"),
            ("2022-04-13..2024-04-13", "break-too-long"),
        ],
    )
    def test_others_are_refused(self, written: str, why: str) -> None:
        assert refused(breaks=written) == why


class TestOthers:
    def test_last_is_who_has_most_fines(self) -> None:
        assert refused(last="slowest") == "records-not-last"

    def test_what_was_not_asked_is_refused(self) -> None:
        assert refused(yaer="2022") == "records-not-asked"
        told = readme(after="\n2022년 4월 6일 시작\n")
        assert refusal(lambda: resolve(read(told), {"year": "2022"})) == "records-nothing-asked"

    def test_a_first_day_that_the_text_does_not_tell_is_answered(self) -> None:
        assert resolve(read(readme()), {"starts": "2022-04-06"}).starts == date(2022, 4, 6)
        assert refusal(lambda: resolve(read(readme()), {"starts": "어제"})) == "not-a-date"

    def test_there_are_as_many_weeks_as_are_told_and_as_have_rows(self) -> None:
        rows = [f"|{number}주차|[a]()||" for number in (1, 2, 9)]
        assert resolve(read(readme(*rows)), {}).weeks == 9
        assert resolve(read(readme(*rows, after="\n8주 간 진행\n")), {}).weeks == 9
        assert resolve(read(readme(*rows, after="\n12주 간 진행\n")), {}).weeks == 12
        assert resolve(read(readme()), {}).weeks == 0
