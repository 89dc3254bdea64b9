"""What a study log leaves open: who is in the study, how many weeks it has, when its week 0 was."""

import re
from dataclasses import replace
from datetime import date

from bot.records.answers import Asking
from bot.records.document import Document
from bot.records.log.reading import log_of
from bot.records.log.values import Log, Section
from bot.records.log.writing import says_anything
from bot.records.prose import Stated
from bot.rules.bounds import NAME_AT_MOST
from bot.rules.calendar import YEARS
from bot.rules.settings import WEEKS_AT_MOST
from bot.texts import T

ZERO = "date:0:"


def read_log(document: Document, known: tuple[str, ...], asking: Asking, *, alone: bool = True) -> Log:
    """The log in a document; asks who is in the study where nobody is named, or `known` from elsewhere.

    Where it is not the record `alone` it has to be one for certain.
    """
    log = log_of(document, known)
    if not (alone or log.is_certain):
        return Log()
    if log.sections and not log.names and not known:
        people = asking.ask("members", T("records-ask-members"), _names)
        log = replace(log_of(document, people or ()), members=people or ())
    return replace(log, sections=tuple(_dated(section, asking) for section in log.sections))


def ask_length(log: Log, said: Stated, asking: Asking) -> None:
    """Ask how many weeks the season has, where only a log tells of them."""
    if log.sections and "weeks" not in said.rules:
        least = weeks_told(log)
        asking.ask("weeks", T("records-ask-weeks", least=least), lambda text: weeks_in(text, least))


def weeks_told(log: Log) -> int:
    """How many weeks a log speaks of; a homework is that of the week after."""
    return max(x.number + bool(x.week.homework) for x in log.sections)


def weeks_in(text: str, least: int = 1) -> int | None:
    """The number of weeks that an answer names."""
    number = int(text) if re.fullmatch(r"\s*\d{1,3}\s*", text, re.ASCII) else 0
    return number if max(1, least) <= number <= WEEKS_AT_MOST else None


def _names(text: str) -> tuple[str, ...] | None:
    found = tuple(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))
    usual = (len(x) <= NAME_AT_MOST and x.isprintable() and "@" not in x and x[0] != "/" for x in found)
    return found if found and all(usual) else None


def _dated(section: Section, asking: Asking) -> Section:
    """Week 0 with its day, which is asked for: it is no seven days before week 1 for certain."""
    homework_alone = replace(section.week, homework=None, due=None)
    if section.number or section.date or not says_anything(homework_alone):
        return section
    return replace(section, date=ask_zero(section.line, asking))


def ask_zero(line: int, asking: Asking) -> date | None:
    """Ask when week 0 was, of which a line speaks."""
    return asking.ask(ZERO, T("records-ask-zero", line=line), _day)


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        return None
    return day if day.year in YEARS else None
