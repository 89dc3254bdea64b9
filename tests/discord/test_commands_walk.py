"""Every command once over the wire, in both languages: answered in time, privately, and in one's language."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

import bot.texts
from bot.texts import LANGUAGES
from bot.texts.catalogue import fill
from tests.discord.interactions import Interaction
from tests.discord.scene import Scene
from tests.discord.tongue import Talk
from tests.platforms.scene import COMMANDS
from tests.platforms.season import LINK
from tests.records.documents import SEED
from tests.rules.season_2022 import HAN, JANG, KOO, LEE, MOON, NAMES

SOURCE = Path(bot.texts.__file__).with_name("en.ftl").read_text()
KEYS = {key for key in re.findall(r"^([a-z][\w-]+) =", SOURCE, re.MULTILINE) if "-" in key}
VALUES = dict.fromkeys(re.findall(r"\$(\w+)", SOURCE), "\0")
HANGUL = re.compile("[가-힣]")
GUEST = "안민우"


def landmark(language: str, key: str) -> str:
    """The longest part of a text that stands between its values."""
    return max(re.split(r"\0\S*", fill(language, key, VALUES)), key=len).strip()


@dataclass
class Walk(Talk):
    """Somebody who calls one command after the other and looks closely at each answer."""

    done: set[str] = field(default_factory=set)

    async def calls(self, name: str, line: str, key: str, /, **given: Any) -> Interaction:
        """Type a command, which is answered by a text of this key."""
        return self.looked_at(await self.types(name, line, **given), line, key)

    async def asks(self, name: str, line: str, key: str, /, **given: Any) -> None:
        """Type a command that opens a form, and send it."""
        self.looked_at(await self.fills(name, line, **given), line, key)

    def looked_at(self, said: Interaction, line: str, key: str) -> Interaction:
        """Hold that an answer is as it should be."""
        self.done.add(line)
        assert said.is_ephemeral, line
        assert said.answered_ms is not None, line
        assert said.answered_ms < 3_000, line
        shown = "\n".join([said.text, *(label for reply in said.replies for label in reply.buttons)])
        assert landmark(self.language, key) in shown, (line, shown)
        assert not [word for word in re.findall(r"[a-z][\w-]+", shown) if word in KEYS], (line, shown)
        for theirs in (*NAMES, GUEST):
            shown = shown.replace(theirs, "")
        assert bool(HANGUL.search(shown)) == (self.language == "ko"), (line, shown)
        return said


@pytest.fixture(params=LANGUAGES)
async def walk(scene: Scene, request: pytest.FixtureRequest) -> AsyncIterator[Walk]:
    """A channel in which nothing has happened, and people who read one language."""
    scene.language = request.param
    yield Walk(scene)
    await scene.sent()


async def begins(walk: Walk) -> None:
    """What a leader does on the first evening."""
    other = walk.scene.platform.guild("ku").channel("another")
    readme = walk.scene.platform.world.file("README.md", SEED)
    await walk.calls(JANG, "records import", "import-weeks", file=readme, place=other)
    await walk.calls(JANG, "guide", "guide-title")
    await walk.calls(JANG, "guide", "guide-for-leader", about="week plan")
    given = {"name": "Study-MLOps", "starts": "2022-04-06", "weeks": 12, "language": walk.language}
    await walk.calls(JANG, "study start", "start-next", **given)
    for name in (KOO, LEE, HAN, MOON):
        await walk.calls(name, "study join", "joined-next")
    await walk.calls(JANG, "study add", "added", who=walk.scene.platform.person(GUEST))
    await walk.calls(JANG, "study role", "role-set", who=LEE, role="treasurer")
    await walk.calls(JANG, "study show", "show-cutoffs")
    await walk.calls(JANG, "study settings", "settings-done", late=3000)
    await walk.calls(JANG, "turn order", "turn-ordered", members=", ".join((*NAMES[2:], *NAMES[:2], GUEST)))
    for first, last in (("2022-04-13", "2022-04-26"), ("2022-06-08", "2022-06-21")):
        await walk.calls(JANG, "break add", "break-added", first=first, last=last, reason="-")
    await walk.calls(KOO, "break list", "breaks-title")
    await walk.calls(JANG, "break remove", "break-removed", first="2022-06-08")
    await walk.asks(JANG, "week plan", "week-homework", text="…")
    await walk.calls(HAN, "notify", "notify-dm", how="dm")


async def hands_in(walk: Walk) -> None:
    """What members do in a week."""
    await walk.scene.until("2022-04-07 10:00")
    await walk.calls(KOO, "submit", "submitted-done", link=LINK)
    await walk.calls(KOO, "homework", "homework-mine")
    await walk.calls(KOO, "withdraw", "withdrawn-then")
    await walk.calls(KOO, "mine", "wait-now-free")
    await walk.calls(KOO, "research", "researched", text="mlflow")
    await walk.asks(KOO, "week note", "noted", text="…")
    await walk.calls(KOO, "week log", "log-title")
    await walk.calls(KOO, "board", "board-missing")
    await walk.calls(KOO, "blog", "button-swap")
    await walk.calls(LEE, "turn done", "posted-where", link=LINK)
    await walk.calls(KOO, "turn swap", "turn-swapped", week=5, other=6)
    await walk.calls(JANG, "turn skip", "turn-skipped", week=7)
    await walk.calls(KOO, "question show", "questions-until")
    await walk.calls(JANG, "question close", "questions-closed-then")
    await walk.calls(JANG, "question open", "questions-until")
    await walk.calls(JANG, "week extend", "extended-until", week=1, until="2022-04-13 09:00", reason="-")
    await walk.calls(JANG, "week excuse", "excused", who=GUEST, week=1, reason="-")


async def settles(walk: Walk) -> None:
    """What there is to do about money, and the end."""
    await walk.scene.until("2022-04-14 10:00")
    await walk.calls(KOO, "fines", "fines-provisional")
    await walk.calls(LEE, "ledger charge", "charged", who=KOO, amount=500, reason="-")
    await walk.calls(LEE, "ledger waive", "waived", who=JANG, reason="-")
    await walk.calls(KOO, "ledger history", "history-sign")
    sure = await walk.calls(LEE, "ledger settle", "settle-stays", month="2022-04")
    walk.looked_at(await walk.presses(LEE, sure.reply, "settle"), "ledger settle", "settled")
    await walk.calls(LEE, "ledger paid", "paid-all", who=KOO)
    for format in ("readme", "csv", "json", "ics", "page"):
        said = await walk.calls(JANG, "records export", "exported", format=format)
        assert said.reply.attachments[0].content, format
    await walk.calls(JANG, "records calendar", "calendar-no-site")
    await walk.calls(JANG, "records connect", "github-not-set-up", repository="ku/mlops")
    await walk.calls(JANG, "records publish", "github-not-set-up")
    await walk.calls(JANG, "records disconnect", "github-not-connected")
    other = walk.scene.platform.guild("ku").channel("another")
    await walk.calls(JANG, "study move", "moved", place=other)
    await walk.calls(MOON, "study leave", "left-debts")
    await walk.calls(JANG, "study remove", "left-debts", who=HAN)
    sure = await walk.calls(JANG, "study end", "end-then")
    walk.looked_at(await walk.presses(JANG, sure.reply, "end"), "study end", "told-ended-records")


async def test_every_command_is_answered_as_it_should_be(walk: Walk) -> None:
    await begins(walk)
    await hands_in(walk)
    await settles(walk)
    assert set(COMMANDS) == walk.done


def test_a_landmark_is_what_a_text_says_itself() -> None:
    assert landmark("ko", "left-debts") == "지금까지의 벌금 기록은 장부에 남아요."
    assert landmark("en", "joined-next") == "You hand in from week"
