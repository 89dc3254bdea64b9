"""Slack's text format: what people type as it is sent, whom a text notifies, and how a reader sees it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from tests.slack.model import User, walk
from tests.slack.problems import Findings, Json, Refusal

if TYPE_CHECKING:
    from tests.slack.places import Team

TOKEN = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")
TYPED = re.compile(
    r"<[@#][A-Z0-9]+>|https?://[^\s<>]+|(?<![\w@./])(?:[\w-]+\.)+(?:com|org|net|io|dev|kr)(?:/[^\s<>]*)?"
)
DATE = re.compile(r"date\^(\d+)\^([^\^]+)(?:\^(https?://.+))?$")
DATE_PARTS = (
    "{date_num} {date_slash} {date_long} {date_long_full} {date_long_pretty} {date_short} "
    "{date_short_pretty} {date} {date_pretty} {day_divider_pretty} {time} {time_secs} {ago}"
)
CROWDS = ("channel", "here", "everyone")


def escaped(text: str) -> str:
    """Give text with its three control characters escaped."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescaped(text: str) -> str:
    """Give text as it was before escaping."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def composed(text: str, team: Team, *, named: bool = False) -> str:
    """Give what somebody types as Slack keeps it: links and mentions in angle brackets, all else escaped.

    `named` is a slash command's `should_escape`, whose mentions carry the name too.
    """
    parts, at = [], 0
    for found in TYPED.finditer(text):
        parts += [escaped(text[at : found.start()]), _token(found[0], team, named)]
        at = found.end()
    return "".join([*parts, escaped(text[at:])])


def unnamed(text: str, team: Team) -> str:
    """Give a slash command's text without `should_escape`: names for mentions, links as typed."""

    def name(found: re.Match[str]) -> str:
        return _name(found[0], team)

    return re.sub(r"<[@#][A-Z0-9]+>", name, text)


def _token(typed: str, team: Team, named: bool) -> str:
    if typed.startswith("<"):
        return f"{typed[:-1]}|{_name(typed, team)[1:]}>" if named else typed
    if typed.startswith("http"):
        return f"<{escaped(typed)}>"
    return f"<http://{escaped(typed)}|{escaped(typed)}>"


def _name(token: str, team: Team) -> str:
    id_ = token[2:-1]
    found = team.users.get(id_) if token[1] == "@" else team.channels.get(id_)
    assert found is not None, f"the client offers nobody and no channel {token}"
    return f"{token[1]}{found.name}"


def markup(text: str, blocks: list[Json]) -> Iterator[str]:
    """Give what is read as mrkdwn in a message: its blocks', or where it has none, its text."""
    if not blocks:
        yield text
    for part in walk(blocks):
        if part.get("type") == "mrkdwn":
            yield str(part.get("text", ""))
        elif part.get("type") == "user":
            yield f"<@{part.get('user_id')}>"
        elif part.get("type") == "broadcast":
            yield f"<!{part.get('range')}>"


def pings(text: str, blocks: list[Json], team: Team) -> tuple[list[User], list[str]]:
    """Give whom a message names so that they are notified, and which crowds."""
    users: list[User] = []
    crowds: list[str] = []
    for each in markup(text, blocks):
        for sigil, what, _ in TOKEN.findall(each):
            if sigil == "@" and (user := team.users.get(what)) and user not in users:
                users.append(user)
            if sigil == "!" and what in CROWDS and what not in crowds:
                crowds.append(what)
    return users, crowds


def hold(what: str, text: str, blocks: list[Json], team: Team) -> None:
    """Hold that what stands in angle brackets means something: a well-behaved bot escapes all else."""
    findings = Findings()
    _check_tokens(text, blocks, team, findings)
    for wrong in findings.messages:
        team.world.wrong(what, Refusal("unescaped", wrong))


def _check_tokens(text: str, blocks: list[Json], team: Team, findings: Findings) -> None:
    for each in markup(text, blocks):
        for sigil, what, label in TOKEN.findall(each):
            if sigil == "@" and what not in team.users:
                findings.wrong("/text", f"names nobody: <@{what}>")
            elif sigil == "#" and what not in team.channels:
                findings.wrong("/text", f"names no channel: <#{what}>")
            elif sigil == "!" and what.startswith("date"):
                _check_date(what, label, findings)
            elif sigil == "!" and what not in CROWDS and not what.startswith("subteam^"):
                findings.wrong("/text", f"means nothing: <!{what}>")
            elif not sigil and not re.match(r"(https?|mailto|tel|slack):", what):
                findings.wrong("/text", f"is no link, and should be escaped: <{what}>")


def _check_date(what: str, fallback: str, findings: Findings) -> None:
    found = DATE.match(what)
    if not found or not fallback:
        findings.wrong("/text", f"is no date with a fallback: <!{what}>")
    elif (set(re.findall(r"{[^}]*}", found[2])) or {""}) - set(DATE_PARTS.split()):
        findings.wrong("/text", f"has no such date format: {found[2]}")


def shown(text: str, reader: User) -> str:
    """Give a text as somebody reads it: names, labels, and dates in their own zone (as ISO)."""

    def token(found: re.Match[str]) -> str:
        sigil, what, label = found[1], found[2], found[3]
        if sigil in {"@", "#"}:
            places: dict[str, str] = {x.id: x.name for x in reader.team.channels.values()}
            people = {x.id: x.name for x in reader.team.users.values()}
            return sigil + (people if sigil == "@" else places).get(what, what)
        if sigil == "!" and (date := DATE.match(what)):
            at = datetime.fromtimestamp(int(date[1]), UTC).astimezone(ZoneInfo(reader.tz))
            return re.sub(r"{([^}]*)}", lambda part: _moment(part[1], at), date[2])
        return label or sigil.replace("!", "@") + what

    return unescaped(TOKEN.sub(token, text))


def _moment(part: str, at: datetime) -> str:
    if part == "time_secs":
        return f"{at:%H:%M:%S}"
    return f"{at:%H:%M}" if part == "time" else f"{at:%Y-%m-%d}"
