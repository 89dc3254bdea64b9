"""The rows of the ledger, each with every column, so that all kinds can be inserted together."""

from datetime import date, datetime
from typing import Any

from bot.rules.fines import Entry

OPTIONAL = ("item", "week_id", "judgement", "reverses_id", "history_id", "settlement_id", "other_id")


def entry(
    study: int, member: int, kind: Entry, amount: int, month: date, at: datetime, **more: object
) -> dict[str, Any]:
    """An entry to be inserted: above nothing the member owes it; `more` is what it follows from."""
    return dict.fromkeys(OPTIONAL) | {
        "study_id": study,
        "member_id": member,
        "kind": kind.value,
        "amount": amount,
        "month": month,
        "booked_at": at,
        **more,
    }
