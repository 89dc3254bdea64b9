"""The moments of a study: when something happens by itself, and in which order (DESIGN.md, Timeline)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import groupby
from zoneinfo import ZoneInfo

from bot.rules.calendar import DAY, MIDNIGHT, Break, Week, instant

GRACE = timedelta(seconds=10)
"""How long after a cutoff its moments are run, so that what was sent before it has arrived."""


class Kind(StrEnum):
    """What happens at a moment; the order here is the order within one instant."""

    CLOSED = "closed"
    DUE = "due"
    BREAK_ENDS = "break_ends"
    BREAK_BEGINS = "break_begins"
    OPENED = "opened"
    REMINDER = "reminder"


ORDER = {kind: place for place, kind in enumerate(Kind)}
CUTOFFS = frozenset({Kind.CLOSED, Kind.DUE})


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
        """Read a subject back."""
        cutoff, _, minutes = subject.partition("-")
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


def moments(
    weeks: Iterable[Week],
    breaks: Iterable[Break],
    reminders: Sequence[Reminder],
    zone: ZoneInfo,
    founded_at: datetime,
) -> tuple[Moment, ...]:
    """Every moment in order, from the founding on, with the opening of the week that runs then."""
    found = [
        moment
        for week in weeks
        if founded_at < week.due_at
        for moment in _of_week(week, reminders)
        if moment.at >= founded_at or moment.kind is Kind.OPENED
    ]
    found += [m for rest in breaks for m in _of_break(rest, zone) if m.at >= founded_at]
    return tuple(sorted(found, key=lambda m: (m.at, ORDER[m.kind], m.key)))


def _of_week(week: Week, reminders: Sequence[Reminder]) -> Iterator[Moment]:
    number, revision = week.number, week.revision
    yield Moment(week.opens_at, Kind.OPENED, number)
    yield Moment(week.due_at, Kind.DUE, number, revision=revision)
    yield Moment(week.closes_at, Kind.CLOSED, number, revision=revision)
    for reminder in reminders:
        if reminder.at(week) > week.opens_at:
            yield Moment(reminder.at(week), Kind.REMINDER, number, reminder.subject, revision=revision)


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


def instants(timeline: Iterable[Moment], done: Iterable[tuple[str, int, str, int]]) -> list[Instant]:
    """What is still to be run, instant by instant, in order."""
    over = set(done)
    left = [moment for moment in timeline if moment.key not in over]
    return [Instant(at, tuple(group)) for at, group in groupby(left, key=lambda m: m.at)]
