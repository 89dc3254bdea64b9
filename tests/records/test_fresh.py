"""A README for a study that has none."""

import pytest

from bot.records.fresh import fresh
from bot.records.reading import read
from bot.records.record import Record
from tests.records.documents import record

STUDY = Record(
    {1: "1주차", 2: "둘째 주"}, ("하늘", "바다"), {(1, "바다"): "https://x/(1)|2"}, {1: "하늘", 2: "바다"}
)


def test_it_is_written_as_the_seed_is() -> None:
    assert fresh(STUDY, "우리 스터디", "ko").decode() == (
        "# 우리 스터디\n"
        "\n"
        "## 과제 제출\n"
        "|주차|과제|팀블로그|\n"
        "|:---:|---|:---:|\n"
        "|1주차|[하늘]() &nbsp; [바다](https://x/&#40;1&#41;&#124;2)|하늘|\n"
        "|2주차|[하늘]() &nbsp; [바다]()|바다|\n"
    )


def test_in_english_too() -> None:
    lines = fresh(STUDY, "Our study", "en").decode().splitlines()
    assert lines[:4] == ["# Our study", "", "## Homework", "|Week|Homework|Team blog|"]
    assert lines[6].startswith("|Week 2|")


@pytest.mark.parametrize("language", ["ko", "en"])
def test_it_reads_back_as_the_record(language: str) -> None:
    understood = read(fresh(STUDY, "C#, *Go* & `x` #", language))
    assert understood.title == "C#, *Go* & `x` #"
    again = record(fresh(STUDY, "", language))
    assert (again.members, again.links, again.writers) == (STUDY.members, STUDY.links, STUDY.writers)
    assert list(again.weeks) == [1, 2]


def test_there_may_be_nobody_and_no_week() -> None:
    assert record(fresh(Record({}, (), {}, {}), "새 스터디", "ko")) == Record({}, (), {}, {})
