"""The team blog: `/blog`, `/turn order`, `swap`, `skip`, `done`."""

from bot.commands.command import Audience, Call, command
from bot.commands.kinds import Link, Members, WeekNumber
from bot.commands.message import Button, Message, message
from bot.commands.phrases import week_title
from bot.rules.refusal import Refused
from bot.services import turns
from bot.services.turns import Posted, Rota, Swapped, WeekTurn
from bot.texts import Command, Name, Names, T, Text, Url


@command("blog")
async def blog(call: Call, week: WeekNumber | None = None, link: Link | None = None) -> Message:
    if link is not None:
        return _posted(await call.run(turns.done, link, week, call.at))
    rota = await call.read(turns.rota, call.at)
    if week is None:
        shown = rota.turns
    else:
        shown = [turn for turn in rota.turns if turn.week.number == week]
        if not shown:
            first, last = rota.turns[0].week.number, rota.turns[-1].week.number
            raise Refused("no-such-turn", week=week, first=first, last=last)
    return message(
        T("blog-title"), *(_line(rota, turn, call) for turn in shown), buttons=_buttons(rota, call)
    )


def _line(rota: Rota, turn: WeekTurn, call: Call) -> Text:
    """A week's writer, with the post, or that it is missing, or when the week is due."""
    name = Name(rota.names[turn.member])
    week = turn.week.number
    if turn.link:
        return T("blog-posted", week=week, name=name, link=Url(turn.link))
    if turn.week.due_at <= call.at:
        return T("blog-missing", week=week, name=name)
    return T("blog-now" if week == rota.running else "blog-ahead", week=week, name=name, due=turn.week.due_at)


def _buttons(rota: Rota, call: Call) -> tuple[Button, ...]:
    """To a writer: the post is up; to whoever has a turn ahead: swap it."""
    study = rota.study.id
    mine = [turn for turn in rota.turns if turn.member == rota.mine]
    waiting = [turn for turn in mine if turn.link is None and turn.week.opens_at <= call.at]
    ahead = [turn for turn in mine if turn.week.opens_at > call.at]
    buttons = []
    if waiting:
        week = {"week": str(waiting[0].week.number)}
        buttons.append(Button(T("button-posted"), "turn done", week, study, asks=True))
    if ahead:
        week = {"week": str(ahead[0].week.number)}
        buttons.append(Button(T("button-swap"), "turn swap", week, study, asks=True))
    return tuple(buttons)


@command("turn order", Audience.LEADER)
async def order(call: Call, members: Members) -> Message:
    rota = await call.run(turns.order, members, call.at)
    ahead = [turn for turn in rota.turns if turn.week.opens_at > call.at]
    order = list(dict.fromkeys(turn.member for turn in ahead))
    names = T("turn-order", names=Names(tuple(rota.names[member] for member in order)))
    return message(T("turn-ordered"), names, *(_line(rota, turn, call) for turn in ahead))


@command("turn swap", Audience.MEMBER)
async def swap(call: Call, week: WeekNumber, other: WeekNumber) -> Message:
    return _swapped("turn-swapped", await call.run(turns.swap, week, other, call.at))


@command("turn skip", Audience.LEADER)
async def skip(call: Call, week: WeekNumber) -> Message:
    return _swapped("turn-skipped", await call.run(turns.skip, week, call.at))


def _swapped(key: str, done: Swapped) -> Message:
    second = None
    if done.second is not None and done.second_writer is not None:
        week = T("week", week=done.second)
        second = T("turn-line", week=week, name=Name(done.second_writer))
    return message(
        T(key),
        T("turn-line", week=T("week", week=done.first), name=Name(done.first_writer)),
        second,
    )


@command("turn done", Audience.MEMBER)
async def done(call: Call, link: Link, week: WeekNumber | None = None) -> Message:
    return _posted(await call.run(turns.done, link, week, call.at))


def _posted(done: Posted) -> Message:
    week = week_title(done.week, None)
    return message(
        T("posted-again" if done.replaced else "posted", week=week, name=Name(done.member)),
        T("submitted-link", link=Url(done.link)),
        T("posted-where", command=Command("blog")),
    )
