"""What people read, in Korean and in English, and how its values look."""

from bot.texts.catalogue import LANGUAGES, MissingText, command_name, has, plain
from bot.texts.style import Style
from bot.texts.values import (
    Ahead,
    Clock,
    Command,
    Exact,
    Listed,
    Money,
    Month,
    Name,
    Names,
    People,
    Person,
    T,
    Text,
    Thread,
    Url,
    Value,
    Written,
)
from bot.texts.words import Words

__all__ = [
    "LANGUAGES",
    "Ahead",
    "Clock",
    "Command",
    "Exact",
    "Listed",
    "MissingText",
    "Money",
    "Month",
    "Name",
    "Names",
    "People",
    "Person",
    "Style",
    "T",
    "Text",
    "Thread",
    "Url",
    "Value",
    "Words",
    "Written",
    "command_name",
    "has",
    "plain",
]
