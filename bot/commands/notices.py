"""What the channel is told of something that somebody did."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

from bot.commands import publishing
from bot.commands.message import Button, Message, message
from bot.commands.phrases import (
    back_lines,
    cutoffs,
    money,
    names,
    paused_lines,
    questions_setting,
    reminder_list,
    rules_text,
    week_title,
    weekday,
)
from bot.commands.statements import fines_message, supplement
from bot.rules.calendar import Week
from bot.services import fines
from bot.services.pausing import Why
from bot.services.scope import Role
from bot.services.telling import Facts, Values
from bot.texts import Clock, Command, Name, Person, T, Text, Thread, Url, Written


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
            day=weekday(study),
            due=Clock(first.due_at),
            close=Clock(first.closes_at),
            fines=rules_text(study),
        ),
        T("started-practice") if first.practice else None,
        buttons=(
            Button(T("button-join"), "study join", study=study.id),
            Button(T("button-guide"), "guide", study=study.id),
        ),
    )


def _about_member(key: str) -> Callable[[Values, Facts], Message]:
    def worded(values: Values, facts: Facts) -> Message:
        return message(T(key, name=names(facts, [values["member"]])))

    return worded


def _claimed(values: Values, facts: Facts) -> Message:
    """Who says that a name of the record is theirs: the button is a leader's alone."""
    account, name = values["account"], facts.members[values["member"]].name
    same = {"who": account, "name": name}
    return message(
        T("told-claimed", person=Person(account, account), name=Name(name)),
        T("told-claimed-how"),
        buttons=(Button(T("button-confirm", name=Name(name)), "study add", same, facts.study.id),),
    )


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
        "questions": questions_setting(study.questions),
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


def _fines(values: Values, facts: Facts) -> Message:
    return fines_message(fines.read(values, facts.study, facts.members))


def _extended(values: Values, facts: Facts) -> Message:
    number = values["week"]
    title = week_title(number, facts.weeks[number].title)
    due, closes = (datetime.fromisoformat(values[name]) for name in ("due", "closes"))
    until = T("extended-until", due=due, closes=closes)
    if values["member"]:
        # Why one of them needs more time is theirs to tell.
        return message(T("told-extended-one", week=title, name=names(facts, [values["member"]])), until)
    reason = Written(facts.words.get(values["line"], ""))
    return message(
        T("told-extended", week=title),
        until,
        T("extended-reason", reason=reason) if reason.text else None,
        buttons=(Button(T("button-submit"), "submit", study=facts.study.id),),
    )


def _turn_order(values: Values, facts: Facts) -> Message:
    return message(T("told-turn-order"), T("turn-order", names=names(facts, values["members"])))


def _turns_changed(key: str) -> Callable[[Values, Facts], Message]:
    def worded(values: Values, facts: Facts) -> Message:
        lines = [
            T("turn-line", week=T("week", week=int(week)), name=names(facts, [writer]))
            for week, writer in values["writers"].items()
        ]
        return message(T(key), *lines)

    return worded


def _posted(values: Values, facts: Facts) -> Message:
    number = values["week"]
    row = facts.turns[number]
    week = week_title(number, facts.weeks[number].title)
    return message(
        T("told-posted", name=names(facts, [values["member"]]), week=week),
        T("submitted-link", link=Url(row.link)) if row.link else None,
    )


def _questions(values: Values, facts: Facts) -> Message:
    number = values["week"]
    week = week_title(number, facts.weeks[number].title)
    issue = facts.issues.get(number)
    return message(
        T("questions-title", week=week),
        T("questions-until", due=facts.week(number).due_at),
        T("questions-issue", issue=Url(issue)) if issue else None,
    )


def _questions_reopened(values: Values, _: Facts) -> Message:
    return message(T("told-questions-reopened", week=T("week", week=values["week"])))


def _paused(values: Values, facts: Facts) -> Message:
    study = facts.study
    why = study.paused_why or values["why"]
    is_back = values.get("back") and why != Why.AWAY
    lines = back_lines(study) if is_back else paused_lines(study, why)
    return message(T("paused-title", study=Written(study.name)), *lines)


def _resumed(values: Values, _: Facts) -> Message:
    since = datetime.fromisoformat(values["since"])
    return message(T("told-resumed", since=since), T("resumed-extend", command=Command("week extend")))


def _moved(_: Values, facts: Facts) -> Message:
    return message(T("told-moved", study=Written(facts.study.name)))


def _questions_closed(values: Values, facts: Facts) -> Message:
    number = values["week"]
    is_last = number == facts.shot.season.weeks[-1].number
    key = "told-questions-closed-last" if is_last else "told-questions-closed"
    return message(T(key, week=T("week", week=number)))


def _questions_late(values: Values, facts: Facts) -> Message:
    week = T("week", week=values["week"])
    thread = facts.threads.get(values["now"] or 0)
    if thread is None:
        return message(T("told-questions-late-none", week=week))
    return message(T("told-questions-late", week=week, thread=Thread(thread, T("questions-link"))))


def _imported(values: Values, _: Facts) -> Message:
    return message(T("told-imported", count=values["count"]))


def _ended(_: Values, facts: Facts) -> Message:
    button = Button(T("button-board"), "board", study=facts.study.id)
    return message(
        T("told-ended", study=Written(facts.study.name)), T("told-ended-records"), buttons=(button,)
    )


NOTICES: Mapping[str, Callable[[Values, Facts], Message]] = {
    "started": _started,
    "joined": _about_member("told-joined"),
    "claimed": _claimed,
    "left": _about_member("told-left"),
    "role": _role,
    "settings": _settings,
    "planned": _planned,
    "break_added": _break("told-break"),
    "break_removed": _break("told-break-removed"),
    "fines": _fines,
    "supplement": supplement,
    "extended": _extended,
    "turn_order": _turn_order,
    "turn_swapped": _turns_changed("told-turn-swapped"),
    "turn_skipped": _turns_changed("told-turn-skipped"),
    "posted": _posted,
    "questions": _questions,
    "questions_closed": _questions_closed,
    "questions_reopened": _questions_reopened,
    "questions_late": _questions_late,
    "ended": _ended,
    "imported": _imported,
    "paused": _paused,
    "resumed": _resumed,
    "moved": _moved,
    "published": publishing.published,
    "publishes": publishing.publishes,
    "publish_asks": publishing.asks,
    "publish_lost": publishing.lost,
    "publish_no_table": publishing.no_table,
    "publish_blocked": publishing.blocked,
    "publish_no_issues": publishing.no_issues,
}
