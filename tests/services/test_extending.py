"""A week put off: before it is due, in its late hours, after its close; for everybody or for one."""

from datetime import date, datetime
from typing import Any

import pytest

from bot.rules.refusal import Refused
from bot.services import breaks, extending, ledger, membership, submissions, weeks
from bot.services.books import statement_of
from bot.services.extending import Extended
from bot.services.studies import Changes, change
from db import Runner
from db import models as m
from tests.store import LEADER, TREASURER, Group, founded

MONDAY = "2022-04-11 10:00"
LATE_HOURS = "2022-04-13 09:00"
AFTER = "2022-04-13 15:00"
APRIL, MAY = date(2022, 4, 1), date(2022, 5, 1)


on_sqlite = pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
"""What PostgreSQL would do no otherwise, and takes its time for."""


async def extends(
    group: Group, until: str, at: str, who: str | None = None, week: int = 1, by: str = LEADER
) -> Extended:
    """Have a week put off until a time that clocks in Seoul show."""
    wall = datetime.fromisoformat(f"2022-{until}")
    return await group.asks(extending.extend, week, wall, "서버 점검", who, by=by, at=at)


async def refused(group: Group, *args: Any, **more: Any) -> str:
    """The key of the no to an extension."""
    with pytest.raises(Refused) as no:
        await extends(group, *args, **more)
    return no.value.key


async def first_week(runner: Runner, until: str) -> Group:
    """The seed's five: one hands in on time, one at one in the morning."""
    group = await founded(runner)
    await group.submits("장서진", "2022-04-12 21:00")
    await group.submits("구미진", "2022-04-13 01:00")
    await group.lives_until(until)
    return group


async def months(group: Group) -> list[tuple[str, int]]:
    """The kinds and months of all entries."""
    return [(row.kind, row.month.month) for row in await group.rows(m.Ledger)]


# For everybody


@on_sqlite
async def test_put_off_before_it_is_due_nobody_is_late(runner: Runner) -> None:
    group = await founded(runner)
    done = await extends(group, "04-14 00:00", MONDAY)
    assert (done.member, done.corrected) == (None, [])
    assert f"{done.week.closes_at:%m-%d %H:%M}" == "04-14 03:00"
    await group.submits("구미진", LATE_HOURS)
    await group.submits("문수인", "2022-04-14 01:00")
    await group.lives_until("2022-04-15 10:00")
    assert await group.verdicts(1) == {
        "장서진": ["absent"], "구미진": ["on_time"], "이은빈": ["absent"],
        "한현경": ["absent"], "문수인": ["late"],
    }  # fmt: skip


@on_sqlite
async def test_the_channel_hears_of_it_and_of_the_new_cutoffs_only(runner: Runner) -> None:
    group = await founded(runner)
    await group.lives_until(MONDAY)
    await extends(group, "04-14 00:00", MONDAY)
    await group.lives_until("2022-04-15 10:00")
    told = [line for line in await group.told() if not line.startswith("reminder")]
    assert told == ["opened 1", "break_begins", "due 1", "closed 1"]
    (row,) = await group.outbox(m.Outbox.kind == "extended")
    assert (row.values["week"], row.values["member"]) == (1, None)
    reminded = [row for row in await group.outbox() if row.kind.startswith("reminder")]
    assert [f"{row.at:%m-%d %H}" for row in reminded] == ["04-12 15", "04-13 12", "04-14 00"]


@on_sqlite
async def test_put_off_in_its_late_hours_the_late_are_on_time(runner: Runner) -> None:
    group = await first_week(runner, LATE_HOURS)
    done = await extends(group, "04-13 23:59", LATE_HOURS)
    assert done.corrected == []
    await group.submits("한현경", "2022-04-13 20:00")
    await group.lives_until("2022-04-15 10:00")
    verdicts = await group.verdicts(1)
    assert verdicts["구미진"] == ["on_time"]
    assert verdicts["한현경"] == ["on_time"]
    assert await group.ledger() == [("이은빈", "absent", 4_000), ("문수인", "absent", 4_000)]


