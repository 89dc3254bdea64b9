"""The money: `/ledger waive`, `charge`, `paid`, `settle`, `history`."""

from typing import Annotated

from bot.commands.command import Audience, Call, command
from bot.commands.kinds import Amount, Flag, Month, WeekNumber, Who, WholeKind, Words
from bot.commands.message import Button, Message, message
from bot.commands.phrases import money
from bot.commands.statements import payment, settled_lines
from bot.services import explaining, ledger, studies
from bot.services.explaining import Explained
from bot.texts import Exact, Name, T, Text, Written
from bot.texts import Month as MonthText
from db.models import Study

EntryNumber = Annotated[int, WholeKind(1)]
SHOWN = 15


@command("ledger waive", Audience.TREASURER)
async def waive(
    call: Call,
    who: Who,
    reason: Words,
    week: WeekNumber | None = None,
    entry: EntryNumber | None = None,
) -> Message:
    done = await call.run(ledger.waive, who, reason, week, entry, call.at)
    kind = T(f"entry-{done.entry.kind}")
    amount = money(done.study, abs(done.entry.amount))
    is_fine = done.entry.kind != "payment"
    return message(
        T("waived", name=Name(done.member.name), kind=kind, amount=amount),
        T("waived-later") if done.sealed and is_fine and not done.final else None,
    )


@command("ledger charge", Audience.TREASURER)
async def charge(call: Call, who: Who, amount: Amount, reason: Words) -> Message:
    done = await call.run(ledger.charge, who, amount, reason, call.at)
    charged = money(done.study, done.amount)
    month = MonthText(done.month)
    return message(T("charged", name=Name(done.member.name), amount=charged, month=month))


@command("ledger paid", Audience.TREASURER)
async def paid(call: Call, who: Who, amount: Amount | None = None, month: Month | None = None) -> Message:
    done = await call.run(ledger.paid, who, amount, month, call.at)
    left = sum(transfer.amount for _, transfer in done.left)
    again = Button(T("button-paid"), "ledger paid", {}, done.study.id, asks=True)
    return message(
        T("paid", name=Name(done.member.name)),
        *(
            T("paid-line", month=MonthText(when), payment=payment(done.study, transfer, done.names))
            for when, transfer in done.payments
        ),
        T("paid-left", left=money(done.study, left)) if left else T("paid-all"),
        buttons=(again,),
    )


@command("ledger settle", Audience.TREASURER)
async def settle(call: Call, month: Month | None = None, sure: Flag = False) -> Message:
    if sure:
        statement = await call.run(ledger.settle, month, call.at)
    else:
        statement = await call.read(ledger.preview, month, call.at)
    shown = await call.read(studies.show)
    names = {member.id: member.name for member in shown.everybody}
    arguments = {"month": statement.month.isoformat()[:7]}
    look = Button(T("button-fines"), "fines", arguments, shown.study.id)
    go = Button(T("button-settle"), "ledger settle", {**arguments, "sure": "yes"}, shown.study.id)
    return message(
        T("settled" if sure else "settle-sure", month=MonthText(statement.month)),
        *settled_lines(shown.study, statement, names),
        None if sure else T("settle-stays"),
        buttons=(look if sure else go,),
    )


@command("ledger history")
async def history(call: Call, who: Who | None = None, month: Month | None = None) -> Message:
    found = await call.read(explaining.history, who, month, SHOWN, call.at)
    if not found.entries:
        return message(T("history-title"), T("history-none"))
    return message(
        T("history-title"),
        T("history-sign"),
        T("history-older", count=found.left_out) if found.left_out else None,
        *(T("history-line", entry=_entry(found.study, x), why=_why(found.study, x)) for x in found.entries),
    )


def _entry(study: Study, x: Explained) -> Text:
    """An entry by its number: whose, what, how much; below nothing it is in the member's favour."""
    return T(
        "history-entry",
        number=str(x.number),
        name=Name(x.member),
        kind=T(f"entry-{x.entry.kind}"),
        amount=money(study, x.entry.amount),
    )


def _why(study: Study, x: Explained) -> Text:
    """What an entry follows from, with its numbers, instants to the second, and who did it."""
    match x.entry.kind:
        case "late" if x.week and x.handed_in:
            return T("why-late", week=x.week.number, due=Exact(x.week.due_at), at=Exact(x.handed_in))
        case "late" | "absent" if x.week:
            closes = Exact(x.week.closes_at)
            return T("why-absent", week=x.week.number, due=Exact(x.week.due_at), closes=closes)
        case "waiver":
            return _by("why-waiver", x, number=str(x.reverses))
        case "payment" if x.reverses:
            return _by("why-waiver", x, number=str(x.reverses))
        case "payment":
            other = T("as-name", name=Name(x.other)) if x.other else T("fund")
            return _by("why-payment-made" if x.entry.amount < 0 else "why-payment-got", x, other=other)
        case "share" if x.statement:
            pool = money(study, x.statement.pool)
            month = MonthText(x.statement.month)
            return T("why-share", month=month, pool=pool, count=len(x.statement.shares))
        case "carry" if x.statement:
            return T("why-carry", carry=money(study, x.statement.carry_out))
        case "adjustment":
            return T("why-adjustment", at=Exact(x.entry.booked_at))
    return _by("why-charge", x)


def _by(key: str, x: Explained, **values: Text | str) -> Text:
    return T(
        key,
        by=Name(x.by or "?"),
        at=Exact(x.entry.booked_at),
        reason=Written(x.reason or "–"),
        **values,
    )
