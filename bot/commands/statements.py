"""A month's fines and its settlement in words: who was charged, who shares, who pays whom."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.commands.message import Button, Message, Section, Table
from bot.commands.phrases import money
from bot.rules.settlement import FUND, Statement, Transfer, transfers
from bot.services.books import read_statement
from bot.services.fines import Account, Fines
from bot.services.studies import has_fines
from bot.services.telling import Facts, Values
from bot.texts import Listed, Month, Name, Names, T, Text, Written
from db.models import Study


def fines_message(found: Fines, buttons: tuple[Button, ...] = ()) -> Message:
    """A month's fines as a table, and how they are settled, or would be."""
    title = T("fines-title", month=Month(found.month))
    rows = found.booked
    moves = found.open or found.transfers
    if not rows and not has_fines(found.study) and not moves:
        return Message((Section(title, (T("fines-none"),)),), buttons)
    settled = _settled(found)
    if not rows:
        return Message((Section(title, (T("fines-none"), *settled)),), buttons)
    table = Section(title, (), fines_table(found.study, rows))
    return Message((table, Section(None, tuple(settled))), buttons)


def fines_table(study: Study, rows: Sequence[Account]) -> Table:
    """Name, lates, absences, waivers, charges where there are any, and the sum."""
    charged = any(account.charged for account in rows)
    keys = ["name", "late", "absent", "waived", *(["charged"] if charged else []), "total"]
    return Table(
        tuple(T(f"table-{key}") for key in keys),
        tuple(
            (
                T("as-name", name=Name(account.member.name)),
                T("as-count", count=account.late),
                T("as-count", count=account.absent),
                T("as-count", count=account.waived),
                *([_money(study, account.charged)] if charged else []),
                _money(study, account.total),
            )
            for account in rows
        ),
    )


def _money(study: Study, amount: int) -> Text:
    return T("as-money", amount=money(study, amount))


def _settled(found: Fines) -> list[Text]:
    """The statement, whether it is sealed, who pays whom, and what of it is open."""
    if found.statement is None:
        return [T("fines-no-season")]
    if found.sealed_at is None:
        provisional = [T("fines-provisional", at=found.settles_at)] if found.settles_at else []
        return [*provisional, *settled_lines(found.study, found.statement, found.names)]
    lines = _statement_lines(found.study, found.statement, found.names)
    lines.insert(0, T("fines-sealed", at=found.sealed_at))
    if found.open:
        lines.append(T("fines-open", payments=_payments(found.study, found.open, found.names)))
    elif found.transfers:
        lines.append(T("fines-all-paid"))
    return lines


def _statement_lines(study: Study, statement: Statement, names: Mapping[int, str]) -> list[Text]:
    """The pool, who is last, the shares, and the carry."""
    lines = []
    if statement.fines:
        key = "fines-pool-carried" if statement.carry_in else "fines-pool"
        carried = money(study, statement.carry_in)
        lines.append(T(key, pool=money(study, statement.pool), carried=carried))
        if statement.last:
            lines.append(T("fines-last", names=_names(names, statement.last)))
    if statement.shares:
        share = next(iter(statement.shares.values()))
        people = _names(names, statement.shares)
        key = "fines-share" if len(statement.shares) > 1 else "fines-share-one"
        lines.append(T(key, names=people, share=money(study, share)))
    if statement.given:
        lines.append(T("fines-given", carry=money(study, statement.carry_out)))
    elif statement.carry_out:
        lines.append(T("fines-carry", carry=money(study, statement.carry_out)))
    return [*lines, *_corrections(study, statement, names)]


def settled_lines(study: Study, statement: Statement, names: Mapping[int, str]) -> list[Text]:
    """What a month is settled to, and who pays whom by it."""
    lines, due = _statement_lines(study, statement, names), transfers(statement.nets)
    return [*lines, T("fines-transfers", payments=_payments(study, due, names))] if due else lines


def _corrections(study: Study, statement: Statement, names: Mapping[int, str]) -> list[Text]:
    """How sealed months come out otherwise by now: fines taken back, and the shares that follow."""
    lines = []
    if statement.returned:
        changed = {member: -amount for member, amount in statement.returned.items()}
        lines.append(T("fines-returned", amounts=_amounts(study, changed, names)))
    if statement.adjustments:
        lines.append(T("fines-adjusted", amounts=_amounts(study, statement.adjustments, names)))
    return lines


def _amounts(study: Study, amounts: Mapping[int, int], names: Mapping[int, str]) -> Listed:
    return Listed(
        [
            T("fines-amount", name=Name(names[member]), amount=money(study, amount))
            for member, amount in amounts.items()
        ]
    )


def _payments(study: Study, due: Sequence[Transfer], names: Mapping[int, str]) -> Listed:
    return Listed([payment(study, transfer, names) for transfer in due])


def payment(study: Study, transfer: Transfer, names: Mapping[int, str]) -> Text:
    """Who pays whom how much."""
    return T(
        "fines-transfer",
        payer=party(transfer.payer, names),
        payee=party(transfer.payee, names),
        amount=money(study, transfer.amount),
    )


def party(id_: int, names: Mapping[int, str]) -> Text:
    """A member, or the fund."""
    return T("fund") if id_ == FUND else T("as-name", name=Name(names[id_]))


def _names(names: Mapping[int, str], members: Sequence[int] | Mapping[int, int]) -> Names:
    return Names(tuple(names[member] for member in members))


def settlement_section(part: Values, facts: Facts) -> Section:
    """A month's settlement as it is announced."""
    study, names = facts.study, facts.shot.names
    statement = read_statement(_month(part), part["statement"])
    title = T("settlement-title", month=Month(statement.month))
    lines = settled_lines(study, statement, names)
    if not statement.fines:
        lines.insert(0, T("fines-none"))
    return Section(title, tuple(lines))


def supplement(values: Values, facts: Facts) -> Message:
    """What changes after the last settlement, settled at once."""
    study, names = facts.study, facts.shot.names
    statement = read_statement(_month(values), values["statement"])
    lines = (T("supplement-why"), *settled_lines(study, statement, names))
    title = T("supplement-title", month=Month(statement.month))
    return Message((Section(title, lines),), fines_buttons(facts, values))


def fines_buttons(facts: Facts, part: Values) -> tuple[Button, ...]:
    """What one does about a settlement: look at it, and mark what is paid."""
    month = {"month": part["month"][:7]}
    return (
        Button(T("button-fines"), "fines", month, facts.study.id),
        Button(T("button-paid"), "ledger paid", month, facts.study.id, asks=True),
    )


def _month(values: Values) -> date:
    return date.fromisoformat(values["month"])


def summary_section(part: Values, facts: Facts) -> Section:
    """What the season came to: each member's verdicts, longest run on time, and posts."""
    keys = ("on_time", "late", "absent", "excused")
    posts = any(row["posts"] for row in part["summary"])
    header = [T("table-name"), *(T(f"verdict-{key}") for key in keys), T("table-streak")]
    rows = [
        (
            T("as-name", name=Name(facts.members[row["member"]].name)),
            *(T("as-count", count=row["counts"].get(key, 0)) for key in keys),
            T("as-count", count=row["streak"]),
            *([T("as-count", count=row["posts"])] if posts else []),
        )
        for row in part["summary"]
    ]
    table = Table((*header, *([T("table-posts")] if posts else [])), tuple(rows))
    return Section(T("summary-title", study=Written(facts.study.name)), (), table)
