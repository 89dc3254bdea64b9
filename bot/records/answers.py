"""Answers to what a document leaves open, and the study that follows from both."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.records.understood import WEEKDAYS, Question, Understood, unique
from bot.rules.calendar import YEARS, Break, check_days
from bot.rules.refusal import Refused
from bot.rules.settings import NONE
from bot.texts import Listed, T, Written

MOST_FINES = "most_fines"
DAYS = re.compile(r"(\d{4}-\d{2}-\d{2})\s*\.\.\s*(\d{4}-\d{2}-\d{2})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a study can be made from; `weeks` is how many, `remaining` what is still to be answered."""

    starts: date | None
    breaks: tuple[tuple[date, date], ...]
    members: tuple[str, ...]
    weeks: int
    blog_order: tuple[str, ...]
    remaining: tuple[Question, ...]


def resolve(understood: Understood, answers: Mapping[str, str]) -> Resolved:
    """Take the answers in, by what they are about; refused where one cannot be read or was not asked for."""
    _check_asked(understood.questions, answers)
    if "last" in answers and answers["last"].strip() != MOST_FINES:
        raise Refused("records-not-last", text=answers["last"], choice=MOST_FINES)
    weeks = understood.rules.get("weeks", 0)
    numbers = [week.number for week in understood.weeks]
    return Resolved(
        _starts(understood.rules, answers.get("year"), answers.get("starts")),
        _breaks(answers["breaks"]) if "breaks" in answers else (),
        understood.members,
        max([int(weeks), *numbers]),
        _order(understood),
        tuple(question for question in understood.questions if question.about not in answers),
    )


def _order(understood: Understood) -> tuple[str, ...]:
    """The order of the blog: that of the writers, where every week names one."""
    writers = [week.writer for week in understood.weeks]
    return unique(writers) if all(writers) else ()


def _check_asked(questions: tuple[Question, ...], answers: Mapping[str, str]) -> None:
    asked = [question.about for question in questions]
    for about in answers:
        if about not in asked and not asked:
            raise Refused("records-nothing-asked", about=about)
        if about not in asked:
            names = Listed([T("listed", items=Written(name)) for name in asked])
            raise Refused("records-not-asked", about=about, asked=names)


def _starts(rules: Mapping[str, str | int], year: str | None, answered: str | None = None) -> date | None:
    """The first day, in the year answered, or told; refused where it is not the weekday weeks are due on."""
    if answered is not None:
        return _day(answered)
    starts = str(rules.get("starts", ""))
    if len(starts) == len("2022-04-06"):
        return date.fromisoformat(starts)
    if not starts or year is None:
        return None
    first = _in_year(starts, year)
    due = rules.get("due_weekday")
    if due is not None and WEEKDAYS[first.weekday()] != due:
        weekday = T(f"weekday-{due}")
        raise Refused("records-year-weekday", year=str(first.year), first=first, weekday=weekday)
    return first


def _in_year(starts: str, year: str) -> date:
    number = int(year) if re.fullmatch(r"\d{4}", year := year.strip(), re.ASCII) else 0
    if number not in YEARS:
        first, last = str(YEARS.start), str(YEARS.stop - 1)
        raise Refused("records-not-a-year", text=year, first=first, last=last)
    return _date(f"{year}-{starts}")


def _breaks(text: str) -> tuple[tuple[date, date], ...]:
    """Days of rest written as `2022-04-13..2022-04-26,2022-06-08..2022-06-21`, or `none`."""
    if text.strip().lower() in NONE:
        return ()
    found: list[Break] = []
    for part in text.split(","):
        days = DAYS.fullmatch(part.strip())
        if not days:
            raise Refused("records-not-breaks", text=part.strip())
        new = Break(_date(days[1]), _date(days[2]))
        check_days(found, new)
        found.append(new)
    return tuple(sorted((rest.first, rest.last) for rest in found))


def _day(text: str) -> date:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text.strip(), re.ASCII):
        raise Refused("not-a-date", text=text)
    return _date(text.strip())


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused("no-such-date", text=text) from None
