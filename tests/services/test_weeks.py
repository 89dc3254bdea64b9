"""What a week asks for, and who is let off it."""

from datetime import date
from typing import Any

import pytest

from bot.rules.refusal import Refused
from bot.rules.verdicts import Verdict
from bot.services import fines as fines_service
from bot.services import membership, notes, weeks
from bot.services.weeks import Planning
from db import Runner
from db import models as m
from tests.store import MEMBERS, TREASURER, Group, founded

MONDAY = "2022-04-11 10:00"
AFTER = "2022-04-14 10:00"


async def refused(group: Group, *what: Any, by: str = "장서진", at: str = MONDAY) -> str:
    """The key of the no that somebody gets."""
    service, *args = what
    with pytest.raises(Refused) as no:
        await group.asks(service, *args, by=by, at=at)
    return no.value.key


async def planned(group: Group) -> list[int]:
    """The weeks whose homework the channel was told of by itself."""
    return [row.values["week"] for row in await group.outbox() if row.kind == "planned"]


async def test_homework_is_planned_for_the_running_week(runner: Runner) -> None:
    group = await founded(runner)
    done = await group.asks(weeks.plan, Planning("강의 듣기", "Fundamentals", "Lab"), at=MONDAY)
    assert (done.week.number, done.row.homework) == (1, "강의 듣기")
    seen = await group.looks(weeks.homework, None, by="구미진", at=MONDAY)
    assert (seen.row.title, seen.row.homework, seen.row.optional) == ("Fundamentals", "강의 듣기", "Lab")
    assert (seen.week.number, seen.mine, seen.link) == (1, Verdict.PENDING, None)
    assert await planned(group) == [1]


async def test_what_is_not_said_again_stays(runner: Runner) -> None:
    group = await founded(runner)
    await group.asks(weeks.plan, Planning("강의 듣기", "Fundamentals", "Lab"), at=MONDAY)
    done = await group.asks(weeks.plan, Planning("강의 두 번 듣기"), at=MONDAY)
    assert (done.row.title, done.row.optional) == ("Fundamentals", "Lab")


async def test_the_channel_hears_of_a_later_week_when_it_opens(runner: Runner) -> None:
    group = await founded(runner)
    await group.asks(weeks.plan, Planning("논문 읽기", week=4), at=MONDAY)
    assert await planned(group) == []
    await group.asks(weeks.plan, Planning("복습", week=2), at="2022-04-20 10:00")
    assert await planned(group) == [2]


async def test_homework_is_that_of_the_running_week_else_the_next_else_the_last(runner: Runner) -> None:
    group = await founded(runner)
    for at, number in (
        ("2022-04-05 22:00", 1),
        ("2022-04-12 23:59", 1),
        ("2022-04-13 09:00", 2),
        ("2022-05-04 09:00", 3),
        ("2022-09-01 09:00", 12),
    ):
        assert (await group.looks(weeks.homework, None, at=at)).week.number == number


async def test_anybody_may_ask_for_the_homework_of_any_week(runner: Runner) -> None:
    group = await founded(runner)
    seen = await group.looks(weeks.homework, 7, by="지나가던이", at=MONDAY)
    assert (seen.week.number, seen.mine) == (7, None)
    with pytest.raises(Refused) as no:
        await group.looks(weeks.homework, 13, at=MONDAY)
    assert (no.value.key, no.value.values["last"]) == ("no-such-week", 12)


async def test_only_a_leader_plans_and_excuses(runner: Runner) -> None:
    group = await founded(runner)
    for who in (TREASURER, "구미진"):
        assert await refused(group, weeks.plan, Planning("숙제"), by=who) == "not-allowed"
        assert await refused(group, weeks.excuse, who, 1, "출장", by=who) == "not-allowed"
    assert await refused(group, weeks.plan, Planning("숙제", week=13)) == "no-such-week"
    assert await refused(group, weeks.excuse, "구미진", 13, "출장") == "no-such-week"
    assert await refused(group, weeks.excuse, "남", 1, "출장") == "no-such-member"


async def test_whoever_is_excused_before_the_close_owes_nothing(runner: Runner) -> None:
    group = await founded(runner)
    done = await group.asks(weeks.excuse, "구미진", 1, "출장", at=MONDAY)
    assert (done.member.name, done.week.number, done.corrected) == ("구미진", 1, False)
    await group.jumps_to("2022-04-13 12:01")
    assert (await group.verdicts(1))["구미진"] == ["excused"]
    assert "구미진" not in {name for name, *_ in await group.ledger()}
    assert not any("구미진" in line for line in await group.told() if line.startswith("reminder"))


