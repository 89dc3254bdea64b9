"""Names of a record without an account in the conversation: shown to leaders, claimed, and connected."""

import pytest
from sqlalchemy import update

from bot.commands.message import Button
from bot.texts import T
from db import Session
from db.models import Member
from tests.conversation import Conversation, Reply

LEADER, WAITING = "장서진", ("이은빈", "문수인")


@pytest.fixture
async def group(week_3: Conversation) -> Conversation:
    """Week 3, in which two of the names have no account, as after a restore."""
    await week_3.runner.run(_disconnect)
    return week_3


async def _disconnect(session: Session) -> None:
    await session.execute(update(Member).where(Member.name.in_(WAITING)).values(account=None))


def labels(reply: Reply) -> list[tuple[str, dict[str, str], bool]]:
    """What can be pressed to connect somebody: command and arguments, and whether it asks."""
    return [(x.command, dict(x.arguments), x.asks) for x in reply.buttons]


async def test_a_leader_is_shown_who_is_not_connected(group: Conversation) -> None:
    shown = await group.says(LEADER, "/study show")
    group.hears(LEADER, "아직 연결되지 않은 이름: 이은빈, 문수인")
    assert labels(shown) == [("study add", {"name": name}, True) for name in WAITING]
    assert not (await group.says("구미진", "/study show")).buttons
    assert "연결" not in group.heard["구미진"].texts["ko"]


async def test_after_each_the_answer_shows_the_rest(group: Conversation) -> None:
    reply = await group.says(LEADER, "/study add 은빈 이은빈")
    group.hears(LEADER, "이은빈 이름에 그 사람을 연결했어요", "아직 연결되지 않은 이름: 문수인")
    assert labels(reply) == [("study add", {"name": "문수인"}, True)]
    assert (await group.channel())[-1].text == "이은빈이 스터디에 들어왔어요"
    reply = await group.says(LEADER, "/study add 수인 name=문수인")
    assert not reply.buttons
    assert "연결되지 않은" not in reply.texts["ko"]
    await group.says("은빈", "/submit https://example.org/late")
    group.hears("은빈", "3주차")


async def test_a_name_alone_is_asked_about(group: Conversation) -> None:
    reply = await group.says(LEADER, "/study add 이은빈")
    group.hears(
        LEADER, "기록에도 이은빈이라는 이름이 있어요. 같은 사람인가요?", "아직 아무도 추가하지 않았어요"
    )
    await group.presses(LEADER, reply.buttons[0])
    group.hears(LEADER, "이은빈 이름에 그 사람을 연결했어요")
    await group.says("이은빈", "/mine")
    group.hears("이은빈", "이은빈의 현황")


async def test_a_claim_is_confirmed_by_a_leader_alone(group: Conversation) -> None:
    asked = await group.says("문수인", "/study join")
    group.hears("문수인", "문수인은 기록에 이미 있는 이름이에요", "아직 들어오지 않았어요", "/스터디 참여")
    assert labels(asked) == [("study join", {}, True)]
    told = (await group.channel())[-1]
    assert told.text.startswith("@문수인 님이 기록에 있는 문수인이라고 해요")
    (drawn,) = told.buttons
    assert (drawn["label"], drawn["arguments"]) == ("문수인이 맞아요", {"who": "문수인", "name": "문수인"})
    confirm = Button(T("as-name", name=""), drawn["command"], drawn["arguments"], drawn["study"])
    before = group.rows()
    for who, key in (("문수인", "not-a-member"), ("구미진", "not-allowed")):
        await group.presses(who, confirm)
        group.refused(who, key)
    await group.says("문수인", "/study join")
    assert group.rows() == before
    await group.presses(LEADER, confirm)
    group.hears(LEADER, "문수인 이름에 그 사람을 연결했어요")
    await group.presses(LEADER, confirm)
    group.refused(LEADER, "is-in-already")
