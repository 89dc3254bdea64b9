"""The season at a glance: `/board`."""

from datetime import datetime

from bot.commands.command import Call, command
from bot.commands.message import Button, Message, message
from bot.rules.verdicts import Verdict
from bot.services import standing
from bot.services.standing import Board
from bot.texts import Listed, Name, Names, T, Text
from db.models import Member

MARKS = {
    Verdict.ON_TIME: "✅",
    Verdict.LATE: "🔺",
    Verdict.ABSENT: "❌",
    Verdict.EXCUSED: "➖",
    Verdict.RECORDED: "📎",
    Verdict.PENDING: "⏳",
}
NOTHING = "·"


@command("board")
async def board(call: Call) -> Message:
    found = await call.read(standing.whole_board, call.at)
    opened = [week.number for week in found.weeks if week.opens_at <= call.at]
    if not opened:
        first = found.weeks[0]
        return message(T("board-title"), T("next-opening", week=first.number, opens=first.opens_at))
    used = [verdict for verdict in MARKS if verdict in found.verdicts.values()]
    legend = [T("board-mark", mark=MARKS[verdict], verdict=T(f"verdict-{verdict.value}")) for verdict in used]
    return message(
        T("board-title"),
        T("board-weeks", first=opened[0], last=opened[-1], weeks=found.weeks[-1].number),
        *(_line(found, member, opened) for member in found.members),
        T("listed", items=Listed(legend)),
        *_missing(found, call.at),
        T("board-so-far") if _is_open(found, opened) else None,
        buttons=(Button(T("button-mine"), "mine", study=found.study.id),),
    )


def _line(found: Board, member: Member, opened: list[int]) -> Text:
    marks = [found.verdicts.get((week, member.id)) for week in opened]
    shown = " ".join(MARKS[mark] if mark else NOTHING for mark in marks)
    return T("board-line", name=Name(member.name), marks=shown)


def _missing(found: Board, at: datetime) -> list[Text]:
    """Who has nothing in for the weeks that can still be handed in for."""
    running = [week for week in found.weeks if week.opens_at <= at < week.closes_at]
    there = [(week.number, tuple(x.id for x in found.season.missing(week, at))) for week in running]
    called = {member.id: member.name for member in found.members}
    return [
        T("board-missing", week=week, names=Names(tuple(called[member] for member in missing)))
        for week, missing in there
        if missing
    ]


def _is_open(found: Board, opened: list[int]) -> bool:
    """Whether some of what is shown is not final yet."""
    return any(
        slot not in found.judged for slot in found.verdicts if slot[0] in opened and slot in found.owed
    )
