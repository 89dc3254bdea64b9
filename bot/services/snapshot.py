"""Reading studies into the values that the rules work on, for many studies in few statements."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import BindParameter, bindparam, literal_column, null, select, union_all

from bot.rules import calendar, verdicts
from bot.rules.calendar import Extension
from bot.rules.fines import Fines
from bot.rules.season import Judgement, Season, Slot
from bot.rules.timeline import Reminder
from bot.rules.turns import Rotation, Swap, Turn
from bot.rules.verdicts import HandIn, Verdict
from db import Session
from db import models as m

# The queries are built once, and on tables where nobody changes the rows: every hand-in runs them.
STUDIES: BindParameter[int] = bindparam("studies", expanding=True)
MEMBERS: BindParameter[int] = bindparam("members", expanding=True)
TABLES = m.Base.metadata.tables
WEEK, EXTENSION, BREAK, TURN = TABLES["week"], TABLES["extension"], TABLES["break"], TABLES["turn"]
SUBMISSION, EXCUSE, JUDGEMENT = TABLES["submission"], TABLES["excuse"], TABLES["judgement"]
WEEKS = (
    select(
        WEEK.c.id,
        WEEK.c.study_id,
        WEEK.c.number,
        WEEK.c.opens_at,
        WEEK.c.due_at,
        WEEK.c.closes_at,
        WEEK.c.revision,
        WEEK.c.practice,
        EXTENSION.c.id.label("extension"),
        EXTENSION.c.member_id.label("extended"),
        EXTENSION.c.due_at.label("later_due_at"),
        EXTENSION.c.closes_at.label("later_closes_at"),
    )
    .outerjoin(EXTENSION, EXTENSION.c.week_id == WEEK.c.id)
    .where(WEEK.c.study_id.in_(STUDIES))
    .order_by(WEEK.c.number, EXTENSION.c.id)
)
PEOPLE = select(m.Member).where(m.Member.study_id.in_(STUDIES)).order_by(m.Member.id)
BREAKS = (
    select(BREAK.c.id, BREAK.c.study_id, BREAK.c.first, BREAK.c.last)
    .where(BREAK.c.study_id.in_(STUDIES), BREAK.c.removed_at.is_(None))
    .order_by(BREAK.c.id)
)
TURNS = (
    select(WEEK.c.study_id, WEEK.c.number, TURN.c.base_id, TURN.c.member_id, TURN.c.link)
    .join(TURN)
    .where(WEEK.c.study_id.in_(STUDIES))
)
SWAPS = select(m.Swap).where(m.Swap.study_id.in_(STUDIES)).order_by(m.Swap.id)
HAND_IN, EXCUSED, JUDGED = 1, 2, 3
MEMBERS_AT_ONCE = 5_000
"""A database takes some 32,000 values in a statement, and each member's id is in this one three times."""
SLOTS = union_all(
    select(
        literal_column(f"{HAND_IN}").label("kind"),
        SUBMISSION.c.week_id,
        SUBMISSION.c.member_id,
        SUBMISSION.c.first_at,
        SUBMISSION.c.link,
        SUBMISSION.c.note,
        literal_column("0").label("number"),
    ).where(SUBMISSION.c.member_id.in_(MEMBERS)),
    select(
        literal_column(f"{EXCUSED}"),
        EXCUSE.c.week_id,
        EXCUSE.c.member_id,
        null(),
        null(),
        null(),
        literal_column("0"),
    ).where(EXCUSE.c.member_id.in_(MEMBERS)),
    select(
        literal_column(f"{JUDGED}"),
        JUDGEMENT.c.week_id,
        JUDGEMENT.c.member_id,
        null(),
        JUDGEMENT.c.verdict,
        null(),
        JUDGEMENT.c.number,
    ).where(JUDGEMENT.c.member_id.in_(MEMBERS)),
).order_by("number")
"""What hangs on a week and a member, in one statement; `link` of a judgement is its verdict."""


@dataclass(frozen=True)
class Snapshot:
    """A study's row with its season, and the row ids behind week numbers."""

    study: m.Study
    season: Season
    week_ids: Mapping[int, int]
    members: Sequence[m.Member]

    @property
    def names(self) -> Mapping[int, str]:
        """What each member, past ones too, is called."""
        return {member.id: member.name for member in self.members}


def schedule_of(study: m.Study) -> calendar.Schedule:
    """What the study's calendar is made from."""
    zero = (study.zero_first, study.zero_due) if study.zero_first and study.zero_due else None
    return calendar.Schedule(
        ZoneInfo(study.timezone),
        study.starts,
        study.week_count,
        study.due_time,
        study.close_time,
        zero,
        study.practice,
    )


def week_of(row: m.Week) -> calendar.Week:
    """A week's row as the rules see it, with its cutoffs as planned."""
    return calendar.Week(row.number, row.opens_at, row.due_at, row.closes_at, row.revision, row.practice)


def everybody(_: m.Member) -> bool:
    """Read the hand-ins, excuses and judgements of all members."""
    return True


def nobody(_: m.Member) -> bool:
    """Read no hand-ins: enough for the calendar and the people."""
    return False


