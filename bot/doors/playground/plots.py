"""Small plots of a season: where each bar stands, for a template to draw."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from babel.dates import format_date

from bot.doors.playground.months import MonthView
from bot.rules.verdicts import Verdict
from bot.services.standing import Board
from bot.services.studies import has_fines
from bot.texts import Listed, Month, Style, T, Text

WIDTH, HEIGHT, FOOT, HEAD = 440, 96, 18, 16
"""A plot's size without the labels below it and above it, in the units of its picture."""
BAR_AT_MOST = 34
LINE = 13
"""The least height of a part that a number fits into."""
NUMBERS_AT_MOST = 20
"""With more bars than this only some are labelled."""
SHORT_MONTH = {"ko": "M월", "en": "MMM"}
STACKED = (Verdict.ON_TIME, Verdict.LATE, Verdict.ABSENT)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a bar: a rectangle, the class that colours it, and the number written in or above it."""

    y: float
    height: float
    kind: str
    label: str
    label_y: float


@dataclass(frozen=True, slots=True)
class Bar:
    """What stands over one place of the axis."""

    x: float
    width: float
    label: str
    parts: tuple[Part, ...]

    @property
    def middle(self) -> float:
        """Where its labels stand."""
        return self.x + self.width / 2


@dataclass(frozen=True, slots=True)
class Plot:
    """A plot with what it is called and the same in words, for those who do not see it."""

    name: str
    title: Text
    words: Text
    bars: tuple[Bar, ...]
    legend: tuple[str, ...] = ()
    width: int = WIDTH
    height: int = HEAD + HEIGHT + FOOT
    base: int = HEAD + HEIGHT


def plots(board: Board, months: Sequence[MonthView], style: Style) -> list[Plot]:
    """Hand-ins by week, and fines by month where there are any; nothing before there is something to show."""
    found = [_hand_ins(board)]
    if has_fines(board.study):
        found.append(_fines(months, style))
    return [plot for plot in found if any(bar.parts for bar in plot.bars)]


def _hand_ins(board: Board) -> Plot:
    counts = [
        (
            week.number,
            [
                sum(board.verdicts.get((week.number, x.id)) is verdict for x in board.members)
                for verdict in STACKED
            ],
        )
        for week in board.weeks
    ]
    most = max((sum(numbers) for _, numbers in counts), default=0) or 1
    bars = _bars([(str(week), _stack(numbers, most)) for week, numbers in counts])
    told = [
        T("page-plot-week", week=week, on_time=numbers[0], late=numbers[1], absent=numbers[2])
        for week, numbers in counts
        if any(numbers)
    ]
    words = T("listed", items=Listed(told))
    return Plot("hand-ins", T("page-plot-hand-ins"), words, bars, tuple(x.value for x in STACKED))


def _stack(numbers: Sequence[int], most: int) -> tuple[Part, ...]:
    unit = HEIGHT / most
    return tuple(
        _part(top * unit, number * unit, verdict.value, str(number))
        for verdict, number, top in zip(STACKED, numbers, accumulate(numbers), strict=True)
        if number
    )


def _part(top: float, height: float, kind: str, label: str) -> Part:
    y = HEAD + HEIGHT - top
    shown = label if height >= LINE else ""
    return Part(round(y, 1), round(height, 1), kind, shown, round(y + height / 2 + 4, 1))


def _fines(months: Sequence[MonthView], style: Style) -> Plot:
    most = max((month.fines.amount for month in months), default=0) or 1
    bars = _bars([(_short(month.month, style), _fine(month, most, style)) for month in months])
    told = [T("page-plot-month", month=month.month, fines=month.fines) for month in months]
    return Plot("fines", T("page-plot-fines"), T("listed", items=Listed(told)), bars)


def _short(month: Month, style: Style) -> str:
    return format_date(month.first, SHORT_MONTH[style.language], locale=style.language)


def _fine(month: MonthView, most: int, style: Style) -> tuple[Part, ...]:
    height = round(month.fines.amount / most * HEIGHT, 1)
    y = HEAD + HEIGHT - height
    kind = "sealed" if month.is_sealed else "provisional"
    return (Part(y, height, kind, style.money(month.fines), y - 4),) if height else ()


def _bars(columns: Iterable[tuple[str, tuple[Part, ...]]]) -> tuple[Bar, ...]:
    """Spread columns evenly over the width."""
    listed = list(columns)
    room = WIDTH / max(len(listed), 4)
    width = min(room * 0.72, BAR_AT_MOST)
    every = -(-len(listed) // NUMBERS_AT_MOST)
    return tuple(
        Bar(
            round(place * room + (room - width) / 2, 1),
            round(width, 1),
            label if place % every == 0 else "",
            parts,
        )
        for place, (label, parts) in enumerate(listed)
    )
