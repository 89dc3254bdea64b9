"""When the weeks of a season open, are due and close (DESIGN.md, Calendar)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from bot.rules.refusal import Refused

MIDNIGHT = time(0)
NOON = time(12)
WEEK = timedelta(days=7)
DAY = timedelta(days=1)
YEARS = range(2000, 2101)
"""The years in which seasons and breaks may begin."""


@dataclass(frozen=True, slots=True)
class Week:
    """A week of the season: on time in `[opens_at, due_at)`, late in `[due_at, closes_at)`; all UTC."""

    number: int
    opens_at: datetime
    due_at: datetime
    closes_at: datetime
    revision: int = 0
    practice: bool = False
    """Shown like any other, but nothing is booked for it."""

    def is_open(self, at: datetime) -> bool:
        """Whether something handed in at this instant can still count, on time or late."""
        return self.opens_at <= at < self.closes_at


@dataclass(frozen=True, slots=True)
class Break:
    """Days on which no week opens, the first and the last both included, in the study's zone."""

    first: date
    last: date
    id: int = 0

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Extension:
    """Later cutoffs of a week; the revision counts how often they were put off."""

    due_at: datetime
    closes_at: datetime
    revision: int = 1


@dataclass(frozen=True, slots=True)
class Schedule:
    """What a study's calendar is made from; wall times are meant in `zone`."""

    zone: ZoneInfo
    starts: date
    weeks: int
    due_time: time = MIDNIGHT
    close_time: time = NOON
    zero: tuple[date, date] | None = None
    """First day and due day of a week 0, which has dates of its own."""
    practice: bool = False
    """Whether week 0 is for practice."""

    def day(self, at: datetime) -> date:
        """The day an instant falls on in the study's zone."""
        return at.astimezone(self.zone).date()

    def due_day(self, week: Week) -> date:
        """The study weekday a week is due on, also where a skipped due time fell on the day after."""
        day = self.day(week.due_at)
        return day - (day - self.starts) % WEEK


def instant(day: date, wall: time, zone: ZoneInfo) -> datetime:
    """The UTC instant a wall time names: of a repeated one the first, of a skipped one the next there is."""
    local = datetime.combine(day, wall, zone)
    if _exists(local):
        return local.astimezone(UTC)
    early = local.replace(fold=1).astimezone(UTC)
    late = local.astimezone(UTC)
    before = early.astimezone(zone).utcoffset()
    while late - early > timedelta(seconds=1):
        middle = early + (late - early) // 2
        if middle.astimezone(zone).utcoffset() == before:
            early = middle
        else:
            late = middle
    return late.replace(microsecond=0)


def _exists(local: datetime) -> bool:
    there_and_back = local.astimezone(UTC).astimezone(local.tzinfo)
    return there_and_back.replace(tzinfo=None) == local.replace(tzinfo=None)


def calendar(
    schedule: Schedule, breaks: Iterable[Break] = (), opened: Sequence[Week] = ()
) -> tuple[Week, ...]:
    """Every week of the season in order; those `opened` stay as they are, the rest follow from them.

    Source: Study-MLOps, "매주 수요일 자정 전까지", and DESIGN.md's table of the 2022 season.
    """
    resting = tuple(breaks)
    weeks = {week.number: week for week in opened}
    if schedule.zero and 0 not in weeks:
        first, due = schedule.zero
        opens_at = instant(first, schedule.due_time, schedule.zone)
        weeks[0] = replace(_week(schedule, 0, opens_at, due), practice=schedule.practice)
    for number in range(1, schedule.weeks + 1):
        if number not in weeks:
            weeks[number] = _following(schedule, resting, number, weeks.get(number - 1))
    return tuple(weeks[number] for number in sorted(weeks))


def _following(schedule: Schedule, breaks: Sequence[Break], number: int, before: Week | None) -> Week:
    """Open on the first study weekday at or after the due day before it that is not in a break."""
    counted = before is not None and before.number > 0
    first = schedule.due_day(before) if before is not None and counted else schedule.starts
    day = next(day for day in (first + WEEK * n for n in count()) if not any(day in rest for rest in breaks))
    if before is not None and counted and day == first:
        return _week(schedule, number, before.due_at, day + WEEK)
    return _week(schedule, number, instant(day, schedule.due_time, schedule.zone), day + WEEK)


