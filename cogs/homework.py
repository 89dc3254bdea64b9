"""Handing in: `/submit`, `/withdraw`, `/homework`, `/mine`."""

from datetime import datetime

from bot.commands.command import Audience, Call, command
from bot.commands.kinds import Link, WeekNumber, Who, Words
from bot.commands.message import Button, Message, Tone, message
from bot.commands.phrases import cutoffs, log_lines, money, verdict_text, week_title
from bot.commands.statements import payment
from bot.rules.calendar import Week
from bot.rules.target import NothingOpen
from bot.services import notes, standing, studies, submissions, weeks
from bot.services.submissions import HandingIn, Submitted
from bot.texts import Ahead, Command, Name, T, Text, Url, Written


@command("submit", Audience.MEMBER)
async def submit(
    call: Call,
    link: Link,
    week: WeekNumber | None = None,
    note: Words | None = None,
    who: Who | None = None,
) -> Message:
    wish = HandingIn(call.caller, link, call.at, week, note, who)
    try:
        done: Submitted = await call.together(submissions.submit_many, wish)
    except NothingOpen as no:
        shown = await call.read(studies.show)
        return _nothing_open(no, wish, shown.study.id)
    title = week_title(done.week.number, None)
    return message(
        T("submitted", week=title, verdict=verdict_text(done.verdict)),
        _how(done),
        T("submitted-link", link=Url(done.hand_in.link)),
        T("submitted-for", name=Name(done.member.name)) if done.for_other else None,
        buttons=_after(done),
    )


def _how(done: Submitted) -> Text:
    """What became of the link."""
    if done.repeated:
        return T("submitted-again")
    if done.closed:
        return T("submitted-record")
    if done.hand_in.first_at is None:
        return T("submitted-kept-untimed")
    return T("submitted-kept" if done.replaced else "submitted-done", at=done.hand_in.first_at)


def _after(done: Submitted) -> tuple[Button, ...]:
    study = done.study.id
    buttons = [Button(T("button-mine"), "mine", study=study)]
    if done.other and not done.for_other:
        label = T("button-other-week", week=done.other.number)
        arguments = {"link": done.hand_in.link, "week": str(done.other.number)}
        buttons.insert(0, Button(label, "submit", arguments, study))
    return tuple(buttons)


def _nothing_open(no: NothingOpen, wish: HandingIn, study: int) -> Message:
    title = Text(no.key, no.values)  # type: ignore[arg-type]
    if no.missing is None:
        return message(title, tone=Tone.REFUSED)
    number = no.missing.number
    given = {"link": wish.link, "week": str(number), "note": wish.note, "who": wish.who}
    arguments = {name: value for name, value in given.items() if value is not None}
    record = Button(T("button-record", week=number), "submit", arguments, study)
    return message(title, T("nothing-open-record", week=number), buttons=(record,), tone=Tone.REFUSED)


@command("withdraw", Audience.MEMBER)
async def withdraw(call: Call, week: WeekNumber | None = None, who: Who | None = None) -> Message:
    done = await call.run(submissions.withdraw, week, who, call.at)
    return message(
        T("withdrawn", week=done.week.number, name=Name(done.member.name)),
        T("withdrawn-then", due=done.week.due_at, closes=done.week.closes_at),
    )


@command("homework")
async def homework(call: Call, week: WeekNumber | None = None) -> Message:
    found = await call.read(weeks.homework, week, call.at)
    row = found.row
    log = await call.read(notes.log, row.number, call.at)
    study = found.study.id
    can_submit = found.mine is not None and call.at < found.week.closes_at
    return message(
        week_title(row.number, row.title),
        T("week-homework", text=Written(row.homework)) if row.homework else T("no-homework-yet"),
        T("week-optional", text=Written(row.optional)) if row.optional else None,
        T("week-opens", opens=found.week.opens_at) if call.at < found.week.opens_at else None,
        cutoffs(found.week, found.study),
        T("homework-mine", verdict=verdict_text(found.mine)) if found.mine else None,
        T("submitted-link", link=Url(found.link)) if found.link else None,
        *([T("homework-log"), *kept] if (kept := log_lines(log)) else []),
        buttons=(Button(T("button-submit"), "submit", study=study),) if can_submit else (),
    )


@command("mine", Audience.MEMBER)
async def mine(call: Call) -> Message:
    found = await call.read(standing.mine, call.at)
    board = found.board
    lines = [
        T(
            "mine-week" if (week.number, found.member.id) in board.judged else "mine-week-so-far",
            week=week_title(week.number, board.titles[week.number]),
            verdict=verdict_text(verdict),
        )
        for week in board.weeks
        if (verdict := board.verdicts.get((week.number, found.member.id)))
    ]
    waiting = [week for week in found.open_weeks if not _has_in(found, week)]
    prices = [price for week in waiting for price in _waiting(found, week, call.at)]
    upcoming = found.upcoming
    buttons = [Button(T("button-submit"), "submit", study=found.study.id)] if waiting else []
    if call.site and found.study.ended_at is None:
        buttons.append(Button(T("button-calendar"), "records calendar", study=found.study.id))
    return message(
        T("mine-title", name=Name(found.member.name)),
        *lines,
        *prices,
        T("next-opening", week=upcoming.number, opens=upcoming.opens_at) if upcoming else None,
        T("mine-turn", week=found.turn.number, due=found.turn.due_at) if found.turn else None,
        T("mine-fines", total=money(found.study, found.total)),
        *(T("mine-open", payment=payment(found.study, x, found.names)) for x in found.open),
        T("mine-notify", how=T(f"choice-{found.member.notify}"), command=Command("notify")),
        buttons=tuple(buttons),
    )


def _has_in(found: standing.Mine, week: Week) -> bool:
    return (week.number, found.member.id) in found.board.hand_ins


def _waiting(found: standing.Mine, week: Week, at: datetime) -> list[Text]:
    """The price of waiting: what handing in now costs, and what later."""
    late = 0 if week.practice else found.study.late_fine
    if at < week.due_at:
        now = T("wait-now-free", week=week.number)
        return [now, _price("wait-late", found, late, week.due_at, at), _absence(found, week, at)]
    key = "wait-now-late" if late else "wait-now-late-free"
    now = Text(key, {"week": week.number, "fine": money(found.study, late)})
    return [now, _absence(found, week, at)]


def _absence(found: standing.Mine, week: Week, at: datetime) -> Text:
    fine = 0 if week.practice else found.study.absent_fine
    return _price("wait-absent", found, fine, week.closes_at, at)


def _price(key: str, found: standing.Mine, fine: int, cutoff: datetime, at: datetime) -> Text:
    return T(
        key if fine else f"{key}-free",
        at=Ahead(cutoff, cutoff - at),
        fine=money(found.study, fine),
    )
