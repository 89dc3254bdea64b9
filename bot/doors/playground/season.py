"""The season so far as the page shows it: rows of weeks and breaks, columns of members."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from babel.dates import format_date

from bot.rules.calendar import Week
from bot.rules.verdicts import Verdict
from bot.services.fines import Account, Fines
from bot.services.standing import Board
from bot.services.studies import has_fines, zone_of
from bot.texts import Money, Month, Style
from db.models import Break, Member

SHORT_DAY = {"ko": "M.d", "en": "MMM d"}


@dataclass(frozen=True, slots=True)
class Column:
    """A member with the month's fines."""

    name: str
    role: str
    has_left: bool
    fine: str
    is_fined: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """How a member stands with a week; without a verdict nothing is asked, or not yet."""

    member: str
    verdict: str
    is_provisional: bool
    link: str


@dataclass(frozen=True, slots=True)
class WeekRow:
    """A week; `state` is `over`, `open` or `ahead`."""

    number: int
    title: str
    days: str
    state: str
    due: datetime
    closes: datetime
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class BreakRow:
    """Days off between weeks."""

    days: str
    reason: str
    is_now: bool


@dataclass(frozen=True, slots=True)
class Season:
    """All of it."""

    name: str
    weeks: int
    columns: tuple[Column, ...]
    rows: tuple[WeekRow | BreakRow, ...]
    month: Month
    has_fines: bool
    pool: str


def season(board: Board, fines: Fines, now: datetime, style: Style) -> Season:
    """The table of a board and a month's fines, in a reader's language."""
    accounts = {account.member.id: account for account in fines.accounts}
    zone = zone_of(board.study)
    today = now.astimezone(zone).date()
    dated: list[tuple[date, WeekRow | BreakRow]] = [
        *((x.opens_at.astimezone(zone).date(), _week(board, x, now, style)) for x in board.weeks),
        *((rest.first, _break(board, rest, today, style)) for rest in board.breaks),
    ]
    return Season(
        board.study.name,
        board.study.week_count,
        tuple(_column(board, member, accounts, style) for member in board.members),
        tuple(row for _, row in sorted(dated, key=lambda item: item[0])),
        Month(fines.month),
        has_fines(board.study),
        style.money(Money(fines.charged, board.study.currency)),
    )


def _column(board: Board, member: Member, accounts: Mapping[int, Account], style: Style) -> Column:
    account = accounts.get(member.id)
    total = account.total if account else 0
    fine = style.money(Money(total, board.study.currency))
    return Column(member.name, member.role, member.left_at is not None, fine, bool(total))


def _week(board: Board, week: Week, now: datetime, style: Style) -> WeekRow:
    state = "over"
    if week.closes_at > now:
        state = "open" if week.is_open(now) and board.study.ended_at is None else "ahead"
    days = _days(
        week.opens_at.astimezone(style.zone).date(), week.due_at.astimezone(style.zone).date(), style
    )
    cells = tuple(_cell(board, week, member) for member in board.members)
    title = board.titles.get(week.number) or ""
    return WeekRow(week.number, title, days, state, week.due_at, week.closes_at, cells)


def _cell(board: Board, week: Week, member: Member) -> Cell:
    slot = (week.number, member.id)
    verdict = board.verdicts.get(slot)
    if verdict is Verdict.PENDING and board.study.ended_at is not None:
        verdict = None  # nobody is waited for any more
    hand_in = board.hand_ins.get(slot)
    return Cell(
        member.name,
        verdict.value if verdict else "",
        verdict is not None and slot not in board.judged,
        hand_in.link if hand_in else "",
    )


def _break(board: Board, rest: Break, today: date, style: Style) -> BreakRow:
    days = _days(rest.first, rest.last, style)
    is_now = rest.first <= today <= rest.last and board.study.ended_at is None
    return BreakRow(days, rest.reason, is_now)


def _days(first: date, last: date, style: Style) -> str:
    pattern, between = SHORT_DAY[style.language], " ~ " if style.language == "ko" else " – "
    return between.join(format_date(day, pattern, locale=style.language) for day in (first, last))