async def test_put_off_after_its_close_all_is_judged_again(runner: Runner) -> None:
    group = await first_week(runner, AFTER)
    done = await extends(group, "04-15 00:00", AFTER)
    assert done.corrected == ["구미진", "이은빈", "한현경", "문수인"]
    assert await group.ledger() == [
        ("구미진", "late", 3_000), ("이은빈", "absent", 4_000), ("한현경", "absent", 4_000),
        ("문수인", "absent", 4_000), ("구미진", "waiver", -3_000), ("이은빈", "waiver", -4_000),
        ("한현경", "waiver", -4_000), ("문수인", "waiver", -4_000),
    ]  # fmt: skip
    fines, waivers = (await group.rows(m.Ledger))[:4], (await group.rows(m.Ledger))[4:]
    assert [row.reverses_id for row in waivers] == [row.id for row in fines]
    await group.submits("이은빈", "2022-04-14 20:00")
    await group.submits("한현경", "2022-04-15 03:00")
    await group.lives_until("2022-04-16 10:00")
    assert await group.verdicts(1) == {
        "장서진": ["on_time"], "구미진": ["late", "on_time"], "이은빈": ["absent", "pending", "on_time"],
        "한현경": ["absent", "pending", "late"], "문수인": ["absent", "pending", "absent"],
    }  # fmt: skip
    assert (await group.ledger())[8:] == [("한현경", "late", 3_000), ("문수인", "absent", 4_000)]
    assert [row.judgement for row in (await group.rows(m.Ledger))[8:]] == [3, 3]


@on_sqlite
async def test_a_link_that_came_after_the_old_close_counts_for_the_new_one(runner: Runner) -> None:
    group = await first_week(runner, AFTER)
    await group.submits("이은빈", "2022-04-13 16:00", week=1)
    await extends(group, "04-13 20:00", "2022-04-13 17:00")
    assert (await group.verdicts(1))["이은빈"] == ["absent", "on_time"]


@on_sqlite
async def test_put_off_twice_it_is_judged_after_the_second_close(runner: Runner) -> None:
    group = await first_week(runner, AFTER)
    await extends(group, "04-14 00:00", AFTER)
    await group.lives_until("2022-04-14 13:00")
    await extends(group, "04-16 00:00", "2022-04-14 13:00")
    await group.lives_until("2022-04-17 10:00")
    assert (await group.verdicts(1))["문수인"] == ["absent", "pending", "absent", "pending", "absent"]
    assert sum(amount for who, _, amount in await group.ledger() if who == "문수인") == 4_000


@on_sqlite
async def test_the_new_fine_is_booked_in_the_month_of_the_new_close(runner: Runner) -> None:
    group = await founded(runner, weeks=4, breaks=())
    await group.lives_until("2022-04-27 15:00")
    await extends(group, "05-02 00:00", "2022-04-27 15:00", week=3)
    await group.lives_until("2022-05-02 13:00")
    third = [(kind, month) for kind, month in await months(group)][10:]
    assert third == [
        *[("absent", 4)] * 5, *[("waiver", 4)] * 5,
        *[("share", 4)] * 5, *[("absent", 5)] * 5,
    ]  # fmt: skip


async def test_a_week_put_off_after_its_month_was_sealed_is_settled_with_the_next(runner: Runner) -> None:
    group = await first_week(runner, "2022-05-01 10:00")
    done = await extends(group, "05-04 00:00", "2022-05-01 10:00")
    assert len(done.corrected) == 4
    for day in ("05-03", "05-10", "05-17", "05-24"):
        for name in ("장서진", "이은빈", "한현경", "문수인"):
            await group.submits(name, f"2022-{day} 10:00")
    await group.lives_until("2022-06-01 13:00")
    april, may = [statement_of(row) for row in await group.rows(m.Settlement)]
    names = await group.names()
    returned = {names[member]: amount for member, amount in may.returned.items()}
    assert returned == {"구미진": 3_000, "이은빈": 4_000, "한현경": 4_000, "문수인": 4_000}
    assert {names[member]: x for member, x in may.adjustments.items()} == {"장서진": -7_500, "구미진": -7_500}
    assert sum(april.nets.values()) + sum(may.nets.values()) + may.left == 0


# For one


async def test_one_has_longer_and_the_others_do_not(runner: Runner) -> None:
    group = await founded(runner)
    done = await extends(group, "04-14 00:00", MONDAY, "구미진")
    assert done.member is not None
    assert done.member.name == "구미진"
    await group.submits("구미진", AFTER)
    await group.submits("문수인", LATE_HOURS)
    await group.lives_until("2022-04-15 10:00")
    assert await group.verdicts(1) == {
        "장서진": ["absent"], "구미진": ["on_time"], "이은빈": ["absent"],
        "한현경": ["absent"], "문수인": ["late"],
    }  # fmt: skip


@on_sqlite
async def test_one_alone_is_reminded_and_judged_at_the_own_close(runner: Runner) -> None:
    group = await founded(runner)
    await extends(group, "04-14 00:00", MONDAY, "구미진")
    await group.lives_until("2022-04-13 12:01")
    assert "구미진" not in await group.verdicts(1)
    await group.lives_until("2022-04-15 10:00")
    assert (await group.verdicts(1))["구미진"] == ["absent"]
    alone = [line for line in await group.told() if line.endswith(": 구미진")]
    assert alone == ["reminder-due 1: 구미진", "reminder-due 1: 구미진", "reminder-close 1: 구미진"]
    others = [x for x in await group.told() if x.startswith("reminder") and x not in alone]
    assert others
    assert not [line for line in others if "구미진" in line]
    assert [line for line in await group.told() if line.startswith("closed")] == ["closed 1", "closed 1"]


