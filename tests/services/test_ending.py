"""The end of a study: before its time and after it, and what can still be done then."""

from datetime import date
from typing import Any

import pytest

from bot.rules.refusal import Refused
from bot.rules.settlement import FUND, Statement
from bot.services import ending, extending, ledger, membership, studies, weeks
from bot.services import fines as fines_service
from bot.services.books import statement_of
from bot.services.money import accounts_of
from bot.services.studies import Plan
from db import Runner
from db import models as m
from tests.store import LEADER, MEMBERS, TREASURER, Group, caller, founded, seoul

# The same services meet PostgreSQL in `test_ledger`.
pytestmark = pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)

APRIL, MAY, JUNE = date(2022, 4, 1), date(2022, 5, 1), date(2022, 6, 1)
EARLY = "2022-05-06 10:00"
"""After the second week's close, while the third one is open."""


async def played(runner: Runner, until: str = EARLY, **plan: Any) -> Group:
    """The seed's five: one on time, one late, three absent; in the second week all but one."""
    group = await founded(runner, **plan)
    await group.submits("장서진", "2022-04-12 21:00")
    await group.submits("구미진", "2022-04-13 01:00")
    for name in MEMBERS[:4]:
        await group.submits(name, "2022-05-03 10:00")
    await group.lives_until(until)
    return group


async def statements(group: Group) -> list[tuple[int, int, Statement]]:
    """The sealed statements: month, number, and what they say."""
    rows = await group.rows(m.Settlement, m.Settlement.study_id == group.id)
    return [(row.month.month, row.number, statement_of(row)) for row in rows]


async def by_name(group: Group, amounts: Any) -> dict[str, int]:
    """Amounts by members' names."""
    names = await group.names()
    return {names[member]: amount for member, amount in amounts.items()}


async def refused(group: Group, *what: Any, by: str = LEADER, at: str) -> str:
    """The key of the no that somebody gets."""
    service, *args = what
    with pytest.raises(Refused) as no:
        await group.asks(service, *args, by=by, at=at)
    return no.value.key


async def test_ended_early_what_is_not_settled_is_settled(runner: Runner) -> None:
    group = await played(runner)
    seen = await group.looks(ending.preview, at=EARLY)
    assert (seen.open_weeks, seen.settled) == (10, False)
    await group.asks(ending.end, at=EARLY)
    april, (month, number, may) = await statements(group)
    assert (april[:2], month, number) == ((4, 1), 5, 1)
    assert await by_name(group, may.shares) == dict.fromkeys(MEMBERS[:4], 1_000)
    assert (may.carry_out, may.left) == (0, 0)
    study = await group.study()
    assert (study.ended_at, study.next_moment_at) == (seoul(EARLY), None)


async def test_ended_early_no_open_week_is_judged_any_more(runner: Runner) -> None:
    group = await played(runner)
    await group.asks(ending.end, at=EARLY)
    before = await group.ledger()
    await group.lives_until("2022-08-01 10:00")
    assert await group.verdicts(3) == {}
    assert await group.ledger() == before


async def test_the_channel_is_told_of_the_settlement_and_of_the_end(runner: Runner) -> None:
    group = await played(runner)
    await group.asks(ending.end, at=EARLY)
    *_, settled, ended = await group.outbox()
    assert [(x["kind"], "summary" in x) for x in settled.values["parts"]] == [("settlement", True)]
    assert ended.kind == "ended"


async def test_between_the_first_midnight_and_nine_two_months_are_settled(runner: Runner) -> None:
    group = await played(runner, "2022-05-01 03:00")
    await group.asks(ending.end, at="2022-05-01 03:00")
    (month, _, april), (other, _, may) = await statements(group)
    assert (month, april.pool, other, may.fines, may.shares) == (4, 15_000, 5, {}, {})


async def test_a_week_still_open_at_the_end_makes_nobody_take_part(runner: Runner) -> None:
    """Who came for the third week owed no week that closed before the study ended."""
    group = await played(runner, "2022-05-01 10:00")
    await group.asks(membership.join, None, by="새사람", at="2022-05-01 10:00")
    await group.lives_until(EARLY)
    await group.asks(ending.end, at=EARLY)
    *_, (_, _, may) = await statements(group)
    assert await by_name(group, may.shares) == dict.fromkeys(MEMBERS[:4], 1_000)


