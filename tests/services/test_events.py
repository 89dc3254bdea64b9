"""Hand-ins that come twice, together, late, or in another order than they happened."""

import asyncio

import pytest
from sqlalchemy import event

from bot.rules.refusal import Refused
from bot.rules.verdicts import Verdict
from bot.services import submissions
from bot.services.submissions import submit_many
from db import Runner
from db import models as m
from tests.store import LEADER, MEMBERS, Group, founded, seoul

A, B = "https://example.org/a", "https://example.org/b"
IN_TIME, LATE, AFTER = "2022-04-12 23:59:59", "2022-04-13 11:59:59", "2022-04-13 12:05"


async def judged(runner: Runner) -> Group:
    """A study of two whose first week has been judged: both were absent."""
    group = await founded(runner, MEMBERS[:2])
    await group.jumps_to(AFTER)
    return group


@pytest.mark.parametrize("at", ["2022-04-08 10:00", "2022-05-11 01:00"], ids=["one open", "two open"])
async def test_of_two_clicks_at_once_one_link_is_kept(runner: Runner, at: str) -> None:
    group = await founded(runner)
    answers = await asyncio.gather(*(group.submits("구미진", at, A) for _ in range(2)))
    assert sorted(answer.repeated for answer in answers) == [False, True]
    assert len({answer.week.number for answer in answers}) == 1
    assert len(await group.rows(m.Submission)) == 1
    assert (await group.history()).count("submitted") == 1


@pytest.mark.parametrize("at", ["2022-04-08 10:00", "2022-05-11 01:00"], ids=["one open", "two open"])
async def test_a_second_click_in_another_process_changes_nothing(runner: Runner, at: str) -> None:
    group = await founded(runner)
    async with Runner(runner.url) as other:
        wish = group.wish("구미진", at, A)
        answers = await asyncio.gather(*(one.together(submit_many, wish) for one in (runner, other)))
    assert sorted(answer.repeated for answer in answers) == [False, True]
    assert len(await group.rows(m.Submission)) == 1


async def test_what_comes_together_is_committed_together(runner: Runner) -> None:
    group = await founded(runner)
    commits = []
    event.listen(runner._engine.sync_engine, "commit", lambda _: commits.append(1))
    wishes = [group.submits(name, "2022-04-08 10:00") for name in MEMBERS]
    answers = await asyncio.gather(*wishes, group.submits("남", "2022-04-08 10:00"), return_exceptions=True)
    assert len(commits) == 1
    assert isinstance(answers[-1], Refused)
    assert len(await group.rows(m.Submission)) == len(MEMBERS)


async def test_what_comes_together_is_judged_in_the_order_of_the_events(runner: Runner) -> None:
    group = await founded(runner)
    later = group.submits("구미진", "2022-04-13 00:00:01", B)
    sooner = group.submits("구미진", IN_TIME, A)
    second, first = await asyncio.gather(later, sooner)
    assert (first.replaced, second.replaced) == (False, True)
    (row,) = await group.rows(m.Submission)
    assert (row.link, row.first_at) == (B, seoul(IN_TIME))


async def test_an_event_that_arrives_after_a_later_one_gives_its_own_time(runner: Runner) -> None:
    group = await founded(runner)
    await group.submits("구미진", "2022-04-13 00:00:01", A)
    late = await group.submits("구미진", IN_TIME, A, note="줄을 섰다")
    assert (late.verdict, late.hand_in.first_at) == (Verdict.ON_TIME, seoul(IN_TIME))
    await group.jumps_to(AFTER)
    assert (await group.verdicts(1))["구미진"] == ["on_time"]


@pytest.mark.parametrize(
    ("at", "verdict", "fines"),
    [(IN_TIME, "on_time", []), (LATE, "late", [("구미진", "late", 3_000)])],
)
async def test_an_event_from_before_a_judged_cutoff_gets_the_verdict_of_its_own_time(
    runner: Runner, at: str, verdict: str, fines: list[tuple[str, str, int]]
) -> None:
    group = await judged(runner)
    done = await group.submits("구미진", at)
    assert (done.week.number, done.verdict, done.closed) == (1, verdict, False)
    assert await group.verdicts(1) == {LEADER: ["absent"], "구미진": ["absent", verdict]}
    assert (await group.ledger())[2:] == [("구미진", "waiver", -4_000), *fines]
    _, fine, waiver, *rest = await group.rows(m.Ledger)
    assert waiver.reverses_id == fine.id
    assert {entry.month for entry in (fine, waiver, *rest)} == {fine.month}
    assert [entry.judgement for entry in rest] == [2] * len(rest)


async def test_the_correction_is_in_the_transaction_of_the_hand_in(
    runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    group = await judged(runner)

    async def power_cut(*_: object) -> None:
        raise RuntimeError("the power is gone")

    with monkeypatch.context() as broken:
        broken.setattr(submissions, "correct", power_cut)
        with pytest.raises(RuntimeError):
            await group.submits("구미진", LATE)
    assert await group.rows(m.Submission) == []
    assert len(await group.ledger()) == 2
    assert (await group.submits("구미진", LATE)).verdict is Verdict.LATE


async def test_two_belated_events_of_one_member_are_corrected_once(runner: Runner) -> None:
    group = await judged(runner)
    wishes = (group.submits("구미진", LATE, link, week=1) for link in (A, B))
    first, second = await asyncio.gather(*wishes)
    assert {first.verdict, second.verdict} == {Verdict.LATE}
    assert (await group.verdicts(1))["구미진"] == ["absent", "late"]
    assert (await group.ledger())[2:] == [("구미진", "waiver", -4_000), ("구미진", "late", 3_000)]


async def test_a_belated_event_counts_also_beside_one_from_after_the_close(runner: Runner) -> None:
    group = await judged(runner)
    wishes = [group.submits("구미진", at, at[-5:], week=1) for at in (LATE, AFTER)]
    assert [done.closed for done in await asyncio.gather(*wishes)] == [False, True]
    assert (await group.verdicts(1))["구미진"] == ["absent", "late"]


async def test_a_still_earlier_event_corrects_the_correction(runner: Runner) -> None:
    group = await judged(runner)
    await group.submits("구미진", LATE, B)
    await group.submits("구미진", IN_TIME, A)
    assert (await group.verdicts(1))["구미진"] == ["absent", "late", "on_time"]
    assert sum(amount for name, _, amount in await group.ledger() if name == "구미진") == 0


async def test_a_belated_event_that_changes_nothing_is_no_correction(runner: Runner) -> None:
    group = await founded(runner, MEMBERS[:2])
    await group.submits("구미진", "2022-04-13 09:00", A)
    await group.jumps_to(AFTER)
    await group.submits("구미진", LATE, B, week=1)
    assert (await group.verdicts(1))["구미진"] == ["late"]
    assert len(await group.ledger()) == 2


async def test_between_the_cutoff_and_its_run_the_cutoff_counts(runner: Runner) -> None:
    group = await founded(runner, MEMBERS[:2])
    await group.jumps_to("2022-04-13 12:00:05")
    assert await group.verdicts(1) == {}
    done = await group.submits("구미진", "2022-04-13 12:00:05", week=1)
    assert (done.closed, done.verdict) == (True, Verdict.ABSENT)
    assert (await group.submits(LEADER, LATE)).verdict is Verdict.LATE
    await group.jumps_to("2022-04-13 12:00:10")
    assert await group.verdicts(1) == {LEADER: ["late"], "구미진": ["absent"]}
