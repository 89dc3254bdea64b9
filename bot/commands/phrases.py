"""Phrases that announcements and answers share."""

from collections.abc import Iterable

from bot.records.understood import WEEKDAYS
from bot.rules.calendar import Week
from bot.rules.fines import Fines
from bot.rules.timeline import Reminder
from bot.rules.verdicts import Verdict
from bot.services.notes import Log, Note, NoteKind
from bot.services.pausing import Why
from bot.services.studies import has_fines
from bot.services.telling import Facts
from bot.texts import Command, Listed, Money, Name, Names, People, Person, T, Text, Thread, Value, Written
from db.models import Study

INVITE = "/invite @studybot"
"""What is typed in a channel of Slack to have the bot in it."""


def names(facts: Facts, members: Iterable[int]) -> Names:
    """Members by name, never mentioned."""
    return Names(tuple(facts.members[member].name for member in members))


def weekday(study: Study) -> Text:
    """The day on which the study's weeks open and are due."""
    return T(f"weekday-{WEEKDAYS[study.starts.weekday()]}")


def people(facts: Facts, members: Iterable[int]) -> People:
    """Members, mentioned."""
    rows = [facts.members[member] for member in members]
    return People(tuple(Person(row.account, row.name) for row in rows))


def called(facts: Facts, members: Iterable[int]) -> Value:
    """Members, of whom those are mentioned who are reminded in the channel."""
    chosen = list(members)
    here = [x for x in chosen if facts.members[x].notify == "channel"]
    others = [x for x in chosen if x not in here]
    if not others:
        return people(facts, here)
    if not here:
        return names(facts, others)
    return T("people-and-names", people=people(facts, here), names=names(facts, others))


def money(study: Study, amount: int) -> Money:
    """An amount in the study's currency."""
    return Money(amount, study.currency)


PERMISSIONS = {"discord": "paused-permissions-discord", "slack": "paused-permissions-slack"}
"""What the bot has to be allowed, by door."""

OWN_WORDS = {("slack", Why.AWAY): "paused-away-slack", ("slack", Why.GONE): "paused-gone-slack"}
"""Where a door has other ways to lose a channel."""


def paused_lines(study: Study, why: str) -> list[Text]:
    """Why a study sends nothing for now, and what a leader can do."""
    move, extend = Command("study move"), Command("week extend")
    if why == Why.AWAY:
        away = Text(OWN_WORDS.get((study.door, Why.AWAY), "paused-away"), {})
        return [away, T("paused-away-extend", command=extend)]
    if why == Why.GONE:
        gone = Text(OWN_WORDS.get((study.door, Why.GONE), "paused-gone"), {"command": move})
        return [gone, T("paused-goes-on")]
    lines = [T("paused-closed", channel=Thread(study.channel, T("paused-channel")), command=move)]
    if key := PERMISSIONS.get(study.door):
        lines.append(T(key))
    return [*lines, T("paused-goes-on")]


def back_lines(study: Study) -> list[Text]:
    """What a leader can do where the bot is in the workspace again, and not in the channel yet."""
    channel = Thread(study.channel, T("paused-channel"))
    back = T("paused-back", channel=channel, invite=INVITE, command=Command("study move"))
    return [back, T("paused-goes-on")]


def week_title(number: int, title: str | None) -> Text:
    """A week by its number, with its title where it has one."""
    if title:
        return T("week-titled", week=number, title=Written(title))
    return T("week", week=number)


def cutoffs(week: Week, study: Study) -> Text:
    """Both cutoffs of a week and what missing them costs."""
    if week.practice:
        return T("week-cutoffs-practice", due=week.due_at, closes=week.closes_at)
    if not has_fines(study):
        return T("week-cutoffs-free", due=week.due_at, closes=week.closes_at)
    return T(
        "week-cutoffs",
        due=week.due_at,
        closes=week.closes_at,
        late=money(study, study.late_fine),
        absent=money(study, study.absent_fine),
    )


def verdict_text(verdict: Verdict) -> Text:
    """What a verdict is called."""
    return T(f"verdict-{verdict.value}")


def rules_text(study: Study) -> Text:
    """What a study charges."""
    return rules_of(Fines(study.late_fine, study.absent_fine), study.currency)


def rules_of(fines: Fines, currency: str = "KRW") -> Text:
    """What lateness and absence cost."""
    if not fines.charges:
        return T("rules-none")
    return T("rules-fines", late=Money(fines.late, currency), absent=Money(fines.absent, currency))


def reminder_list(reminders: Iterable[Reminder]) -> Text:
    """The reminders of a study, as a sentence."""
    texts = [T(f"reminder-{x.cutoff.value}", before=x.before) for x in reminders]
    return T("listed", items=Listed(texts)) if texts else T("reminders-none")


def questions_setting(on: bool) -> Text:
    """Whether question threads are opened."""
    return T("setting-questions", choice=T("state-on" if on else "state-off"))


def log_lines(log: Log, *, numbered: bool = False) -> list[Text]:
    """What has been collected of a week: notes, with the numbers to change them by, and topics."""
    notes = [
        T("log-numbered", number=str(note.id), note=_note(note)) if numbered else _note(note)
        for note in log.notes
    ]
    return [
        *notes,
        *(T("log-topic", name=Name(name), text=Written(text)) for name, text in log.topics.items()),
    ]


def _note(note: Note) -> Text:
    text = Written(note.text)
    if note.kind is NoteKind.TEXT:
        return T("log-plain", text=text)
    kind = T(f"choice-{note.kind.value}")
    if note.writer is None:
        return T("log-note-read", kind=kind, text=text)
    return T("log-note", kind=kind, text=text, name=Name(note.writer))
