"""Random seasons, and playing one to its end with the bot up, down, or now and then."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from bot.rules.fines import Fines
from bot.rules.refusal import Refused
from bot.rules.season import Season
from bot.services import advancing, breaks, membership, studies, submissions, weeks
from bot.services.snapshot import snapshot
from bot.services.studies import Changes
from bot.services.submissions import HandingIn, Submitted
from db import Runner, Session
from db import models as m
from tests.store import MEMBERS, SEOUL, Group, caller, founded, rows

STARTS = date(2022, 4, 6)
DAY = timedelta(days=1)
END = 150
"""By this day every season is over."""

PEOPLE = (*MEMBERS[:3], "새사람")
WALLS = (
    "00:00:00", "00:00:05", "00:00:10", "08:59:00", "09:00:00", "11:59:59", "12:00:00",
    "12:00:07", "12:00:10", "15:00:00", "21:00:00", "23:59:59",
)  # fmt: skip
DUE_TIMES = ("00:00", "12:00", "23:30")
REMINDERS = ("none", "due 1h", "due 24h, due 3h, close 3h", "due 6d, close 10m")


@dataclass(frozen=True)
class Deed:
    """Something that somebody does at a time."""

    at: datetime
    what: str
    who: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Script:
    """A season: how it is set up, what is done in it, and when the bot has a look."""

    begins: datetime
    count: int
    fines: Fines
    rests: tuple[tuple[date, date, str], ...]
    deeds: tuple[Deed, ...]
    looks: tuple[datetime, ...]


@st.composite
def times(draw: st.DrawFn, first: int, last: int) -> datetime:
    """A time between two days that are counted from the season's start, often next to a cutoff."""
    day = STARTS + draw(st.integers(first, last)) * DAY
    wall = draw(st.sampled_from(WALLS))
    return datetime.fromisoformat(f"{day}T{wall}").replace(tzinfo=SEOUL)


def rest(first: int, length: int) -> dict[str, date]:
    """A break's first and last day, counted from the season's start."""
    return {"first": STARTS + first * DAY, "last": STARTS + (first + length) * DAY}


numbers = st.integers(1, 4)
rests = st.builds(rest, st.integers(0, 30), st.integers(0, 12))
changes = st.fixed_dictionaries(
    {},
    optional={
        "due": st.sampled_from(DUE_TIMES),
        "close": st.sampled_from(("12:00", "13:30")),
        "late": st.sampled_from((0, 500)),
        "absent": st.sampled_from((0, 7_000)),
        "reminders": st.sampled_from(REMINDERS),
    },
)
KINDS: Mapping[str, st.SearchStrategy[dict[str, Any]]] = {
    "submit": st.fixed_dictionaries({"link": st.sampled_from("abc")}, optional={"week": numbers}),
    "withdraw": st.fixed_dictionaries({"week": st.none() | numbers}),
    "excuse": st.fixed_dictionaries({"week": numbers}),
    "join": st.just({}),
    "leave": st.just({}),
    "notify": st.fixed_dictionaries({"how": st.sampled_from(("channel", "dm", "off"))}),
    "rest": rests,
    "unrest": rests.map(lambda days: {"first": days["first"]}),
    "change": changes,
}


@st.composite
def deeds(draw: st.DrawFn) -> Deed:
    """Anything that can be done; handing in most often."""
    what = draw(st.sampled_from(("submit", "submit", "submit", *KINDS)))
    at = draw(times(-1, 45))
    return Deed(at, what, draw(st.sampled_from(PEOPLE)), draw(KINDS[what]))