async def test_ended_before_anything_closed_there_is_nothing_to_share(runner: Runner) -> None:
    group = await founded(runner)
    await group.asks(ledger.charge, "구미진", 3_000, "책", by=TREASURER, at="2022-04-10 10:00")
    await group.asks(ending.end, at="2022-04-11 10:00")
    ((month, number, april),) = await statements(group)
    assert (month, number, april.shares, april.carry_out) == (4, 1, {}, 3_000)
    assert await by_name(group, april.given) == dict.fromkeys(MEMBERS, 600)
    assert april.left == 0


async def test_the_carry_goes_out_at_an_early_end(runner: Runner) -> None:
    """DESIGN's third example: 11,000 for three, the two won left over go to the quickest two."""
    group = await founded(runner)
    for name, at in (("장서진", "04-12 23:00"), ("구미진", "04-13 01:00"), ("이은빈", "04-07 11:00")):
        await group.submits(name, f"2022-{at}")
    await group.lives_until("2022-04-20 10:00")
    await group.asks(ending.end, at="2022-04-20 10:00")
    ((_, _, april),) = await statements(group)
    assert (april.carry_out, april.left) == (2, 0)
    assert await by_name(group, april.given) == {"장서진": 1, "이은빈": 1}
    assert sum(april.nets.values()) == 0


async def test_after_the_last_close_nothing_is_settled_twice(runner: Runner) -> None:
    group = await played(runner, "2022-05-04 13:00", weeks=2)
    before = await statements(group)
    seen = await group.looks(ending.preview, at=EARLY)
    assert (seen.open_weeks, seen.settled) == (0, True)
    await group.asks(ending.end, at=EARLY)
    assert await statements(group) == before
    assert [row.kind for row in await group.outbox()][-1] == "ended"


async def test_an_end_after_the_downtime_of_the_last_close_is_the_same(runner: Runner) -> None:
    group = await played(runner, "2022-05-01 10:00", weeks=2)
    await group.asks(ending.end, at=EARLY)
    assert [x[:2] for x in await statements(group)] == [(4, 1), (5, 1)]
    assert (await group.verdicts(2))["문수인"] == ["absent"]


async def test_a_week_that_closed_just_before_the_end_is_judged(runner: Runner) -> None:
    group = await played(runner, "2022-05-01 10:00", weeks=2)
    await group.asks(ending.end, at="2022-05-04 12:00:05")
    assert (await group.verdicts(2))["문수인"] == ["absent"]


async def test_only_a_leader_ends_a_study_and_only_once(runner: Runner) -> None:
    group = await played(runner)
    for who in (TREASURER, "구미진"):
        assert await refused(group, ending.end, by=who, at=EARLY) == "not-allowed"
    await group.asks(ending.end, at=EARLY)
    assert await refused(group, ending.end, at=EARLY) == "study-over"


async def test_the_channel_is_free_for_another_study(runner: Runner) -> None:
    group = await played(runner)
    await group.asks(ending.end, at=EARLY)
    plan = Plan("다음 학기", date(2022, 9, 7), 12)
    shown = await runner.run(studies.start, caller(LEADER), plan, seoul("2022-08-20 10:00"))
    assert shown.study.id != group.id


async def test_debts_are_paid_after_the_end(runner: Runner) -> None:
    group = await played(runner)
    await group.asks(ending.end, at=EARLY)
    for name in ("이은빈", "한현경", "문수인"):
        await group.asks(ledger.paid, name, None, None, by=TREASURER, at="2022-09-01 10:00")
    accounts = await group.runner.read(accounts_of, group.id)
    assert [accounts.open(month) for month in accounts.months] == [[], []]


async def test_a_waiver_after_an_early_end_is_a_supplement(runner: Runner) -> None:
    group = await played(runner)
    await group.asks(ending.end, at=EARLY)
    await group.asks(ledger.waive, "문수인", "입원", 2, None, by=TREASURER, at="2022-06-20 10:00")
    *_, (month, number, extra) = await statements(group)
    assert (month, number) == (5, 2)
    assert await by_name(group, extra.returned) == {"문수인": 4_000}
    assert await by_name(group, extra.adjustments) == dict.fromkeys(MEMBERS[:4], -1_000)


