"""What somebody says in the playground and what they are answered, privately."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from markupsafe import escape

from bot.commands.choices import Facts, facts_of
from bot.commands.desk import Incomplete, refusal
from bot.commands.kinds import UNSEEN
from bot.commands.message import Message, Tone
from bot.commands.parsing import Parsed
from bot.doors.playground import posts, threads
from bot.doors.playground.channel import shown_study
from bot.doors.playground.drawing import Drawn, draw
from bot.doors.playground.forms import as_typed, draw_form, line
from bot.doors.playground.stage import CHANNEL, DOOR, WORKSPACE, Stage
from bot.rules.refusal import Refused
from bot.services.membership import account_of
from bot.services.scope import Caller
from bot.services.studies import USUAL_ZONE
from db import Session
from db.models import Study

SAID_AT_MOST = 500
DEFAULT_LANGUAGE, DEFAULT_ZONE = "ko", USUAL_ZONE


@dataclass(frozen=True, slots=True)
class You:
    """Who sits at the page: an account, and the language they read; `None` for the study's."""

    account: str
    language: str | None = None


class Conversation:
    """Hands what people type or press to the desk and keeps the private answers."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    async def study(self) -> Study | None:
        """The study of the channel: the one that runs, else the last that ended."""
        return await self._stage.runner.read(shown_study)

    async def facts(self, you: You) -> Facts:
        """What the channel's study offers to choose from."""
        study = await self.study()
        now, language = self._stage.now(), await self.language(you)
        return await self._stage.runner.read(facts_of, study, now, language) if study else Facts()

    async def who(self, name: str) -> str:
        """The account behind a study name; anybody else is their own account."""
        study = await self.study()
        if study is None:
            return name
        return await self._stage.runner.read(account_of, study.id, name) or name

    async def say(self, you: You, text: str) -> Drawn:
        """Say a line and get the private answer."""
        answer = await self._stage.desk.say(text, self._caller(you), self._stage.now())
        if isinstance(answer, Incomplete):
            return await self.ask(you, answer.command.name, answer.given, None)
        return await self._post(you, text, await self._drawn(you, answer))

    async def say_in_thread(self, you: You, thread: int, text: str) -> Drawn | None:
        """Say something to everybody in a thread; where that is refused, the private answer."""
        try:
            await self._stage.runner.run(threads.say, thread, you.account, text, self._stage.now())
        except Refused as no:
            return await self._drawn(you, refusal(no))
        return None

    async def call(
        self,
        you: You,
        command: str,
        arguments: Mapping[str, str],
        study: int | None = None,
        said: str | None = None,
    ) -> Drawn:
        """Call a command as a button does; `said` is what the button is called."""
        parsed = Parsed(self._stage.desk.commands[command], dict(arguments))
        answer = await self._stage.desk.call(parsed, self._caller(you, study), self._stage.now())
        if isinstance(answer, Incomplete):
            return await self.ask(you, command, arguments, study)
        text = said or line(parsed.command, arguments, await self.language(you))
        return await self._post(you, text, await self._drawn(you, answer))

    async def ask(self, you: You, command: str, given: Mapping[str, str], study: int | None) -> Drawn:
        """Put up the form of a command, filled in as far as it is known, in the place of an older one."""
        found = self._stage.desk.commands[command]
        drawn = draw_form(found, given, await self.language(you), study, await self.facts(you))
        await self._stage.runner.run(_put_up, you.account, self._stage.now(), drawn)
        await self._stage.settle()
        return drawn

    async def answer(self, you: You, command: str, arguments: Mapping[str, str], study: int | None) -> Drawn:
        """Send a form: a refusal is shown in it, anything else takes its place."""
        found = self._stage.desk.commands[command]
        parsed = Parsed(found, as_typed(found, arguments))
        answer = await self._stage.desk.call(parsed, self._caller(you, study), self._stage.now())
        language = await self.language(you)
        message = refusal(answer) if isinstance(answer, Incomplete) else answer
        drawn = await self._drawn(you, message)
        if message.tone is not Tone.INFO:
            facts = await self.facts(you)
            again = draw_form(found, parsed.arguments, language, study, facts, drawn)
            now = self._stage.now()
            await self._stage.runner.run(posts.edit_form, you.account, now, again.text, again.html)
            return again
        await self._stage.runner.run(posts.take_down_form, you.account)
        return await self._post(you, line(found, parsed.arguments, language), drawn)

    async def dismiss(self, you: You) -> None:
        """Take the form away that somebody was asked to fill in."""
        await self._stage.runner.run(posts.take_down_form, you.account)

    async def language(self, you: You) -> str:
        """The language somebody is answered in."""
        study = await self.study()
        return you.language or (study.language if study else DEFAULT_LANGUAGE)

    async def _drawn(self, you: You, answer: Message) -> Drawn:
        study = await self.study()
        zone = ZoneInfo(study.timezone) if study else DEFAULT_ZONE
        return draw(answer, await self.language(you), zone)

    async def _post(self, you: You, text: str, drawn: Drawn) -> Drawn:
        """Keep the line and its answer, for the one who said it alone, and let the bot catch up."""
        await self._stage.runner.run(_keep, you.account, self._stage.now(), text, drawn)
        await self._stage.settle()
        return drawn

    def _caller(self, you: You, study: int | None = None) -> Caller:
        return Caller(DOOR, WORKSPACE, CHANNEL, you.account, you.account, study, manages=True, named=True)


async def _keep(session: Session, account: str, at: datetime, text: str, drawn: Drawn) -> None:
    said = UNSEEN.sub("�", text if len(text) <= SAID_AT_MOST else text[:SAID_AT_MOST] + "…")
    html = str(escape(said))
    await posts.add(session, at=at, text=said, html=html, author=account, reader=account)
    await posts.add(session, at=at, text=drawn.text, html=drawn.html, reader=account, buttons=drawn.buttons)


async def _put_up(session: Session, account: str, at: datetime, drawn: Drawn) -> None:
    await posts.take_down_form(session, account)
    await posts.add(session, at=at, text=drawn.text, html=drawn.html, reader=account, key=posts.form_key())
