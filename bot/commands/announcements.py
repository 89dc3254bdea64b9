"""What the channel is told: an outbox row's kind and values, worded when it is delivered."""

from collections.abc import Sequence
from datetime import date

from bot.commands.message import Button, Message, Section, message
from bot.commands.notices import NOTICES
from bot.commands.phrases import called, cutoffs, money, names, people, verdict_text, week_title
from bot.commands.statements import fines_buttons, settlement_section, summary_section
from bot.rules.timeline import Kind
from bot.rules.verdicts import Verdict
from bot.services.studies import has_fines
from bot.services.telling import Facts, Values
from bot.texts import T, Text, Thread, Url, Value, Written


def word(kind: str, values: Values, facts: Facts) -> Message:
    """The message of an outbox row."""
    if kind.startswith("reminder-"):
        return _reminder(kind.removeprefix("reminder-"), values, facts)
    if kind == "announcement":
        return _announcement(values, facts)
    return NOTICES[kind](values, facts)


def _announcement(values: Values, facts: Facts) -> Message:
    """What one study announces at one instant: a section a moment."""
    parts = values["parts"]
    told = [part for part in parts if part["kind"] != Kind.SETTLEMENT or part["charges"]]
    sections = tuple(PARTS[Kind(part["kind"])](part, facts) for part in told)
    sections += tuple(summary_section(part, facts) for part in parts if part.get("summary"))
    return Message(sections, _buttons(parts, facts))


def _buttons(parts: Sequence[Values], facts: Facts) -> tuple[Button, ...]:
    buttons: tuple[Button, ...] = ()
    opened = [part["week"] for part in parts if part["kind"] == Kind.OPENED]
    if opened or any(part["kind"] == Kind.DUE and part["missing"] for part in parts):
        buttons += _hand_in(facts)
    if opened:
        buttons += (Button(T("button-missing"), "board", study=facts.study.id),)
        week = {"week": str(opened[-1])}
        buttons += (Button(T("button-note"), "week note", week, facts.study.id, asks=True),)
    if any(number in facts.shot.season.turns() for number in opened):
        buttons += (Button(T("button-blog"), "blog", study=facts.study.id),)
    settled = [part for part in parts if part["kind"] == Kind.SETTLEMENT and part["charges"]]
    return buttons + (fines_buttons(facts, settled[-1]) if settled else ())


def _hand_in(facts: Facts) -> tuple[Button, ...]:
    study = facts.study.id
    return (
        Button(T("button-submit"), "submit", study=study),
        Button(T("button-mine"), "mine", study=study),
    )


def _opened(part: Values, facts: Facts) -> Section:
    number = part["week"]
    row = facts.weeks[number]
    there, asked = facts.hand_ins(number)
    lines = [
        T("week-homework", text=Written(row.homework)) if row.homework else T("no-homework-yet"),
        T("week-optional", text=Written(row.optional)) if row.optional else None,
        cutoffs(facts.week(number), facts.study),
        _writer(part, number, facts),
        _where_to_ask(number, facts),
        T("who-is-in", count=len(there), asked=asked, names=names(facts, there))
        if there
        else T("nobody-in-yet", asked=asked),
    ]
    title = T("opened-title", week=week_title(number, row.title))
    return Section(title, tuple(line for line in lines if line))


def _where_to_ask(number: int, facts: Facts) -> Text | None:
    """The week's question thread, where it has one."""
    if number not in facts.threads:
        return None
    return T("opened-questions", thread=Thread(facts.threads[number], T("questions-link")))


def _writer(part: Values, number: int, facts: Facts) -> Text | None:
    """Whose turn the blog is, or their post once it is up."""
    if not part.get("writer"):
        return None
    row = facts.turns.get(number)
    if row and row.link:
        return T("opened-posted", name=names(facts, [part["writer"]]), link=Url(row.link))
    return T("opened-writer", people=called(facts, [part["writer"]]))


