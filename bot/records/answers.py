"""Answers to what a document leaves open, and the study that follows from both."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from bot.records.understood import WEEKDAYS, Question, Understood, unique
from bot.rules.calendar import YEARS, Break, check_days
from bot.rules.refusal import Refused
from bot.rules.settings import NONE
from bot.texts import Listed, T, Text, Written

V = TypeVar("V")
MOST_FINES = "most_fines"
DAYS = re.compile(r"(\d{4}-\d{2}-\d{2})\s*\.\.\s*(\d{4}-\d{2}-\d{2})", re.ASCII)


class Asking:
    """Asks what a document leaves open, and takes the answers that were given."""

    def __init__(self, answers: Mapping[str, str] | None = None) -> None:
        self.answers = answers or {}
        self.questions: dict[str, Question] = {}

    def ask(self, about: str, ask: Text, read: Callable[[str], V | None], *others: str) -> V | None:
        """Ask; the answer as `read`, that to one of the `others` before it; refused where it is none."""
        self.questions.setdefault(about, Question(about, ask))
        for name in (*others, about):
            if name in self.answers:
                value = read(self.answers[name])
                if value is None:
                    words = Written(self.answers[name])
                    raise Refused("records-not-an-answer", about=about, text=words, ask=ask)
                return value
        return None


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
    told = [int(understood.rules.get("weeks", 0)), int(answers.get("weeks", 0))]
    # A log's homework is that of the week after.
    numbers = [week.number + bool(week.homework) for week in understood.weeks]
    return Resolved(
        _starts(understood.rules, answers.get("year"), answers.get("starts")),
        _breaks(answers["breaks"]) if "breaks" in answers else (),
        understood.members,
        max([*told, *numbers]),
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
        if any(name.endswith("::") and about.startswith(name[:-1]) for name in asked):
            continue  # one cell of many that are asked about alike
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
    return _date(f"{year_of(year)}-{starts}")


def year_of(text: str) -> int:
    """The year that an answer names."""
    number = int(year) if re.fullmatch(r"\d{4}", year := text.strip(), re.ASCII) else 0
    if number not in YEARS:
        first, last = str(YEARS.start), str(YEARS.stop - 1)
        raise Refused("records-not-a-year", text=year, first=first, last=last)
    return number


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
