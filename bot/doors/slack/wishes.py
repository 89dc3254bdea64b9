"""What somebody wants who typed a command, pressed a button, used a shortcut, or sent a form."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.commands.command import Command, Commands
from bot.commands.kinds import PersonKind
from bot.commands.parsing import Parsed
from bot.doors.slack import state
from bot.doors.slack.commands import TOKEN, typed, unescaped
from bot.doors.slack.office import DOOR
from bot.doors.slack.people import Known
from bot.doors.slack.state import ASK, RUN, State
from bot.rules.refusal import Refused
from bot.services.scope import Caller

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Heard:
    """Something that somebody did: who, where and when, and how they can be answered."""

    workspace: str
    account: str
    at: datetime
    channel: str = ""
    called: str = ""
    trigger: str = ""
    response_url: str = ""
    home: bool = False
    """Whether it was done on the Home tab, or in a form that was opened there."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A command with its arguments, who calls it, and whether its options are to be asked for first."""

    parsed: Parsed
    caller: Caller
    state: State

    @property
    def asks(self) -> bool:
        return self.state.does == ASK


def heard_of(body: Body, at: datetime) -> Heard:
    """What was done, of whatever kind; buttons and shortcuts tell the time by themselves."""
    if "command" in body:
        return Heard(
            body["team_id"],
            body["user_id"],
            at,
            body["channel_id"],
            body.get("user_name", ""),
            body["trigger_id"],
            body["response_url"],
        )
    user, view = body["user"], body.get("view") or {}
    kept = state.read(view.get("private_metadata") or "") if body["type"] == "view_submission" else None
    return Heard(
        view.get("app_installed_team_id") or (body.get("team") or {}).get("id") or user["team_id"],
        user["id"],
        _moment(_stamp(body)) or at,
        kept.channel if kept else (body.get("channel") or {}).get("id", ""),
        user.get("name") or user.get("username", ""),
        body.get("trigger_id", ""),
        kept.response_url if kept else body.get("response_url", ""),
        kept.home if kept else view.get("type") == "home",
    )


def _stamp(body: Body) -> str:
    actions = body.get("actions") or [{}]
    return str(actions[0].get("action_ts") or body.get("action_ts") or "")


def _moment(stamp: str) -> datetime | None:
    """The instant of a stamp such as `1649862000.123456`, to the microsecond."""
    seconds, _, rest = stamp.partition(".")
    if not (seconds.isdecimal() and (rest or "0").isdecimal()):
        return None
    return EPOCH + timedelta(seconds=int(seconds), microseconds=int(f"{rest:0<6}"[:6]))


def caller_of(heard: Heard, known: Known, study: int | None = None) -> Caller:
    """Who it is, and where: anybody but guests may start a study, who manages the workspace take one over.

    A conversation of two is no channel in which a study could live.
    """
    return Caller(
        DOOR,
        heard.workspace,
        "" if heard.channel.startswith("D") else heard.channel,
        heard.account,
        known.name or heard.called or heard.account,
        study,
        may_start=not known.is_guest,
        manages=known.manages,
    )


def wish_of(body: Body, heard: Heard, known: Known, commands: Commands, prefix: str) -> Wish:
    """What somebody wants; raises `Refused` where it cannot be done."""
    if "command" in body:
        parsed = typed(body["command"], body.get("text") or "", prefix, commands)
        wanted = State(RUN, parsed.command.name, arguments=parsed.arguments)
    elif body["type"] == "message_action":
        wanted = State(RUN, "submit", arguments={"link": _link_in(body)})
    else:
        found = state.read(_written(body))
        if found is None or found.command not in commands:
            raise Refused("door-no-more")
        wanted = found
    parsed = Parsed(commands[wanted.command], dict(wanted.arguments))
    return Wish(parsed, caller_of(heard, known, wanted.study), wanted)


def _written(body: Body) -> str:
    if body["type"] == "view_submission":
        return str(body["view"].get("private_metadata") or "")
    return str(body["actions"][0].get("value") or "")


def with_arguments(wish: Wish, given: Mapping[str, str]) -> Wish:
    """The same with more that is known."""
    arguments = {**wish.parsed.arguments, **given}
    return Wish(Parsed(wish.parsed.command, arguments), wish.caller, replace(wish.state, arguments=arguments))


def _link_in(body: Body) -> str:
    """The link in a message of one's own."""
    posted = body["message"]
    if posted.get("user") != body["user"]["id"]:
        raise Refused("door-not-yours")
    for sigil, address, _ in TOKEN.findall(posted.get("text") or ""):
        if not sigil and address.startswith("http"):
            return unescaped(address)
    raise Refused("door-no-link")


def picked(command: Command, arguments: Mapping[str, str]) -> str | None:
    """The account that was picked, where the command wants to know what it is called."""
    names = [x.name for x in command.typed if isinstance(x.kind, PersonKind) and x.name in arguments]
    if not names or command.option("called") is None:
        return None
    return arguments[names[0]].strip().removeprefix("@") or None
