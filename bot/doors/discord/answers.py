"""What people do on Discord and what they are answered, privately and within three seconds."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from functools import partial
from zoneinfo import ZoneInfo

import aiohttp
import discord
import structlog
from discord.http import Route
from discord.webhook.async_ import async_context

from bot.commands.again import with_form, with_typed
from bot.commands.choices import facts_for
from bot.commands.desk import Incomplete, fault, refusal, which_study
from bot.commands.fields import concerns_a_study
from bot.commands.here import study_here, which_here
from bot.commands.message import Button, File, Message, Tone, message
from bot.doors.discord.completion import complete
from bot.doors.discord.forms import form
from bot.doors.discord.look import Drawn, Look, draw, file_of, room
from bot.doors.discord.office import DOOR, Line
from bot.doors.discord.state import ANSWER, ASK, State
from bot.doors.discord.style import DiscordStyle
from bot.doors.discord.wishes import Wish, language_of, wish_of
from bot.rules.refusal import Refused
from bot.services.studies import USUAL_ZONE, zone_of
from bot.texts import T, Words

log = structlog.get_logger()

PATIENCE = 2.0
"""Seconds after which an answer is promised instead of given: Discord waits for three."""

INVALID, ALREADY_ANSWERED = 400, 40060
MESSAGE = discord.InteractionResponseType.channel_message
PRIVATE = discord.MessageFlags(ephemeral=True, components_v2=True).value
NOBODY = discord.AllowedMentions.none()


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered: views one after the other, with a file, or a form that asks."""

    views: list[Drawn]
    file: File | None = None
    form: discord.ui.Modal | None = None
    later: Message | None = None
    """What is said in place of the form where it is too late for one."""


class Promise:
    """Promises an answer that takes long: from its making on, until the answer is there."""

    def __init__(self, response: discord.InteractionResponse) -> None:
        self._response = response
        self._given: asyncio.Task[None] | None = None
        self._timer = asyncio.get_running_loop().call_later(PATIENCE, self._give)

    def _give(self) -> None:
        promise = _surely(lambda: self._response.defer(ephemeral=True, thinking=True))
        self._given = asyncio.create_task(promise)

    async def kept(self) -> bool:
        """Promise no more; whether something was promised, which is to have arrived."""
        self._timer.cancel()
        if self._given:
            await self._given
        return self._given is not None


