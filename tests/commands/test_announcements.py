"""What the channel is told: every announcement there is, in both languages, with and without fines."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select, update

from bot.commands.announcements import PARTS, word
from bot.commands.message import Button, Tone
from bot.commands.notices import NOTICES
from bot.doors.playground.drawing import draw
from bot.records import importing
from bot.services import connecting, outbox, pausing, publishing, questions
from bot.services.pausing import Place, Why
from bot.services.publishing import Seen
from bot.services.scope import Caller
from bot.services.telling import facts
from bot.texts import LANGUAGES, T
from db import Session
from db.models import Member, Outbox, Page, Post
from tests.conversation import PLACES, SEOUL, Conversation
from tests.prepared import talking
from tests.rules.season_2022 import seoul

LINK = "https://example.org"
REMINDERS = ("reminder-due", "reminder-close", "reminder-turn")


async def live(study: Conversation, rules: str) -> None:
    """Have everything happen that the channel is told of: two weeks, breaks, and people who come and go."""
    await study.says("장서진", f"/study start 모임 2022-04-06 4 rules={rules}")
    for name in ("구미진", "이은빈", "한현경", "문수인", "새사람"):
        await study.says(name, "/study join")
    await study.says("장서진", "/study role 새사람 treasurer")
    await study.says("새사람", "/study leave")
    await study.runner.run(_disconnect, "문수인")
    await study.says("문수인", "/study join")
    await study.says("장서진", "/study add 문수인 name=문수인")
    await study.says("장서진", "/break add 2022-04-13 2022-04-19 축제")
    await study.says("장서진", "/break add 2022-05-18 2022-05-19 소풍")
    await study.says("장서진", "/break remove 2022-05-18")
    await study.says("장서진", "/turn order 장서진, 구미진, 이은빈, 한현경, 문수인")
    await study.says("장서진", "/week plan 읽기 title=기초 optional=실습", at="2022-04-06 12:00")
    await study.says("장서진", "/turn swap 2 3")
    await study.says("장서진", "/turn skip 4")
    await study.says("장서진", "/question close")
    await study.says("장서진", "/question open")
    await study.says("한현경", "/notify dm")
    await study.says("문수인", "/notify off")
    await study.says("장서진", f"/submit {LINK}/1", at="2022-04-12 20:00")
    await study.says("구미진", f"/submit {LINK}/1", at="2022-04-13 09:30")
    await study.says("장서진", "/week excuse 이은빈 1 아파서")
    await study.until("2022-04-14 12:00")
    await study.runner.run(_ask_late, study.now)
    await study.presses("장서진", Button(T("button-share"), "fines", {"month": "2022-04", "to_all": "yes"}))
    await study.says(
        "장서진", '/study settings due=22:00 close=09:00 late=1000 absent=2000 reminders="due 1d"'
    )
    await study.says("이은빈", f"/blog link={LINK}/blog", at="2022-04-26 12:00")
    await study.says("장서진", "/week extend 2 2022-04-27 12:00 정전")
    await study.says("장서진", "/week extend 2 2022-04-28 12:00 병원 who=구미진")
    readme = f"|주차|과제|팀블로그|\n|---|---|---|\n|3주차|[구미진]({LINK}/3)|이은빈|\n".encode()
    await study.runner.run(importing.take_into, study.caller("장서진"), readme, study.now)
    await study.says("장서진", "/ledger charge 구미진 1000 간식", at="2022-05-02 12:00")
    await study.says("장서진", "/ledger waive 구미진 착오 week=4", at="2022-05-13 12:00")
    here = Place(*PLACES["here"])
    await study.runner.run(pausing.lost, here, Why.CLOSED, study.now)
    await study.runner.run(pausing.found, here, study.now)
    await study.runner.run(_publish, study.caller("장서진"), study.now)
    await study.says("장서진", "/study move", place="another channel")
    await study.says("장서진", "/study move")
    await study.presses("장서진", Button(T("button-end"), "study end", {"sure": "yes"}))


async def _disconnect(session: Session, name: str) -> None:
    """Have a member be as one of an imported record, without an account."""
    await session.execute(update(Member).where(Member.name == name).values(account=None))


async def _publish(session: Session, caller: Caller, at: datetime) -> None:
    """Have all happen that can on GitHub."""
    seen = Seen("ku/mlops", "https://github.com/ku/mlops", "README.md", True, True, False)
    made = await connecting.connect(session, caller, seen, (), None, at)
    study = made.study.id
    for kind in ("publish_asks", "publish_no_table"):
        await publishing.ask(session, Page(study_id=study, path=seen.path), kind, [kind], "sha", at)
    await publishing.ask_for(session, made.repository, seen.path, at)
    await publishing.without_issues(session, study, f"{study}:issue:1", at)
    await publishing.publish(session, caller, None, at)
    row = await session.scalar(select(Outbox.id).where(Outbox.kind == "publish"))
    await publishing.blocked(session, row or 0, publishing.Why.PROTECTED, "…", at)
    await publishing.done(session, study, {"line": 1}, at)


async def _ask_late(session: Session, at: datetime) -> None:
    """Have somebody write in the first week's thread."""
    thread = await session.scalar(select(Outbox.message_id).where(Outbox.kind == "questions"))
    answer = await questions.late_answer(session, Place(*PLACES["here"]), thread or "", at)
    assert answer is not None
    await outbox.post(session, [answer])


async def _live(file: Path, rules: str) -> None:
    study = Conversation(file)
    async with study.runner:
        await live(study, rules)


@pytest.fixture(scope="session")
def lives(prepared: dict[str | None, Path]) -> dict[str, Path]:
    """Database files after all that, by the rules of their study."""
    files = {rules: prepared[None].with_name(f"{rules}.db") for rules in ("fines", "none")}
    for rules, file in files.items():
        shutil.copy(prepared[None], file)
        asyncio.run(_live(file, rules))
    return files


