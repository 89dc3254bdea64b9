"""The treasurer's ledger: waive, charge, mark as paid, look up why; each is a further entry."""

from datetime import date
from typing import Any

import pytest

from bot.rules.refusal import Refused
from bot.rules.settlement import FUND, Transfer
from bot.services import explaining, ledger, membership
from bot.services import fines as fines_service
from bot.services.explaining import Explained
from bot.services.ledger import Paid, Waived
from bot.services.money import accounts_of
from bot.services.scope import Role
from db import Runner
from db import models as m
from tests.store import LEADER, MEMBERS, TREASURER, Group, founded

APRIL, MAY = date(2022, 4, 1), date(2022, 5, 1)
AFTER = "2022-04-14 10:00"
SETTLED = "2022-05-01 10:00"

on_sqlite = pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
"""What PostgreSQL would do no otherwise, and takes its time for."""


async def first_week(runner: Runner) -> Group:
    """The seed's five after their first week: one on time, one late, three absent."""
    group = await founded(runner)
    await group.submits("장서진", "2022-04-12 21:00")
    await group.submits("구미진", "2022-04-13 01:00")
    await group.lives_until(AFTER)
    return group


async def settled(runner: Runner) -> Group:
    """The same five when April has been settled."""
    group = await first_week(runner)
    await group.lives_until(SETTLED)
    return group


async def waives(
    group: Group,
    who: str,
    *,
    week: int | None = None,
    entry: int | None = None,
    at: str = AFTER,
    by: str = TREASURER,
) -> Waived:
    """Have an entry taken back."""
    return await group.asks(ledger.waive, who, "교수님 사정", week, entry, by=by, at=at)


async def pays(
    group: Group, who: str, amount: int | None = None, month: date | None = None, at: str = SETTLED
) -> Paid:
    """Have a payment marked as made."""
    return await group.asks(ledger.paid, who, amount, month, by=TREASURER, at=at)


async def refused(group: Group, *what: Any, by: str = TREASURER, at: str = AFTER) -> str:
    """The key of the no that somebody gets."""
    service, *args = what
    with pytest.raises(Refused) as no:
        await group.asks(service, *args, by=by, at=at)
    return no.value.key


async def still_open(group: Group, month: date = APRIL) -> list[tuple[str, str, int]]:
    """Who still has to pay whom for a month, by name."""
    names = await group.names() | {FUND: "회비"}
    accounts = await group.runner.read(accounts_of, group.id)
    return [(names[x.payer], names[x.payee], x.amount) for x in accounts.open(month)]


async def explained(group: Group, who: str | None = None, month: date | None = None) -> list[Explained]:
    """The ledger with its reasons."""
    found = await group.looks(explaining.history, who, month, 50, at=SETTLED)
    return list(found.entries)


# Waiving


async def test_the_only_fine_there_is_needs_no_number(runner: Runner) -> None:
    group = await first_week(runner)
    done = await waives(group, "구미진")
    assert (done.member.name, done.entry.kind, done.sealed) == ("구미진", "late", False)
    assert (await group.ledger())[-1] == ("구미진", "waiver", -3_000)
    (fine,) = await group.rows(m.Ledger, m.Ledger.kind == "late")
    (waiver,) = await group.rows(m.Ledger, m.Ledger.kind == "waiver")
    assert (waiver.reverses_id, waiver.month, waiver.week_id) == (fine.id, APRIL, fine.week_id)
    assert "waived" in await group.history()


@on_sqlite
async def test_a_fine_is_waived_by_its_week(runner: Runner) -> None:
    group = await first_week(runner)
    await group.lives_until("2022-05-05 10:00")
    assert await refused(group, ledger.waive, "한현경", "사정", None, None) == "which-entry"
    done = await waives(group, "한현경", week=2, at="2022-05-05 10:00")
    weeks = await group.numbers()
    assert (done.entry.month, weeks[done.entry.week_id]) == (MAY, 2)
    assert await refused(group, ledger.waive, "한현경", "사정", 3, None) == "nothing-to-waive"


@on_sqlite
async def test_a_fine_is_waived_by_its_number_in_the_history(runner: Runner) -> None:
    group = await first_week(runner)
    numbers = {x.member: x.number for x in await explained(group)}
    done = await waives(group, "문수인", entry=numbers["문수인"])
    assert (done.entry.kind, done.entry.amount) == ("absent", 4_000)
    assert await refused(group, ledger.waive, "구미진", "사정", None, numbers["한현경"]) == "no-such-entry"
    assert await refused(group, ledger.waive, "구미진", "사정", None, 99) == "no-such-entry"
    assert await refused(group, ledger.waive, "구미진", "사정", None, 0) == "no-such-entry"


