"""The season for a calendar."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from bot.records.calendar_ics import Source, as_ics, ics_of, source_of
from bot.rules.fines import NO_FINES
from bot.services import breaks, ending, turns, weeks
from bot.services.weeks import Planning
from db import Runner, Session
from db import models as m
from tests.records.lived import HOMEWORK, NOW
from tests.store import MEMBERS, MIDTERM, Group, founded, seoul

LATER = "2022-05-12 11:00"


async def written(group: Group, at: str = NOW, of: str | None = None) -> bytes:
    """The study's calendar, or somebody's."""
    member = (await group.member(of)).id if of else None
    return await group.runner.read(ics_of, await group.study(), seoul(at), member)


async def events(group: Group, at: str = NOW, of: str | None = None) -> dict[str, Any]:
    """What a calendar finds in the file, by what makes an entry the same one again within the study."""
    return found_in(await written(group, at, of))


def found_in(data: bytes) -> dict[str, Any]:
    """What stands in a calendar's file; nothing twice."""
    calendar = Calendar.from_ical(data)
    assert isinstance(calendar, Calendar)
    assert not calendar.errors
    found = {str(event["uid"]).split("Z-")[1].removesuffix("@studybot"): event for event in calendar.events}
    assert len(found) == len(calendar.events)
    return found


async def test_each_week_has_its_due_and_its_close(alone: Runner) -> None:
    found = await events(await founded(alone))
    assert [key for key in found if key.startswith("due")] == [f"due-{week}" for week in range(1, 13)]
    assert found["due-1"].start == seoul("2022-04-13 00:00")
    assert found["close-1"].start == seoul("2022-04-13 12:00")
    assert (found["due-1"]["summary"], found["close-12"]["summary"]) == ("1주차 마감", "12주차 결석 처리")
    assert found["due-8"].start == seoul("2022-06-29 00:00")
    assert "dtend" not in found["due-1"]


@pytest.mark.parametrize(
    ("zone", "starts", "cutoffs"),
    [
        ("Asia/Seoul", date(2022, 3, 2), ["2022-03-08T15:00Z", "2022-03-15T15:00Z"]),
        # Clocks there go forward on 2022-03-13, and back on 2022-11-06.
        ("America/New_York", date(2022, 3, 2), ["2022-03-09T05:00Z", "2022-03-16T04:00Z"]),
        ("America/New_York", date(2022, 10, 26), ["2022-11-02T04:00Z", "2022-11-09T05:00Z"]),
    ],
)
async def test_cutoffs_keep_their_wall_time_when_clocks_change(
    alone: Runner, zone: str, starts: date, cutoffs: list[str]
) -> None:
    day = starts.isoformat()
    group = await founded(alone, at=f"{day} 00:00", starts=starts, weeks=2, breaks=(), timezone=zone)
    found = await events(group)
    starting = [found[key].start for key in ("due-1", "due-2")]
    assert starting == [datetime.fromisoformat(cutoff) for cutoff in cutoffs]
    for at in starting:
        assert isinstance(at, datetime)
        assert at.astimezone(ZoneInfo(zone)).time() == time(0)


async def test_a_week_says_its_title_and_homework(alone: Runner) -> None:
    group = await founded(alone)
    await group.asks(weeks.plan, Planning(HOMEWORK, "첫걸음\n!", "Lab"), at="2022-04-05 22:00")
    due = (await events(group))["due-1"]
    assert due["summary"] == "1주차 · 첫걸음 ! 마감"
    assert due["description"] == f"과제: {HOMEWORK}\n선택: Lab"


async def test_long_korean_words_survive_the_folding_of_lines(alone: Runner) -> None:
    group = await founded(alone)
    await group.asks(weeks.plan, Planning("가나다라 마바사 🤖 " * 60), at="2022-04-05 22:00")
    data = await written(group)
    assert max(map(len, data.split(b"\r\n"))) <= 75
    for line in data.split(b"\r\n"):
        line.decode()
    assert "가나다라 마바사 🤖 " * 60 in str(found_in(data)["due-1"]["description"])


async def test_a_turn_takes_the_days_of_its_week(group: Group) -> None:
    found = await events(group)
    first = found["turn-1"]
    assert first["summary"] == "1주차 팀블로그: 장서진"
    assert (first["dtstart"].dt, first["dtend"].dt) == (date(2022, 4, 6), date(2022, 4, 13))
    assert first["description"] == "https://blog.example.org/1"
    assert [found[f"turn-{week}"]["summary"][-3:] for week in (4, 5)] == ["한현경", "문수인"]


