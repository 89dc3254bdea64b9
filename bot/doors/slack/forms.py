"""Forms (modals) that ask for a command's options: all of them, filled in as far as is known."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from bot.commands.choices import Choice, Facts, choices, filled_in
from bot.commands.command import Command, Option
from bot.commands.desk import refusal
from bot.commands.fields import PICKED, fields_of, is_file, is_kept
from bot.commands.kinds import DateKind, PersonKind, TextKind
from bot.doors.slack.look import Block
from bot.doors.slack.state import ANSWER, State
from bot.doors.slack.style import ACCOUNT
from bot.rules.refusal import Refused
from bot.texts import Words, command_name, plain

FORM = "answer"
"""The callback id of every form."""

TITLE, LABEL, LISTED, TEXT, VALUE = 24, 75, 100, 3_000, 150
FIELD = "value"
"""The action id of every field: which option it is, its block says."""


def form(command: Command, known: State, language: str, facts: Facts, prefix: str) -> Block:
    """The form of a command; where it was asked for and by whom stands in its metadata."""
    asked = fields_of(command, known.arguments)
    names = {option.name for option in asked}
    others = {x: value for x, value in known.arguments.items() if x not in names and is_kept(command, x)}
    state = replace(known, does=ANSWER, arguments=others, language=language).shortened()
    title = "/" + prefix + command_name(command.name, language)
    blocks = [_input(option, known.arguments.get(option.name, ""), facts, language) for option in asked]
    return {
        "type": "modal",
        "callback_id": FORM,
        "title": _plain(title[:TITLE]),
        "submit": _plain(plain(language, "form-send")),
        "private_metadata": state.write(),
        "blocks": blocks,
    }


def _input(option: Option, value: str, facts: Facts, language: str) -> Block:
    listed = choices(option, facts, language)
    return {
        "type": "input",
        "block_id": option.name,
        "label": _plain(plain(language, "door-file" if is_file(option) else option.key)),
        "hint": _plain(plain(language, f"{option.key}.about")),
        "optional": not option.required,
        "element": _element(option, value or filled_in(option, facts), listed) | {"action_id": FIELD},
    }


def _element(option: Option, value: str, listed: list[Choice]) -> Block:
    kind = option.kind
    if is_file(option):
        return {"type": "file_input", "max_files": 1}
    if isinstance(kind, PersonKind):
        account = value.removeprefix("@")
        known = {"initial_user": account} if ACCOUNT.fullmatch(account) else {}
        return {"type": "users_select", **known}
    if isinstance(kind, PICKED) and (menu := _menu(listed, value)):
        return menu
    if isinstance(kind, DateKind) and (day := _day(value)) is not None:
        return {"type": "datepicker", **({"initial_date": day.isoformat()} if value else {})}
    # What was typed already stands there whole: that it is too long is said when the form is sent.
    most = min(max(kind.most, len(value)), TEXT) if isinstance(kind, TextKind) else TEXT
    field: Block = {"type": "plain_text_input", "max_length": most}
    if (isinstance(kind, TextKind) and kind.long) or "\n" in value:
        field["multiline"] = True
    return field | ({"initial_value": value[:most]} if value else {})


def _menu(listed: list[Choice], value: str) -> Block | None:
    """A menu of the choices; `None` where there are none or too many, or the value is not among them."""
    fits = all(len(choice.value) <= VALUE for choice in listed)
    meant = value.strip().removeprefix("@").casefold()
    chosen = [x for x in listed if meant and meant in (x.value.casefold(), x.label.casefold())]
    if not listed or len(listed) > LISTED or not fits or (meant and not chosen):
        return None
    options = [{"text": _plain(choice.label[:LABEL]), "value": choice.value} for choice in listed]
    initial = {"initial_option": options[listed.index(chosen[0])]} if chosen else {}
    return {"type": "static_select", "options": options, **initial}


def _day(value: str) -> date | None:
    """The day that is written; any where nothing is, `None` where it is none."""
    try:
        return DateKind().read(value) if value else date.min
    except Refused:
        return None


def _plain(text: str) -> Block:
    return {"type": "plain_text", "text": text}


def filled(view: Mapping[str, Any]) -> dict[str, str]:
    """What a sent form holds, by the names of its options."""
    found = {name: _value(field) for name, field in _fields(view)}
    return {name: value for name, value in found.items() if value.strip()}


def files(view: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The files of a sent form, by the names of their options."""
    return {name: field["files"][0] for name, field in _fields(view) if field.get("files")}


def _fields(view: Mapping[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    values: Mapping[str, Mapping[str, dict[str, Any]]] = view["state"]["values"]
    return [(name, fields[FIELD]) for name, fields in values.items() if FIELD in fields]


def _value(field: dict[str, Any]) -> str:
    chosen = field.get("selected_option") or {}
    found = field.get("value") or chosen.get("value") or field.get("selected_user")
    return str(found or field.get("selected_date") or "")


def wrong(command: Command, given: Mapping[str, str], words: Words) -> dict[str, str]:
    """What is wrong in the fields of a form, each with what to write instead."""
    found: dict[str, str] = {}
    for option in fields_of(command, given):
        value = given.get(option.name, "")
        if is_file(option) or not (value.strip() or option.required):
            continue
        try:
            option.kind.read(value)
        except Refused as no:
            title = refusal(no).sections[0].title
            found[option.name] = re.sub(r"\s+", " ", words(title)) if title else "?"
    return found
