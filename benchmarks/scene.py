"""Study groups in their first week, whose announcement has been sent."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from bot.commands.command import Commands
from bot.commands.desk import Desk
from bot.commands.message import Message, Tone
from bot.services import advancing, delivery, studies
from bot.services.scope import Caller, Role
from bot.services.studies import Founder, Plan
from db import Runner

FOUNDED = datetime(2022, 4, 5, 12, tzinfo=UTC)
NOW = datetime(2022, 4, 7, 3, tzinfo=UTC)
"""In week 1, on time."""


@dataclass(frozen=True, slots=True)
class Scene:
    """So many studies of so many members each, twelve weeks long."""

    studies: int
    members: int

    def __str__(self) -> str:
        return (
            f"one study of {self.members}"
            if self.studies == 1
            else f"{self.studies} studies of {self.members}"
        )

    def person(self, number: int) -> Caller:
        """Somebody in their study's channel; neighbours are in different studies."""
        study, name = number % self.studies, f"m{number // self.studies % self.members}"
        return Caller("playground", "playground", f"study-{study}", name, name)

    async def build(self, runner: Runner) -> None:
        """Start the studies, open their first weeks and send the announcements."""
        people = [
            Founder(f"m{n}", f"m{n}", Role.LEADER if n == 0 else Role.MEMBER) for n in range(self.members)
        ]
        for study in range(self.studies):
            plan = Plan(f"Study {study}", date(2022, 4, 6), 12, members=people)
            await runner.run(studies.start, self.person(study), plan, FOUNDED)
        while await runner.run(advancing.advance, NOW):
            pass
        while claimed := await runner.run(delivery.claim, NOW):
            for row in claimed:
                await runner.run(delivery.sent, row.id, str(row.id), NOW)


class Crowd:
    """Everybody in a scene, handing in through the desk as the playground does, a new link each time."""

    def __init__(self, scene: Scene, runner: Runner) -> None:
        self.sent: dict[int, str] = {}
        """The last link of each person."""
        self.answered = 0
        self._people = scene.studies * scene.members
        self._scene = scene
        self._desk = Desk(Commands.in_package("cogs"), runner)

    async def submit(self, number: int) -> None:
        """Hand in and check the answer."""
        person = number % self._people
        link = f"https://example.org/{person}/{number}"
        self.sent[person] = link
        answer = await self._desk.say(f"/submit {link}", self._scene.person(person), NOW)
        if not isinstance(answer, Message) or answer.tone is not Tone.INFO or link not in str(answer):
            raise RuntimeError(f"a hand-in was not taken: {answer}")
        self.answered += 1