@st.composite
def scripts(draw: st.DrawFn) -> Script:
    """A short season with breaks, people who come and go, and a bot that looks now and then."""
    begins = draw(times(-2, 8))
    there = draw(st.lists(rests, max_size=2, unique_by=lambda days: days["first"]))
    done = sorted(draw(st.lists(deeds(), max_size=8)), key=lambda deed: deed.at)
    return Script(
        begins,
        draw(st.integers(1, 4)),
        draw(st.sampled_from((Fines(), Fines(0, 0), Fines(0, 4_000)))),
        tuple((days["first"], days["last"], "쉼") for days in apart(there)),
        tuple(deed for deed in done if deed.at >= begins),
        tuple(sorted(draw(st.lists(times(0, 60), max_size=10)))),
    )


def apart(found: Sequence[dict[str, date]]) -> list[dict[str, date]]:
    """Those breaks that share no day with one before them."""
    kept: list[dict[str, date]] = []
    for days in found:
        if all(days["last"] < other["first"] or other["last"] < days["first"] for other in kept):
            kept.append(days)
    return kept


@dataclass(frozen=True)
class Outcome:
    """What a season came to, in words that do not depend on row ids."""

    answers: list[str]
    verdicts: list[tuple[Any, ...]]
    ledger: list[dict[str, Any]]
    told: list[dict[str, Any]]
    reminders: dict[str, set[str]]
    order: list[str]
    season: Season
    names: dict[int, str]
    next_moment_at: datetime | None


async def play(
    runner: Runner, script: Script, looks: Sequence[datetime], channel: str, *, belated: bool = False
) -> Outcome:
    """Play a season in a channel of its own; the bot looks at these times, and at the end.

    Where the deeds are `belated` they arrive when it is over, each with the time at which it happened.
    """
    group = await founded(
        runner,
        MEMBERS[:3],
        at=script.begins.replace(tzinfo=None).isoformat(),
        channel=channel,
        weeks=script.count,
        fines=script.fines,
        breaks=script.rests,
    )
    end = datetime.combine(STARTS + END * DAY, datetime.min.time(), SEOUL)
    answers = []
    waiting = [end] if belated else list(looks)
    for deed in script.deeds:
        while waiting and (belated or waiting[0] <= deed.at):
            await catch_up(runner, waiting.pop(0))
        answers.append(await done(group, deed))
    for look in (*waiting, end):
        await catch_up(runner, look)
    return await runner.read(outcome, group.id, answers)


async def catch_up(runner: Runner, now: datetime) -> None:
    """Advance as the agenda does."""
    while (due := await runner.read(advancing.next_moment)) and due <= now:
        await runner.run(advancing.advance, now)


async def done(group: Group, deed: Deed) -> str:
    """Do something; the answer, also where it is a no."""
    who = caller(deed.who, group.channel)
    leader = caller(MEMBERS[0], group.channel)
    run, at, values = group.runner.run, deed.at, dict(deed.values)
    try:
        match deed.what:
            case "submit":
                wish = HandingIn(who, f"https://example.org/{values.pop('link')}", at, **values)
                return told_of(await group.runner.together(submissions.submit_many, wish))
            case "withdraw":
                return f"week {(await run(submissions.withdraw, who, values['week'], None, at)).week.number}"
            case "excuse":
                excused = await run(weeks.excuse, leader, deed.who, values["week"], "출장", at)
                return f"corrected: {excused.corrected}"
            case "join":
                return (await run(membership.join, who, None, at)).member.name
            case "leave":
                return (await run(membership.leave, who, at)).name
            case "notify":
                return (await run(membership.notify, who, values["how"], at)).notify
            case "rest":
                moved = await run(breaks.add, leader, values["first"], values["last"], "쉼", at)
                return f"moved {[week.number for week in moved.moved]}"
            case "unrest":
                moved = await run(breaks.remove, leader, values["first"], at)
                return f"moved {[week.number for week in moved.moved]}"
            case _:
                shown = await run(studies.change, leader, Changes(**values), at)
                return f"weeks {[week.opens_at for week in shown.weeks]}"
    except Refused as no:
        return no.key


