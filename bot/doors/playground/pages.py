"""The page, its regions, and what people do on it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial, wraps

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.commands.desk import refusal
from bot.commands.kinds import NameKind
from bot.doors.playground import posts
from bot.doors.playground.api import load_sample
from bot.doors.playground.completion import complete
from bot.doors.playground.conversation import DEFAULT_ZONE, Conversation, You
from bot.doors.playground.drawing import TEMPLATES, draw
from bot.doors.playground.looking import Look
from bot.doors.playground.sample import MEMBERS
from bot.doors.playground.seeing import see, speaker
from bot.doors.playground.stage import ClockRefused, Stage
from bot.doors.playground.visitor import LANGUAGE, YOU, Visitor, remember, visitor
from bot.rules.calendar import instant
from bot.rules.refusal import Refused
from bot.services.studies import zone_of
from bot.texts import LANGUAGES, plain

SAFE = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'; object-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}
STEPS = {"10m": timedelta(minutes=10), "1h": timedelta(hours=1), "1d": timedelta(days=1)}
LINE_AT_MOST = 10_000


@dataclass(frozen=True, slots=True)
class Posted:
    """What a visitor sent."""

    visitor: Visitor
    you: You
    form: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Done:
    """What came of it: who the visitor is from now on, and what they are told in passing."""

    you: str | None = None
    notice: str = ""


Handler = Callable[["Pages", Posted], Awaitable[Done | None]]


class Pages:
    """Serves the page; whatever is done on it is answered with the page's regions as they are then."""

    def __init__(self, stage: Stage, conversation: Conversation, changed: Callable[[], None]) -> None:
        self.stage = stage
        self.conversation = conversation
        self.changed = changed

    def routes(self) -> list[Route]:
        """The page's routes."""
        actions: dict[str, Handler] = {
            "/say": Pages.say,
            "/thread": Pages.say_in_thread,
            "/press": Pages.press,
            "/answer": Pages.answer,
            "/dismiss": Pages.dismiss,
            "/you": Pages.be,
            "/clock": Pages.clock,
            "/sample": Pages.sample,
            "/empty": Pages.empty,
            "/start-over": Pages.start_over,
        }
        return [
            Route("/", self.page),
            Route("/look", self.look),
            Route("/complete", self.complete),
            Route("/language", self.language, methods=["POST"]),
            *(Route(path, self._done(do), methods=["POST"]) for path, do in actions.items()),
        ]

    async def page(self, request: Request) -> Response:
        """The whole page."""
        look = await self._look(visitor(request, None))
        return HTMLResponse(look.draw("page", regions=look.regions()), headers=SAFE)

    async def look(self, request: Request) -> Response:
        """The regions, for a page that was told of a change."""
        look = await self._look(visitor(request, request.query_params.get("you")))
        return HTMLResponse(look.draw("look", regions=look.regions()), headers=SAFE)

    async def complete(self, request: Request) -> Response:
        """How the line may go on."""
        language = visitor(request, None).language
        line = request.query_params.get("text", "")
        commands, facts = self.stage.desk.commands, await self.conversation.facts(You("", language))
        found = complete(line[:LINE_AT_MOST], commands, language, facts)
        html = TEMPLATES.get_template("suggestions.html").render(
            found=found, line=line, t=partial(plain, language)
        )
        return HTMLResponse(html, headers=SAFE)

    async def language(self, request: Request) -> Response:
        """Choose the language of the page; it is loaded anew, since all of it changes."""
        response = RedirectResponse("/", 303)
        chosen = (await request.form()).get("language")
        if chosen in LANGUAGES:
            remember(response, LANGUAGE, str(chosen))
        return response

    async def say(self, sent: Posted) -> Done | None:
        """Say a line."""
        text = sent.form.get("text", "")
        if text.strip():
            await self.conversation.say(sent.you, text)
        return None

    async def say_in_thread(self, sent: Posted) -> Done | None:
        """Say something in a thread; nothing, where that is refused, but the reason."""
        refused = await self.conversation.say_in_thread(
            sent.you, _number(sent, "thread"), sent.form.get("text", "")
        )
        return Done(notice=refused.text) if refused else None

    async def press(self, sent: Posted) -> Done | None:
        """Press a button of a message that the visitor sees."""
        post = await self.stage.runner.read(posts.get, _number(sent, "post"))
        place = _number(sent, "button")
        if post is None or post.reader not in (None, sent.you.account) or place >= len(post.buttons):
            return Done(notice=plain(sent.visitor.language, "page-button-gone"))
        button = post.buttons[place]
        command, arguments, study = button["command"], button["arguments"], button["study"]
        if button["asks"]:
            await self.conversation.ask(sent.you, command, arguments, study)
        else:
            await self.conversation.call(sent.you, command, arguments, study, button["label"])
        return None

    async def answer(self, sent: Posted) -> Done | None:
        """Send a form."""
        command = sent.form.get("command", "")
        if command not in self.stage.desk.commands:
            raise HTTPException(400)
        fields = {
            name.removeprefix("option-"): value
            for name, value in sent.form.items()
            if name.startswith("option-")
        }
        study = _number(sent, "study") if sent.form.get("study") else None
        await self.conversation.answer(sent.you, command, fields, study)
        return None

    async def dismiss(self, sent: Posted) -> Done | None:
        """Take the form away."""
        await self.conversation.dismiss(sent.you)
        return None

    async def be(self, sent: Posted) -> Done | None:
        """Be a member of the study, or somebody new."""
        if "name" not in sent.form:
            return Done(you=_name(sent.form.get("you", "")))
        return Done(you=await self.conversation.who(_name(sent.form["name"])))

    async def clock(self, sent: Posted) -> Done | None:
        """Let time pass, or take it from the machine's clock in hand."""
        step = sent.form.get("step", "")
        if step == "virtual":
            await self.stage.make_virtual(self.stage.now().replace(microsecond=0))
        elif step == "next":
            await self.stage.step_to_next()
        elif step in STEPS:
            await self.stage.step_to(self.stage.now() + STEPS[step])
        else:
            await self.stage.step_to(await self._instant(sent.form.get("to", "")))
        return None

    async def sample(self, sent: Posted) -> Done | None:
        """Load the sample, as its leader."""
        if await self.conversation.study() is None:
            await self.stage.runner.run(posts.clear)
        await load_sample(self.stage, self.conversation, sent.visitor.language)
        return Done(you=MEMBERS[0])

    async def empty(self, sent: Posted) -> Done | None:
        """Begin with a study of one's own, by the form of its command."""
        name = _name(sent.form.get("name", ""))
        today = self.stage.now().astimezone(DEFAULT_ZONE).date()
        given = {
            "name": plain(sent.visitor.language, "page-default-study"),
            "starts": today.isoformat(),
            "weeks": "12",
            "rules": "fines",
            "timezone": DEFAULT_ZONE.key,
            "language": sent.visitor.language,
        }
        await self.conversation.ask(replace(sent.you, account=name), "study start", given, None)
        return Done(you=name)

    async def start_over(self, _: Posted) -> Done | None:
        """Begin anew with an empty database."""
        await self.stage.start_over()
        return None

    async def _instant(self, text: str) -> datetime:
        study = await self.conversation.study()
        try:
            local = datetime.fromisoformat(text)
        except ValueError:
            raise ClockRefused("page-clock-unreadable") from None
        if local.tzinfo is not None:
            return local.astimezone(UTC)
        return instant(local.date(), local.time(), zone_of(study) if study else DEFAULT_ZONE)

    async def _look(self, who: Visitor) -> Look:
        sight = await self.stage.runner.read(see, self.stage.now(), who)
        return Look(sight, self.stage, who.language)

    def _done(self, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
        @wraps(handler)
        async def endpoint(request: Request) -> Response:
            form = {name: str(value) for name, value in (await request.form()).items()}
            who = visitor(request, form.get("you"))
            account = await self.stage.runner.read(speaker, who)
            sent = Posted(who, You(account, who.language), form)
            try:
                done = await handler(self, sent) or Done()
            except ClockRefused as no:
                done = Done(notice=plain(who.language, no.key))
            except Refused as no:
                done = Done(notice=draw(refusal(no), who.language, DEFAULT_ZONE).text)
            self.changed()
            return await self._answered(request, replace(who, account=done.you or who.account), done)

        return endpoint

    async def _answered(self, request: Request, who: Visitor, done: Done) -> Response:
        """The regions, or for a browser without scripts the page again."""
        response: Response
        if "hx-request" in request.headers:
            look = await self._look(who)
            notice, is_chosen = done.notice, done.you is not None
            html = look.draw("look", regions=look.regions(), notice=notice, is_chosen=is_chosen)
            response = HTMLResponse(html, headers=SAFE)
        else:
            response = RedirectResponse("/", 303)
        if done.you:
            remember(response, YOU, done.you)
        return response


def _name(text: str) -> str:
    return NameKind().read(text)


def _number(sent: Posted, name: str) -> int:
    text = sent.form.get(name, "")
    if not text.isdecimal() or len(text) > 18:
        raise HTTPException(400)
    return int(text)
