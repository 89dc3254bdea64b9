"""Who sits at a browser and which language they read: two cookies."""

from dataclasses import dataclass
from urllib.parse import quote, unquote

from starlette.requests import Request
from starlette.responses import Response

from bot.commands.kinds import NameKind
from bot.doors.language import preferred
from bot.rules.refusal import Refused
from bot.texts import LANGUAGES

YOU, LANGUAGE = "you", "language"
A_YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Visitor:
    """A browser: the account it speaks as, if one was chosen, and the language of its page."""

    account: str | None
    language: str


def visitor(request: Request, says: str | None) -> Visitor:
    """The visitor of a request: whom the page shows goes before the cookie, which may be on its way.

    Korean is read where neither the cookie nor the browser says English.
    """
    chosen = request.cookies.get(LANGUAGE)
    language = chosen if chosen in LANGUAGES else preferred(request.headers.get("accept-language", ""))
    account = _account(says or "") or _account(unquote(request.cookies.get(YOU, "")))
    return Visitor(account, language)


def _account(text: str) -> str | None:
    try:
        return NameKind().read(text)
    except Refused:
        return None


def remember(response: Response, name: str, value: str) -> None:
    """Set a cookie; names are quoted, since a cookie holds ASCII alone."""
    response.set_cookie(name, quote(value, safe=""), max_age=A_YEAR, httponly=True, samesite="strict")
