"""A study and its people: `/study start`, `show`, `settings`, `end`, and who is in it."""

from typing import Annotated

from bot.commands.command import Audience, Call, command
from bot.commands.kinds import (
    Account,
    Amount,
    ChoiceKind,
    Day,
    Flag,
    Mark,
    Name,
    Who,
    WholeKind,
    Words,
    study_name,
)
from bot.commands.matching import connect_buttons, unconnected, unconnected_lines
from bot.commands.message import Button, Message, message
from bot.commands.phrases import money, paused_lines, questions_setting, reminder_list, rules_text, weekday
from bot.rules.fines import NO_FINES, Fines
from bot.rules.settings import WEEKS_AT_MOST
from bot.rules.timeline import Reminder
from bot.services import ending, membership, moving, studies
from bot.services import weeks as weeks_service
from bot.services.membership import How
from bot.services.scope import Role
from bot.services.studies import USUAL_ZONE, Changes, Plan, Shown
from bot.texts import Clock, Command, Names, T, Text, Written
from bot.texts import Name as NameText
from db.models import Study

Weeks = Annotated[int, WholeKind(1, WEEKS_AT_MOST, refusal="weeks-out-of-range")]
Rules = Annotated[str, ChoiceKind(("fines", "none"))]
Language = Annotated[str, ChoiceKind(("ko", "en"))]
YesNo = Annotated[str, ChoiceKind(("yes", "no"))]
OnOff = Annotated[str, ChoiceKind(("on", "off"))]
RoleName = Annotated[str, ChoiceKind(("leader", "treasurer", "member"))]


@command("study start")
async def start(
    call: Call,
    name: Name,
    starts: Day,
    weeks: Weeks,
    rules: Rules = "fines",
    timezone: Words = USUAL_ZONE.key,
    language: Language = "ko",
    practice: YesNo = "no",
) -> Message:
    fines = Fines() if rules == "fines" else NO_FINES
    plan = Plan(name, starts, weeks, fines, timezone, language, practice=practice == "yes")
    shown = await call.run(studies.start, plan, call.at)
    first = shown.weeks[0]
    return message(
        T("start-done", study=Written(shown.study.name)),
        T("started-week", week=first.number, opens=first.opens_at, due=first.due_at),
        T("start-next"),
        buttons=(
            Button(T("button-show"), "study show", study=shown.study.id),
            Button(T("button-plan"), "week plan", study=shown.study.id),
        ),
    )


@command("study show")
async def show(call: Call) -> Message:
    shown = await call.read(studies.show)
    study = shown.study
    join = Button(T("button-join"), "study join", study=study.id)
    is_led = shown.caller is not None and shown.caller.role == Role.LEADER
    waiting = unconnected(shown.members) if is_led else ()
    return message(
        T("show-title", study=Written(study.name), id=str(study.id)),
        *(_people(shown, role) for role in Role),
        T(
            "show-weeks",
            weeks=study.week_count,
            first=shown.weeks[0].opens_at,
            last=shown.weeks[-1].due_at,
        ),
        T(
            "show-cutoffs",
            day=weekday(study),
            due=Clock(shown.weeks[-1].due_at),
            close=Clock(shown.weeks[-1].closes_at),
            zone=study.timezone,
        ),
        rules_text(study),
        T("setting-reminders", reminders=_reminders(shown)),
        *(
            T("show-break", first=row.first, last=row.last, reason=Written(row.reason))
            for row in shown.breaks
        ),
        *_paused(study),
        T("show-undelivered", count=shown.undelivered) if shown.undelivered else None,
        *unconnected_lines(waiting),
        buttons=connect_buttons(study, waiting) if shown.caller else (join,),
    )


def _paused(study: Study) -> list[Text]:
    if study.paused_at is None:
        return []
    return [T("show-paused", since=study.paused_at), *paused_lines(study, study.paused_why or "")]


def _people(shown: Shown, role: Role) -> Text | None:
    there = tuple(member.name for member in shown.members if member.role == role)
    return T(f"show-{role.value}", names=Names(there), count=len(there)) if there else None


def _reminders(shown: Shown) -> Text:
    return reminder_list(Reminder.of(subject) for subject in shown.study.reminders)


