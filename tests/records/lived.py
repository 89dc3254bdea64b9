"""A season with something of everything in it, half of it lived."""

from datetime import date, datetime

from bot.rules.verdicts import Verdict
from bot.services import breaks, extending, ledger, membership, notes, turns, weeks
from bot.services.scope import Role
from bot.services.weeks import Planning
from db import Runner, Session
from db import models as m
from tests.store import FINALS, LEADER, MEMBERS, TREASURER, Group, founded, seoul

TITLE = "첫걸음 | #1, *별*"
HOMEWORK = "강의 듣기; 요약,\n그리고 a\\b"
LINK = "https://example.org/(a)|b?x=[1]&y=한글"
NOW = "2022-05-12 10:00"
"""Week 3 has been late for ten hours: two verdicts are still to come, one of them later than the other."""


async def keep_document(session: Session, study_id: int, at: datetime) -> None:
    """Have a README kept, as reading one does."""
    session.add(m.Document(study_id=study_id, content=b"# \xec\x8a\xa4\r\n\xff", at=at))


async def hand_ins(group: Group) -> None:
    """Two weeks: somebody late, somebody absent, somebody excused, one with a time of their own."""
    for name in ("장서진", "구미진", TREASURER):
        await group.submits(name, "2022-04-12 21:00")
    await group.lives_until("2022-04-13 00:00:10")
    await group.submits("한현경", "2022-04-13 09:30", LINK, note='=늦어서 미안, "요약"만')
    await group.lives_until("2022-04-28 09:00")
    await group.asks(extending.extend, 2, datetime(2022, 5, 5, 9), "출장", "구미진", at="2022-04-28 10:00")
    await group.asks(weeks.excuse, "문수인", 2, "예비군", at="2022-04-28 11:00")
    for name in ("장서진", TREASURER):
        await group.submits(name, "2022-05-02 21:00")


async def money(group: Group) -> None:
    """A settled April, of which something was paid and something waived since, and a charge."""
    await group.lives_until("2022-05-02 21:00")
    await group.asks(ledger.paid, "문수인", 1000, None, at="2022-05-02 22:00", by=TREASURER)
    await group.asks(ledger.waive, "한현경", "병원", 1, None, at="2022-05-02 23:00", by=TREASURER)
    await group.asks(ledger.charge, "장서진", 500, "컵", at="2022-05-03 09:00", by=TREASURER)


async def rest(group: Group) -> None:
    """Turns, words, a README, a break taken back, and somebody who leaves and comes back."""
    await group.asks(turns.done, "https://blog.example.org/1", 1, at="2022-05-03 11:00")
    await group.asks(notes.note, "트랜스포머 🤖", 2, at="2022-05-03 12:00", by="구미진")
    await group.asks(notes.topic, "mlflow", 2, at="2022-05-03 12:30", by="구미진")
    await group.runner.run(keep_document, group.id, seoul("2022-05-03 13:00"))
    await group.asks(breaks.remove, FINALS[0], at="2022-05-03 14:00")
    await group.asks(breaks.add, date(2022, 6, 15), date(2022, 6, 21), "기말, 고사", at="2022-05-03 15:00")
    await group.asks(membership.leave, at="2022-05-03 16:00", by="한현경")
    await group.asks(membership.join, None, at="2022-05-03 17:00", by="한현경")
    await group.asks(membership.set_role, "구미진", Role.TREASURER, at="2022-05-03 18:00")
    await group.asks(turns.swap, 4, 5, at="2022-05-03 19:00")


async def lived(runner: Runner) -> Group:
    """A study in its third week."""
    group = await founded(runner, turns=MEMBERS, questions=True)
    await group.asks(weeks.plan, Planning(HOMEWORK, TITLE, "Lab"), at="2022-04-05 22:00")
    await hand_ins(group)
    await money(group)
    await rest(group)
    await group.lives_until("2022-05-05 12:00")
    await group.asks(
        extending.extend, 3, datetime(2022, 5, 13), "아파서", "문수인", at="2022-05-10 10:00", by=LEADER
    )
    await group.lives_until(NOW)
    assert (await group.verdicts(1))["문수인"] == [Verdict.ABSENT]
    return group
