"""Random people say random things at random times: nothing breaks, and nothing is half written."""

import random
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from bot.commands.message import Button, Tone
from bot.texts import T
from tests.cogs.invariants import broken
from tests.cogs.lines import Lines
from tests.conversation import PLACES, Conversation, Reply

BATCH = 100


class Crowd:
    """People who say things, and remember the buttons that they were shown."""

    def __init__(self, study: Conversation, seed: int) -> None:
        self.study = study
        self.random = Random(seed)
        self.lines = Lines(self.random, study.desk.commands)
        self.buttons: list[Button] = []

    async def acts(self) -> tuple[str, Reply]:
        """Have somebody do something: what it was, and the answer."""
        who, chance = self.lines.person(), self.random.random()
        place = "here" if self.random.random() < 0.85 else self.random.choice(list(PLACES))
        if chance < 0.8 or not self.buttons:
            line = self.lines.line()
            return f"{who} in {place}: {line!r}", await self.study.says(who, line, place=place)
        button = self.random.choice(self.buttons[-60:])
        if chance > 0.9:
            command = self.random.choice(list(self.study.desk.commands.values()))
            arguments = self.lines.arguments(command)
            button = Button(
                T("button-mine"), command.name, arguments, self.random.choice((None, 1, 2, 3, 77))
            )
        elif chance > 0.88:
            button = replace(button, study=self.random.randint(0, 5))
        return f"{who} in {place}: {button!r}", await self.study.presses(who, button, place=place)

    async def waits(self) -> None:
        """Let some time pass now and then."""
        if self.random.random() < 0.12:
            minutes = self.random.choice((1, 60, 60 * 9, 60 * 24, 60 * 24 * 3))
            await self.study.until(self.study.now + timedelta(minutes=minutes))


async def play(study: Conversation, count: int) -> None:
    """Have a crowd do so many things; the seed is in what is said of a failure."""
    seed = random.getrandbits(32)
    crowd = Crowd(study, seed)
    said: list[str] = []
    tones = dict.fromkeys(Tone, 0)
    await study.agenda.catch_up()
    with closing(sqlite3.connect(study.file)) as beside:
        for number in range(count):
            await crowd.waits()
            before = beside.execute("PRAGMA data_version").fetchone()
            line, reply = await crowd.acts()
            said.append(line)
            told = f"seed {seed}, line {number}: {line}\n{reply}"
            tone = reply.message.tone
            tones[tone] += 1
            assert tone is not Tone.FAULT, told
            assert all(text.strip() for text in reply.texts.values()), told
            if tone is Tone.REFUSED:
                assert beside.execute("PRAGMA data_version").fetchone() == before, told
                assert all(
                    text.count("\n") <= reply.key.startswith("nothing-open") for text in reply.texts.values()
                ), told
            crowd.buttons += reply.buttons
            if number % BATCH == BATCH - 1:
                wrong = broken(study.file)
                assert not wrong, f"seed {seed}, {wrong} after\n" + "\n".join(said[-BATCH:])
    assert tones[Tone.INFO] > count // 8, f"seed {seed}, {tones}"


@pytest.mark.parametrize("part", range(4))
async def test_two_thousand_things_are_said(study: Conversation, part: int) -> None:
    await play(study, 500)


@pytest.mark.torture
@pytest.mark.parametrize("part", range(20))
async def test_twenty_thousand_things_are_said(study: Conversation, part: int) -> None:
    await play(study, 1_000)
