"""Who is asking, about which study, and what their role allows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import bindparam, select, tuple_

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
    if member is None and studies[0].channel != caller.channel:
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
    there = select(Study).where(Study.door == caller.door, Study.workspace == caller.workspace)
    if lock:
        there = there.with_for_update(of=Study)
    if caller.study_id is not None:
        return (await session.scalars(there.where(Study.id == caller.study_id))).all()
    running = there.where(Study.ended_at.is_(None)).order_by(Study.id)
    here = (await session.scalars(running.where(Study.channel == caller.channel))).all()
    if not here:
        over = there.where(Study.channel == caller.channel, Study.ended_at.is_not(None))
        here = (await session.scalars(over.order_by(Study.id.desc()).limit(1))).all()
    if here:
        return here
    mine = running.join(Member, Member.study_id == Study.id).where(
        Member.account == caller.account, Member.left_at.is_(None)
    )
    return (await session.scalars(mine)).all()


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
    places = {(x.door, x.workspace, x.channel) for x in callers if x.study_id is None}
    here = await session.scalars(HERE, {"places": list(places)})
    studies = {(x.door, x.workspace, x.channel): x for x in here}
    wanted = {"studies": [study.id for study in studies.values()], "accounts": {x.account for x in callers}}
    members = {(x.study_id, x.account): x for x in await session.scalars(PRESENT, wanted)}
    found: list[Scope | Refused] = []
    for caller in callers:
        study = studies.get((caller.door, caller.workspace, caller.channel))
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
