"""The season of 2022 over the wire, from its first evening to the refused link after its end."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from tests.platforms.season import LINK, WORDS
from tests.rules.season_2022 import HAN, JANG, KOO, LEE, MOON, OPENINGS, seoul
from tests.slack.model import Message
from tests.slack.scene import Mode, playing
from tests.slack.server import Slack
from tests.slack.test_week_one import at
from tests.slack.tongue import Talk

CLOSED = {"ko": "🔒 질문이 닫혔어요", "en": "🔒 These questions are closed"}


def instant(message: Message) -> timedelta:
    """When a message was posted, since 1970."""
    return timedelta(seconds=float(message.ts))


@dataclass
class Season(Talk):
    """The season, step by step."""

    def __post_init__(self) -> None:
        # The same words as on Discord, in Slack's markup.
        words = WORDS[self.language]
        self.words = {key: word.replace("**", "*").replace("### ", "*") for key, word in words.items()}

    @property
    def threads(self) -> list[Message]:
        """The messages that threads begin with, by their keys."""
        keys = [(x, str((x.metadata or {})["event_payload"]["key"])) for x in self.scene.channel.messages]
        return [message for message, key in keys if ":questions:" in key]

    async def begins(self) -> None:
        """Set the study up as the group did, two members reminded directly, one of whom has left Slack."""
        await self.scene.starts()
        await self.types(JANG, "study role", who=self.person(LEE).mention, role="treasurer")
        await self.types(JANG, "turn order", members="이은빈, 문수인, 한현경, 장서진, 구미진")
        for first, last in (("2022-04-13", "2022-04-26"), ("2022-06-08", "2022-06-21")):
            await self.types(JANG, "break add", first=first, last=last, reason=self.words["break"])
        await self.fills(JANG, "week plan", text=self.words["homework"], title="Fundamentals", week="1")
        for name in (HAN, MOON):
            await self.types(name, "notify", how="dm")

    async def opens_week_1(self) -> Message:
        """The first week opens with its homework, cutoffs, writer and thread."""
        opened = await self.reads("04-06 00:00:10")
        (thread,) = self.threads
        for part in (self.words["week 1"], self.words["homework"], self.words["0 in"]):
            assert part in opened.text
        assert f"/p{thread.ts.replace('.', '')}|" in opened.text
        assert at("2022-04-13 00:00") in opened.text
        assert opened.pinged == [self.person(LEE)]
        self.person(KOO).writes(self.scene.channel, "?", thread=thread)
        await self.reads("04-07 10:00")
        await self.types(JANG, "submit", link=LINK + "1")
        await self.types(KOO, "research", text="mlflow")
        await self.fills(KOO, "week note", text=self.words["note"].removesuffix(" (구미진)"))
        shown = await self.types(HAN, "homework")
        assert self.words["topic"] in shown.text
        assert self.words["note"] in shown.text
        return opened

    async def reminds(self) -> None:
        """Each hears of it once, as they wish, and the channel is calm again after the cutoff."""
        moon = self.person(MOON)
        before = {name: len(self.person(name).inbox) for name in (HAN, MOON)}
        moon.deleted = True
        await self.reads("04-12 00:00:10")
        moon.deleted = False
        reminders = [x for x in self.scene.channel.messages if self.words["reminder"] in x.text]
        assert sorted([x.name for x in y.pinged] for y in reminders) == [[KOO, LEE], [MOON]]
        assert len(moon.inbox) == before[MOON]
        (direct,) = self.person(HAN).inbox[before[HAN] :]
        assert self.words["reminder"] in direct.text
        assert self.words["study"] in direct.text
        assert "1" in (await self.presses(HAN, direct, "mine")).text
        await self.reads("04-12 21:00:10")
        await self.reads("04-13 00:00:10")
        assert not [x for x in self.scene.channel.messages if self.words["reminder"] in x.text]
        assert direct.deleted

    async def closes_questions(self) -> None:
        """The thread is closed on Wednesday midnight, and the leader can open it again."""
        thread = self.threads[0]
        assert CLOSED[self.language] in thread.text
        assert thread.replies[-1].text == self.words["closed"]
        said = await self.types(JANG, "question open")
        assert f"/p{thread.ts.replace('.', '')}|" in said.text
        await self.scene.sent()
        assert CLOSED[self.language] not in thread.text
        assert self.words["reopened"] in thread.replies[-1].text

    async def judges_week_1(self, opened: Message) -> None:
        """One is in on time, one late, three not at all; and week 2 opens after the break."""
        await self.reads("04-13 09:00")
        mine = await self.types(KOO, "mine")
        assert self.words["now"] in mine.text
        assert self.words["then"] in mine.text
        handed = await self.presses(KOO, await self.told(self.words["week 1"]), "submit", link=LINK + "1b")
        assert self.words["late"] in handed.text
        await self.scene.sent()
        assert self.words["2 in"] in opened.text
        assert self.words["missing"] in (await self.presses(LEE, opened, "missing")).text
        closed = await self.reads("04-13 12:00:10")
        assert closed.text.endswith(self.words["results"])
        assert not closed.pinged
        second = await self.reads("04-27 00:00:10")
        assert self.words["over"] in second.text
        assert CLOSED[self.language] in self.threads[0].text
        assert self.words["board"] in (await self.types(LEE, "board")).text

    async def settles_april(self) -> None:
        """The statement of April, what is paid of it by command and by buttons, and who may say so."""
        told = await self.reads("05-01 09:00:10")
        for part in (*self.words["april"].split("\n"), *(self.words[x] for x in ("last", "share", "open"))):
            assert part in told.text
        done = await self.presses(LEE, told, "paid", who=HAN)
        assert self.words["open"] in done.text
        shown = await self.types(LEE, "fines", month="2022-04")
        assert self.words["open"] not in shown.text
        await self.presses(LEE, shown, "paid", who=LEE)
        assert self.words["paid"] in (await self.types(LEE, "ledger paid", who=MOON)).text
        assert self.words["not allowed"] in (await self.types(KOO, "ledger paid", who=MOON)).text
        assert MOON + " →" not in (await self.types(KOO, "fines", month="2022-04")).text

    async def swaps_and_extends(self) -> None:
        """A turn swapped by its button, a week put off, and a fine of the sealed month waived."""
        turns = await self.presses(KOO, await self.told(self.words["opened"].format(2)), "blog")
        await self.presses(KOO, turns, "swap", other="7")
        swapped = (await self.scene.sent())[-1].text
        assert all(part in swapped for part in self.words["swapped"].split("\n"))
        await self.reads("05-06 10:00")
        await self.types(JANG, "week extend", week=3, until="2022-05-11 09:00", reason="test")
        told = (await self.scene.sent())[-1]
        assert self.words["extended"] in told.text
        assert at("2022-05-11 09:00") in told.text
        assert at("2022-05-11 09:00") in (await self.told(self.words["opened"].format(3))).text
        waived = await self.types(LEE, "ledger waive", who=HAN, reason="test", week=1)
        assert self.words["waived"] in waived.text
        history = await self.types(LEE, "ledger history", who=HAN)
        assert self.words["takes back"] in history.text

    async def goes_on(self) -> None:
        """The weeks open as in the table of the design; the waiver comes back in May's settlement."""
        for week, day in OPENINGS.items():
            if day < "05-07":
                continue
            await self.scene.until(f"2022-{day} 00:01")
            await self.types(JANG, "submit", link=f"{LINK}{week}", week=week)
        fifth = await self.told(self.words["opened"].format(5))
        assert self.words["writer"].format(MOON) in fifth.text
        settled = await self.told(self.words["may"])
        assert self.words["adjusted"] in settled.text
        assert self.words["shares"] in settled.text
        for week, day in OPENINGS.items():
            opened = await self.told(self.words["opened"].format(week))
            late = instant(opened) - timedelta(seconds=seoul(f"2022-{day} 00:00").timestamp())
            assert timedelta() <= late <= timedelta(seconds=11), (week, late)

    async def ends(self) -> None:
        """July is settled with the season's summary, the study ends, and a link is refused."""
        told = await self.reads("07-27 12:00:10")
        for part in ("july", "season"):
            assert self.words[part] in told.text
        assert told.table[1][:4] == [JANG, "10", "0", "2"]
        assert self.threads[-1].replies[-1].text == self.words["closed last"]
        sure = await self.types(JANG, "study end")
        await self.presses(JANG, sure, "end")
        assert self.words["ended"] in (await self.scene.sent())[-1].text
        refused = await self.types(JANG, "submit", link=LINK + "late")
        assert self.words["refused"] in refused.text

    async def plays(self) -> None:
        """Play the season to its end."""
        await self.begins()
        opened = await self.opens_week_1()
        await self.reminds()
        await self.closes_questions()
        await self.judges_week_1(opened)
        await self.settles_april()
        await self.swaps_and_extends()
        await self.goes_on()
        await self.ends()


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("mode", ["socket", "http"])
async def test_the_season_plays_to_its_end(platform: Slack, file: Path, mode: Mode, language: str) -> None:
    async with playing(file, platform, mode, language) as scene:
        await Season(scene).plays()