@pytest.fixture
async def lived(
    lives: dict[str, Path], tmp_path: Path, request: pytest.FixtureRequest
) -> AsyncIterator[Conversation]:
    """A study of which everything has been told, by its rules."""
    async with talking(lives[request.param], tmp_path) as group:
        yield group


with_fines = pytest.mark.parametrize("lived", ["fines"], indirect=True)
without_fines = pytest.mark.parametrize("lived", ["none"], indirect=True)
both = pytest.mark.parametrize("lived", ["fines", "none"], indirect=True)


async def told(session: Session) -> Sequence[Outbox]:
    """Every message that was decided on, edits aside."""
    edits = Outbox.kind.in_(("refresh", "take_down"))
    rows = await session.scalars(select(Outbox).where(~edits, Outbox.via.is_(None)).order_by(Outbox.id))
    return rows.all()


@both
async def test_all_of_it_can_be_worded(lived: Conversation) -> None:
    rows = await lived.runner.read(told)
    around = await lived.runner.read(facts, 1)
    assert {row.kind for row in rows} == {"announcement", *REMINDERS, *NOTICES}
    parts = {part["kind"] for row in rows if row.kind == "announcement" for part in row.values["parts"]}
    assert parts == {kind.value for kind in PARTS}
    for row in rows:
        for language in LANGUAGES:
            drawn = draw(word(row.kind, row.values, around), language, SEOUL)
            assert drawn.text.strip()
            assert "{" not in drawn.text + drawn.html


async def told_about(study: Conversation, beginning: str) -> Post:
    """The last message of the channel that begins so."""
    return [post for post in await study.channel() if post.text.startswith(beginning)][-1]


@with_fines
async def test_only_those_who_want_it_are_mentioned_at_the_due(lived: Conversation) -> None:
    due = await told_about(lived, "1주차 · 기초 마감")
    assert due.mentions == ["구미진", "이은빈"]
    assert (
        "\n아직 안 낸 사람: @구미진 @이은빈 한현경, 문수인 · 4월 13일(수) 12:00 전까지 내면 지각(3,000원)"
        in due.text
    )
    reminders = [post.text for post in await lived.whispers("한현경") if "과제 알림" in post.text]
    assert len(reminders) == 6
    assert all("@한현경 아직 과제가 없어요." in text for text in reminders)
    assert not [post for post in await lived.whispers("문수인") if "과제 알림" in post.text]


@without_fines
async def test_where_nobody_is_fined_nothing_is_said_of_money(lived: Conversation) -> None:
    assert (
        "매주 수요일 00:00부터 지각, 12:00부터 결석이에요. 벌금 없음"
        in (await told_about(lived, "모임 스터디를")).text
    )
    assert (
        "12:00 전까지 내면 지각, 그 뒤로는 결석이에요." in (await told_about(lived, "1주차 · 기초 마감")).text
    )
    results = (await told_about(lived, "1주차 · 기초 결과")).text
    assert results == "1주차 · 기초 결과\n정시: 장서진\n지각: 구미진\n결석: 한현경, 문수인\n인정: 이은빈"
    assert (await told_about(lived, "2022년 4월 벌금")).text.endswith("이 달에는 벌금이 없어요.")


async def test_what_is_told_late_says_for_when_it_was(study: Conversation) -> None:
    await study.until("2022-04-06 12:00")
    study.now = seoul("2022-04-14 12:00")
    await study.agenda.catch_up()
    late = [post.text.splitlines() for post in await study.channel()][-2:]
    assert [(lines[0], lines[-1]) for lines in late] == [
        ("1주차 · Fundamentals 마감", "늦게 전해요: 4월 13일(수) 00:00의 소식이에요."),
        ("1주차 · Fundamentals 결과", "늦게 전해요: 4월 13일(수) 12:00의 소식이에요."),
    ]


async def test_when_all_are_in_nobody_is_mentioned(study: Conversation) -> None:
    for name in ("장서진", "구미진", "이은빈", "한현경", "문수인"):
        await study.says(name, f"/submit {LINK}/{name}", at="2022-04-07 12:00")
    before = len(await study.channel())
    await study.until("2022-04-13 12:00:10")
    due, closed = (await study.channel())[before:]
    assert due.text.startswith("1주차 · Fundamentals 마감\n5명 모두 제때 냈어요.\n휴식이 시작돼요")
    assert due.mentions == closed.mentions == []
    assert closed.text.endswith("결과\n정시: 장서진, 구미진, 이은빈, 한현경, 문수인")


async def test_whatever_people_write_is_shown_as_they_wrote_it(study: Conversation) -> None:
    text = "<script>alert(1)</script> **굵게** { $week } &amp; `x`"
    await study.says("장서진", f"/week plan {text}", at="2022-04-06 12:00")
    post = await told_about(study, "1주차 · Fundamentals 과제")
    assert f"과제: {text}" in post.text
    assert "<script>" not in post.html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; **굵게** { $week } &amp;amp;" in post.html


async def test_a_hundred_members_who_all_pay_can_be_told(study: Conversation) -> None:
    for number in range(60):
        name = f"{number:02}" + "이름이긴사람" * 5
        await study.says("장서진", f"/study add {name}")
    for name in ("장서진", "구미진"):
        await study.says(name, f"/submit {LINK}", at="2022-04-07 12:00")
    await study.until("2022-05-01 10:00")
    settled = await told_about(study, "2022년 4월 정산")
    assert settled.text.count("→") >= 60
    await study.says("장서진", "/fines 2022-04")
    assert study.heard["장서진"].message.tone is Tone.INFO