async def test_put_off_for_one_after_the_close_the_others_stay_judged(runner: Runner) -> None:
    group = await first_week(runner, AFTER)
    done = await extends(group, "04-14 00:00", AFTER, "이은빈")
    assert done.corrected == ["이은빈"]
    await group.submits("이은빈", "2022-04-13 22:00")
    await group.lives_until("2022-04-16 10:00")
    verdicts = await group.verdicts(1)
    assert verdicts["이은빈"] == ["absent", "pending", "on_time"]
    assert verdicts["한현경"] == ["absent"]
    assert [x for x in await group.ledger() if x[0] == "이은빈"] == [
        ("이은빈", "absent", 4_000), ("이은빈", "waiver", -4_000),
    ]  # fmt: skip


@on_sqlite
async def test_a_late_member_becomes_on_time_at_once(runner: Runner) -> None:
    group = await first_week(runner, AFTER)
    done = await extends(group, "04-13 02:00", AFTER, "구미진")
    assert done.corrected == ["구미진"]
    assert (await group.verdicts(1))["구미진"] == ["late", "on_time"]
    assert (await group.ledger())[-1] == ("구미진", "waiver", -3_000)


@on_sqlite
async def test_what_changes_no_verdict_books_nothing(runner: Runner) -> None:
    group = await first_week(runner, AFTER)
    before = await group.ledger()
    assert (await extends(group, "04-13 00:30", AFTER)).corrected == []
    assert await group.ledger() == before


@on_sqlite
async def test_who_was_let_off_stays_let_off(runner: Runner) -> None:
    group = await first_week(runner, AFTER)
    await group.asks(weeks.excuse, "문수인", 1, "입원", at=AFTER)
    await extends(group, "04-15 00:00", AFTER)
    await group.lives_until("2022-04-16 10:00")
    assert (await group.verdicts(1))["문수인"] == ["absent", "excused"]


@on_sqlite
async def test_a_fine_waived_before_is_not_reversed_again(runner: Runner) -> None:
    group = await first_week(runner, AFTER)
    await group.asks(ledger.waive, "구미진", "버스 사고", 1, None, by=TREASURER, at=AFTER)
    await extends(group, "04-13 02:00", AFTER, "구미진")
    assert [x for x in await group.ledger() if x[0] == "구미진"] == [
        ("구미진", "late", 3_000), ("구미진", "waiver", -3_000),
    ]  # fmt: skip


@on_sqlite
async def test_who_leaves_before_the_own_close_is_not_fined(runner: Runner) -> None:
    group = await first_week(runner, AFTER)
    await extends(group, "04-15 00:00", AFTER, "이은빈")
    await group.asks(membership.leave, by="이은빈", at="2022-04-14 10:00")
    await group.lives_until("2022-05-01 10:00")
    assert sum(amount for who, _, amount in await group.ledger() if who == "이은빈") == 0


@on_sqlite
async def test_what_is_handed_in_can_be_withdrawn_until_the_own_close(runner: Runner) -> None:
    group = await founded(runner)
    await extends(group, "04-14 00:00", MONDAY, "구미진")
    await group.submits("구미진", AFTER)
    await group.asks(submissions.withdraw, None, None, by="구미진", at="2022-04-13 16:00")
    await group.lives_until("2022-04-15 10:00")
    assert (await group.verdicts(1))["구미진"] == ["absent"]


# Refusals


@on_sqlite
async def test_only_a_leader_extends(runner: Runner) -> None:
    group = await founded(runner)
    for who in (TREASURER, "구미진"):
        assert await refused(group, "04-14 00:00", MONDAY, by=who) == "not-allowed"


@on_sqlite
async def test_a_week_is_put_off_later_and_not_too_late(runner: Runner) -> None:
    group = await founded(runner)
    assert await refused(group, "04-13 00:00", MONDAY) == "extend-too-early"
    assert await refused(group, "05-04 00:01", MONDAY) == "extend-too-late"
    assert await refused(group, "04-14 00:00", MONDAY, week=13) == "no-such-week"
    assert await refused(group, "04-14 00:00", MONDAY, "남") == "no-such-member"
    await extends(group, "05-04 00:00", MONDAY)


@on_sqlite
async def test_who_was_never_asked_is_not_given_longer(runner: Runner) -> None:
    group = await first_week(runner, AFTER)
    await group.asks(membership.join, None, by="새사람", at=AFTER)
    assert await refused(group, "04-14 00:00", AFTER, "새사람") == "extend-not-asked"


# And the rest of the season


