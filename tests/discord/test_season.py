"""The season of 2022 over the wire, from its first evening to the refused link after its end."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

import pytest

from tests.discord.model import Message, instant
from tests.discord.scene import Scene
from tests.discord.test_week_one import at
from tests.discord.tongue import Talk
from tests.platforms.season import LINK, WORDS
from tests.rules.season_2022 import HAN, JANG, KOO, LEE, MOON, OPENINGS, seoul


@dataclass
class Season(Talk):
    """The season, step by step."""

    def __post_init__(self) -> None:
        self.words: Mapping[str, str] = WORDS[self.language]

    async def begins(self) -> None:
        """Set the study up as the group did, two members reminded directly, one of whom takes no messages."""
        await self.scene.starts()
        await self.types(JANG, "study role", who=LEE, role="treasurer")
        await self.types(JANG, "turn order", members="이은빈, 문수인, 한현경, 장서진, 구미진")
        for first, last in (("2022-04-13", "2022-04-26"), ("2022-06-08", "2022-06-21")):
            await self.types(JANG, "break add", first=first, last=last, reason=self.words["break"])
        await self.fills(JANG, "week plan", text=self.words["homework"], title="Fundamentals", week=["1"])
        self.person(MOON).takes_dms = False
        for name in (HAN, MOON):
            await self.types(name, "notify", how="dm")

    async def opens_week_1(self) -> Message:
        """The first week opens with its homework, cutoffs, writer and thread."""
        opened = await self.reads("04-06 00:00:10")
        thread = self.scene.channel.threads[0]
        for part in (self.words["week 1"], self.words["homework"], self.words["0 in"], thread.mention):
            assert part in opened.text
        assert at("2022-04-13 00:00") in opened.text
        assert opened.pinged == [self.person(LEE)]
        assert opened.is_silent
        self.person(KOO).writes(thread, "?")
        await self.reads("04-07 10:00")
        await self.types(JANG, "submit", link=LINK + "1")
        await self.types(KOO, "research", text="mlflow")
        note = self.words["note"].removesuffix(" (구미진)")
        await self.fills(KOO, "week note", text=note)
        shown = await self.types(HAN, "homework")
        assert self.words["topic"] in shown.text
        assert self.words["note"] in shown.text
        return opened

    async def reminds(self) -> None:
        """Each hears of it once, as they wish, and the channel is calm again after the cutoff."""
        await self.reads("04-12 00:00:10")
        reminders = [x for x in self.scene.channel.messages if self.words["reminder"] in x.text]
        assert sorted([x.name for x in y.pinged] for y in reminders) == [[KOO, LEE], [MOON]]
        (direct,) = self.person(HAN).inbox
        assert self.words["reminder"] in direct.text
        assert self.words["study"] in direct.text
        assert "1" in (await self.presses(HAN, direct, "mine")).text
        await self.reads("04-12 21:00:10")
        await self.reads("04-13 00:00:10")
        assert not [x for x in self.scene.channel.messages if self.words["reminder"] in x.text]

    async def closes_questions(self) -> None:
        """The thread is locked on Wednesday midnight, and the leader can open it again."""
        thread = self.scene.channel.threads[0]
        assert (thread.archived, thread.locked) == (True, True)
        assert thread.messages[-1].text == self.words["closed"]
        said = await self.types(JANG, "question open")
        assert thread.mention in said.text
        await self.scene.sent()
        assert (thread.archived, thread.locked) == (False, False)
        assert self.words["reopened"] in thread.messages[-1].text

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
        assert self.scene.channel.threads[0].locked
        assert self.words["board"] in (await self.types(LEE, "board")).text

    async def settles_april(self) -> None:
        """The statement of April, what is paid of it by command and by buttons, and who may say so."""
        told = await self.reads("05-01 09:00:10")
        for part in ("april", "last", "share", "open"):
            assert self.words[part] in told.text
        done = await self.presses(LEE, told, "paid", who=[HAN])
        assert self.words["open"] in done.text
        shown = await self.types(LEE, "fines", month="2022-04")
        assert self.words["open"] not in shown.text
        await self.presses(LEE, shown.reply, "paid", who=[LEE])
        assert self.words["paid"] in (await self.types(LEE, "ledger paid", who=MOON)).text
        assert self.words["not allowed"] in (await self.types(KOO, "ledger paid", who=MOON)).text
        after = await self.types(KOO, "fines", month="2022-04")
        assert MOON + " →" not in after.text

    async def swaps_and_extends(self) -> None:
        """A turn swapped by its button, a week put off, and a fine of the sealed month waived."""
        turns = await self.presses(KOO, await self.told(self.words["opened"].format(2)), "blog")
        await self.presses(KOO, turns.reply, "swap", other=["7"])
        assert self.words["swapped"] in (await self.scene.sent())[-1].text
        await self.reads("05-06 10:00")
        await self.types(JANG, "week extend", week=3, until="2022-05-11 09:00", reason="test")
        told = (await self.scene.sent())[-1]
        assert self.words["extended"] in told.text
        assert at("2022-05-11 09:00") in told.text
        third = await self.told(self.words["opened"].format(3))
        assert at("2022-05-11 09:00") in third.text
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
            late = instant(opened.id) - seoul(f"2022-{day} 00:00")
            assert timedelta() <= late <= timedelta(seconds=10), (week, late)

    async def ends(self) -> None:
        """July is settled with the season's summary, the study ends, and a link is refused."""
        told = await self.reads("07-27 12:00:10")
        for part in ("july", "season", "jang"):
            assert self.words[part] in told.text
        assert self.scene.channel.threads[-1].messages[-1].text == self.words["closed last"]
        sure = await self.types(JANG, "study end")
        await self.presses(JANG, sure.reply, "end")
        assert self.words["ended"] in (await self.scene.sent())[-1].text
        refused = await self.types(JANG, "submit", link=LINK + "late")
        assert self.words["refused"] in refused.text


async def plays(scene: Scene) -> None:
    """Play the season to its end."""
    season = Season(scene)
    await season.begins()
    opened = await season.opens_week_1()
    await season.reminds()
    await season.closes_questions()
    await season.judges_week_1(opened)
    await season.settles_april()
    await season.swaps_and_extends()
    await season.goes_on()
    await season.ends()


@pytest.mark.parametrize("language", ["ko", "en"])
async def test_the_season_plays_to_its_end(scene: Scene, language: str) -> None:
    scene.language = language
    await plays(scene)