async def test_a_charge_after_the_end_is_settled_with_the_last_month(runner: Runner) -> None:
    group = await played(runner)
    await group.asks(ending.end, at=EARLY)
    done = await group.asks(ledger.charge, "구미진", 5_000, "책", by=TREASURER, at="2022-06-20 10:00")
    assert done.month == JUNE
    *_, (month, number, extra) = await statements(group)
    assert (month, number) == (5, 2)
    assert await by_name(group, extra.returned) == {"구미진": -5_000}
    assert sum(extra.nets.values()) + extra.left == 0


async def test_after_the_end_no_later_month_is_settled(runner: Runner) -> None:
    """Its weeks will never be judged; settling it would take back the carry that was given out."""
    group = await played(runner)
    await group.asks(ending.end, at=EARLY)
    before = await statements(group)
    for month in (None, JUNE):
        assert (
            await refused(group, ledger.settle, month, by=TREASURER, at="2022-09-01 10:00") == "settled-all"
        )
    assert await refused(group, ledger.settle, APRIL, at="2022-09-01 10:00") == "settled-already"
    assert await statements(group) == before


async def test_after_the_end_no_settlement_is_shown_as_to_come(runner: Runner) -> None:
    group = await played(runner)
    await group.asks(ending.end, at=EARLY)
    june = await group.looks(fines_service.fines, JUNE, at="2022-06-20 10:00")
    assert (june.statement, june.settles_at, june.transfers) == (None, None, ())
    may = await group.looks(fines_service.fines, MAY, at="2022-06-20 10:00")
    assert may.sealed_at == seoul(EARLY)


async def test_whoever_leaves_after_the_end_was_there(runner: Runner) -> None:
    group = await played(runner, "2022-05-04 13:00", weeks=2)
    await group.asks(membership.leave, by="한현경", at="2022-05-05 10:00")
    await group.asks(ledger.waive, "문수인", "입원", 2, None, by=TREASURER, at="2022-05-06 10:00")
    *_, (_, _, extra) = await statements(group)
    assert (await by_name(group, extra.adjustments))["한현경"] == -1_000


async def test_the_last_one_there_gets_all_that_is_over(runner: Runner) -> None:
    group = await founded(runner, weeks=2)
    for name, at in (("장서진", "04-12 23:00"), ("구미진", "04-13 01:00"), ("이은빈", "04-07 11:00")):
        await group.submits(name, f"2022-{at}")
    await group.lives_until("2022-05-02 10:00")
    await group.submits("장서진", "2022-05-02 10:00")
    for name in MEMBERS[1:]:
        await group.asks(membership.leave, by=name, at="2022-05-02 11:00")
    await group.lives_until("2022-05-04 13:00")
    *_, (_, _, may) = await statements(group)
    assert (may.pool, await by_name(group, may.given), may.left) == (2, {"장서진": 2}, 0)
    accounts = await group.runner.read(accounts_of, group.id)
    assert [(x.payer, x.amount) for x in accounts.open(MAY)] == [(FUND, 2)]


async def test_once_over_a_study_takes_no_more_changes_but_of_money(runner: Runner) -> None:
    group = await played(runner)
    await group.asks(ending.end, at=EARLY)
    for what in (
        (weeks.excuse, "문수인", 2, "입원"),
        (extending.extend, 2, seoul("2022-05-07 00:00"), "점검", None),
        (membership.join, None),
    ):
        assert await refused(group, *what, at="2022-06-01 10:00") == "study-over"


async def test_the_summary_counts_what_everybody_did(runner: Runner) -> None:
    group = await played(runner, "2022-05-04 13:00", weeks=2, turns=MEMBERS)
    told = [part for row in await group.outbox() for part in row.values.get("parts", ())]
    (summary,) = [part["summary"] for part in told if "summary" in part]
    names = await group.names()
    counts = {names[x["member"]]: (x["counts"], x["streak"], x["posts"]) for x in summary}
    assert counts == {
        "장서진": ({"on_time": 2}, 2, 0), "구미진": ({"late": 1, "on_time": 1}, 1, 0),
        "이은빈": ({"absent": 1, "on_time": 1}, 1, 0), "한현경": ({"absent": 1, "on_time": 1}, 1, 0),
        "문수인": ({"absent": 2}, 0, 0),
    }  # fmt: skip
