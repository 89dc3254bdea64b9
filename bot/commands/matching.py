"""The guided step that connects names of a record with people: a button a name, and nothing guessed."""

from collections.abc import Iterable

from bot.commands.message import Button
from bot.texts import Name, Names, T, Text
from db.models import Member, Study

BUTTONS_AT_MOST = 14
"""As many as doors show in one message, beside one for something else."""


def unconnected(members: Iterable[Member]) -> tuple[str, ...]:
    """The study names of present members without an account."""
    return tuple(x.name for x in members if x.left_at is None and x.account is None)


def unconnected_lines(names: tuple[str, ...]) -> tuple[Text, ...]:
    """Which names are still to be connected, and how; nothing where there are none."""
    return (T("unconnected", names=Names(names)), T("unconnected-how")) if names else ()


def connect_buttons(study: Study, names: tuple[str, ...]) -> tuple[Button, ...]:
    """A button for each name, for as many as fit, that asks who it is."""
    return tuple(
        Button(T("button-connect", name=Name(name)), "study add", {"name": name}, study.id, asks=True)
        for name in names[:BUTTONS_AT_MOST]
    )
