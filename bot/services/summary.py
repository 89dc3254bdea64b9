"""What a season came to: each member's verdicts, the longest run without a miss, and posts."""

from collections import Counter
from datetime import datetime
from typing import Any

from bot.rules.verdicts import Verdict
from bot.services.snapshot import Snapshot

KEPT = frozenset({Verdict.ON_TIME, Verdict.RECORDED, Verdict.EXCUSED})


def counted(shot: Snapshot, at: datetime) -> list[dict[str, Any]]:
    """Each member's verdict counts, longest run of weeks on time, and blog posts, in order of joining."""
    season = shot.season
    posts = Counter(turn.member for week, turn in season.turned.items() if week in season.posted)
    found = []
    for member in season.members:
        if not member.is_in(at):
            continue
        weeks = [week for week in season.weeks if week.opens_at <= at and not week.practice]
        given = [verdict for week in weeks if (verdict := season.verdict(week, member, at)) is not None]
        counts = Counter(verdict.value for verdict in given)
        found.append(
            {
                "member": member.id,
                "counts": dict(counts),
                "streak": longest(given),
                "posts": posts[member.id],
            }
        )
    return found


def longest(verdicts: list[Verdict]) -> int:
    """The longest run of weeks in which nothing was late or missing."""
    best = run = 0
    for verdict in verdicts:
        run = run + 1 if verdict in KEPT else 0
        best = max(best, run)
    return best