def _due(part: Values, facts: Facts) -> Section:
    number = part["week"]
    week = facts.week(number)
    there, missing = part["in"], part["missing"]
    asked = len(there) + len(missing)
    title = T("due-title", week=week_title(number, facts.weeks[number].title))
    if not asked:
        return Section(title, (T("nobody-asked"),))
    if not missing and not part["late"]:
        return Section(title, (T("all-in", asked=asked),))
    lines = [
        T("who-is-in", count=len(there), asked=asked, names=names(facts, there))
        if there
        else T("nobody-in", asked=asked)
    ]
    told = called(facts, missing)
    if has_fines(facts.study) and not week.practice:
        late = money(facts.study, facts.study.late_fine)
        absent = money(facts.study, facts.study.absent_fine)
        lines.append(T("until-close", people=told, closes=week.closes_at, late=late, absent=absent))
    else:
        lines.append(T("until-close-free", people=told, closes=week.closes_at))
    return Section(title, tuple(lines))


def _closed(part: Values, facts: Facts) -> Section:
    number = part["week"]
    fines = dict(part["fines"])
    lines = []
    for verdict in (
        Verdict.ON_TIME,
        Verdict.RECORDED,
        Verdict.LATE,
        Verdict.ABSENT,
        Verdict.EXCUSED,
    ):
        members = part["verdicts"].get(verdict)
        if not members:
            continue
        values: dict[str, Value] = {
            "verdict": verdict_text(verdict),
            "names": names(facts, members),
        }
        amount = fines.get(members[0])
        if not amount:
            lines.append(T("closed-line", **values))
        elif len(members) == 1:
            lines.append(T("closed-line-fined", **values, fine=money(facts.study, amount)))
        else:
            lines.append(T("closed-line-fined-each", **values, fine=money(facts.study, amount)))
    key = "closed-title-alone" if part.get("alone") else "closed-title"
    title = T(key, week=week_title(number, facts.weeks[number].title))
    return Section(title, tuple(lines) or (T("nobody-asked"),))


def _break_begins(part: Values, facts: Facts) -> Section:
    row = facts.breaks[part["break"]]
    values: dict[str, Value] = {"first": row.first, "last": row.last, "reason": Written(row.reason)}
    return Section(T("break-begins-title"), (T("break-days", **values), *_next_opening(facts, row.last)))


def _break_ends(part: Values, facts: Facts) -> Section:
    return Section(T("break-ends-title"), ())


def _next_opening(facts: Facts, last: date) -> list[Text]:
    schedule = facts.shot.season.schedule
    following = [x for x in facts.shot.season.weeks if schedule.day(x.opens_at) > last]
    if not following:
        return []
    return [T("next-opening", week=following[0].number, opens=following[0].opens_at)]


def _reminder(cutoff: str, values: Values, facts: Facts) -> Message:
    number = values["week"]
    if cutoff == "turn":
        return _remind_writer(number, values, facts)
    week = facts.week(number)
    if values.get("alone"):
        week = facts.shot.season.own(week, values["missing"][0])
    told = people(facts, values["missing"])
    title = week_title(number, facts.weeks[number].title)
    key, at, fine = ("remind-due", week.due_at, facts.study.late_fine)
    if cutoff == "close":
        key, at, fine = ("remind-close", week.closes_at, facts.study.absent_fine)
    if fine and not week.practice:
        line = T(key, people=told, at=at, fine=money(facts.study, fine))
    else:
        line = T(f"{key}-free", people=told, at=at)
    return message(
        T("remind-title", week=title),
        _of_study(values, facts),
        line,
        _where_to_ask(number, facts) if cutoff == "due" else None,
        buttons=_hand_in(facts),
    )


def _of_study(values: Values, facts: Facts) -> Text | None:
    """Which study a direct message is about."""
    is_direct = [facts.members[member].notify for member in values["missing"]] == ["dm"]
    return T("remind-study", study=Written(facts.study.name)) if is_direct else None


def _remind_writer(number: int, values: Values, facts: Facts) -> Message:
    title = T("remind-turn-title", week=week_title(number, facts.weeks[number].title))
    line = T("remind-turn", people=people(facts, values["missing"]), at=facts.week(number).due_at)
    arguments = {"week": str(number)}
    button = Button(T("button-posted"), "turn done", arguments, facts.study.id, asks=True)
    return message(title, _of_study(values, facts), line, buttons=(button,))


PARTS = {
    Kind.CLOSED: _closed,
    Kind.DUE: _due,
    Kind.BREAK_ENDS: _break_ends,
    Kind.BREAK_BEGINS: _break_begins,
    Kind.OPENED: _opened,
    Kind.SETTLEMENT: settlement_section,
}
