"""A member's calendar at its secret address, for calendar programs that ask now and then."""

from dataclasses import replace
from hashlib import sha256
from typing import Protocol

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.records.calendar_ics import as_ics, source_of
from bot.services import feeds
from db import Runner, Session

PRIVATE = {"Cache-Control": "private, no-cache", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}


class Office(Protocol):
    """What there is behind the page."""

    @property
    def runner(self) -> Runner: ...


def calendars(office: Office) -> Starlette:
    """The addresses that `/records calendar` gives, under `/calendar/`."""

    async def calendar(request: Request) -> Response:
        found = await office.runner.read(_file, request.path_params["token"])
        if found is None:
            return PlainTextResponse("Not found\n", 404, PRIVATE)
        known = {**PRIVATE, "ETag": f'"{sha256(found).hexdigest()[:32]}"'}
        if known["ETag"] in request.headers.get("if-none-match", "").replace("W/", "").split(", "):
            return Response(status_code=304, headers=known)
        return Response(found, media_type="text/calendar; charset=utf-8", headers=known)

    return Starlette(routes=[Route("/calendar/{token}.ics", calendar)])


async def _file(session: Session, token: str) -> bytes | None:
    found = await feeds.whose(session, token)
    if found is None:
        return None
    study, member = found
    source = await source_of(session, study, study.created_at, member.id)
    # It bears the time of its last change, so that one that says the same is the same.
    return as_ics(replace(source, at=source.changed))
