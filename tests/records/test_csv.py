"""The season as a table for a spreadsheet."""

import csv
import io
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.records.table_csv import Table, as_csv, csv_of, table_of
from bot.rules.verdicts import HandIn
from db import Runner, Session
from db import models as m
from tests.records.lived import LINK, NOW, TITLE
from tests.store import Group, founded, seoul

HEADER = [
    "주차",
    "제목",
    "시작",
    "마감",
    "결석 처리",
    "이름",
    "결과",
    "확정 여부",
    "처음 제출",
    "링크",
    "메모",
    "벌금",
    "벌금 월",
    "팀블로그",
    "팀블로그 글",
]
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def read(data: bytes) -> list[list[str]]:
    """The rows as a spreadsheet finds them."""
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


async def written(group: Group, at: str = NOW) -> bytes:
    """The study's file."""
    return await group.runner.read(csv_of, await group.study(), seoul(at))


async def rows(group: Group, at: str = NOW) -> list[dict[str, str]]:
    """The rows under their Korean headings."""
    header, *found = read(await written(group, at))
    assert header == HEADER
    return [dict(zip(header, row, strict=True)) for row in found]


def of(found: list[dict[str, str]], week: int, name: str) -> list[dict[str, str]]:
    """The rows of a week and a name."""
    return [row for row in found if (row["주차"], row["이름"]) == (str(week), name)]


async def test_a_spreadsheet_shows_hangul(alone: Runner) -> None:
    data = await written(await founded(alone))
    assert data.startswith("\ufeff주차,제목,".encode())
    assert data.count(b"\r\n") == data.count(b"\n") == 1 + 12 * 5


async def test_every_week_and_member_has_a_row_by_week_and_then_by_joining(group: Group) -> None:
    found = await rows(group)
    assert [int(row["주차"]) for row in found] == sorted(int(row["주차"]) for row in found)
    assert [row["이름"] for row in found if row["주차"] == "1"] == [
        *("장서진", "구미진", "이은빈", "한현경", "문수인", "한현경")
    ]
    assert [row["이름"] for row in found if row["주차"] == "4"] == [
        *("장서진", "구미진", "이은빈", "문수인", "한현경")
    ]


async def test_a_row_says_all_of_a_late_hand_in(group: Group) -> None:
    late, *_ = of(await rows(group), 1, "한현경")
    assert late == dict(
        zip(
            HEADER,
            [
                "1",
                TITLE,
                "2022-04-06 00:00:00",
                "2022-04-13 00:00:00",
                "2022-04-13 12:00:00",
                "한현경",
                "지각",
                "확정",
                "2022-04-13 09:30:00",
                LINK,
                '\'=늦어서 미안, "요약"만',
                "0",
                "2022-04",
                "장서진",
                "https://blog.example.org/1",
            ],
            strict=True,
        )
    )


async def test_fines_are_what_stands_of_them(group: Group) -> None:
    found = await rows(group)
    (absent,) = of(found, 1, "문수인")
    assert (absent["결과"], absent["벌금"], absent["벌금 월"]) == ("결석", "4000", "2022-04")
    (excused,) = of(found, 2, "문수인")
    assert (excused["결과"], excused["벌금"]) == ("인정", "0")


async def test_cutoffs_are_each_ones_own(group: Group) -> None:
    found = await rows(group)
    (own,) = of(found, 2, "구미진")
    assert (own["마감"], own["결석 처리"]) == ("2022-05-05 09:00:00", "2022-05-05 21:00:00")


async def test_a_verdict_that_may_still_change_is_provisional(group: Group) -> None:
    found = await rows(group)
    states = {row["이름"]: (row["결과"], row["확정 여부"]) for row in found if row["주차"] == "3"}
    assert states["문수인"] == ("미제출", "잠정")
    assert states["장서진"] == ("결석", "확정")
    assert {(row["결과"], row["벌금"]) for row in found if row["주차"] == "6"} == {("", "")}


async def test_weeks_before_the_founding_are_final_as_they_are(alone: Runner) -> None:
    group = await founded(alone, at="2022-05-05 10:00")
    await group.submits("구미진", "2022-05-05 11:00", week=1)
    (row,) = of(await rows(group), 1, "구미진")
    assert (row["결과"], row["확정 여부"], row["벌금"]) == ("기록됨", "확정", "0")


async def test_it_speaks_the_studys_language(alone: Runner) -> None:
    group = await founded(alone, language="en")
    await group.submits("장서진", "2022-04-12 21:00")
    header, first, *_ = read(await written(group, "2022-04-12 22:00"))
    assert header[:3] == ["Week", "Title", "Opens"]
    assert first[6:8] == ["on time", "provisional"]


async def hostile(session: Session, group_id: int) -> Table:
    """A table to be filled with anything."""
    return await table_of(session, await session.get_one(m.Study, group_id), seoul(NOW))


async def test_whatever_is_written_in_is_read_back_and_never_a_formula(alone: Runner) -> None:
    group = await founded(alone, ("장서진",), weeks=1, breaks=())
    table = await alone.read(hostile, group.id)
    member = table.board.members[0]
    formulas = st.sampled_from(["=1+1", "+1", "-1", "@a", " =1", "\t=1", "＝1", '",\r\n"'])
    words = st.text(max_size=12) | formulas

    @given(words, words, words)
    def holds(name: str, link: str, note: str) -> None:
        member.name = name
        handed_in = {(1, member.id): HandIn(None, link, note)}
        _, row = read(as_csv(replace(table, board=replace(table.board, hand_ins=handed_in))))
        for cell, was in zip((row[5], row[9], row[10]), (name, link, note), strict=True):
            assert cell in (was, f"'{was}")
            assert not cell.lstrip(" ").startswith(FORMULA)

    holds()
