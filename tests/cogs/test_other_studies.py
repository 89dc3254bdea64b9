"""What one study is asked with another study's ids and names: nothing leaks and nothing is written."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.commands.message import Tone
from tests.cogs.test_roles import TABLE, Row
from tests.conversation import Conversation, Reply
from tests.prepared import WEEK_3, talking

OTHERS = {"another channel": 2, "another workspace": 3, "another door": 4, "nowhere": 999}
"""Where other studies run, and their ids."""

SECRETS = ("비밀 모임", "비밀 과제", "비밀 휴가", "남궁민", "서현", "secret.example")
LINE = {row.command: row for row in TABLE}
SCOPED = [row for row in LINE.values() if row.command not in ("guide", "study start", "records import")]


async def _begin(file: Path) -> None:
    group = Conversation(file, now=WEEK_3)
    async with group.runner:
        for place in ("another channel", "another workspace", "another door"):
            await group.says("남궁민", '/study start "비밀 모임" 2022-04-20 8', place=place)
            await group.says("남궁민", "/study add 서현", place=place)
            await group.says("남궁민", "/week plan week=3 비밀 과제", place=place)
            await group.says("남궁민", "/break add 2022-05-18 2022-05-24 비밀 휴가", place=place)
            await group.says("서현", "/submit https://secret.example week=3", place=place)
            await group.says("남궁민", "/study show", place=place)
            group.hears("남궁민", f"비밀 모임 (번호 {OTHERS[place]})", "비밀 휴가", "서현")


@pytest.fixture(scope="session")
def prepared_town(prepared: dict[str | None, Path]) -> Path:
    """The study in its week 3, and other people's studies everywhere else."""
    file = Path(shutil.copy(prepared["week 3"], prepared["week 3"].with_name("town.db")))
    asyncio.run(_begin(file))
    return file


@pytest.fixture
async def town(prepared_town: Path, tmp_path: Path) -> AsyncIterator[Conversation]:
    """One of many studies, in its week 3."""
    async with talking(prepared_town, tmp_path, now=WEEK_3) as group:
        yield group


def leaked(reply: Reply, *asked: str) -> list[str]:
    """What of the other studies is told, beside what was asked."""
    return [x for x in SECRETS for text in reply.texts.values() if x in text and x not in asked]


@pytest.mark.parametrize("place", OTHERS)
@pytest.mark.parametrize("row", SCOPED, ids=lambda row: row.line)
async def test_a_button_of_a_study_elsewhere_does_nothing(town: Conversation, row: Row, place: str) -> None:
    before = town.rows()
    reply = await town.presses("장서진", row.button(OTHERS[place]))
    town.refused("장서진", "no-such-study")
    assert town.rows() == before
    assert leaked(reply) == []


@pytest.mark.parametrize(
    "line",
    [
        "/submit https://example.org note=대신 who=서현",
        "/withdraw who=서현",
        "/study remove 서현",
        "/study role 서현 leader",
        "/week excuse 서현 3 아파서",
    ],
)
async def test_a_member_of_another_study_is_unknown_here(town: Conversation, line: str) -> None:
    before = town.rows()
    reply = await town.says("장서진", line)
    town.refused("장서진", "no-such-member")
    assert town.rows() == before
    assert leaked(reply, "서현") == []


@pytest.mark.parametrize("line", ["/study show", "/homework 3", "/fines", "/mine", "/break list"])
async def test_everybody_hears_of_their_own_study(town: Conversation, line: str) -> None:
    reply = await town.says("구미진", line)
    assert reply.message.tone is Tone.INFO
    assert leaked(reply) == []
    reply = await town.says("서현", line, place="another channel")
    assert reply.message.tone is Tone.INFO
    assert not [name for name in ("장서진", "중간고사") for text in reply.texts.values() if name in text]


async def test_elsewhere_ones_only_study_is_meant(town: Conversation) -> None:
    await town.says("구미진", "/homework", place="a direct message")
    town.hears("구미진", "3주차")
    await town.says("나그네", "/homework", place="a direct message")
    town.refused("나그네", "no-study")


async def test_elsewhere_one_of_two_studies_is_chosen_by_a_button(town: Conversation) -> None:
    await town.says("구미진", "/study join", place="another channel")
    asked = await town.says("구미진", "/study show", place="a direct message")
    town.refused("구미진", "which-study")
    assert [button.study for button in asked.buttons] == [1, 2]
    await town.presses("구미진", asked.buttons[1], place="a direct message")
    town.hears("구미진", "비밀 모임 (번호 2)")
    await town.presses("구미진", asked.buttons[0], place="a direct message")
    town.hears("구미진", "Study-MLOps (번호 1)")
