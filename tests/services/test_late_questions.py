"""What is said, once, in a question thread that is closed; and what is known of a channel that stays lost."""

from datetime import datetime

from bot.services import delivery, outbox, pausing, questions, scope
from bot.services.pausing import Place, Why
from db import Runner
from db import models as m
from tests.store import Group, caller, founded, seoul

HERE = Place("playground", "ku", "mlops")


async def opened(group: Group, week: int) -> str:
    """Have a week's thread be there, and give its id."""
    (row,) = await group.outbox(m.Outbox.kind == "questions", m.Outbox.week == week)
    await group.runner.run(delivery.sent, row.id, f"thread-{week}", seoul("2022-04-06 00:00"))
    return f"thread-{week}"


async def asked(group: Group, thread: str, at: str, place: Place = HERE) -> dict[str, object] | None:
    """Have somebody write in a thread; what is said to them."""
    answer = await group.runner.read(questions.late_answer, place, thread, seoul(at))
    if answer is not None:
        await group.runner.run(outbox.post, [answer])
    return answer


async def test_a_closed_thread_says_once_where_to_ask_now(runner: Runner) -> None:
    group = await founded(runner, questions=True, breaks=())
    await group.lives_until("2022-04-06 01:00")
    first = await opened(group, 1)
    assert await asked(group, first, "2022-04-06 12:00") is None
    await group.lives_until("2022-04-13 01:00")
    await opened(group, 2)
    assert await asked(group, first, "2022-04-12 23:59") is None  # written before, and heard of late
    assert await asked(group, "thread-2", "2022-04-13 12:00") is None
    assert await asked(group, "no thread", "2022-04-13 12:00") is None
    assert await asked(group, first, "2022-04-13 12:00", Place("playground", "ku", "other")) is None
    answer = await asked(group, first, "2022-04-13 12:00")
    assert answer is not None
    assert answer["values"] == {"week": 1, "now": 2}
    (opening,) = await group.outbox(m.Outbox.kind == "questions", m.Outbox.week == 1)
    assert answer["target_id"] == opening.id
    assert await asked(group, first, "2022-04-13 12:01") is None
    assert len(await group.outbox(m.Outbox.kind == "questions_late")) == 1


async def test_without_an_open_thread_it_names_none(runner: Runner) -> None:
    group = await founded(runner, questions=True)
    await group.lives_until("2022-04-06 01:00")
    first = await opened(group, 1)
    await group.asks(questions.close, at="2022-04-07 12:00")
    answer = await asked(group, first, "2022-04-07 13:00")
    assert answer is not None
    assert answer["values"] == {"week": 1, "now": None}
    await group.asks(questions.open_, at="2022-04-07 14:00")
    assert await asked(group, first, "2022-04-07 15:00") is None
    await group.asks(questions.close, at="2022-04-07 16:00")
    assert await asked(group, first, "2022-04-07 17:00") is not None


async def test_why_a_channel_stays_lost_is_known_anew_without_a_word(runner: Runner) -> None:
    group = await founded(runner)
    at: datetime = seoul("2022-04-07 12:00")
    await runner.run(pausing.still_lost, HERE, Why.CLOSED, at)
    assert (await group.study()).paused_why is None
    await runner.run(pausing.lost, HERE, Why.GONE, at)
    before = len(await group.outbox())
    await runner.run(pausing.still_lost, HERE, Why.CLOSED, at)
    study = await group.study()
    assert (study.paused_why, study.paused_at) == (Why.CLOSED, at)
    assert len(await group.outbox()) == before


async def test_the_studies_that_somebody_is_in(runner: Runner) -> None:
    first = await founded(runner)
    second = await founded(runner, channel="second")
    await founded(runner, channel="third", workspace="snu")
    found = await runner.read(scope.running, caller("구미진", "elsewhere"))
    assert [study.id for study in found] == [first.id, second.id]
    assert not await runner.read(scope.running, caller("아무개", "mlops"))
