"""What there is to see at a look: read at once, drawn afterwards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.doors.playground import posts
from bot.doors.playground.channel import names_of, shown_study
from bot.doors.playground.conversation import DEFAULT_ZONE
from bot.doors.playground.months import MonthView, months_of
from bot.doors.playground.plots import Plot, plots
from bot.doors.playground.season import Season, season
from bot.doors.playground.threads import Thread, threads_of
from bot.doors.playground.turns import TurnRow, turn_rows
from bot.doors.playground.visitor import Visitor
from bot.rules.timeline import Moment, instants
from bot.services.fines import fines_of
from bot.services.money import accounts_of
from bot.services.scope import present_members
from bot.services.snapshot import Snapshot, snapshot
from bot.services.standing import board
from bot.services.turns import rota_of
from bot.texts import Style, plain
from db import Session
from db.models import Member, Post, Study


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the chat: the season, its money, its turns, and how they look as plots."""

    season: Season
    months: Sequence[MonthView]
    turns: Sequence[TurnRow]
    plots: Sequence[Plot]


@dataclass(frozen=True, slots=True)
class Sight:
    """Everything read for one look."""

    now: datetime
    study: Study | None
    members: Sequence[Member]
    names: Mapping[str, str]
    """What accounts are called, those of past members too."""
    you: str
    posts: Sequence[Post]
    threads: Mapping[int, Thread]
    upcoming: Sequence[Moment]
    beside: Beside | None

    @property
    def zone(self) -> ZoneInfo:
        """The zone that days and times are shown in."""
        return ZoneInfo(self.study.timezone) if self.study else DEFAULT_ZONE

    @property
    def name(self) -> str:
        """What the visitor is called in the study, or else their account."""
        return next((x.name for x in self.members if x.account == self.you), self.you)


async def speaker(session: Session, visitor: Visitor) -> str:
    """The account a visitor speaks as: the first member's until they choose."""
    if visitor.account:
        return visitor.account
    study = await shown_study(session)
    members = await present_members(session, study) if study else []
    first = next((x.account for x in members if x.account), None)
    return first or plain(visitor.language, "page-default-name")


async def see(session: Session, now: datetime, visitor: Visitor) -> Sight:
    """Read what there is to see for a visitor."""
    study = await shown_study(session)
    you = await speaker(session, visitor)
    shown = await posts.seen_by(session, you)
    threads = await threads_of(session, shown)
    if study is None:
        return Sight(now, None, (), {}, you, shown, threads, (), None)
    shot = await snapshot(session, study)
    members = [member for member in shot.members if member.left_at is None]
    names = await names_of(session, study)
    beside = await _beside(session, shot, now, visitor.language)
    return Sight(now, study, members, names, you, shown, threads, _upcoming(shot), beside)


async def _beside(session: Session, shot: Snapshot, now: datetime, language: str) -> Beside:
    """A study that has ended stays as it was then."""
    study = shot.study
    at = min(now, study.ended_at) if study.ended_at else now
    style = Style(language, ZoneInfo(study.timezone))
    whole = await board(session, shot, at)
    accounts = await accounts_of(session, study.id)
    months = await months_of(session, shot, accounts, at)
    return Beside(
        season(whole, await fines_of(session, shot, accounts, None, at), at, style),
        months,
        turn_rows(await rota_of(session, shot, at), at),
        plots(whole, months, style),
    )


def _upcoming(shot: Snapshot) -> Sequence[Moment]:
    """The moments that the clock comes to next."""
    timeline, next_at = shot.season.moments(), shot.study.next_moment_at
    following = (x.moments for x in instants(timeline, ()) if x.run_at == next_at)
    return next(following, ())
