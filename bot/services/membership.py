"""Who is in a study: joining, leaving, roles, and how each wants to be reminded."""

from datetime import datetime

from sqlalchemy import func, select

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


async def join(session: Session, caller: Caller, name: str | None, at: datetime) -> Member:
    """Become a member under a study name; refused for one who is in already or a name that is taken."""
    found = await acting(session, caller, at)
    if found.caller:
        raise Refused("already-in", study=found.study.name, name=found.caller.name)
    return await _enter(session, found.study, caller.account, name or caller.name, at, by=None)


async def add(session: Session, caller: Caller, account: str, name: str | None, at: datetime) -> Member:
    """Take somebody of the platform in, as a leader."""
    found = await acting(session, caller, at)
    leader = found.require(Role.LEADER)
    there = select(Member).where(
        Member.study_id == found.study.id, Member.account == account, Member.left_at.is_(None)
    )
    member = await session.scalar(there)
    if member:
        raise Refused("is-in-already", name=member.name)
    return await _enter(session, found.study, account, name or account, at, by=leader.id)


async def _enter(
    session: Session, study: Study, account: str, name: str, at: datetime, by: int | None
) -> Member:
    present = select(Member).where(Member.study_id == study.id, Member.left_at.is_(None))
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