async def test_an_excuse_after_the_close_reverses_the_fine_by_a_further_entry(runner: Runner) -> None:
    group = await founded(runner, MEMBERS[:2])
    await group.jumps_to(AFTER)
    done = await group.asks(weeks.excuse, "구미진", 1, "입원", at=AFTER)
    assert done.corrected
    assert (await group.verdicts(1))["구미진"] == ["absent", "excused"]
    assert await group.ledger() == [
        ("장서진", "absent", 4_000), ("구미진", "absent", 4_000), ("구미진", "waiver", -4_000),
    ]  # fmt: skip
    _, fine, waiver = await group.rows(m.Ledger)
    assert (waiver.reverses_id, waiver.month, waiver.item) == (fine.id, fine.month, None)
    (line,) = await group.rows(m.History, m.History.id == waiver.history_id)
    assert line.kind == "excused"
    fines = await group.looks(fines_service.fines, None, at=AFTER)
    assert [(x.absent, x.waived, x.total) for x in fines.accounts] == [(1, 0, 4_000), (1, 1, 0)]


async def test_an_excuse_given_months_later_is_booked_in_the_month_of_the_fine(runner: Runner) -> None:
    group = await founded(runner, MEMBERS[:1])
    await group.jumps_to(AFTER)
    await group.asks(weeks.excuse, "장서진", 1, "입원", at="2022-06-07 10:00")
    fines = await group.looks(fines_service.fines, date(2022, 4, 1), at=AFTER)
    assert [(x.absent, x.waived, x.total) for x in fines.accounts] == [(1, 1, 0)]


async def test_an_excuse_that_comes_between_the_close_and_its_run_is_in_time(runner: Runner) -> None:
    group = await founded(runner, MEMBERS[:2])
    await group.asks(weeks.excuse, "구미진", 1, "입원", at="2022-04-13 12:00:05")
    await group.jumps_to(AFTER)
    assert (await group.verdicts(1))["구미진"] == ["excused"]


async def test_an_excuse_after_downtime_corrects_what_the_downtime_hid(runner: Runner) -> None:
    group = await founded(runner, MEMBERS[:2])
    done = await group.asks(weeks.excuse, "구미진", 1, "입원", at=AFTER)
    assert done.corrected
    assert (await group.verdicts(1))["구미진"] == ["absent", "excused"]


async def test_nobody_is_excused_twice(runner: Runner) -> None:
    group = await founded(runner)
    await group.asks(weeks.excuse, "구미진", 1, "출장", at=MONDAY)
    assert await refused(group, weeks.excuse, "구미진", 1, "또 출장") == "excused-already"


async def test_excusing_somebody_who_was_not_asked_changes_no_verdict(runner: Runner) -> None:
    group = await founded(runner)
    await group.jumps_to(AFTER)
    await group.asks(membership.join, None, by="새사람", at=AFTER)
    done = await group.asks(weeks.excuse, "새사람", 1, "아직 없었음", at=AFTER)
    assert not done.corrected
    assert "새사람" not in await group.verdicts(1)


async def test_reasons_and_homework_are_kept_where_they_can_be_erased(runner: Runner) -> None:
    group = await founded(runner)
    await group.asks(weeks.excuse, "구미진", 1, "입원", at=MONDAY)
    assert [row.reason for row in await group.rows(m.Excuse)] == ["입원"]
    assert [row.text for row in await group.rows(m.Detail)] == ["입원"]
    words = {"String", "Text", "JSON"}
    for table in (m.History, m.Ledger, m.Judgement):
        found = {c.name for c in table.__table__.columns if type(c.type).__name__ in words}
        assert found <= {"kind", "item", "verdict"}


async def test_in_a_break_notes_are_of_the_week_before_and_topics_of_the_one_after(runner: Runner) -> None:
    group = await founded(runner)
    await group.jumps_to(AFTER)
    noted = await group.asks(notes.note, "좋은 질문이 많았다", None, by="구미진", at=AFTER)
    assert (noted.row.number, [(x.writer, x.text) for x in noted.notes]) == (
        1,
        [("구미진", "좋은 질문이 많았다")],
    )
    researched = await group.asks(notes.topic, "mlflow", None, by="구미진", at=AFTER)
    assert (researched.row.number, researched.topics) == (2, {"구미진": "mlflow"})
    assert (await group.looks(notes.log, None, at=AFTER)).row.number == 1
