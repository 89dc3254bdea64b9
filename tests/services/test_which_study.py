"""Which study a call concerns."""

from dataclasses import replace
from datetime import date

import pytest

from bot.rules.refusal import Refused
from bot.services import fines as fines_service
from bot.services import membership, studies
from bot.services.scope import Caller, WhichStudy
from bot.services.submissions import HandingIn, submit_many
from db import Runner
from tests.store import LEADER, Group, caller, founded, seoul

NOW = "2022-04-08 10:00"


async def shown(runner: Runner, who: Caller) -> int:
    """The study that somebody is shown."""
    return (await runner.read(studies.show, who)).study.id


async def submitted(runner: Runner, who: Caller) -> int:
    """The study that somebody hands in for."""
    wish = HandingIn(who, "https://example.org/1", seoul(NOW))
    return (await runner.together(submit_many, wish)).study.id


async def both_refused(runner: Runner, who: Caller) -> Refused:
    """The no that somebody gets, whether they look or hand in."""
    with pytest.raises(Refused) as looking:
        await shown(runner, who)
    with pytest.raises(Refused) as handing_in:
        await submitted(runner, who)
    assert looking.value.key == handing_in.value.key
    return looking.value


async def two(runner: Runner) -> tuple[Group, Group]:
    """A study in each of two channels, which share one member: 구미진."""
    return (
        await founded(runner, [LEADER, "구미진"]),
        await founded(runner, ["남", "구미진"], channel="algorithms"),
    )


async def test_a_command_concerns_its_channel_s_study(runner: Runner) -> None:
    mlops, algorithms = await two(runner)
    for group in (mlops, algorithms):
        assert await shown(runner, group.caller("구미진")) == group.id
        assert await submitted(runner, group.caller("구미진")) == group.id


async def test_elsewhere_it_concerns_the_only_one_somebody_is_in(runner: Runner) -> None:
    mlops, _ = await two(runner)
    assert await shown(runner, caller(LEADER, "elsewhere")) == mlops.id
    assert await submitted(runner, caller(LEADER, "elsewhere")) == mlops.id


async def test_elsewhere_somebody_in_several_is_asked_which(runner: Runner) -> None:
    mlops, algorithms = await two(runner)
    ask = await both_refused(runner, caller("구미진", "elsewhere"))
    assert isinstance(ask, WhichStudy)
    assert ask.studies == [(mlops.id, "Study-MLOps"), (algorithms.id, "Study-MLOps")]


async def test_elsewhere_somebody_in_none_hears_how_to_start_one(runner: Runner) -> None:
    await two(runner)
    assert (await both_refused(runner, caller("지나가던이", "elsewhere"))).key == "no-study"
    assert (await both_refused(runner, caller(LEADER, "mlops", "snu"))).key == "no-study"


async def test_in_a_thread_it_concerns_the_study_that_lives_there_or_else_above(runner: Runner) -> None:
    mlops, algorithms = await two(runner)
    of_mlops = replace(mlops.caller("구미진"), channel="a thread", parent="mlops")
    assert await shown(runner, of_mlops) == mlops.id
    assert await submitted(runner, of_mlops) == mlops.id
    both = replace(of_mlops, channel="algorithms")
    assert await shown(runner, both) == algorithms.id
    assert await submitted(runner, both) == algorithms.id


async def test_a_study_starts_in_a_thread_but_not_under_another_one(runner: Runner) -> None:
    mlops, _ = await two(runner)
    plan = studies.Plan("다른 모임", date(2022, 4, 6), 4)
    under = replace(mlops.caller("새사람"), channel="a thread", parent="mlops")
    with pytest.raises(Refused) as no:
        await runner.run(studies.start, under, plan, seoul(NOW))
    assert no.value.key == "study-running-here"
    elsewhere = replace(under, parent="general")
    started = await runner.run(studies.start, elsewhere, plan, seoul(NOW))
    assert (started.study.channel, await shown(runner, elsewhere)) == ("a thread", started.study.id)


async def test_whoever_has_left_is_in_it_no_more(runner: Runner) -> None:
    mlops, algorithms = await two(runner)
    await mlops.asks(membership.leave, by="구미진", at=NOW)
    assert await shown(runner, caller("구미진", "elsewhere")) == algorithms.id


async def test_a_button_carries_its_study_wherever_it_is_pressed(runner: Runner) -> None:
    mlops, algorithms = await two(runner)
    pressed = replace(algorithms.caller("구미진"), study_id=mlops.id)
    assert await shown(runner, pressed) == mlops.id
    assert await submitted(runner, pressed) == mlops.id


async def test_a_button_of_another_workspace_is_refused(runner: Runner) -> None:
    mlops, _ = await two(runner)
    for stranger in (caller(LEADER, workspace="snu"), replace(caller(LEADER), door="slack")):
        no = await both_refused(runner, replace(stranger, study_id=mlops.id))
        assert no.key == "no-such-study"
    assert (await both_refused(runner, replace(caller(LEADER), study_id=999))).key == "no-such-study"


async def test_a_button_is_no_way_into_a_study_of_another_channel(runner: Runner) -> None:
    mlops, algorithms = await two(runner)
    no = await both_refused(runner, replace(algorithms.caller("남"), study_id=mlops.id))
    assert no.key == "no-such-study"
    with pytest.raises(Refused) as no_member:
        await submitted(runner, replace(mlops.caller("지나가던이"), study_id=mlops.id))
    assert no_member.value.key == "not-a-member"


async def test_many_from_everywhere_at_once_each_get_their_own(runner: Runner) -> None:
    mlops, algorithms = await two(runner)
    callers = [
        mlops.caller("구미진"),
        caller(LEADER, "elsewhere"),
        caller("구미진", "elsewhere"),
        replace(mlops.caller("구미진"), study_id=algorithms.id),
        algorithms.caller("지나가던이"),
    ]
    wishes = [HandingIn(who, f"https://example.org/{n}", seoul(NOW)) for n, who in enumerate(callers)]
    answers = await runner.run(submit_many, wishes)
    found = [no.key if isinstance(no, Refused) else no.study.id for no in answers]
    assert found == [mlops.id, mlops.id, "which-study", algorithms.id, "not-a-member"]


async def test_one_study_s_fines_are_not_the_other_s(runner: Runner) -> None:
    mlops, algorithms = await two(runner)
    await mlops.submits(LEADER, NOW)
    await mlops.jumps_to("2022-04-13 12:01")
    totals = []
    for group, who in ((mlops, LEADER), (algorithms, "남")):
        fines = await group.looks(fines_service.fines, date(2022, 4, 1), by=who, at=NOW)
        totals.append([(account.member.name, account.total) for account in fines.accounts])
    assert totals == [[(LEADER, 0), ("구미진", 4_000)], [("남", 4_000), ("구미진", 4_000)]]
