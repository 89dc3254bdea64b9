"""Forms that ask for a command's options."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from markupsafe import Markup

from bot.commands.choices import Choice, Facts, choices, filled_in
from bot.commands.command import Command, Option
from bot.commands.kinds import MembersKind, MomentKind, TextKind
from bot.doors.playground.drawing import TEMPLATES, Drawn
from bot.rules.refusal import Refused
from bot.texts import command_name, plain

INPUTS = {"date": "date", "month": "month", "moment": "datetime-local", "link": "url"}
"""The types of inputs by kind; whatever is not named here is plain text."""
ISO_LENGTHS = {"date": 10, "month": 7, "moment": 16}
DIGITS = frozenset({"number", "amount", "week"})


def draw_form(
    command: Command,
    given: Mapping[str, str],
    language: str,
    study: int | None,
    facts: Facts,
    refused: Drawn | None = None,
) -> Drawn:
    """The form that asks for a command's options, filled in as far as known; a refusal stands in it."""
    fields = [_field(option, given, language, facts) for option in command.typed]
    first, more = _sorted(fields)
    name = "/" + command_name(command.name, language)
    about = plain(language, f"{command.key}.about")
    html = TEMPLATES.get_template("form.html").render(
        command=command.name,
        study=study,
        name=name,
        about=about,
        first=first,
        more=more,
        opened=any(field["value"] for field in more),
        refused=Markup(refused.html) if refused else "",
        t=partial(plain, language),
    )
    if refused:
        return Drawn(refused.text, html, [], [])
    missing = [str(field["label"]) for field in first if field["required"] and not field["value"]]
    text = f"{name}: {about}" + (f" ({', '.join(missing)})" if missing else "")
    return Drawn(text, html, [], [])


def _sorted(fields: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What has to be filled in, and what may be; without the former everything is shown at once."""
    first = [field for field in fields if field["required"]]
    more = [field for field in fields if not field["required"]]
    return (first, more) if first else (more, [])


def _field(option: Option, given: Mapping[str, str], language: str, facts: Facts) -> dict[str, Any]:
    kind = option.kind
    value, type_ = _typed(option, given.get(option.name) or filled_in(option, facts))
    listed = choices(option, facts, language)
    return {
        "name": f"option-{option.name}",
        "label": plain(language, option.key),
        "about": plain(language, f"{option.key}.about"),
        "required": option.required,
        "value": _chosen(value, listed),
        "choices": _with(value, listed),
        "long": isinstance(kind, TextKind) and kind.long,
        "wide": isinstance(kind, MembersKind),
        "type": type_,
        "digits": kind.name in DIGITS,
    }


def _typed(option: Option, value: str) -> tuple[str, str]:
    """A value as its input takes it, and the input's type: plain where it would not show the value."""
    length = ISO_LENGTHS.get(option.kind.name)
    if not length or not value:
        return value, INPUTS.get(option.kind.name, "text")
    try:
        read: Any = option.kind.read(value)
    except Refused:
        return value, "text"
    return read.isoformat()[:length], INPUTS[option.kind.name]


def _chosen(value: str, listed: list[Choice]) -> str:
    """The value that was meant where it was written as it is called, or with an @ before it."""
    meant = value.strip().removeprefix("@").casefold()
    return next((x.value for x in listed if meant in (x.value.casefold(), x.label.casefold())), value)


def _with(value: str, listed: list[Choice]) -> list[Choice]:
    """The choices with one that is not among them, so that nothing typed is lost silently."""
    known = not value or not listed or _chosen(value, listed) in {x.value for x in listed}
    return listed if known else [*listed, Choice(value, value)]


def as_typed(command: Command, values: Mapping[str, str]) -> dict[str, str]:
    """What a sent form holds as people type it: a browser writes a `T` between a day and its time."""
    moments = {option.name for option in command.typed if isinstance(option.kind, MomentKind)}
    return {name: value.replace("T", " ") if name in moments else value for name, value in values.items()}


def line(command: Command, values: Mapping[str, str], language: str) -> str:
    """A sent form as the line that would have done the same."""
    parts = ["/" + command_name(command.name, language)]
    for option in command.typed:
        value = " ".join(values.get(option.name, "").split())
        if value and option.required:
            parts.append(value)
        elif value:
            quoted = f'"{value}"' if " " in value else value
            parts.append(f"{plain(language, option.key)}={quoted}")
    return " ".join(parts)
