"""A study as the rules see it: one value with all that its verdicts and moments follow from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.rules import turns
from bot.rules.calendar import Break, Extension, Schedule, Week, extended
from bot.rules.fines import USUAL_FINES, Fines
from bot.rules.timeline import DEFAULT_REMINDERS, Customs, Moment, Reminder, moments, settlements
from bot.rules.turns import Rotation, Swap, Turn
from bot.rules.verdicts import HandIn, Member, Verdict, owes, verdict

Slot = tuple[int, int]
"""A week's number and a member's id."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict a member was given for a week; the number rises only by a correction."""

    verdict: Verdict
    number: int = 1


@dataclass(frozen=True)
class Season:
    """A snapshot of one study."""

    schedule: Schedule
    founded_at: datetime
    weeks: tuple[Week, ...]
    members: tuple[Member, ...] = ()
    breaks: tuple[Break, ...] = ()
    fines: Fines = USUAL_FINES
    reminders: tuple[Reminder, ...] = DEFAULT_REMINDERS
    hand_ins: Mapping[Slot, HandIn] = field(default_factory=dict)
    excused: frozenset[Slot] = frozenset()
    judged: Mapping[Slot, Judgement] = field(default_factory=dict)
    extensions: Mapping[Slot, Extension] = field(default_factory=dict)
    """For single members; one for all is in `weeks` already."""
    rotation: Rotation = field(default_factory=Rotation)
    turned: Mapping[int, Turn] = field(default_factory=dict)
    """Whose blog each opened week is."""
    posted: frozenset[int] = frozenset()
    """The weeks whose post is up."""
    swaps: tuple[Swap, ...] = ()
    questions: bool = False

    def own(self, week: Week, member: int) -> Week:
        """The week with the cutoffs that count for a member."""
        return extended(week, self.extensions.get((week.number, member)))

    def weeks_of(self, member: int) -> tuple[Week, ...]:
        """Every week with the cutoffs that count for a member."""
        return tuple(self.own(week, member) for week in self.weeks)

    def turns(self) -> dict[int, Turn]:
        """Whose blog each week is, as it stands."""
        numbers = [week.number for week in self.weeks if week.number > 0]
        return turns.turns(self.rotation, numbers, self.turned, self.swaps)

    def owes(self, week: Week, member: Member) -> bool:
        """Whether the member is asked for the week."""
        week = self.own(week, member.id)
        return owes(week, member, self.founded_at, (week.number, member.id) in self.excused)

    def is_judged(self, week: Week, member: Member) -> bool:
        """Whether a verdict is given at the close: to those who owe the week or were let off it."""
        owed = owes(self.own(week, member.id), member, self.founded_at, excused=False)
        return owed or (week.number, member.id) in self.excused

    def verdict(self, week: Week, member: Member, now: datetime) -> Verdict | None:
        """What was judged, or what stands provisionally until then."""
        judged = self.judged.get((week.number, member.id))
        if judged and judged.verdict is not Verdict.PENDING:
            return judged.verdict
        return self.fresh_verdict(week, member, now)

    def stands(self, slot: Slot) -> bool:
        """Whether a verdict has been given that was not put off by an extension since."""
        judged = self.judged.get(slot)
        return judged is not None and judged.verdict is not Verdict.PENDING

    def fresh_verdict(self, week: Week, member: Member, now: datetime) -> Verdict | None:
        """What the rules say now, whatever was judged before."""
        slot = (week.number, member.id)
        return verdict(
            self.own(week, member.id),
            self.hand_ins.get(slot),
            now,
            owed=self.owes(week, member),
            excused=slot in self.excused,
        )

    def missing(self, week: Week, at: datetime) -> list[Member]:
        """Those who owe the week and had nothing in at this instant."""
        return [member for member in self.owing(week, at) if not self.is_in(week, member, at)]

    def owing(self, week: Week, at: datetime) -> list[Member]:
        """The members, in their order, who are in the study at this instant and owe the week."""
        return [m for m in self.members if m.is_in(at) and self.owes(week, m)]

    def is_in(self, week: Week, member: Member, at: datetime) -> bool:
        """Whether the member had handed in for the week by this instant."""
        hand_in = self.hand_ins.get((week.number, member.id))
        return hand_in is not None and (hand_in.first_at is None or hand_in.first_at <= at)

    def week(self, number: int) -> Week:
        """The week of this number; a `KeyError` where there is none."""
        for week in self.weeks:
            if week.number == number:
                return week
        raise KeyError(number)

    def settlements(self) -> list[tuple[date, datetime]]:
        """The months of the season, each with the instant at which it is settled."""
        weeks = (*self.weeks, *(own for _, own in self._put_off()))
        closes = (week.closes_at for week in weeks if not week.practice)
        return settlements([at for at in closes if at > self.founded_at], self.schedule.zone)

    def _put_off(self) -> list[tuple[int, Week]]:
        """Members with cutoffs of their own, and the weeks these are for."""
        members = {member.id: member for member in self.members}
        return [
            (member, self.own(self.week(number), member))
            for number, member in sorted(self.extensions)
            if self.is_judged(self.week(number), members[member])
        ]

    def moments(self) -> tuple[Moment, ...]:
        """Every moment of the study's timeline, in order."""
        customs = Customs(
            self.questions, bool(self.rotation.order), tuple(self._put_off()), tuple(self.settlements())
        )
        return moments(self.weeks, self.breaks, self.reminders, self.schedule.zone, self.founded_at, customs)
