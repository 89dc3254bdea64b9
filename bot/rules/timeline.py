"""The moments of a study: when something happens by itself, and in which order (DESIGN.md, Timeline)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import groupby
from zoneinfo import ZoneInfo

from bot.rules.calendar import DAY, MIDNIGHT, Break, Week, instant
from bot.rules.fines import following_month, month_of

GRACE = timedelta(seconds=10)
"""How long after a cutoff its moments are run, so that what was sent before it has arrived."""


class Kind(StrEnum):
    """What happens at a moment; the order here is the order within one instant."""

    CLOSED = "closed"
    DUE = "due"
    QUESTIONS_CLOSED = "questions_closed"
    BREAK_ENDS = "break_ends"
    BREAK_BEGINS = "break_begins"
    OPENED = "opened"
    QUESTIONS_OPENED = "questions_opened"
    SETTLEMENT = "settlement"
    TURN = "turn"
    REMINDER = "reminder"


LAST = "-last"
"""How the subject of the season's last settlement ends: a month may become the last one afterwards."""

SETTLES_AT = time(9)
"""When a month is settled on the 1st after it."""

ORDER = {kind: place for place, kind in enumerate(Kind)}
CUTOFFS = frozenset({Kind.CLOSED, Kind.DUE})
OPENINGS = frozenset({Kind.OPENED, Kind.QUESTIONS_OPENED})


class Cutoff(StrEnum):
    """What a reminder warns of."""

    DUE = "due"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Reminder:
    """A warning so long before one of a week's cutoffs."""

    cutoff: Cutoff
    before: timedelta

    @property
    def subject(self) -> str:
        """How the timeline names it: the cutoff and the minutes before it."""
        return f"{self.cutoff}-{int(self.before.total_seconds()) // 60}"

    @classmethod
    def of(cls, subject: str) -> "Reminder":
        """Read a subject back, also that of a single member's reminder."""
        cutoff, _, minutes = subject.partition("@")[0].partition("-")
        return cls(Cutoff(cutoff), timedelta(minutes=int(minutes)))

    def cutoff_of(self, week: Week) -> datetime:
        """The cutoff of the week that it warns of."""
        return week.due_at if self.cutoff is Cutoff.DUE else week.closes_at

    def at(self, week: Week) -> datetime:
        """When it goes out."""
        return self.cutoff_of(week) - self.before


DEFAULT_REMINDERS = (
    Reminder(Cutoff.DUE, timedelta(hours=24)),
    Reminder(Cutoff.DUE, timedelta(hours=3)),
    Reminder(Cutoff.CLOSE, timedelta(hours=3)),
)


@dataclass(frozen=True, slots=True)
class Moment:
    """One point of the timeline; a raised revision makes it a new one."""

    at: datetime
    kind: Kind
    week: int | None = None
    subject: str = ""
    revision: int = 0

    @property
    def key(self) -> tuple[str, int, str, int]:
        """What makes it unique in its study; -1 stands for no week."""
        return (self.kind, -1 if self.week is None else self.week, self.subject, self.revision)


@dataclass(frozen=True, slots=True)
class Customs:
    """What a study does beside handing in: threads, turns, months to settle, members' own cutoffs."""

    questions: bool = False
    turns: bool = False
    own: tuple[tuple[int, Week], ...] = ()
    settlements: tuple[tuple[date, datetime], ...] = ()


NO_CUSTOMS = Customs()


def moments(
    weeks: Sequence[Week],
    breaks: Iterable[Break],
    reminders: Sequence[Reminder],
    zone: ZoneInfo,
    founded_at: datetime,
    customs: Customs = NO_CUSTOMS,
) -> tuple[Moment, ...]:
    """Every moment in order, from the founding on, with the opening of the week that runs then."""
    found = [
        moment
        for week in weeks
        if founded_at < week.due_at
        for moment in (*_of_week(week, reminders), *_beside(week, customs))
        if moment.at >= founded_at or moment.kind in OPENINGS
    ]
    numbered = {week.number: week for week in weeks}
    found += [
        moment
        for member, week in customs.own
        for moment in _of_member(member, week, numbered[week.number], reminders)
        if moment.at >= founded_at
    ]
    found += [m for rest in breaks for m in _of_break(rest, zone) if m.at >= founded_at]
    found += [
        Moment(at, Kind.SETTLEMENT, subject=f"{month:%Y-%m}{LAST * (month == customs.settlements[-1][0])}")
        for month, at in customs.settlements
    ]
    return tuple(sorted(found, key=lambda m: (m.at, ORDER[m.kind], m.key)))