@command("study join")
async def join(call: Call, name: Name | None = None) -> Message:
    entered = await call.run(membership.join, name, call.at)
    member = entered.member
    if entered.how is How.ASKED:
        return message(
            T("join-asked", name=NameText(member.name)),
            T("join-asked-how"),
            T("join-asked-otherwise", command=Command("study join")),
            buttons=(Button(T("button-join-otherwise"), "study join", study=member.study_id, asks=True),),
        )
    first = await call.read(weeks_service.first_owed, call.at)
    return message(
        T("joined", name=NameText(member.name)),
        T("joined-next", week=first.number, due=first.due_at) if first else None,
        buttons=(Button(T("button-homework"), "homework", study=member.study_id),),
    )


@command("study leave", Audience.MEMBER)
async def leave(call: Call) -> Message:
    study = await call.run(membership.leave, call.at)
    return message(T("left", study=Written(study.name)), T("left-debts"))


@command("study add", Audience.LEADER)
async def add(call: Call, who: Account, name: Name | None = None, called: Mark | None = None) -> Message:
    known = study_name(called) if called else None
    entered = await call.run(membership.add, who, name, call.at, known)
    told, study = NameText(entered.member.name), entered.member.study_id
    if entered.how is How.ASKED:
        same = {"who": who, "name": told.text}
        return message(
            T("add-same-name", name=told),
            T("add-same-name-how"),
            buttons=(
                Button(T("button-confirm", name=told), "study add", same, study),
                Button(T("button-add-otherwise"), "study add", {"who": who}, study, asks=True),
            ),
        )
    shown = await call.read(studies.show)
    waiting = unconnected(shown.members)
    return message(
        T("connected" if entered.how is How.CONNECTED else "added", name=told),
        *unconnected_lines(waiting),
        buttons=connect_buttons(shown.study, waiting),
    )


@command("study remove", Audience.LEADER)
async def remove(call: Call, who: Who) -> Message:
    member = await call.run(membership.remove, who, call.at)
    return message(T("removed", name=NameText(member.name)), T("left-debts"))


@command("study role", Audience.LEADER)
async def role(call: Call, who: Who, role: RoleName) -> Message:
    member = await call.run(membership.set_role, who, Role(role), call.at)
    return message(T("role-set", name=NameText(member.name), role=T(f"choice-{member.role}")))


@command("study move", Audience.LEADER)
async def move(call: Call) -> Message:
    study = await call.run(moving.move, call.at)
    return message(T("moved", study=Written(study.name)))


@command("study end", Audience.LEADER)
async def end(call: Call, sure: Flag = False) -> Message:
    if sure:
        study = await call.run(ending.end, call.at)
        return message(T("ended", study=Written(study.name)), T("told-ended-records"))
    found = await call.read(ending.preview, call.at)
    return message(
        T("end-sure", study=Written(found.study.name)),
        T("end-open-weeks", count=found.open_weeks) if found.open_weeks else None,
        T("end-settles") if not found.settled else None,
        T("end-then"),
        buttons=(Button(T("button-end"), "study end", {"sure": "yes"}, found.study.id),),
    )


@command("study settings", Audience.LEADER)
async def settings(
    call: Call,
    due: Words | None = None,
    close: Words | None = None,
    late: Amount | None = None,
    absent: Amount | None = None,
    reminders: Words | None = None,
    questions: OnOff | None = None,
) -> Message:
    changes = Changes(due, close, late, absent, reminders, None if questions is None else questions == "on")
    shown = await call.run(studies.change, changes, call.at)
    study = shown.study
    written = {
        "due": f"{study.due_time:%H:%M}",
        "close": f"{study.close_time:%H:%M}",
        "late": str(study.late_fine),
        "absent": str(study.absent_fine),
        "questions": "on" if study.questions else "off",
    }
    change = Button(T("button-settings"), "study settings", written, study.id, asks=True)
    return message(
        T("settings-title" if changes == Changes() else "settings-done"),
        T("setting-due", time=written["due"]),
        T("setting-close", time=written["close"]),
        T("setting-late", amount=money(study, study.late_fine)),
        T("setting-absent", amount=money(study, study.absent_fine)),
        T("setting-reminders", reminders=_reminders(shown)),
        questions_setting(study.questions),
        T("settings-how"),
        buttons=(change,),
    )
