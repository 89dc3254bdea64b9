"""What people do on Slack and what they are answered: acknowledged at once, answered when it is done."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from slack_sdk.errors import SlackApiError

from bot.commands.again import with_form, with_typed
from bot.commands.choices import facts_for
from bot.commands.command import Command
from bot.commands.desk import Incomplete, fault, refusal, which_study
from bot.commands.fields import check_size, concerns_a_study, written_in
from bot.commands.here import study_here, which_here
from bot.commands.message import Button, Message, Section, Tone, message
from bot.doors.errands import Errands
from bot.doors.slack import state
from bot.doors.slack.forms import files, filled, form, wrong
from bot.doors.slack.look import Block, draw_all, plain_block, room, text_of
from bot.doors.slack.office import DOOR, Line
from bot.doors.slack.people import PROBLEMS, Known
from bot.doors.slack.replies import Replies, Said
from bot.doors.slack.state import ANSWER, State
from bot.doors.slack.style import SlackStyle
from bot.doors.slack.wishes import Body, Heard, Wish, caller_of, heard_of, picked, wish_of, with_arguments
from bot.rules.refusal import Refused
from bot.services.scope import Caller
from bot.services.studies import USUAL_ZONE, zone_of
from bot.texts import LANGUAGES, Style, T, Words, plain

Ack = Callable[..., Awaitable[object]]

AT = "at"
"""Where a request's context keeps the instant at which it came."""

TOO_LATE = frozenset({"expired_trigger_id", "trigger_expired"})
HEARD = "exchanged_trigger_id"
"""What Slack says of a second request for one form."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A form that asks for more, and what is said in place of it where it is too late for one."""

    view: Block
    later: Message


@dataclass(slots=True)
class Talk:
    """What somebody did, what is known of them, and which study they mean by it."""

    heard: Heard
    known: Known
    caller: Caller
    wish: Wish | None = None
    """What they want, as far as it could be read."""


