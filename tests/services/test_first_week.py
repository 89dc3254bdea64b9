"""The first week of the sample, from its opening to the next, as it is written down."""

from datetime import date

from bot.services import fines as fines_service
from db import Runner
from db import models as m
from tests.store import MEMBERS, Group, founded, seoul

ABSENT = ["이은빈", "한현경", "문수인"]


async def played(runner: Runner) -> Group:
    """Play week 1: one on time, one in the late hours, three not at all."""
    group = await founded(runner)
    await group.lives_until("2022-04-12 20:00")
    await group.submits("장서진", "2022-04-12 20:00")
    await group.lives_until("2022-04-13 09:00")
    await group.submits("구미진", "2022-04-13 09:00")
    await group.lives_until("2022-04-27 00:00")
    return group


async def test_the_first_week_is_told_in_this_order(runner: Runner) -> None:
    group = await played(runner)
    assert await group.told() == [
        "opened 1",
        "reminder-due 1: 장서진 구미진 이은빈 한현경 문수인",
        "reminder-due 1: 구미진 이은빈 한현경 문수인",
        "due 1, break_begins",
        "reminder-close 1: 구미진 이은빈 한현경 문수인",
        "closed 1",
        "break_ends, opened 2",
    ]


async def test_the_first_week_is_judged_and_fined(runner: Runner) -> None:
    group = await played(runner)
    assert await group.verdicts(1) == {
        "장서진": ["on_time"],
        "구미진": ["late"],
        "이은빈": ["absent"],
        "한현경": ["absent"],
        "문수인": ["absent"],
    }
    assert await group.ledger() == [
        ("구미진", "late", 3_000),
        ("이은빈", "absent", 4_000),
        ("한현경", "absent", 4_000),
        ("문수인", "absent", 4_000),
    ]


async def test_the_fines_of_april_show_who_owes_what(runner: Runner) -> None:
    group = await played(runner)
    fines = await group.looks(fines_service.fines, None, at="2022-04-27 09:00")
    assert fines.month == date(2022, 4, 1)
    assert [(x.member.name, x.late, x.absent, x.total) for x in fines.accounts] == [
        ("장서진", 0, 0, 0),
        ("구미진", 1, 0, 3_000),
        ("이은빈", 0, 1, 4_000),
        ("한현경", 0, 1, 4_000),
        ("문수인", 0, 1, 4_000),
    ]
    assert fines.charged == 15_000


async def test_the_midnight_says_who_is_in_and_who_is_missing(runner: Runner) -> None:
    group = await played(runner)
    names = await group.names()
    due = next(row.values["parts"][0] for row in await group.outbox() if row.at == seoul("2022-04-13 00:00"))
    assert [names[x] for x in due["in"]] == ["장서진"]
    assert [names[x] for x in due["missing"]] == ["구미진", *ABSENT]


async def test_the_noon_says_what_everybody_was_given(runner: Runner) -> None:
    group = await played(runner)
    names = await group.names()
    closed = next(
        row.values["parts"][0] for row in await group.outbox() if row.at == seoul("2022-04-13 12:00")
    )
    verdicts = {verdict: [names[x] for x in given] for verdict, given in closed["verdicts"].items()}
    assert verdicts == {"on_time": ["장서진"], "late": ["구미진"], "absent": ABSENT}
    fines = [(names[x], amount) for x, amount in closed["fines"]]
    assert fines == [("구미진", 3_000), *((name, 4_000) for name in ABSENT)]


async def test_nothing_happens_in_the_break(runner: Runner) -> None:
    group = await founded(runner)
    await group.lives_until("2022-04-13 12:01")
    before = len(await group.outbox())
    await group.lives_until("2022-04-26 23:59")
    assert len(await group.outbox()) == before
    assert (await group.study()).next_moment_at == seoul("2022-04-27 00:00")


async def test_every_moment_of_the_week_is_done_once(runner: Runner) -> None:
    group = await played(runner)
    done = await group.rows(m.MomentDone)
    assert [(row.kind, row.week) for row in done] == [
        ("opened", 1),
        ("reminder", 1),
        ("reminder", 1),
        ("due", 1),
        ("break_begins", -1),
        ("reminder", 1),
        ("closed", 1),
        ("break_ends", -1),
        ("opened", 2),
    ]


async def test_everybody_is_in_and_nobody_is_mentioned(runner: Runner) -> None:
    group = await founded(runner)
    for name in MEMBERS:
        await group.submits(name, "2022-04-10 12:00")
    await group.lives_until("2022-04-13 12:01")
    assert await group.told() == ["opened 1", "due 1, break_begins", "closed 1"]
    assert await group.ledger() == []