@on_sqlite
async def test_nothing_is_waived_twice(runner: Runner) -> None:
    group = await first_week(runner)
    number = next(x.number for x in await explained(group) if x.member == "구미진")
    await waives(group, "구미진")
    assert await refused(group, ledger.waive, "구미진", "또", None, number) == "waived-already"
    assert await refused(group, ledger.waive, "구미진", "또", 1, None) == "nothing-to-waive"
    waiver = next(x.number for x in await explained(group) if x.entry.kind == "waiver")
    assert await refused(group, ledger.waive, "구미진", "되돌리기", None, waiver) == "no-such-entry"
    assert len([kind for _, kind, _ in await group.ledger() if kind == "waiver"]) == 1


@on_sqlite
async def test_who_has_no_fines_has_none_to_waive(runner: Runner) -> None:
    group = await first_week(runner)
    assert await refused(group, ledger.waive, "장서진", "사정", None, None) == "nothing-to-waive"
    assert await refused(group, ledger.waive, "남", "사정", None, None) == "no-such-member"


@on_sqlite
async def test_a_waived_fine_is_in_no_pool(runner: Runner) -> None:
    group = await first_week(runner)
    await waives(group, "구미진")
    await group.lives_until(SETTLED)
    shown = await group.looks(fines_service.fines, APRIL, at=SETTLED)
    assert shown.statement is not None
    assert shown.statement.pool == 12_000
    assert sorted(shown.statement.shares.values()) == [6_000, 6_000]


@on_sqlite
async def test_the_fines_of_somebody_who_left_can_be_waived(runner: Runner) -> None:
    group = await first_week(runner)
    await group.asks(membership.leave, by="한현경", at=AFTER)
    done = await waives(group, "한현경", at="2022-04-15 10:00")
    assert done.member.left_at is not None
    assert (await group.ledger())[-1] == ("한현경", "waiver", -4_000)


@pytest.mark.parametrize("who", [TREASURER, LEADER])
async def test_treasurer_and_leader_keep_the_ledger(runner: Runner, who: str) -> None:
    group = await first_week(runner)
    await waives(group, "구미진", by=who)
    await group.asks(ledger.charge, "문수인", 500, "간식", by=who, at=AFTER)
    await group.asks(ledger.settle, None, by=who, at="2022-04-20 10:00")
    await group.asks(ledger.paid, "문수인", None, None, by=who, at=SETTLED)
    assert (await group.history())[-4:] == ["waived", "charged", "settled", "paid"]


@on_sqlite
async def test_a_member_keeps_no_ledger(runner: Runner) -> None:
    group = await first_week(runner)
    for what in (
        (ledger.waive, "구미진", "사정", None, None),
        (ledger.charge, "문수인", 500, "간식"),
        (ledger.paid, "문수인", None, None),
        (ledger.settle, None),
    ):
        assert await refused(group, *what, by="구미진") == "not-allowed-treasurer"
        assert await refused(group, *what, by="지나가던이") == "not-a-member"
    await group.asks(membership.set_role, "구미진", Role.TREASURER, at=AFTER)
    assert (await waives(group, "구미진", by="구미진")).entry.amount == 3_000


# Charging


async def test_a_charge_counts_in_the_month_in_which_it_is_booked(runner: Runner) -> None:
    group = await first_week(runner)
    done = await group.asks(ledger.charge, "장서진", 2_500, "회식비", by=TREASURER, at="2022-04-30 23:59")
    assert (done.member.name, done.amount, done.month) == ("장서진", 2_500, APRIL)
    await group.lives_until(SETTLED)
    shown = await group.looks(fines_service.fines, APRIL, at=SETTLED)
    assert shown.statement is not None
    assert shown.statement.pool == 17_500
    account = next(x for x in shown.accounts if x.member.name == "장서진")
    assert (account.charged, account.total) == (2_500, 2_500)


@on_sqlite
async def test_a_charge_is_waived_like_a_fine(runner: Runner) -> None:
    group = await first_week(runner)
    await group.asks(ledger.charge, "장서진", 2_500, "회식비", by=TREASURER, at=AFTER)
    done = await waives(group, "장서진")
    assert (done.entry.kind, done.week) == ("charge", None)


@on_sqlite
async def test_nobody_is_charged_nothing_or_less(runner: Runner) -> None:
    group = await first_week(runner)
    for amount in (0, -500):
        assert await refused(group, ledger.charge, "장서진", amount, "?") == "charge-nothing"
    assert await refused(group, ledger.charge, "남", 500, "?") == "no-such-member"


# Paying: April's transfers are 4,000 from 이은빈 and 3,500 from 한현경 to 장서진, and so on