class Answers:
    """Hands what people do to the desk, and its answers back."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._errands = Errands()

    async def take(self, ack: Ack, body: Body, context: Mapping[str, Any]) -> None:
        """Acknowledge a command, a button or a shortcut, and answer it besides."""
        await ack()
        self._errands.begin(self._answer(body, heard_of(body, context[AT])))

    async def sent(self, ack: Ack, body: Body, context: Mapping[str, Any]) -> None:
        """Take a form; where its fields are wrong it stays open and says so."""
        found = state.read(body["view"].get("private_metadata") or "")
        command = self._line.office.desk.commands.get(found.command) if found else None
        if found is not None and command is not None and (errors := self._wrong(command, found, body)):
            await ack(response_action="errors", errors=errors)
            return
        await self.take(ack, body, context)

    async def finish(self, patience: float) -> None:
        """Let those be answered who have asked."""
        await self._errands.close(patience)

    def _wrong(self, command: Command, found: State, body: Body) -> dict[str, str]:
        words = Words(Style(found.language or "en", USUAL_ZONE, self._line.prefix))
        return wrong(command, filled(body["view"]), words)

    async def _answer(self, body: Body, heard: Heard) -> None:
        talk = Talk(heard, Known(""), caller_of(heard, Known("")))
        try:
            if await self._line.client(heard.workspace) is None:
                sorry = " ".join(plain(language, "slack-not-installed") for language in LANGUAGES)
                await Replies(self._line, heard).say(Said([plain_block(sorry)], sorry))
                return
            talk.known = await self._about(heard.workspace, heard.account)
            answer: Message | Asked = await self._done(body, talk)
            if isinstance(answer, Asked) and await self._opens(heard, answer.view):
                return
            await self._say(talk, answer.later if isinstance(answer, Asked) else answer)
        except Refused as no:
            await self._say(talk, refusal(no))
        except Exception as problem:
            await self._say(talk, fault(problem, door=DOOR))
        if heard.home:
            await self._line.home.fill(heard.workspace, heard.account)

    async def _done(self, body: Body, talk: Talk) -> Message | Asked:
        desk = self._line.office.desk
        wish = wish_of(body, talk.heard, talk.known, desk.commands, self._line.prefix)
        talk.caller, talk.wish = wish.caller, wish
        if body.get("type") == "view_submission":
            typed = with_arguments(wish, {**dict.fromkeys(files(body["view"]), ""), **filled(body["view"])})
            talk.wish = typed
            wish = with_arguments(typed, await self._files(body, wish))
        elif wish.asks:
            return await self._ask(talk, wish, wish.state)
        wish = await self._called(wish)
        answer = await desk.call(wish.parsed, wish.caller, talk.heard.at)
        if isinstance(answer, Incomplete):
            return await self._ask(talk, wish, replace(wish.state, arguments=answer.given))
        return answer

    async def _called(self, wish: Wish) -> Wish:
        """Whoever is picked brings along what they are called there, where the command wants to know."""
        account, workspace = picked(wish.parsed.command, wish.parsed.arguments), wish.caller.workspace
        if account is None:
            return wish
        found = await self._about(workspace, account)
        return with_arguments(wish, {"called": found.name}) if found.name else wish

    async def _about(self, workspace: str, account: str) -> Known:
        return await self._line.people.about(await self._line.client(workspace), workspace, account)

    async def _ask(self, talk: Talk, wish: Wish, asked: State) -> Message | Asked:
        """The form that asks for what is missing, after the study where several can be meant."""
        desk, heard = self._line.office.desk, talk.heard
        if concerns_a_study(wish.parsed.command):
            which = await desk.runner.read(which_here, wish.caller)
            if which is not None:
                return which_study(which, asked.command, asked.arguments, asks=True)
        facts = await desk.runner.read(facts_for, wish.caller, heard.at, talk.known.language)
        place = replace(asked, channel=heard.channel, response_url=heard.response_url, home=heard.home)
        view = form(wish.parsed.command, place, talk.known.language, facts, self._line.prefix)
        again = Button(T("button-answer"), asked.command, asked.arguments, asked.study, asks=True)
        return Asked(view, message(T("door-asks-later"), buttons=(again,), tone=Tone.REFUSED))

    async def _opens(self, heard: Heard, view: Block) -> bool:
        """Whether a form could be opened; Slack says so where it had heard the first time."""
        client = await self._line.client(heard.workspace)
        if client is None:
            return False
        for is_again in (False, True):
            try:
                await client.views_open(trigger_id=heard.trigger, view=view)
            except SlackApiError as no:
                error = no.response.get("error")
                if error in TOO_LATE:
                    return False
                if not (is_again and error == HEARD):
                    raise
            except PROBLEMS:
                continue
            return True
        return False

    async def _files(self, body: Body, wish: Wish) -> dict[str, str]:
        """The contents of the files of a form."""
        found: dict[str, str] = {}
        for name, file in files(body["view"]).items():
            check_size(wish.parsed.command.option(name), file["size"])
            client = await self._line.client(wish.caller.workspace)
            headers = {"Authorization": f"Bearer {client.token}"} if client else {}
            async with self._line.session.get(
                file["url_private_download"], headers=headers, allow_redirects=False
            ) as reply:
                reply.raise_for_status()
                found[name] = written_in(await reply.read())
        return found

    async def _say(self, talk: Talk, answer: Message) -> None:
        """Say an answer; nobody shall wait for one that Slack does not take."""
        replies = Replies(self._line, talk.heard)
        answer = _with_what_was_typed(talk, answer)
        try:
            if answer.file:
                await replies.give(answer.file)
                sent = Section(None, (T("slack-file-sent"),))
                answer = replace(answer, sections=(*answer.sections, sent), file=None)
            for said in await self._drawn(talk, answer):
                await replies.say(said)
        except Exception as problem:
            failed = fault(problem, door=DOOR)
            if answer.tone is not Tone.INFO:  # else it is done, and not to be done again
                failed = _with_what_was_typed(talk, failed)
            for said in await self._drawn(talk, failed):
                await replies.say(said)

    async def _drawn(self, talk: Talk, answer: Message) -> list[Said]:
        zone, archive = USUAL_ZONE, ""
        if answer.is_of_a_study:
            study = await self._line.office.desk.runner.read(study_here, talk.caller)
            if study is not None:
                zone = zone_of(study)
                archive = f"{await self._line.address(study.workspace)}archives/{study.channel}"
        words = Words(SlackStyle(talk.known.language, zone, self._line.prefix, archive))
        text = text_of(answer, words)
        return [Said(blocks, text) for blocks in draw_all(answer, words)]


def _with_what_was_typed(talk: Talk, answer: Message) -> Message:
    """An answer; where it is a no, with the form that was sent, or what no button has room for."""
    if talk.wish is None:
        return answer
    wanted, command = talk.wish.state, talk.wish.parsed.command
    if wanted.does == ANSWER:
        answer = with_form(answer, command, wanted.arguments, wanted.study)
    return with_typed(answer, command, room)
