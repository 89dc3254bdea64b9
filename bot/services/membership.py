"""Who is in a study: joining, leaving, roles, and how each wants to be reminded."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Select, func, select

from bot.rules.refusal import Refused
from bot.services import history, outbox
from bot.services.books import settle_up
from bot.services.judging import correct
from bot.services.scope import Caller, Role, acting, find_member
from bot.services.snapshot import snapshot
from bot.services.turns import join_rotation
from bot.texts import Command
from db import Session
from db.models import Member, Study

MEMBERS_AT_MOST = 100


class How(StrEnum):
    """What came of a wish to have somebody in: a new member, an account for one, or a question."""

    JOINED = "joined"
    CONNECTED = "connected"
    ASKED = "asked"


@dataclass(frozen=True, slots=True)
class Entered:
    """The member that a wish concerns, and what came of it."""

    member: Member
    how: How


async def join(session: Session, caller: Caller, name: str | None, at: datetime) -> Entered:
    """Become a member under a study name; refused for one who is in already or a name that is taken.

    Whoever says that the name of a member without an account is theirs is not believed: the channel
    is told once, and a leader may confirm it.
    """
    found = await acting(session, caller, at)
    if found.caller:
        raise Refused("already-in", study=found.study.name, name=found.caller.name)
    study, wanted = found.study, name or caller.name
    waiting = await _unconnected(session, study, wanted)
    if waiting is None:
        return Entered(await _enter(session, study, caller.account, wanted, at, by=None), How.JOINED)
    claim = {"member": waiting.id, "account": caller.account}
    key = f"claimed:{waiting.id}:{caller.account}"
    await outbox.post(session, [outbox.row(study, key, "claimed", claim, at)])
    return Entered(waiting, How.ASKED)


async def add(
    session: Session, caller: Caller, account: str, name: str | None, at: datetime, called: str | None = None
) -> Entered:
    """Take somebody of the platform in, as a leader; `called` is what they are called there.

    Under the name of a member without an account they become that member. This is never guessed:
    where no name is given and they are merely called so, nothing is done and the leader is asked.
    """
    found = await acting(session, caller, at)
    leader = found.require(Role.LEADER)
    wanted = name or called or (account if caller.named else None)
    if wanted is None:
        raise Refused("add-needs-name")
    waiting = await _unconnected(session, found.study, wanted)
    there = await session.scalar(_present(found.study).where(Member.account == account))
    if there and waiting and name:
        raise Refused("is-in-as-another", name=there.name, other=name, command=Command("study leave"))
    if there:
        raise Refused("is-in-already", name=there.name)
    if waiting is None:
        return Entered(await _enter(session, found.study, account, wanted, at, by=leader.id), How.JOINED)
    if name is None:
        return Entered(waiting, How.ASKED)
    await connect(session, found.study, waiting, account, at, by=leader)
    return Entered(waiting, How.CONNECTED)


async def connect(
    session: Session, study: Study, member: Member, account: str, at: datetime, by: Member
) -> None:
    """Give a member without an account theirs; everything of the member stays as it is."""
    member.account = account
    line = await history.note(session, history.Line(study, "connected", at, by=by.id, member=member.id))
    await outbox.announce(session, study, "joined", at, line, member=member.id)
    await outbox.refresh_open(session, study, at)


async def _unconnected(session: Session, study: Study, name: str) -> Member | None:
    member: Member | None = await session.scalar(
        _present(study).where(Member.name == name, Member.account.is_(None))
    )
    return member


def _present(study: Study) -> Select[Member]:
    return select(Member).where(Member.study_id == study.id, Member.left_at.is_(None))


async def _enter(
    session: Session, study: Study, account: str, name: str, at: datetime, by: int | None
) -> Member:
    present = _present(study)
    if await session.scalar(present.where(Member.name == name)):
        raise Refused("name-taken", name=name)
    count = await session.scalar(select(func.count()).select_from(present.subquery()))
    if (count or 0) >= MEMBERS_AT_MOST:
        raise Refused("study-full", most=MEMBERS_AT_MOST)
    member = Member(
        study_id=study.id,
        account=account,
        name=name,
        role=Role.MEMBER,
        notify="channel",
        joined_at=at,
    )
    session.add(member)
    await join_rotation(session, study, member)
    await session.flush()
    line = await history.note(
        session, history.Line(study, "joined", at, by=by or member.id, member=member.id)
    )
    await outbox.announce(session, study, "joined", at, line, member=member.id)
    await outbox.refresh_open(session, study, at)
    return member


async def leave(session: Session, caller: Caller, at: datetime) -> Study:
    """Leave the study; what is in the ledger stays. Refused for its only leader."""
    found = await acting(session, caller, at)
    await _go(session, found.study, found.member, at, by=found.member)
    return found.study


async def remove(session: Session, caller: Caller, who: str, at: datetime) -> Member:
    """Take a member out of the study, as a leader."""
    found = await acting(session, caller, at)
    leader = found.require(Role.LEADER)
    member = await find_member(session, found.study, who)
    await _go(session, found.study, member, at, by=leader)
    return member


async def _go(session: Session, study: Study, member: Member, at: datetime, by: Member) -> None:
    await _keep_a_leader(session, study, member)
    member.left_at = at
    line = await history.note(session, history.Line(study, "left", at, by=by.id, member=member.id))
    await outbox.announce(session, study, "left", at, line, member=member.id)
    shot = await snapshot(session, study, lambda row: row.id == member.id)
    later = [week for week in shot.season.weeks_of(member.id) if week.closes_at > at]
    if any([await correct(session, shot, week, member.id, at, line) for week in later]):
        await settle_up(session, study, at, line)
    await outbox.refresh_open(session, study, at)


async def set_role(session: Session, caller: Caller, who: str, role: Role, at: datetime) -> Member:
    """Give a member a role, as a leader; the study keeps at least one leader.

    Who manages the workspace may make themselves a leader: taking over is logged and announced.
    """
    found = await acting(session, caller, at)
    member = await find_member(session, found.study, who)
    taking_over = caller.manages and role is Role.LEADER and member.account == caller.account
    leader = found.member if taking_over else found.require(Role.LEADER)
    if member.role == role:
        raise Refused("role-unchanged", name=member.name)
    if role is not Role.LEADER:
        await _keep_a_leader(session, found.study, member)
    member.role = role
    line = await history.note(session, history.Line(found.study, "role", at, by=leader.id, member=member.id))
    await outbox.announce(session, found.study, "role", at, line, member=member.id, role=role.value)
    return member


async def _keep_a_leader(session: Session, study: Study, member: Member) -> None:
    others = await session.scalar(
        select(func.count(Member.id)).where(
            Member.study_id == study.id,
            Member.role == Role.LEADER,
            Member.left_at.is_(None),
            Member.id != member.id,
        )
    )
    if member.role == Role.LEADER and not others:
        raise Refused("last-leader", name=member.name, command=Command("study role"))


async def notify(session: Session, caller: Caller, how: str, at: datetime) -> Member:
    """Choose how one is reminded: in the channel, by direct message, or not at all."""
    found = await acting(session, caller, at)
    found.member.notify = how
    await history.note(session, history.Line(found.study, "notify", at, by=found.member.id))
    return found.member


async def account_of(session: Session, study_id: int, name: str) -> str | None:
    """The account of the present member of this study name."""
    account: str | None = await session.scalar(
        select(Member.account).where(
            Member.study_id == study_id, Member.name == name, Member.left_at.is_(None)
        )
    )
    return account
