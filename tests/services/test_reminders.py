"""Who is reminded of what, when, and how."""

from bot.services import membership, studies, weeks
from bot.services.studies import Changes
from db import Runner
from tests.store import LEADER, MEMBERS, Group, founded, seoul

DAY = "2022-04-08 10:00"


async def reminders(group: Group) -> list[str]:
    """The reminders decided on."""
    return [line for line in await group.told() if line.startswith("reminder")]


async def test_only_those_are_mentioned_who_owe_and_have_nothing_in(runner: Runner) -> None:
    group = await founded(runner, ["장서진", "구미진", "한현경", "문수인"])
    await group.submits(LEADER, DAY)
    await group.asks(weeks.excuse, "구미진", 1, "출장", at=DAY)
    await group.asks(membership.leave, by="한현경", at=DAY)
    await group.asks(membership.join, None, by="새사람", at=DAY)
    await group.lives_until("2022-04-12 00:00")
    assert await reminders(group) == ["reminder-due 1: 문수인"]


async def test_with_nobody_missing_nothing_is_said(runner: Runner) -> None:
    group = await founded(runner, MEMBERS[:1])
    await group.submits(LEADER, "2022-04-12 12:00")
    await group.lives_until("2022-04-13 12:01")
    assert await reminders(group) == [f"reminder-due 1: {LEADER}"]


async def test_each_is_reminded_as_they_wish(runner: Runner) -> None:
    group = await founded(runner, MEMBERS[:4])
    for who, how in (("구미진", "dm"), ("이은빈", "off"), ("한현경", "dm")):
        await group.asks(membership.notify, how, by=who, at=DAY)
    await group.lives_until("2022-04-12 00:00")
    assert await reminders(group) == [
        "reminder-due 1: 장서진",
        "reminder-due 1 to 구미진: 구미진",
        "reminder-due 1 to 한현경: 한현경",
    ]


async def test_where_all_wish_for_quiet_there_is_none_in_the_channel(runner: Runner) -> None:
    group = await founded(runner, MEMBERS[:1])
    await group.asks(membership.notify, "off", at=DAY)
    await group.lives_until("2022-04-13 12:01")
    assert await reminders(group) == []


async def test_a_reminder_is_worth_sending_until_its_cutoff(runner: Runner) -> None:
    group = await founded(runner, MEMBERS[:1])
    await group.lives_until("2022-04-13 09:00")
    sent = [row for row in await group.outbox() if row.kind.startswith("reminder")]
    assert [(row.at, row.until) for row in sent] == [
        (seoul("2022-04-12 00:00"), seoul("2022-04-13 00:00")),
        (seoul("2022-04-12 21:00"), seoul("2022-04-13 00:00")),
        (seoul("2022-04-13 09:00"), seoul("2022-04-13 12:00")),
    ]


async def test_a_reminder_whose_cutoff_has_passed_is_dropped(runner: Runner) -> None:
    group = await founded(runner, MEMBERS[:1])
    await group.jumps_to("2022-04-13 09:30")
    assert await group.told() == ["opened 1", "due 1, break_begins", f"reminder-close 1: {LEADER}"]
    group = await founded(runner, MEMBERS[:1], channel="other")
    await group.jumps_to("2022-04-13 12:01")
    assert await group.told() == ["opened 1", "due 1, break_begins", "closed 1"]


async def test_a_reminder_that_is_late_mentions_those_who_are_missing_by_then(runner: Runner) -> None:
    group = await founded(runner, MEMBERS[:2])
    await group.submits(LEADER, "2022-04-12 10:00")
    await group.jumps_to("2022-04-12 11:00")
    assert await reminders(group) == ["reminder-due 1: 구미진"]


async def test_a_reminder_at_the_instant_of_a_cutoff_follows_its_announcement(runner: Runner) -> None:
    group = await founded(runner, MEMBERS[:1])
    await group.asks(studies.change, Changes(reminders="close 12h"), at=DAY)
    await group.lives_until("2022-04-13 00:01")
    assert (await group.told())[-2:] == ["due 1, break_begins", f"reminder-close 1: {LEADER}"]


async def test_at_night_messages_are_silent(runner: Runner) -> None:
    group = await founded(runner)
    await group.lives_until("2022-04-13 12:01")
    assert [(f"{row.kind}", row.silent) for row in (await group.outbox())[1:]] == [
        ("announcement", True),
        ("reminder-due", True),
        ("reminder-due", False),
        ("announcement", True),
        ("reminder-close", False),
        ("announcement", False),
    ]