async def snapshot(session: Session, study: m.Study, of: Callable[[m.Member], bool] = everybody) -> Snapshot:
    """One study as it stands; `of` says whose hand-ins, excuses and judgements are read."""
    return (await snapshots(session, [study], of))[study.id]


async def snapshots(
    session: Session,
    studies: Sequence[m.Study],
    of: Callable[[m.Member], bool] = everybody,
    *,
    only: Sequence[m.Member] | None = None,
) -> dict[int, Snapshot]:
    """Several studies as they stand, in a few statements however many they are.

    With `only` just these members are in them, and neither breaks nor turns: enough for handing in.
    """
    ids = {"studies": [study.id for study in studies]}
    with_extensions = _by_study(await session.execute(WEEKS, ids))
    week_rows = {
        study.id: list({row.id: row for row in with_extensions[study.id]}.values()) for study in studies
    }
    people = only if only is not None else await session.scalars(PEOPLE, ids)
    members: dict[int, list[m.Member]] = _by_study(people)
    breaks = _by_study(await session.execute(BREAKS, ids) if only is None else ())
    turned: dict[int, list[Any]] = {}
    swaps: dict[int, list[m.Swap]] = {}
    if only is None and any(row.turn_place is not None for rows in members.values() for row in rows):
        turned = _by_study(await session.execute(TURNS, ids))
        swaps = _by_study(await session.scalars(SWAPS, ids))
    slots = await _slots(
        session,
        {row.id: row for rows in week_rows.values() for row in rows},
        [row.id for rows in members.values() for row in rows if of(row)],
    )
    read = {
        study.id: _Read(
            week_rows[study.id],
            _put_off(with_extensions[study.id]),
            members[study.id],
            breaks[study.id],
            turned.get(study.id, []),
            swaps.get(study.id, []),
        )
        for study in studies
    }
    return {
        study.id: Snapshot(
            study,
            read[study.id].season(study, slots[study.id]),
            {row.number: row.id for row in week_rows[study.id]},
            members[study.id],
        )
        for study in studies
    }


@dataclass(frozen=True)
class _Read:
    """The rows of a study."""

    weeks: Sequence[Any]
    put_off: Mapping[Any, Extension]
    members: Sequence[m.Member]
    breaks: Sequence[Any]
    turned: Sequence[Any]
    swaps: Sequence[m.Swap]

    def season(self, study: m.Study, slots: "_Slots") -> Season:
        """The study as the rules see it."""
        put_off = self.put_off
        return Season(
            schedule_of(study),
            study.created_at,
            tuple(calendar.extended(week_of(row), put_off.get((row.number, None))) for row in self.weeks),
            tuple(verdicts.Member(row.id, row.joined_at, row.left_at) for row in self.members),
            tuple(calendar.Break(row.first, row.last, row.id) for row in self.breaks),
            Fines(study.late_fine, study.absent_fine),
            tuple(Reminder.of(subject) for subject in study.reminders),
            slots.hand_ins,
            frozenset(slots.excused),
            slots.judged,
            {slot: extension for slot, extension in put_off.items() if slot[1] is not None},
            _rotation(study, self.members),
            {row.number: Turn(row.base_id, row.member_id) for row in self.turned},
            frozenset(row.number for row in self.turned if row.link),
            tuple(Swap(x.first_week, x.first_id, x.second_week, x.second_id) for x in self.swaps),
            study.questions,
        )


def _put_off(rows: Iterable[Any]) -> dict[Any, Extension]:
    """The extensions of a study's weeks by week and member, those for all under `None`; the newest counts."""
    found: dict[Any, Extension] = {}
    for row in rows:
        if row.extension is not None:
            before = found.get((row.number, row.extended))
            revision = before.revision + 1 if before else 1
            found[row.number, row.extended] = Extension(row.later_due_at, row.later_closes_at, revision)
    return found


def _rotation(study: m.Study, members: Sequence[m.Member]) -> Rotation:
    placed = sorted((row.turn_place, row.id) for row in members if row.turn_place is not None)
    present = frozenset(row.id for row in members if row.left_at is None)
    return Rotation([member for _, member in placed], present, study.turns_from or 1)


@dataclass(frozen=True)
class _Slots:
    """What hangs on a study's weeks and members, keyed as the rules key it."""

    hand_ins: dict[Slot, HandIn] = field(default_factory=dict)
    excused: set[Slot] = field(default_factory=set)
    judged: dict[Slot, Judgement] = field(default_factory=dict)


async def _slots(session: Session, weeks: Mapping[int, Any], members: Sequence[int]) -> dict[int, _Slots]:
    """For each study what hangs on its slots; of several judgements of one the last counts."""
    found: dict[int, _Slots] = defaultdict(_Slots)
    for at in range(0, len(members), MEMBERS_AT_ONCE):
        some = {"members": members[at : at + MEMBERS_AT_ONCE]}
        for kind, week_id, member, first_at, text, note, number in await session.execute(SLOTS, some):
            week = weeks[week_id]
            slot, there = (week.number, member), found[week.study_id]
            if kind == HAND_IN:
                there.hand_ins[slot] = HandIn(first_at, text, note)
            elif kind == EXCUSED:
                there.excused.add(slot)
            else:
                there.judged[slot] = Judgement(Verdict(text), number)
    return found


def _by_study(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.study_id].append(row)
    return found
