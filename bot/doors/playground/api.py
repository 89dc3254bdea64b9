"""The playground's JSON interface (DESIGN.md section 5)."""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import wraps
from json import JSONDecodeError
from typing import Any, TypeGuard

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.doors.playground import posts, sample
from bot.doors.playground.channel import names_of, shown_study
from bot.doors.playground.conversation import DEFAULT_LANGUAGE, Conversation, You
from bot.doors.playground.drawing import Drawn
from bot.doors.playground.stage import ClockRefused, Stage
from bot.doors.playground.threads import Thread, threads_of
from bot.texts import LANGUAGES, plain
from db import Session
from db.models import Post

BODY_AT_MOST = 100_000
NAME_AT_MOST = 80
SUBSTITUTE = "\x1a"
NO_BUTTON = "button is one of a reply's or a message's buttons"
Handler = Callable[["Api", dict[str, Any]], Awaitable[Any]]


class BadRequest(Exception):
    """The request is not of the interface's form; the words say what is wrong."""


class Api:
    """Answers programs on the playground's own address."""

    def __init__(self, stage: Stage, conversation: Conversation, changed: Callable[[], None]) -> None:
        self.stage = stage
        self.conversation = conversation
        self.changed = changed

    def routes(self) -> list[Route]:
        """The routes below `/api`."""
        return [
            Route("/sample", self._answered(Api.sample), methods=["POST"]),
            Route("/say", self._answered(Api.say), methods=["POST"]),
            Route("/press", self._answered(Api.press), methods=["POST"]),
            Route("/channel", self._answered(Api.channel), methods=["GET"]),
            Route("/clock", self._answered(Api.clock), methods=["POST"]),
        ]

    def _answered(self, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
        @wraps(handler)
        async def endpoint(request: Request) -> Response:
            try:
                body = await _body(request) if request.method == "POST" else {}
                return JSONResponse(await handler(self, body))
            except BadRequest as problem:
                return JSONResponse({"error": str(problem)}, 400)
            except ClockRefused as no:
                return JSONResponse({"error": plain("en", no.key)}, 409)

        return endpoint

    async def sample(self, body: dict[str, Any]) -> Any:
        """Load the sample, over a fresh database if there is something in this one."""
        language = body.get("language", DEFAULT_LANGUAGE)
        if language not in LANGUAGES:
            raise BadRequest(f"language is one of {', '.join(LANGUAGES)}")
        await load_sample(self.stage, self.conversation, language)
        self.changed()
        return {"now": self.stage.now().isoformat(), "members": list(sample.MEMBERS)}

    async def say(self, body: dict[str, Any]) -> Any:
        """Say a line as somebody; the replies are what only they would see.

        What is said in a thread is for everybody and has a reply only where it is refused.
        """
        who, text, thread = _name(body), _text(body, "text", empty=True), body.get("thread")
        if not (thread is None or _is_id(thread)):
            raise BadRequest("thread is the id of a thread")
        you = You(await self.conversation.who(who), _language(body))
        drawn: Drawn | None
        if thread is None:
            drawn = await self.conversation.say(you, text)
        else:
            drawn = await self.conversation.say_in_thread(you, thread, text)
        self.changed()
        return _replies(drawn)

    async def press(self, body: dict[str, Any]) -> Any:
        """Press a button of a reply or of a message, as somebody."""
        who, (command, arguments, study) = _name(body), self._button(body.get("button"))
        you = You(await self.conversation.who(who), _language(body))
        drawn = await self.conversation.call(you, command, arguments, study)
        self.changed()
        return _replies(drawn)

    def _button(self, button: Any) -> tuple[str, dict[str, str], int | None]:
        """What a button calls, with which arguments, and of which study."""
        match button:
            case {"command": str(command), **more} if command in self.stage.desk.commands:
                arguments, study = more.get("arguments") or {}, more.get("study")
            case _:
                raise BadRequest(NO_BUTTON)
        if not isinstance(arguments, dict) or not (study is None or _is_id(study)):
            raise BadRequest(NO_BUTTON)
        return command, {_clean(name): _clean(str(value)) for name, value in arguments.items()}, study

    async def channel(self, _: dict[str, Any]) -> Any:
        """What everybody sees in the channel, the oldest first."""
        shown, spoken, names = await self.stage.runner.read(_seen)
        return {
            "now": self.stage.now().isoformat(),
            "messages": [
                {
                    "id": post.id,
                    "at": post.at.isoformat(),
                    "text": post.text,
                    "mentions": post.mentions,
                    "buttons": post.buttons,
                }
                for post in shown
            ],
            "threads": [_thread(thread, names) for thread in spoken.values()],
        }

    async def clock(self, body: dict[str, Any]) -> Any:
        """Step the virtual clock to an instant, or until the next moment has run."""
        to = _text(body, "to")
        if to == "next":
            await self.stage.step_to_next()
        else:
            await self.stage.step_to(_instant(to))
        self.changed()
        return {"now": self.stage.now().isoformat()}


async def _seen(session: Session) -> tuple[Sequence[Post], Mapping[int, Thread], Mapping[str, str]]:
    """The channel's messages, the threads that begin with them, and what accounts are called."""
    shown = await posts.seen_by(session, None)
    study = await shown_study(session)
    names = await names_of(session, study) if study else {}
    return shown, await threads_of(session, shown), names


def _thread(thread: Thread, names: Mapping[str, str]) -> dict[str, Any]:
    """What was said in a thread, and by whom; what the bot said is by nobody."""
    week = {} if thread.week is None else {"week": thread.week}
    said = [
        {
            "id": post.id,
            "at": post.at.isoformat(),
            "by": names.get(post.author, post.author) if post.author else None,
            "text": post.text,
        }
        for post in thread.replies
    ]
    return {"id": thread.opener.id, **week, "open": thread.is_open, "messages": said}


def _replies(drawn: Drawn | None) -> dict[str, Any]:
    return {"replies": [{"text": drawn.text, "buttons": drawn.buttons}] if drawn else []}


async def load_sample(stage: Stage, conversation: Conversation, language: str) -> None:
    """Load the sample and set the virtual clock to the evening before its first week."""
    shown = await stage.runner.read(posts.seen_by, None)
    if shown or await conversation.study():
        await stage.start_over()
    await stage.make_virtual(sample.BEGINS)
    await stage.runner.run(sample.load, language)
    await stage.settle()


async def _body(request: Request) -> dict[str, Any]:
    raw = await request.body()
    if len(raw) > BODY_AT_MOST:
        raise BadRequest("the body is too long")
    try:
        body = json.loads(raw or b"{}")
    except (JSONDecodeError, UnicodeDecodeError, RecursionError) as problem:
        raise BadRequest("the body is not JSON") from problem
    if not isinstance(body, dict):
        raise BadRequest("the body is not an object")
    return body


def _language(body: dict[str, Any]) -> str | None:
    language = body.get("language")
    if language not in (None, *LANGUAGES):
        raise BadRequest(f"language is one of {', '.join(LANGUAGES)}")
    return language


def _text(body: dict[str, Any], name: str, *, empty: bool = False) -> str:
    value = body.get(name)
    if not isinstance(value, str) or not (empty or value.strip()):
        raise BadRequest(f"{name} is missing, or not a text")
    return _clean(value)


def _name(body: dict[str, Any]) -> str:
    name = _text(body, "as")
    if len(name) > NAME_AT_MOST:
        raise BadRequest(f"as is a name of at most {NAME_AT_MOST} characters")
    return name


def _is_id(value: object) -> TypeGuard[int]:
    return type(value) is int and 0 < value < 2**31


def _clean(text: str) -> str:
    """A text that every database takes: JSON lets NUL and halves of characters through."""
    return text.replace("\0", SUBSTITUTE).encode("utf-8", "replace").decode("utf-8")


def _instant(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
        if at.tzinfo is not None:
            return at.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise BadRequest("to is an ISO instant with an offset, or next")