def told_of(answer: Submitted) -> str:
    """What somebody hears who handed in."""
    other = answer.other and answer.other.number
    return (
        f"{answer.week.number} {answer.verdict} {other} {answer.closed} {answer.replaced} {answer.repeated}"
    )


async def outcome(session: Session, study_id: int, answers: list[str]) -> Outcome:
    """Read what a season came to."""
    study = await session.get_one(m.Study, study_id)
    shot = await snapshot(session, study)
    names = {member.id: f"{place} {member.name}" for place, member in enumerate(shot.members, start=1)}
    numbers = {id_: number for number, id_ in shot.week_ids.items()}
    resting = {row.id: n for n, row in enumerate(await rows(session, m.Break, m.Break.study_id == study_id))}
    entries = await rows(session, m.Ledger, m.Ledger.study_id == study_id)
    order = {entry.id: place for place, entry in enumerate(entries)}
    judged = await rows(session, m.Judgement, m.Judgement.member_id.in_(names))
    sent = await rows(session, m.Outbox, m.Outbox.study_id == study_id, m.Outbox.target_id.is_(None))
    announced = [row for row in sent if row.kind == "announcement"]
    reminded = [row for row in sent if row.kind.startswith("reminder")]
    return Outcome(
        answers,
        [(numbers[x.week_id], names[x.member_id], x.number, x.verdict, x.at) for x in judged],
        [entry(x, order) | {"week": numbers.get(x.week_id or 0), "who": names[x.member_id]} for x in entries],
        [plain(row, names, resting) for row in announced],
        {label(row, names): {names[x] for x in row.values["missing"]} for row in reminded},
        [
            label(row, names) if row in reminded else str(plain(row, names, resting))
            for row in sent
            if row in announced or row in reminded
        ],
        shot.season,
        names,
        study.next_moment_at,
    )


def entry(row: m.Ledger, order: Mapping[int, int]) -> dict[str, Any]:
    """An entry of the ledger; what it reverses is told by its place."""
    columns = ("kind", "amount", "month", "booked_at", "item", "judgement")
    return {name: getattr(row, name) for name in columns} | {"reverses": order.get(row.reverses_id or 0)}


def label(row: m.Outbox, names: Mapping[int, str]) -> str:
    """What makes a reminder unique in its study."""
    key = row.key.partition(":")[2]
    return key.removesuffix(str(row.recipient_id)) + names[row.recipient_id] if row.recipient_id else key


def plain(row: m.Outbox, names: Mapping[int, str], resting: Mapping[int, int]) -> dict[str, Any]:
    """An announcement with names for the ids of members and an order for those of breaks."""
    return {
        "at": row.at,
        "week": row.week,
        "silent": row.silent,
        "parts": [plain_part(part, names, resting) for part in row.values["parts"]],
    }


def named(value: Any, names: Mapping[int, str]) -> Any:
    """A statement or a summary with names for the ids of members."""
    match value:
        case dict() if value and all(str(key).isdigit() for key in value):
            return {names[int(key)]: amount for key, amount in value.items()}
        case dict():
            return {
                key: [names[x] for x in inner]
                if key == "last"
                else names[inner]
                if key == "member"
                else named(inner, names)
                for key, inner in value.items()
            }
        case list():
            return [named(inner, names) for inner in value]
    return value


def plain_part(
    part: Mapping[str, Any], names: Mapping[int, str], resting: Mapping[int, int]
) -> dict[str, Any]:
    """One moment of an announcement."""
    shown = dict(part)
    for key in ("in", "late", "missing"):
        if key in shown:
            shown[key] = [names[x] for x in shown[key]]
    if "break" in shown:
        shown["break"] = resting[shown["break"]]
    for key in ("statement", "summary"):
        if key in shown:
            shown[key] = named(shown[key], names)
    if "verdicts" in shown:
        shown["verdicts"] = {kind: [names[x] for x in given] for kind, given in shown["verdicts"].items()}
        shown["fines"] = [[names[x], amount] for x, amount in shown["fines"]]
    return shown