@on_sqlite
async def test_other_weeks_stay_where_they_are(runner: Runner) -> None:
    group = await founded(runner)
    before = await group.weeks()
    await extends(group, "05-03 00:00", MONDAY)
    await group.asks(change, Changes(due="22:00"), at=MONDAY)
    await group.asks(change, Changes(due="00:00"), at=MONDAY)
    assert await group.weeks() == before


@on_sqlite
async def test_a_break_added_later_does_not_take_the_longer_cutoff_back(runner: Runner) -> None:
    group = await founded(runner, weeks=3, breaks=())
    await extends(group, "04-15 00:00", MONDAY)
    await group.asks(breaks.add, date(2022, 4, 20), date(2022, 4, 26), "쉼", at=MONDAY)
    await group.submits("구미진", "2022-04-14 10:00")
    await group.lives_until("2022-04-16 10:00")
    assert (await group.verdicts(1))["구미진"] == ["on_time"]


@on_sqlite
async def test_no_reminder_goes_out_for_a_time_that_is_over_when_a_week_is_put_off(runner: Runner) -> None:
    """At nine a week is put off by three hours: the 24 hours before the new due are gone by then."""
    group = await founded(runner)
    await group.lives_until("2022-04-12 21:30")
    before = [line for line in await group.told() if line.startswith("reminder")]
    assert len(before) == 2
    await extends(group, "04-13 03:00", "2022-04-12 21:30")
    await group.lives_until("2022-04-12 22:00")
    assert [line for line in await group.told() if line.startswith("reminder")] == before
    await group.lives_until("2022-04-13 00:00:10")
    assert len([line for line in await group.told() if line.startswith("reminder")]) == 3


async def test_after_the_last_settlement_an_extension_is_a_supplement(runner: Runner) -> None:
    group = await founded(runner, weeks=1, breaks=())
    await group.submits("장서진", "2022-04-12 21:00")
    await group.submits("구미진", "2022-04-13 01:00")
    await group.lives_until(AFTER)
    await extends(group, "04-13 02:00", AFTER, "구미진")
    first, second = [statement_of(row) for row in await group.rows(m.Settlement)]
    names = await group.names()
    assert {names[member]: amount for member, amount in second.returned.items()} == {"구미진": 3_000}
    assert sum(first.nets.values()) + sum(second.nets.values()) == 0


@on_sqlite
async def test_a_season_made_longer_by_an_extension_is_settled_to_its_end(runner: Runner) -> None:
    """The last week is put off after it closed and all was settled; its new fines are settled too."""
    group = await founded(runner, weeks=1, breaks=())
    await group.submits("장서진", "2022-04-12 21:00")
    await group.lives_until(AFTER)
    await extends(group, "04-20 00:00", AFTER)
    await group.submits("구미진", "2022-04-19 10:00")
    await group.lives_until("2022-04-21 10:00")
    statements = [statement_of(row) for row in await group.rows(m.Settlement)]
    nets = [sum(x.nets.get(member, 0) for x in statements) for member in sorted(await ids(group))]
    assert nets == [6_000, 6_000, -4_000, -4_000, -4_000]


@on_sqlite
async def test_a_season_made_longer_into_the_next_month_is_settled_to_its_end(runner: Runner) -> None:
    group = await founded(runner, weeks=3, breaks=())
    for day in ("04-12", "04-19", "04-26"):
        await group.submits("장서진", f"2022-{day} 10:00")
    await group.lives_until("2022-04-27 15:00")
    await extends(group, "05-03 00:00", "2022-04-27 15:00", week=3)
    await group.submits("구미진", "2022-05-02 10:00")
    await group.lives_until("2022-05-10 10:00")
    statements = [statement_of(row) for row in await group.rows(m.Settlement)]
    assert [row.month.month for row in await group.rows(m.Settlement)] == [4, 4, 5]
    nets = [sum(x.nets.get(member, 0) for x in statements) for member in sorted(await ids(group))]
    assert nets == [32_000 + 6_000, -8_000 + 6_000, -12_000, -12_000, -12_000]
    assert statements[-1].left == 0


async def ids(group: Group) -> list[int]:
    """The members' ids."""
    return [row.id for row in await group.rows(m.Member, m.Member.study_id == group.id)]


@on_sqlite
async def test_an_absence_that_stays_one_moves_to_the_month_of_the_new_close(runner: Runner) -> None:
    """A fine belongs to the month in which its week closed for the member (DESIGN.md, Fines and ledger)."""
    group = await founded(runner, weeks=4, breaks=())
    await group.lives_until("2022-05-03 10:00")
    await extends(group, "05-02 00:00", "2022-05-03 10:00", week=3)
    third = [row for row in await group.rows(m.Ledger) if (await group.numbers()).get(row.week_id) == 3]
    standing = [x for x in third if x.kind == "absent" and x.id not in {y.reverses_id for y in third}]
    assert {row.month for row in standing} == {MAY}