async def test_a_break_ends_on_the_day_after_its_last(alone: Runner) -> None:
    group = await founded(alone)
    rest = (await group.rows(m.Break))[0]
    found = (await events(group))[f"break-{rest.id}"]
    assert found["summary"] == "휴식: 중간고사"
    assert (found["dtstart"].dt, found["dtend"].dt) == (MIDTERM[0], date(2022, 4, 27))


async def test_a_study_that_charges_has_its_settlements(alone: Runner) -> None:
    found = await events(await founded(alone))
    settled = {key: event.start for key, event in found.items() if key.startswith("settlement")}
    assert settled["settlement-2022-04"] == seoul("2022-05-01 09:00")
    assert settled["settlement-2022-07"] == seoul("2022-07-27 12:00")
    assert found["settlement-2022-04"]["summary"] == "2022년 4월 벌금 정산"
    free = await founded(alone, channel="free", fines=NO_FINES)
    assert not [key for key in await events(free) if key.startswith("settlement")]


async def test_a_member_finds_what_concerns_them(group: Group) -> None:
    mine = await events(group, of="구미진")
    assert mine["due-2"].start == seoul("2022-05-05 09:00")
    assert mine["close-2"].start == seoul("2022-05-05 21:00")
    assert (await events(group))["due-2"].start == seoul("2022-05-04 00:00")
    assert [key for key in mine if key.startswith("turn")] == ["turn-2", "turn-7", "turn-12"]
    excused = await events(group, of="문수인")
    assert "due-2" not in excused
    newcomer = await events(group, of="한현경")
    assert next(key for key in newcomer if key.startswith("due")) == "due-3"
    with pytest.raises(KeyError):
        await group.runner.read(ics_of, await group.study(), seoul(NOW), 10_000)


async def test_the_next_import_updates_what_the_last_one_brought(alone: Runner) -> None:
    group = await founded(alone)
    before = await events(group)
    await group.asks(breaks.add, date(2022, 5, 4), date(2022, 5, 10), "연휴", at="2022-04-12 10:00")
    after = await events(group, at=LATER)
    assert before.keys() < after.keys()
    assert before["due-3"]["uid"] == after["due-3"]["uid"]
    assert (before["due-3"].start, after["due-3"].start) == (
        seoul("2022-05-11 00:00"),
        seoul("2022-05-18 00:00"),
    )
    assert after["due-3"]["sequence"] > before["due-3"]["sequence"]
    assert after["due-3"]["last-modified"].dt == seoul("2022-04-12 10:00")
    assert after["due-3"]["dtstamp"].dt == seoul(LATER)


async def test_the_same_season_is_written_alike(alone: Runner) -> None:
    group = await founded(alone)
    assert await written(group) == await written(group)


async def test_two_studies_never_take_each_others_place(alone: Runner) -> None:
    group, other = await founded(alone), await founded(alone, channel="other")
    both = [str(event["uid"]) for g in (group, other) for event in (await events(g)).values()]
    assert len(set(both)) == len(both)


async def test_what_the_end_of_a_study_prevents_is_not_there(alone: Runner) -> None:
    group = await founded(alone)
    await group.asks(turns.order, MEMBERS, at="2022-04-12 10:00")
    await group.asks(ending.end, at="2022-05-04 10:00")
    found = await events(group)
    assert {"due-2", "turn-3"} <= found.keys()
    assert not {"close-2", "due-3", "turn-4", "settlement-2022-05"} & found.keys()


async def test_it_speaks_english_too(alone: Runner) -> None:
    found = await events(await founded(alone, language="en", turns=MEMBERS))
    assert found["due-2"]["summary"] == "Week 2 due"
    assert found["turn-2"]["summary"] == "Week 2 team blog: 구미진"
    assert found["settlement-2022-04"]["summary"] == "Fines of April 2022 settled"


async def source(session: Session, group_id: int) -> Source:
    """What a calendar is made from."""
    return await source_of(session, await session.get_one(m.Study, group_id), seoul(NOW))


async def test_whatever_somebody_writes_stays_within_its_entry(alone: Runner) -> None:
    group = await founded(alone, ("장서진",), weeks=1, breaks=())
    whole = await alone.read(source, group.id)
    row = whole.known.weeks[1]

    @given(st.text(max_size=40) | st.sampled_from(["\r\nEND:VEVENT\r\n", 'a\\n;,:"\u2028b', "\r", "\x00"]))
    def holds(words: str) -> None:
        row.title, row.homework = words, words
        found = found_in(as_ics(replace(whole, at=datetime(2022, 4, 6, tzinfo=UTC))))
        assert found.keys() == {"due-1", "close-1", "settlement-2022-04"}
        shown = "".join(filter(str.isalnum, words))
        assert shown in "".join(filter(str.isalnum, str(found["due-1"]["summary"])))

    holds()
