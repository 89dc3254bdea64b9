"""The typed values a text may hold; how they look is the style's business."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta


@dataclass(frozen=True, slots=True)
class Text:
    """A text by its key in the catalogues, with the values it is filled with."""

    key: str
    values: Mapping[str, "Value"] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Name:
    """What somebody is called; never a mention."""

    text: str


@dataclass(frozen=True, slots=True)
class Names:
    """Several people, by name."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """An account of the platform, mentioned so that it is told; `name` for where it cannot be."""

    account: str | None
    name: str


@dataclass(frozen=True, slots=True)
class People:
    """Several people, mentioned."""

    persons: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in the currency's minor unit."""

    amount: int
    currency: str = "KRW"


@dataclass(frozen=True, slots=True)
class Month:
    """A month, by its first day."""

    first: date


@dataclass(frozen=True, slots=True)
class Clock:
    """An instant of which only the time of day is shown, in the study's zone."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Exact:
    """An instant to the second, in the study's zone: what a verdict hangs on."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Ahead:
    """An instant to come, shown with the time that is left."""

    at: datetime
    left: timedelta


@dataclass(frozen=True, slots=True)
class Thread:
    """A thread of the platform by its id, shown as a link with this text."""

    id: str
    text: Text


@dataclass(frozen=True, slots=True)
class Url:
    """An address that may be clicked."""

    address: str


@dataclass(frozen=True, slots=True)
class Command:
    """A command to be typed, by its English name and what follows it as it is."""

    name: str
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """Somebody's own words, shown as they are and never read as markup."""

    text: str


@dataclass(frozen=True, slots=True)
class Listed:
    """Several texts in a row, between commas."""

    texts: Sequence[Text]


Value = (
    str
    | int
    | datetime
    | date
    | timedelta
    | Text
    | Name
    | Names
    | Person
    | People
    | Money
    | Month
    | Clock
    | Exact
    | Ahead
    | Thread
    | Url
    | Command
    | Written
    | Listed
)
"""A `datetime` is shown as day and time in the study's zone, a `timedelta` in its two largest units."""


def T(key: str, **values: Value) -> Text:  # noqa: N802 - a literal of ours, read in every line
    """A text to be worded later, in whichever language its reader has."""
    return Text(key, values)