def settlements(closes: Iterable[datetime], zone: ZoneInfo) -> list[tuple[date, datetime]]:
    """The months of a season and when each is settled: the 1st at 09:00, of the last one its last close."""
    instants = sorted(closes)
    if not instants:
        return []
    month, last = month_of(instants[0], zone), month_of(instants[-1], zone)
    found = []
    while month < last:
        at = instant(following_month(month), SETTLES_AT, zone)
        found.append((month, min(at, instants[-1])))
        month = following_month(month)
    return [*found, (last, instants[-1])]


def _of_week(week: Week, reminders: Sequence[Reminder]) -> Iterator[Moment]:
    number, revision = week.number, week.revision
    yield Moment(week.opens_at, Kind.OPENED, number)
    yield Moment(week.due_at, Kind.DUE, number, revision=revision)
    yield Moment(week.closes_at, Kind.CLOSED, number, revision=revision)
    for reminder in reminders:
        if reminder.at(week) > week.opens_at:
            yield Moment(reminder.at(week), Kind.REMINDER, number, reminder.subject, revision=revision)


def _beside(week: Week, customs: Customs) -> Iterator[Moment]:
    if customs.questions:
        yield Moment(week.opens_at, Kind.QUESTIONS_OPENED, week.number)
        yield Moment(week.due_at, Kind.QUESTIONS_CLOSED, week.number, revision=week.revision)
    if customs.turns and week.number > 0 and week.due_at - DAY > week.opens_at:
        yield Moment(week.due_at - DAY, Kind.TURN, week.number, revision=week.revision)


def _of_member(member: int, own: Week, week: Week, reminders: Sequence[Reminder]) -> Iterator[Moment]:
    """A member whose cutoffs are later than the others' is reminded and judged apart."""
    if own.closes_at <= week.closes_at:
        return
    yield Moment(own.closes_at, Kind.CLOSED, own.number, str(member), own.revision)
    for reminder in reminders:
        if reminder.at(own) > own.opens_at:
            subject = f"{reminder.subject}@{member}"
            yield Moment(reminder.at(own), Kind.REMINDER, own.number, subject, own.revision)


def _of_break(rest: Break, zone: ZoneInfo) -> Iterator[Moment]:
    yield Moment(instant(rest.first, MIDNIGHT, zone), Kind.BREAK_BEGINS, subject=str(rest.id))
    yield Moment(instant(rest.last + DAY, MIDNIGHT, zone), Kind.BREAK_ENDS, subject=str(rest.id))


@dataclass(frozen=True, slots=True)
class Instant:
    """The moments that share one instant, and when they are run."""

    at: datetime
    moments: tuple[Moment, ...]

    @property
    def run_at(self) -> datetime:
        """The instant itself, or ten seconds after it where it is a cutoff."""
        return self.at + GRACE if any(m.kind in CUTOFFS for m in self.moments) else self.at

    @property
    def books(self) -> bool:
        """Whether fines are booked then, or a month is settled."""
        return any(m.kind in (Kind.CLOSED, Kind.SETTLEMENT) for m in self.moments)


def instants(timeline: Iterable[Moment], done: Iterable[tuple[str, int, str, int]]) -> list[Instant]:
    """What is still to be run, instant by instant, in order."""
    over = set(done)
    left = [moment for moment in timeline if moment.key not in over]
    return [Instant(at, tuple(group)) for at, group in groupby(left, key=lambda m: m.at)]
