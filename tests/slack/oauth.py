"""Installing the app in a browser: its install page, Slack's question, and the way back."""

from __future__ import annotations

import html
import re
import secrets
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlencode, urlsplit

import aiohttp

from tests.slack.app import Code, Installation

if TYPE_CHECKING:
    from tests.slack.people import Person

AUTHORIZE = "/oauth/v2/authorize"


@dataclass(frozen=True)
class Visit:
    """The page at the end of the way."""

    status: int
    page: str
    address: str
    """How the browser was sent back to the app, with its code and state."""
    cookies: dict[str, str]
    installation: Installation | None


async def visit(person: Person, address: str, *, denies: bool) -> Visit:
    """Follow the install page, answer Slack's question, and go back to the app."""
    hooks = person.world.delivery.hooks
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as browser:
        async with browser.get(hooks.resolve(address), allow_redirects=False) as reply:
            page = await reply.text()
            assert reply.status in {200, 302}, f"the install page answers {reply.status}: {page}"
            cookies = _cookies(reply)
            link = reply.headers.get("Location") or _link(page)
        back = answer(person, link, denies=denies)
        return await come_back(person, back, cookies, browser)


async def come_back(
    person: Person, back: str, cookies: dict[str, str], browser: aiohttp.ClientSession | None = None
) -> Visit:
    """Go back to the app, as the browser does: again, for a code or state that is used up."""
    if browser is None:
        async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as fresh:
            return await come_back(person, back, cookies, fresh)
    sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())} if cookies else {}
    real = person.world.delivery.hooks.resolve(back)
    async with browser.get(real, headers=sent, allow_redirects=False) as reply:
        return Visit(reply.status, await reply.text(), back, cookies, person.team.installation)


def answer(person: Person, link: str, *, denies: bool = False) -> str:
    """Answer Slack's question under a link; give the address to which Slack leads back."""
    app, parts = person.world.app, urlsplit(link)
    asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
    assert parts.path == AUTHORIZE, f"no page of Slack's: {link}"
    assert asked.get("client_id") == app.client_id, f"Slack knows no app {asked.get('client_id')!r}"
    scopes = [scope for scope in asked.get("scope", "").split(",") if scope]
    assert scopes, "invalid_scope: no scopes are asked for"
    strange = [scope for scope in scopes if scope not in app.scopes]
    assert not strange, f"invalid_scope: {strange} are not in the manifest"
    redirect = asked.get("redirect_uri")
    known = app.redirect_urls
    assert known, "bad_redirect_uri: the manifest has no redirect_urls"
    assert redirect is None or any(redirect.startswith(each) for each in known), (
        f"bad_redirect_uri: {redirect}"
    )
    given = {"state": asked.get("state", "")}
    if denies:
        given["error"] = "access_denied"
    else:
        code = Code(secrets.token_hex(16), person.team, person, scopes, redirect, person.world.clock())
        person.world.codes[code.value] = code
        given["code"] = code.value
    return f"{redirect or known[0]}?{urlencode(given)}"


def _link(page: str) -> str:
    found = re.search(rf'href="([^"]*{AUTHORIZE}[^"]*)"', page)
    assert found, f"the install page has no link to Slack: {page}"
    return html.unescape(found[1])


def _cookies(reply: aiohttp.ClientResponse) -> dict[str, str]:
    cookies: SimpleCookie = SimpleCookie()
    for line in reply.headers.getall("Set-Cookie", []):
        cookies.load(line)
    return {name: each.value for name, each in cookies.items()}
