"""What a hand-in is worth, and who is asked for one (Study-MLOps, 규칙)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.rules.calendar import Week


class Verdict(StrEnum):
    """How a member stands with a week."""

    ON_TIME = "on_time"
    LATE = "late"
    ABSENT = "absent"
    EXCUSED = "excused"
    RECORDED = "recorded"
    PENDING = "pending"


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in a study, from `joined_at` until `left_at`."""

    id: int
    joined_at: datetime
    left_at: datetime | None = None

    def is_in(self, at: datetime) -> bool:
        """Whether they belong to the study at this instant."""
        return self.joined_at <= at and (self.left_at is None or at < self.left_at)


@dataclass(frozen=True, slots=True)
class HandIn:
    """A link that counts from `first_at`; an imported one has no time."""

    first_at: datetime | None
    link: str = ""
    note: str | None = None


def owes(week: Week, member: Member, founded_at: datetime, excused: bool) -> bool:
    """Whether a member is asked for a week: there before it opened, still there at its close, not excused.

    In the week that is running when the study is founded it is enough to join before it is due;
    weeks that closed before then are for the record only.
    """
    if excused or week.closes_at <= founded_at:
        return False
    running = week.opens_at <= founded_at
    joined = member.joined_at < week.due_at if running else member.joined_at < week.opens_at
    return joined and (member.left_at is None or member.left_at >= week.closes_at)


def verdict(
    week: Week, hand_in: HandIn | None, now: datetime, *, owed: bool, excused: bool
) -> Verdict | None:
    """Judge a week: on time before `due_at`, late before `closes_at`, absent after it.

    `None` where nothing is asked of the member and nothing is in. A link without a time, or one
    that came after the close, is merely recorded.
    """
    if excused:
        return Verdict.EXCUSED
    first_at = hand_in.first_at if hand_in else None
    if first_at is not None and first_at < week.due_at:
        return Verdict.ON_TIME
    if first_at is not None and first_at < week.closes_at and owed:
        return Verdict.LATE
    if hand_in and (first_at is None or not owed):
        return Verdict.RECORDED
    if not owed:
        return None
    return Verdict.PENDING if now < week.closes_at else Verdict.ABSENT
