"""The Home tab: one's own week and the whole board, of every study that somebody is in."""

from dataclasses import replace

from bot.commands.message import Button, Message, message
from bot.commands.parsing import Parsed
from bot.doors.errands import Errands
from bot.doors.slack.look import Block, pages, rows
from bot.doors.slack.office import DOOR, Line
from bot.doors.slack.style import SlackStyle
from bot.services.scope import Caller, running
from bot.services.studies import USUAL_ZONE, zone_of
from bot.texts import Command, T, Words
from db.models import Study

SHOWN = ("homework", "mine", "board")
"""The commands whose answers are there."""

MOST = 100
"""The blocks that Slack takes in a Home tab."""

STUDIES = 5


class Home:
    """Fills the Home tab when it is opened, and again when something was done there."""

    def __init__(self, line: Line, errands: Errands) -> None:
        self._line = line
        self._errands = errands

    def opened(self, workspace: str, account: str) -> None:
        """Somebody has opened it."""
        self._errands.begin(self.fill(workspace, account))

    async def fill(self, workspace: str, account: str) -> None:
        """Show how things stand now."""
        client = await self._line.client(workspace)
        if client is None:
            return
        known = await self._line.people.about(client, workspace, account)
        caller = Caller(DOOR, workspace, "", account, known.name or account)
        blocks = await self._blocks(caller, known.language)
        await client.views_publish(user_id=account, view={"type": "home", "blocks": blocks[:MOST]})

    async def _blocks(self, caller: Caller, language: str) -> list[Block]:
        office = self._line.office
        studies = await office.desk.runner.read(running, caller)
        if not studies:
            plain = Words(SlackStyle(language, USUAL_ZONE, self._line.prefix))
            none = message(T("home-none"), T("home-none-how", command=Command("study join")))
            return [block for page in pages(none, plain) for block in page]
        blocks: list[Block] = []
        for study in studies[:STUDIES]:
            blocks += [{"type": "divider"}] if blocks else []
            blocks += await self._study(study, replace(caller, study_id=study.id), language)
        return blocks

    async def _study(self, study: Study, caller: Caller, language: str) -> list[Block]:
        words = Words(SlackStyle(language, zone_of(study), self._line.prefix))
        blocks: list[Block] = [{"type": "header", "text": {"type": "plain_text", "text": study.name}}]
        desk, there = self._line.office.desk, set(SHOWN)
        for command in SHOWN:
            told = await desk.call(Parsed(desk.commands[command], {}), caller, self._line.office.now())
            if isinstance(told, Message):
                blocks += [block for page in pages(told, words, tables=False) for block in page]
                blocks += rows(_new(told, there), words)
        return blocks


def _new(told: Message, there: set[str]) -> list[Button]:
    """The buttons for what does not stand on the page yet."""
    found = []
    for button in told.buttons:
        if button.command not in there:
            there.add(button.command)
            found.append(button)
    return found
