"""The season as a table for a spreadsheet: a row a week and a member."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot.records.document import BYTE_ORDER_MARK
from bot.rules.calendar import Week
from bot.rules.fines import COUNTED, month_of
from bot.rules.season import Slot
from bot.services.snapshot import snapshot
from bot.services.standing import Board, board
from bot.services.turns import WeekTurn, rota_of
from bot.texts import plain
from db import Session
from db import models as m

COLUMNS = (
    "week",
    "title",
    "opens",
    "due",
    "closes",
    "member",
    "verdict",
    "state",
    "handed-in",
    "link",
    "note",
    "fine",
    "month",
    "writer",
    "post",
)
"""What stands in a row; their headings are texts."""

EXACT = "%Y-%m-%d %H:%M:%S"
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
CONTROL = ("\t", "\r", "\n")

Cell = str | int


@dataclass(frozen=True)
class Table:
    """What the rows are made from, as it stands at an instant."""

    board: Board
    fines: Mapping[Slot, int]
    months: Mapping[Slot, date]
    turns: Mapping[int, WeekTurn]
    names: Mapping[int, str]
    at: datetime

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which instants are written."""
        return self.board.season.schedule.zone


async def csv_of(session: Session, study: m.Study, at: datetime) -> bytes:
    """The season for a spreadsheet, a row a week and a member, by week and then by joining.

    UTF-8 with a byte order mark and CRLF, in the study's language and zone; fines in the minor unit.
    """
    return as_csv(await table_of(session, study, at))


async def table_of(session: Session, study: m.Study, at: datetime) -> Table:
    """All that the rows are made from."""
    fines, months = await _fines(session, study)
    shot = await snapshot(session, study)
    rota = await rota_of(session, shot, at)
    turns = {turn.week.number: turn for turn in rota.turns}
    return Table(await board(session, shot, at), fines, months, turns, rota.names, at)


def as_csv(table: Table) -> bytes:
    """The table's file."""
    language = table.board.study.language
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow([plain(language, f"export-csv-{column}") for column in COLUMNS])
    writer.writerows([_harmless(cell) for cell in row] for row in _rows(table))
    return (BYTE_ORDER_MARK + file.getvalue()).encode()


async def _fines(session: Session, study: m.Study) -> tuple[Mapping[Slot, int], Mapping[Slot, date]]:
    """What stands of the fines for each week and member, and the month that they belong to."""
    entries = await session.execute(
        select(m.Week.number, m.Ledger.member_id, m.Ledger.amount, m.Ledger.month)
        .join(m.Week, m.Week.id == m.Ledger.week_id)
        .where(m.Ledger.study_id == study.id, m.Ledger.kind.in_(COUNTED))
        .order_by(m.Ledger.id)
    )
    fines: Counter[Slot] = Counter()
    months: dict[Slot, date] = {}
    for week, member, amount, month in entries:
        fines[week, member] += amount
        months[week, member] = month
    return fines, months


def _rows(table: Table) -> Iterator[list[Cell]]:
    for week in table.board.weeks:
        for member in table.board.members:
            slot = (week.number, member.id)
            concerned = slot in table.board.verdicts or slot in table.board.owed
            if member.left_at is None or concerned:
                yield [*_week(table, week, member), *_standing(table, week, member), *_blog(table, week)]


def _week(table: Table, week: Week, member: m.Member) -> list[Cell]:
    own = table.board.season.own(week, member.id)
    title = table.board.titles[week.number] or ""
    return [week.number, title, *(_exact(table, x) for x in (own.opens_at, own.due_at, own.closes_at))]


def _standing(table: Table, week: Week, member: m.Member) -> list[Cell]:
    slot = (week.number, member.id)
    hand_in = table.board.hand_ins.get(slot)
    handed_in: list[Cell] = ["", "", ""]
    if hand_in is not None:
        handed_in = [_exact(table, hand_in.first_at), hand_in.link, hand_in.note or ""]
    return [member.name, *_verdict(table, week, member), *handed_in, *_money(table, week, member)]


def _verdict(table: Table, week: Week, member: m.Member) -> list[Cell]:
    """The verdict's word, and whether it may still change by itself."""
    slot = (week.number, member.id)
    language = table.board.study.language
    verdict = table.board.verdicts.get(slot)
    if verdict is None:
        return ["", ""]
    final = slot in table.board.judged or not _will_be_judged(table, week, member.id)
    state = plain(language, "export-final" if final else "export-provisional")
    return [plain(language, f"verdict-{verdict}"), state]


def _will_be_judged(table: Table, week: Week, member: int) -> bool:
    """Whether a verdict is still to come; of weeks that closed before the founding there is none."""
    season = table.board.season
    closed = season.own(week, member).closes_at <= table.at
    return not closed or season.is_judged(week, next(x for x in season.members if x.id == member))


def _money(table: Table, week: Week, member: m.Member) -> list[Cell]:
    slot = (week.number, member.id)
    usual = month_of(table.board.season.own(week, member.id).closes_at, table.zone)
    standing: Cell = table.fines.get(slot, 0) if slot in table.board.verdicts else ""
    return [standing, f"{table.months.get(slot, usual):%Y-%m}"]


def _blog(table: Table, week: Week) -> list[Cell]:
    turn = table.turns.get(week.number)
    return [table.names[turn.member], turn.link or ""] if turn else ["", ""]


def _exact(table: Table, at: datetime | None) -> str:
    return at.astimezone(table.zone).strftime(EXACT) if at else ""


def _harmless(cell: Cell) -> Cell:
    """A cell that no spreadsheet takes for a formula; whole numbers of ours stay numbers."""
    if isinstance(cell, str) and (cell.startswith(CONTROL) or cell.lstrip().startswith(FORMULA)):
        return f"'{cell}"
    return cell