class Answers:
    """Hands what people do to the desk, and its answers back."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._under_way: set[asyncio.Task[None]] = set()

    async def take(self, interaction: discord.Interaction) -> None:
        """Answer somebody; what goes wrong on the way back is logged."""
        task = asyncio.current_task()
        assert task is not None
        self._under_way.add(task)
        try:
            if interaction.type is discord.InteractionType.autocomplete:
                await complete(self._line, interaction)
            else:
                await self._answer(interaction)
        except discord.NotFound as gone:
            log.warning("an answer came too late", problem=str(gone))
        except Exception:
            log.exception("an answer did not get through")
        finally:
            self._under_way.discard(task)

    async def finish(self, patience: float) -> None:
        """Let those be answered who have asked."""
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=patience)

    async def _answer(self, interaction: discord.Interaction) -> None:
        promise = Promise(interaction.response)
        answer = await self._work(interaction)
        was_promised = await promise.kept()
        if answer.later and was_promised:
            answer = self._drawn(interaction, answer.later)
        try:
            await _hand_over(interaction, answer, was_promised)
        except discord.HTTPException as refused:
            if refused.status != INVALID:
                raise
            # Nobody shall wait for an answer that Discord does not take.
            await _hand_over(interaction, self._drawn(interaction, fault(refused, door=DOOR)), was_promised)

    async def _work(self, interaction: discord.Interaction) -> Answer:
        """The answer, whatever happens: a no or a fault is one too."""
        try:
            wish = await wish_of(interaction, self._line.office.desk.commands)
            return await self._done(interaction, wish)
        except Refused as no:
            return self._drawn(interaction, refusal(no))
        except Exception as problem:
            return self._drawn(interaction, fault(problem, door=DOOR))

    async def _done(self, interaction: discord.Interaction, wish: Wish) -> Answer:
        desk = self._line.office.desk
        if wish.asks:
            return await self._form(interaction, wish, wish.state)
        answer = await desk.call(wish.parsed, wish.caller, interaction.created_at)
        if isinstance(answer, Incomplete):
            asked = replace(wish.state, does=ASK, arguments=answer.given, page=0)
            if wish.state.does == ANSWER:  # Discord opens no form where one was sent
                return self._drawn(interaction, _later(wish, asked), workspace=wish.state.workspace)
            return await self._form(interaction, wish, asked)
        if wish.state.does == ANSWER:
            answer = with_form(answer, wish.parsed.command, wish.state.arguments, wish.state.study)
        answer = with_typed(answer, wish.parsed.command, partial(room, workspace=wish.state.workspace))
        study = await desk.runner.read(study_here, wish.caller) if answer.is_of_a_study else None
        zone = zone_of(study) if study else USUAL_ZONE
        return self._drawn(interaction, answer, zone, wish.state.workspace)

    async def _form(self, interaction: discord.Interaction, wish: Wish, asked: State) -> Answer:
        """The form that asks for what is missing, after the study where several can be meant."""
        desk, language = self._line.office.desk, language_of(interaction)
        if concerns_a_study(wish.parsed.command):
            which = await desk.runner.read(which_here, wish.caller)
            if which is not None:
                ask = which_study(which, asked.command, asked.arguments, asks=True)
                ask = with_typed(ask, wish.parsed.command, partial(room, workspace=asked.workspace))
                return self._drawn(interaction, ask)
        entry = asked.arguments.get("entry", "")
        facts = await desk.runner.read(facts_for, wish.caller, interaction.created_at, language, entry)
        modal = form(wish.parsed.command, asked, language, facts)
        return Answer([], form=modal, later=_later(wish, asked))

    def _drawn(
        self,
        interaction: discord.Interaction,
        answer: Message,
        zone: ZoneInfo = USUAL_ZONE,
        workspace: str | None = None,
    ) -> Answer:
        ids = self._line.ids(str(interaction.guild_id or workspace or ""))
        words = Words(DiscordStyle(language_of(interaction), zone, ids, interaction.created_at))
        look = Look(workspace=workspace)
        return Answer(draw(answer, words, self._line.office.desk.commands, look), answer.file)


def _later(wish: Wish, asked: State) -> Message:
    """What is said in place of a form."""
    again = Button(T("button-answer"), asked.command, asked.arguments, asked.study, asks=True)
    later = message(T("door-asks-later"), buttons=(again,), tone=Tone.REFUSED)
    return with_typed(later, wish.parsed.command, partial(room, workspace=asked.workspace))


async def _hand_over(interaction: discord.Interaction, answer: Answer, was_promised: bool) -> None:
    """Give the answer: at once, or in the place of the promise that was made."""
    response = interaction.response
    if answer.form:
        modal = answer.form
        await _surely(lambda: response.send_modal(modal))
        return
    first, *rest = answer.views
    last = answer.views[-1]

    def files(view: discord.ui.LayoutView) -> list[discord.File]:
        return file_of(answer.file) if view is last else []

    if was_promised:
        await _surely(
            lambda: interaction.edit_original_response(
                view=first, attachments=files(first), allowed_mentions=NOBODY
            )
        )
    elif files(first):
        await _surely(
            lambda: response.send_message(
                view=first, files=files(first), ephemeral=True, allowed_mentions=NOBODY, silent=False
            )
        )
    else:
        await _surely(lambda: _say(interaction, first))
    for view in rest:
        await interaction.followup.send(view=view, files=files(view), ephemeral=True, allowed_mentions=NOBODY)


async def _say(interaction: discord.Interaction, view: Drawn) -> None:
    """Answer, without asking Discord to send back what it was sent, as the library's own way does."""
    route = Route(
        "POST",
        "/interactions/{webhook_id}/{webhook_token}/callback",
        webhook_id=interaction.id,
        webhook_token=interaction.token,
    )
    said = {"components": view.components, "flags": PRIVATE, "allowed_mentions": {"parse": []}}
    payload = {"type": MESSAGE.value, "data": said}
    await async_context.get().request(route, interaction._session, payload=payload)
    interaction.response._response_type = MESSAGE


async def _surely(answer: Callable[[], Awaitable[object]]) -> None:
    """Answer again where the connection broke: Discord says so where it had heard the first time."""
    try:
        await answer()
    except (aiohttp.ClientError, OSError):
        try:
            await answer()
        except discord.HTTPException as heard:
            if heard.code != ALREADY_ANSWERED:
                raise
