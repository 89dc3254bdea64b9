"""What the channel is told of something that somebody did."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from bot.commands.message import Button, Message, Table, message
from bot.commands.phrases import cutoffs, money, names, reminder_list, rules_text, week_title
from bot.rules.calendar import Week
from bot.services.scope import Role
from bot.services.telling import Facts
from bot.texts import Clock, Month, Name, T, Text, Written
from db.models import Study

Values = Mapping[str, Any]


def _started(values: Values, facts: Facts) -> Message:
    study = facts.study
    first = facts.shot.season.weeks[0]
    leaders = [x for x in values["members"] if facts.members[x].role == Role.LEADER]
    return message(
        T("started-title", study=Written(study.name)),
        T("started-line", leader=names(facts, leaders), weeks=study.week_count),
        T("started-members", names=names(facts, values["members"])) if len(values["members"]) > 1 else None,
        T("started-week", week=first.number, opens=first.opens_at, due=first.due_at),
        T(
            "started-cutoffs",
            due=Clock(first.due_at),
            close=Clock(first.closes_at),
            fines=rules_text(study),
        ),
        buttons=(
            Button(T("button-join"), "study join", study=study.id),
            Button(T("button-guide"), "guide", study=study.id),
        ),
    )


def _about_member(key: str) -> Callable[[Values, Facts], Message]:
    def worded(values: Values, facts: Facts) -> Message:
        return message(T(key, name=names(facts, [values["member"]])))

    return worded


def _role(values: Values, facts: Facts) -> Message:
    role = T(f"choice-{values['role']}")
    return message(T("told-role", name=names(facts, [values["member"]]), role=role))


def _settings(values: Values, facts: Facts) -> Message:
    return message(T("told-settings"), *(_setting(name, facts) for name in values["changes"]))


def _setting(name: str, facts: Facts) -> Text:
    study = facts.study
    shown: dict[str, Text] = {
        "due": T("setting-due", time=study.due_time.strftime("%H:%M")),
        "close": T("setting-close", time=study.close_time.strftime("%H:%M")),
        "late": T("setting-late", amount=money(study, study.late_fine)),
        "absent": T("setting-absent", amount=money(study, study.absent_fine)),
        "reminders": T("setting-reminders", reminders=reminder_list(facts.shot.season.reminders)),
    }
    return shown[name]


def _planned(values: Values, facts: Facts) -> Message:
    row = facts.weeks[values["week"]]
    return message(
        T("planned-title", week=week_title(row.number, row.title)),
        T("week-homework", text=Written(row.homework or "")),
        T("week-optional", text=Written(row.optional)) if row.optional else None,
        cutoffs(facts.week(row.number), facts.study),
    )


def _break(key: str) -> Callable[[Values, Facts], Message]:
    def worded(values: Values, facts: Facts) -> Message:
        first, last = (date.fromisoformat(values[name]) for name in ("first", "last"))
        reason = Written(facts.breaks[values["break"]].reason)
        moved = [facts.week(number) for number in values["moved"]]
        title = T("told-break-ended") if values.get("ended") else T(key)
        return message(title, T("break-days", first=first, last=last, reason=reason), moved_text(moved))

    return worded


def moved_text(moved: Sequence[Week]) -> Text:
    """Which weeks a break moved, by the first of them."""
    if not moved:
        return T("break-moves-nothing")
    return T("break-moves", count=len(moved), week=moved[0].number, opens=moved[0].opens_at)


def fines_table(study: Study, rows: Sequence[tuple[str, int, int, int, int]]) -> Table:
    """A month's fines: name, lates, absences, waivers, sum."""
    header = ("table-name", "table-late", "table-absent", "table-waived", "table-total")
    return Table(
        tuple(T(key) for key in header),
        tuple(
            (
                T("as-name", name=Name(name)),
                T("as-count", count=late),
                T("as-count", count=absent),
                T("as-count", count=waived),
                T("as-money", amount=money(study, total)),
            )
            for name, late, absent, waived, total in rows
        ),
    )


def _fines(values: Values, facts: Facts) -> Message:
    rows = [(facts.members[member].name, *counts) for member, *counts in values["accounts"]]
    return fines_message(facts.study, date.fromisoformat(values["month"]), rows)


def fines_message(
    study: Study,
    month: date,
    rows: Sequence[tuple[str, int, int, int, int]],
    buttons: tuple[Button, ...] = (),
) -> Message:
    """A month's fines as a table, or that there are none."""
    title = T("fines-title", month=Month(month))
    if not any(total for *_, total in rows):
        return message(title, T("fines-none"))
    pool = money(study, sum(total for *_, total in rows))
    return message(
        title,
        T("fines-pool", pool=pool),
        T("fines-provisional"),
        table=fines_table(study, rows),
        buttons=buttons,
    )


NOTICES: Mapping[str, Callable[[Values, Facts], Message]] = {
    "started": _started,
    "joined": _about_member("told-joined"),
    "left": _about_member("told-left"),
    "role": _role,
    "settings": _settings,
    "planned": _planned,
    "break_added": _break("told-break"),
    "break_removed": _break("told-break-removed"),
    "fines": _fines,
}
