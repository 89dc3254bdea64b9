"""Who is asking, about which study, and what their role allows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Select, bindparam, select, tuple_

from bot.rules.refusal import Refused
from bot.services.advancing import catch_up
from bot.texts import Command, Names, Written
from db import Session
from db.models import Member, Study


class Role(StrEnum):
    """What a member may do: a leader everything, a treasurer the money."""

    LEADER = "leader"
    TREASURER = "treasurer"
    MEMBER = "member"


@dataclass(frozen=True, slots=True)
class Caller:
    """Whoever asks: an account of a platform, in a channel of it.

    `study_id` is what a button carries; `may_start` and `manages` are what the platform lets them do:
    start a study here, and take one over.
    """

    door: str
    workspace: str
    channel: str
    account: str
    name: str
    study_id: int | None = None
    may_start: bool = True
    manages: bool = False
    named: bool = False
    """Whether people's names are their accounts there, as in the playground."""
    parent: str | None = None
    """The channel that `channel` is a thread of."""

    @property
    def channels(self) -> tuple[str, ...]:
        """Where a study can be that is meant here, the nearest first."""
        return (self.channel,) if self.parent is None else (self.channel, self.parent)


class WhichStudy(Refused):
    """The person is in several running studies and asks from none of their channels."""

    def __init__(self, studies: Sequence[Study]) -> None:
        super().__init__("which-study")
        self.studies = [(study.id, study.name) for study in studies]


@dataclass(frozen=True, slots=True)
class Scope:
    """The study that is meant and the caller as its member, if they are one."""

    study: Study
    caller: Member | None

    @property
    def member(self) -> Member:
        """The caller as a member; refused for anybody else."""
        if self.caller is None:
            raise Refused("not-a-member", study=Written(self.study.name), command=Command("study join"))
        return self.caller

    def still_running(self) -> None:
        """Refused for a study that has ended."""
        if self.study.ended_at is not None:
            raise Refused("study-over", study=Written(self.study.name), command=Command("study start"))

    def require(self, *roles: Role) -> Member:
        """The caller, who must have one of these roles; a leader always may."""
        member = self.member
        if member.role != Role.LEADER and member.role not in roles:
            raise Refused("not-allowed-treasurer" if Role.TREASURER in roles else "not-allowed")
        return member


async def scope(session: Session, caller: Caller, *, lock: bool = False) -> Scope:
    """The study a call concerns: its button's, its channel's (also the last one that ended there),
    else the caller's only running one.

    `lock` keeps other writers of the study waiting until the commit.
    Raises `Refused` where there is none, `WhichStudy` where there are several.
    """
    studies = await _studies(session, caller, lock)
    if not studies:
        raise (
            Refused("no-study", command=Command("study start"))
            if caller.study_id is None
            else Refused("no-such-study")
        )
    if len(studies) > 1:
        raise WhichStudy(studies)
    member = await session.scalar(
        select(Member).where(
            Member.study_id == studies[0].id,
            Member.account == caller.account,
            Member.left_at.is_(None),
        )
    )
    if member is None and studies[0].channel not in caller.channels:
        # A button's id is no way into the study of a channel that the caller is not in.
        raise Refused("no-such-study")
    return Scope(studies[0], member)


async def acting(session: Session, caller: Caller, at: datetime, *, over: bool = False) -> Scope:
    """The scope of a call that changes something: other writers of the study wait until the commit.

    What was due before it is run first, so that it comes out as if it had been run in time.
    Refused for a study that has ended, unless that is no matter (`over`): debts are paid afterwards too.
    """
    found = await scope(session, caller, lock=True)
    if not over:
        found.still_running()
    await catch_up(session, found.study, at)
    return found


async def _studies(session: Session, caller: Caller, lock: bool) -> Sequence[Study]:
    queries = [in_channel(caller.door, caller.workspace, *caller.channels), _running(caller)]
    if caller.study_id is not None:
        queries = [_in_workspace(caller).where(Study.id == caller.study_id)]
    for query in queries:
        if found := (await session.scalars(query.with_for_update(of=Study) if lock else query)).all():
            return found
    return ()


async def running(session: Session, caller: Caller) -> Sequence[Study]:
    """The studies of a workspace that somebody is in and that have not ended."""
    return (await session.scalars(_running(caller))).all()


def _running(caller: Caller) -> Select[Study]:
    mine = (Member.account == caller.account, Member.left_at.is_(None), Study.ended_at.is_(None))
    there = _in_workspace(caller).join(Member, Member.study_id == Study.id)
    return there.where(*mine).order_by(Study.id)


def _in_workspace(caller: Caller) -> Select[Study]:
    return select(Study).where(Study.door == caller.door, Study.workspace == caller.workspace)


def in_channel(door: str, workspace: str, channel: str, *parents: str) -> Select[Study]:
    """The study that runs in a channel or above it, else the last one that did."""
    there = (Study.door == door, Study.workspace == workspace, Study.channel.in_((channel, *parents)))
    order = (Study.ended_at.is_not(None), Study.channel != channel, Study.id.desc())
    return select(Study).where(*there).order_by(*order).limit(1)


# Built once: every hand-in runs them.
HERE = (
    select(Study)
    .where(
        tuple_(Study.door, Study.workspace, Study.channel).in_(bindparam("places", expanding=True)),
        Study.ended_at.is_(None),
    )
    .order_by(Study.id)
    .with_for_update()
)
PRESENT = select(Member).where(
    Member.study_id.in_(bindparam("studies", expanding=True)),
    Member.account.in_(bindparam("accounts", expanding=True)),
    Member.left_at.is_(None),
)


async def scopes_of(session: Session, callers: Sequence[Caller]) -> list[Scope | Refused]:
    """The scopes of many callers, locked, in two statements where each is in its study's channel."""
    places = {(x.door, x.workspace, there) for x in callers if x.study_id is None for there in x.channels}
    here = await session.scalars(HERE, {"places": list(places)})
    studies = {(x.door, x.workspace, x.channel): x for x in here}
    wanted = {"studies": [study.id for study in studies.values()], "accounts": {x.account for x in callers}}
    members = {(x.study_id, x.account): x for x in await session.scalars(PRESENT, wanted)}
    found: list[Scope | Refused] = []
    for caller in callers:
        near = (studies.get((caller.door, caller.workspace, there)) for there in caller.channels)
        study = next(filter(None, near), None)
        if caller.study_id is None and study is not None:
            found.append(Scope(study, members.get((study.id, caller.account))))
            continue
        try:
            alone = await scope(session, caller, lock=True)
            alone.still_running()
            found.append(alone)
        except Refused as no:
            found.append(no)
    return found


async def find_member(session: Session, study: Study, who: str) -> Member:
    """A present member of the study by study name, or by account; refused if unknown."""
    return named(await present_members(session, study), who)


def named(members: Iterable[Member], who: str) -> Member:
    """The present member of this study name or account; refused, with the names, if there is none.

    With an @ before it the account goes first, so that nobody is taken for somebody by choosing a name.
    """
    present = [member for member in members if member.left_at is None]
    bare = who.removeprefix("@")
    by_account = [member for member in present if member.account == bare]
    by_name = [member for member in present if member.name == bare]
    found = by_account + by_name if who.startswith("@") else by_name + by_account
    if found:
        return found[0]
    raise Refused("no-such-member", who=Written(who), members=Names(tuple(x.name for x in present)))


async def present_members(session: Session, study: Study) -> Sequence[Member]:
    """The members who are in the study now, in the order of joining."""
    query = select(Member).where(Member.study_id == study.id, Member.left_at.is_(None))
    return (await session.scalars(query.order_by(Member.id))).all()