def _week(schedule: Schedule, number: int, opens_at: datetime, due: date) -> Week:
    due_at = instant(due, schedule.due_time, schedule.zone)
    return Week(number, opens_at, due_at, _close(schedule, due, due_at))


def _close(schedule: Schedule, due: date, due_at: datetime) -> datetime:
    """The first close time strictly after the due instant."""
    days = (due - DAY, due, due + DAY, due + 2 * DAY)
    closes = (instant(day, schedule.close_time, schedule.zone) for day in days)
    return next(at for at in closes if at > due_at)


def due_on(schedule: Schedule, week: Week, day: date) -> Week:
    """The week due at the end of a day, that day included."""
    due_at = instant(day + DAY, MIDNIGHT, schedule.zone)
    return replace(week, due_at=due_at, closes_at=_close(schedule, day + DAY, due_at))


def extended(week: Week, extension: Extension | None) -> Week:
    """The week with its cutoffs put off; never sooner than they were."""
    if extension is None:
        return week
    return replace(
        week,
        due_at=max(week.due_at, extension.due_at),
        closes_at=max(week.closes_at, extension.closes_at),
        revision=week.revision + extension.revision,
    )


def extension(weeks: Sequence[Week], week: Week, until: datetime, planned: Week | None = None) -> Extension:
    """Put a week off until an instant: due and close move together, at most to the next week's due.

    The last week can be put off by a week from when it was `planned` to be due.

    Refused for an instant that is no later than its due, or too late.
    """
    if until <= week.due_at:
        raise Refused("extend-too-early", week=week.number, due=week.due_at)
    following = next((x for x in weeks if x.number > week.number), None)
    latest = following.due_at if following else (planned or week).due_at + WEEK
    if until > latest:
        raise Refused("extend-too-late", week=week.number, latest=latest)
    return Extension(until, week.closes_at + (until - week.due_at))


def earliest_break(schedule: Schedule, weeks: Sequence[Week], now: datetime) -> date:
    """The first day on which a new break may begin: the running week's due day, else today."""
    today = schedule.day(now)
    running = [week for week in weeks if week.opens_at <= now < week.due_at]
    return max([today, *(schedule.day(week.due_at) for week in running)])


def check_break(
    schedule: Schedule, weeks: Sequence[Week], breaks: Iterable[Break], new: Break, now: datetime
) -> None:
    """Refuse a break that ends before it begins, cuts into a running week, or overlaps another."""
    check_days(breaks, new)
    earliest = earliest_break(schedule, weeks, now)
    if new.first < earliest:
        raise Refused("break-too-early", earliest=earliest)


def change_break(schedule: Schedule, breaks: Iterable[Break], old: Break, last: date, now: datetime) -> Break:
    """Prolong a break that is not over, or cut it from today on; the days already rested stay."""
    changed = Break(old.first, last, old.id)
    check_days([rest for rest in breaks if rest.id != old.id], changed)
    today = schedule.day(now)
    if old.last < today:
        raise Refused("break-over", last=old.last)
    if last < today - DAY:
        raise Refused("break-past", today=today)
    return changed


def check_days(breaks: Iterable[Break], new: Break) -> None:
    """Refuse days that are backwards, too many, too far from now, or part of another break."""
    if new.last < new.first:
        raise Refused("break-backwards", first=new.first, last=new.last)
    if (new.last - new.first).days >= 366:
        raise Refused("break-too-long")
    if new.first.year not in YEARS:
        raise years_refused()
    for rest in breaks:
        if rest.first <= new.last and new.first <= rest.last:
            raise Refused("break-overlaps", first=rest.first, last=rest.last)


def years_refused() -> Refused:
    """What is said of a season or a break that begins too far from now."""
    return Refused("starts-out-of-range", first=str(YEARS.start), last=str(YEARS.stop - 1))
