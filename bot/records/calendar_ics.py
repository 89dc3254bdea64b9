"""The season for a calendar: cutoffs, blog turns, breaks and settlements.

Instants are written in UTC, which every calendar shows in its reader's zone, whatever daylight saving does;
days are the study's.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event
from sqlalchemy import func, literal, select

from bot.rules.calendar import DAY, Week
from bot.rules.season import Season
from bot.services.studies import has_fines, zone_of
from bot.services.telling import Facts, facts
from bot.texts import Month, Name, Style, T, Text, Words, Written
from db import Session
from db import models as m

PRODUCT = "-//studybot//studybot//EN"
CHANGES = (
    "break_added",
    "break_removed",
    "ended",
    "excused",
    "extended",
    "imported",
    "joined",
    "left",
    "planned",
    "posted",
    "settings",
    "started",
    "turn_order",
    "turn_skipped",
    "turn_swapped",
)
"""The lines of the history after which a calendar may read otherwise."""

TICK = timedelta(microseconds=1)
NEW_LINE = re.compile(r"\r\n?|[\u0085\u2028\u2029]")
UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands in a calendar: an instant, or days with `end` the first one after."""

    key: str
    """What makes it the same entry at the next import, within the study."""
    title: str
    start: datetime | date
    end: date | None = None
    about: str = ""


@dataclass(frozen=True)
class Source:
    """What entries are made from; with a member only what concerns them."""

    known: Facts
    member: int | None
    say: Words
    at: datetime
    """When it is written down."""
    changed: datetime
    """When the season was last changed."""
    changes: int

    @property
    def season(self) -> Season:
        """The season's values."""
        return self.known.shot.season

    @property
    def zone(self) -> ZoneInfo:
        """The zone whose days count."""
        return self.season.schedule.zone

    def day(self, at: datetime) -> date:
        """The study's day at an instant."""
        return at.astimezone(self.zone).date()


async def ics_of(session: Session, study: m.Study, at: datetime, member: int | None = None) -> bytes:
    """A calendar of the study in its language; for a member their own cutoffs and turns, by their id.

    An import of a later one updates the earlier one's entries. Raises `KeyError` for an unknown member.
    """
    return as_ics(await source_of(session, study, at, member))


async def source_of(session: Session, study: m.Study, at: datetime, member: int | None = None) -> Source:
    """All that a calendar is made from; raises `KeyError` for an unknown member."""
    known = await facts(session, study.id)
    if member is not None and member not in known.members:
        raise KeyError(member)
    newest = func.coalesce(func.max(m.History.at), literal(study.created_at, m.Instant), type_=m.Instant)
    lines = select(func.count(), newest).where(m.History.study_id == study.id, m.History.kind.in_(CHANGES))
    changes, changed = (await session.execute(lines)).one()
    say = Words(Style(study.language, zone_of(study)))
    return Source(known, member, say, at, changed, changes)


def as_ics(source: Source) -> bytes:
    """The calendar's file; nothing is in it that a study's end has prevented."""
    study = source.known.study
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.calendar_name = _clean(study.name)
    for entry in _entries(source):
        if study.ended_at is None or not _comes_after(entry, study.ended_at, source):
            calendar.add_component(_event(entry, source))
    return bytes(calendar.to_ical())


def _comes_after(entry: Entry, at: datetime, source: Source) -> bool:
    return entry.start > at if isinstance(entry.start, datetime) else entry.start > source.day(at)


def _event(entry: Entry, source: Source) -> Event:
    study = source.known.study
    event = Event()
    founded = study.created_at.astimezone(UTC)
    # Of two bots both have a study 1: when it was founded tells the two apart.
    event.add("uid", f"study-{study.id}-{founded:%Y%m%dT%H%M%SZ}-{entry.key}@studybot")
    event.add("dtstamp", source.at)
    event.add("created", study.created_at)
    event.add("last-modified", source.changed)
    event.add("sequence", source.changes)
    event.add("summary", _clean(entry.title))
    event.add("dtstart", entry.start)
    if entry.end is not None:
        event.add("dtend", entry.end)
    if entry.about:
        event.add("description", _clean(entry.about))
    event.add("categories", [_clean(study.name)])
    event.add("transp", "TRANSPARENT")
    return event


def _clean(words: str) -> str:
    """Words without what a calendar file cannot hold."""
    return UNWRITABLE.sub("", NEW_LINE.sub("\n", words))


def _entries(source: Source) -> Iterator[Entry]:
    for week in _weeks(source):
        yield from _cutoffs(source, week)
    yield from _turns(source)
    yield from _breaks(source)
    if has_fines(source.known.study):
        for month, settled_at in source.season.settlements():
            title = source.say(T("export-settlement", month=Month(month)))
            yield Entry(f"settlement-{month:%Y-%m}", title, settled_at)


def _weeks(source: Source) -> Sequence[Week]:
    """Every week, or those that a member is asked for, with their own cutoffs."""
    season = source.season
    if source.member is None:
        return season.weeks
    member = next(x for x in season.members if x.id == source.member)
    return [season.own(week, member.id) for week in season.weeks if season.owes(week, member)]


def _cutoffs(source: Source, week: Week) -> Iterator[Entry]:
    row = source.known.weeks[week.number]
    called = T("week", week=week.number)
    if row.title:
        called = T("week-titled", week=week.number, title=Written(" ".join(row.title.split())))
    about = _homework(source, row)
    for kind, at in (("due", week.due_at), ("close", week.closes_at)):
        yield Entry(f"{kind}-{week.number}", source.say(T(f"export-{kind}", week=called)), at, about=about)


def _homework(source: Source, row: m.Week) -> str:
    lines: list[Text] = []
    if row.homework:
        lines.append(T("week-homework", text=Written(row.homework)))
    if row.optional:
        lines.append(T("week-optional", text=Written(row.optional)))
    return "\n".join(map(source.say, lines))


def _turns(source: Source) -> Iterator[Entry]:
    """A turn takes the days on which its week is open and not yet due."""
    for number, turn in source.season.turns().items():
        if source.member not in (None, turn.member):
            continue
        week = source.season.week(number)
        row = source.known.turns.get(number)
        name = Name(source.known.shot.names[turn.member])
        yield Entry(
            f"turn-{number}",
            source.say(T("export-turn", week=T("week", week=number), name=name)),
            source.day(week.opens_at),
            source.day(week.due_at - TICK) + DAY,
            (row.link if row else None) or "",
        )


def _breaks(source: Source) -> Iterator[Entry]:
    for rest in source.season.breaks:
        reason = " ".join(source.known.breaks[rest.id].reason.split())
        title = T("export-break-for", reason=Written(reason)) if reason else T("export-break")
        yield Entry(f"break-{rest.id}", source.say(title), rest.first, rest.last + DAY)
