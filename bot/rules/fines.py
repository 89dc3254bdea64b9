"""What lateness and absence cost, and to which month it belongs (Study-MLOps, 벌금)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.rules.verdicts import Verdict


class Entry(StrEnum):
    """The kinds of ledger entry."""

    LATE = "late"
    ABSENT = "absent"
    CHARGE = "charge"
    WAIVER = "waiver"
    SHARE = "share"
    CARRY = "carry"
    ADJUSTMENT = "adjustment"
    PAYMENT = "payment"


COUNTED = (Entry.LATE, Entry.ABSENT, Entry.CHARGE, Entry.WAIVER)
"""What a month's fines are the sum of."""


@dataclass(frozen=True, slots=True)
class Fines:
    """What a study charges, in the currency's minor unit; zero charges nothing."""

    late: int = 3_000
    absent: int = 4_000

    def of(self, verdict: Verdict) -> tuple[Entry, int] | None:
        """The entry a verdict is booked as and its amount, or nothing."""
        amounts = {
            Verdict.LATE: (Entry.LATE, self.late),
            Verdict.ABSENT: (Entry.ABSENT, self.absent),
        }
        booked = amounts.get(verdict)
        return booked if booked and booked[1] else None

    @property
    def charges(self) -> bool:
        """Whether anything costs anything."""
        return bool(self.late or self.absent)


USUAL_FINES = Fines()
NO_FINES = Fines(0, 0)


def following_month(month: date) -> date:
    """The first day of the month after."""
    return (month + timedelta(days=31)).replace(day=1)


def month_of(at: datetime, zone: ZoneInfo) -> date:
    """The first day of the month, in the study's zone, that an instant belongs to."""
    return at.astimezone(zone).date().replace(day=1)