async def test_april_of_the_seed_has_these_transfers(runner: Runner) -> None:
    group = await settled(runner)
    assert await group.ledger() == [
        ("구미진", "late", 3_000), ("이은빈", "absent", 4_000),
        ("한현경", "absent", 4_000), ("문수인", "absent", 4_000),
        ("장서진", "share", -7_500), ("구미진", "share", -7_500),
    ]  # fmt: skip
    assert await still_open(group) == [
        ("이은빈", "장서진", 4_000), ("한현경", "구미진", 4_000),
        ("문수인", "장서진", 3_500), ("문수인", "구미진", 500),
    ]  # fmt: skip


async def test_all_that_somebody_owes_is_paid_at_once(runner: Runner) -> None:
    group = await settled(runner)
    done = await pays(group, "문수인")
    names = await group.names()
    assert [(names[x.payee], x.amount) for _, x in done.payments] == [("장서진", 3_500), ("구미진", 500)]
    assert done.left == []
    assert (await group.ledger())[6:] == [
        ("문수인", "payment", -3_500), ("장서진", "payment", 3_500),
        ("문수인", "payment", -500), ("구미진", "payment", 500),
    ]  # fmt: skip
    assert await still_open(group) == [("이은빈", "장서진", 4_000), ("한현경", "구미진", 4_000)]


@on_sqlite
async def test_a_part_is_paid_and_the_rest_stays_open(runner: Runner) -> None:
    group = await settled(runner)
    done = await pays(group, "이은빈", 1_000)
    assert [(when, x.amount) for when, x in done.payments] == [(APRIL, 1_000)]
    assert sum(x.amount for _, x in done.left) == 3_000
    await pays(group, "이은빈", 3_000)
    assert not [x for x in await still_open(group) if "이은빈" in x]


@on_sqlite
async def test_nobody_pays_more_than_they_owe(runner: Runner) -> None:
    group = await settled(runner)
    assert await refused(group, ledger.paid, "이은빈", 4_001, None, at=SETTLED) == "paid-too-much"
    for amount in (0, -1_000):
        assert await refused(group, ledger.paid, "이은빈", amount, None, at=SETTLED) == "charge-nothing"
    await pays(group, "이은빈")
    assert await refused(group, ledger.paid, "이은빈", None, None, at=SETTLED) == "nothing-to-pay"


@on_sqlite
async def test_who_gets_money_from_members_has_nothing_to_pay(runner: Runner) -> None:
    group = await settled(runner)
    assert await refused(group, ledger.paid, "장서진", None, None, at=SETTLED) == "nothing-to-pay"


@on_sqlite
async def test_what_is_not_settled_cannot_be_paid(runner: Runner) -> None:
    group = await first_week(runner)
    assert await refused(group, ledger.paid, "이은빈", None, None) == "nothing-to-pay"
    assert await refused(group, ledger.paid, "이은빈", None, MAY) == "nothing-to-pay"


async def test_the_oldest_debt_is_paid_first_unless_a_month_is_named(runner: Runner) -> None:
    group = await settled(runner)
    for name, week in (("장서진", "05-03"), ("장서진", "05-10"), ("장서진", "05-17"), ("장서진", "05-24")):
        await group.submits(name, f"2022-{week} 10:00")
    await group.lives_until("2022-06-01 13:00")
    done = await pays(group, "이은빈", 5_000, at="2022-06-02 10:00")
    assert [(when, x.amount) for when, x in done.payments] == [(APRIL, 4_000), (MAY, 1_000)]
    other = await pays(group, "한현경", month=MAY, at="2022-06-02 10:00")
    assert {when for when, _ in other.payments} == {MAY}
    assert [x for x in await still_open(group) if x[0] == "한현경"]


async def test_the_fund_is_paid_and_pays(runner: Runner) -> None:
    """DESIGN's third example: two won stay in the fund, until the season's end gives them out."""
    group = await founded(runner, weeks=2)
    for name, at in (("장서진", "04-12 10:00"), ("구미진", "04-13 01:00"), ("이은빈", "04-12 11:00")):
        await group.submits(name, f"2022-{at}")
    await group.lives_until(SETTLED)
    assert [x for x in await still_open(group) if "회비" in x] == [("문수인", "회비", 2)]
    done = await pays(group, "문수인")
    assert [x.amount for _, x in done.payments if x.payee == FUND] == [2]
    assert (await group.ledger())[-1] == ("문수인", "payment", -2)
    for name in MEMBERS:
        await group.submits(name, "2022-05-03 10:00")
    await group.lives_until("2022-05-04 13:00")
    assert await still_open(group, MAY) == [("회비", "장서진", 1), ("회비", "이은빈", 1)]
    assert [x.amount for _, x in (await pays(group, "이은빈", at="2022-05-05 10:00")).payments] == [1]
    assert await still_open(group, MAY) == [("회비", "장서진", 1)]
    assert (await group.ledger())[-1] == ("이은빈", "payment", 1)


async def test_a_payment_is_waived_with_its_other_side(runner: Runner) -> None:
    group = await settled(runner)
    before = await still_open(group)
    await pays(group, "이은빈", 1_000)
    number = next(x.number for x in await explained(group, "이은빈") if x.entry.kind == "payment")
    done = await waives(group, "이은빈", entry=number, at=SETTLED)
    assert done.entry.kind == "payment"
    assert (await group.ledger())[-2:] == [("이은빈", "payment", 1_000), ("장서진", "payment", -1_000)]
    assert await still_open(group) == before
    assert await refused(group, ledger.waive, "이은빈", "또", None, number, at=SETTLED) == "waived-already"


async def test_of_several_payments_at_once_only_the_one_that_is_meant_is_waived(runner: Runner) -> None:
    """DESIGN's first example: 7,000 go to two members, 3,500 each, marked as paid by one command."""
    group = await founded(runner)
    for name, amount in (("장서진", 3_000), ("구미진", 7_000), ("문수인", 4_000)):
        await group.asks(ledger.charge, name, amount, "벌금", by=TREASURER, at="2022-04-12 10:00")
    for name in MEMBERS:
        await group.submits(name, "2022-04-12 11:00")
    await group.lives_until(SETTLED)
    assert await still_open(group) == [
        ("구미진", "이은빈", 3_500), ("구미진", "한현경", 3_500), ("문수인", "장서진", 500),
    ]  # fmt: skip
    await pays(group, "구미진")
    number = next(x.number for x in await explained(group, "구미진") if x.entry.kind == "payment")
    await waives(group, "구미진", entry=number, at=SETTLED)
    assert await still_open(group) == [("구미진", "이은빈", 3_500), ("문수인", "장서진", 500)]


@on_sqlite
async def test_a_payment_is_waived_from_either_side(runner: Runner) -> None:
    group = await settled(runner)
    await pays(group, "이은빈", 1_000)
    number = next(x.number for x in await explained(group, "장서진") if x.entry.kind == "payment")
    await waives(group, "장서진", entry=number, at=SETTLED)
    assert (await group.ledger())[-2:] == [("이은빈", "payment", 1_000), ("장서진", "payment", -1_000)]


# Looking it up


async def test_the_history_tells_what_each_entry_follows_from(runner: Runner) -> None:
    group = await settled(runner)
    await waives(group, "구미진", at=SETTLED)
    await pays(group, "이은빈", 1_000)
    late, *absences, share, _, waiver, payment, got = await explained(group)
    assert (late.number, late.member, late.entry.kind, late.by) == (1, "구미진", "late", None)
    assert late.week is not None
    assert late.week.number == 1
    assert late.handed_in is not None
    assert f"{late.handed_in:%m-%d %H:%M}" == "04-12 16:00"
    assert {x.handed_in for x in absences} == {None}
    assert share.statement is not None
    assert (share.statement.pool, len(share.statement.shares)) == (15_000, 2)
    assert (waiver.by, waiver.reason, waiver.reverses) == (TREASURER, "교수님 사정", 1)
    assert (payment.member, payment.other, payment.by) == ("이은빈", "장서진", TREASURER)
    assert (got.member, got.other) == ("장서진", "이은빈")


@on_sqlite
async def test_the_history_of_one_or_of_a_month_keeps_the_numbers(runner: Runner) -> None:
    group = await settled(runner)
    await group.lives_until("2022-05-05 10:00")
    everything = await explained(group)
    assert [x.number for x in everything] == list(range(1, len(everything) + 1))
    assert [x.number for x in await explained(group, "구미진")] == [1, 6, 8]
    assert {x.entry.month for x in await explained(group, month=MAY)} == {MAY}
    newest = await group.looks(explaining.history, None, None, 3, at=SETTLED)
    assert [x.number for x in newest.entries] == [x.number for x in everything][-3:]
    assert newest.left_out == len(everything) - 3


@on_sqlite
async def test_reasons_can_be_erased_and_the_ledger_stays(runner: Runner) -> None:
    group = await first_week(runner)
    await group.asks(ledger.charge, "장서진", 2_500, "회식비", by=TREASURER, at=AFTER)
    (charge,) = await group.rows(m.Ledger, m.Ledger.kind == "charge")
    (words,) = await group.rows(m.Detail, m.Detail.history_id == charge.history_id)
    assert words.text == "회식비"
    assert (charge.item, charge.week_id, charge.other_id) == (None, None, None)


@on_sqlite
async def test_transfers_are_named_for_what_they_are(runner: Runner) -> None:
    group = await settled(runner)
    accounts = await group.runner.read(accounts_of, group.id)
    assert accounts.months == [APRIL]
    assert len(accounts.transfers(APRIL)) == 4
    assert all(isinstance(x, Transfer) for x in accounts.open(APRIL))
