"""The elements of Block Kit that one can press, choose from or type into."""

import re
from collections.abc import Callable
from typing import Any

from tests.slack import composition
from tests.slack.problems import Findings, Json

SELECTS = ("static_select", "users_select", "conversations_select", "channels_select")
MULTI = tuple(f"multi_{name}" for name in SELECTS)
PICKERS = ("datepicker", "timepicker", "checkboxes", "radio_buttons")
INPUTS = ("plain_text_input", "email_text_input", "url_text_input", "number_input", "file_input")
IN_SECTION = ("button", "overflow", "image", *SELECTS, *MULTI, *PICKERS)
IN_ACTIONS = ("button", "overflow", "datetimepicker", *SELECTS, *PICKERS)
IN_INPUT = (*INPUTS, "datetimepicker", *SELECTS, *MULTI, *PICKERS)
INTERACTIVE = {*IN_SECTION, *IN_ACTIONS, *IN_INPUT} - {"image"}
INITIAL = {
    "users_select": "initial_user",
    "conversations_select": "initial_conversation",
    "channels_select": "initial_channel",
    "multi_users_select": "initial_users",
    "multi_conversations_select": "initial_conversations",
    "multi_channels_select": "initial_channels",
}


def check(element: Any, findings: Findings, path: str, allowed: tuple[str, ...]) -> None:
    """Hold that something is an element that may stand there."""
    if not findings.thing(element, path):
        return
    kind = element.get("type")
    if not findings.among(kind, f"{path}/type", allowed, "type"):
        return
    if kind != "image":
        findings.text(element.get("action_id"), f"{path}/action_id", 255)
        composition.text(element.get("placeholder"), findings, f"{path}/placeholder", 150, plain=True)
        composition.confirm(element.get("confirm"), findings, f"{path}/confirm")
        findings.flag(element.get("focus_on_load"), f"{path}/focus_on_load")
    CHECKS[kind](element, findings, path)


def _button(element: Json, findings: Findings, path: str) -> None:
    allowed = "action_id url value style confirm accessibility_label"
    findings.keys(element, path, "text", allowed)
    composition.text(element.get("text"), findings, f"{path}/text", 75, plain=True)
    findings.text(element.get("url"), f"{path}/url", 3000)
    if element.get("url") and not re.match(r"(https?|mailto|slack)://?", str(element["url"])):
        findings.wrong(f"{path}/url", "must be a valid URL")
    findings.text(element.get("value"), f"{path}/value", 2000)
    findings.text(element.get("accessibility_label"), f"{path}/accessibility_label", 75)
    findings.among(element.get("style"), f"{path}/style", (None, "primary", "danger"), "style")


def _overflow(element: Json, findings: Findings, path: str) -> None:
    findings.keys(element, path, "options", "action_id confirm")
    composition.options(element.get("options"), findings, f"{path}/options", 5, url=True)


def _static(element: Json, findings: Findings, path: str) -> None:
    multi = element["type"].startswith("multi_")
    initial = "initial_options" if multi else "initial_option"
    more = " max_selected_items" if multi else ""
    findings.keys(
        element,
        path,
        "",
        f"options option_groups action_id placeholder confirm focus_on_load {initial}{more}",
    )
    if bool(element.get("options")) == bool(element.get("option_groups")):
        findings.wrong(path, "must have either options or option_groups")
    found = composition.options(element.get("options"), findings, f"{path}/options", 100)
    found += composition.groups(element.get("option_groups"), findings, f"{path}/option_groups")
    _offered(element.get(initial), found, findings, f"{path}/{initial}", many=multi)


def _offered(chosen: Any, offered: list[Json], findings: Findings, path: str, *, many: bool) -> None:
    listed = (findings.many(chosen, path, 100) if many else [chosen]) if chosen is not None else []
    for each in listed:
        if each not in offered:
            findings.wrong(path, "must be one of the options, exactly")


def _picked(element: Json, findings: Findings, path: str) -> None:
    multi = " max_selected_items" if element["type"].startswith("multi_") else " response_url_enabled"
    filters = " filter default_to_current_conversation" if "conversations" in element["type"] else ""
    initial = INITIAL[element["type"]]
    findings.keys(element, path, "", f"action_id placeholder confirm focus_on_load {initial}{multi}{filters}")


def _choices(element: Json, findings: Findings, path: str) -> None:
    boxes = element["type"] == "checkboxes"
    initial = "initial_options" if boxes else "initial_option"
    findings.keys(element, path, "options", f"action_id confirm focus_on_load {initial}")
    found = composition.options(element.get("options"), findings, f"{path}/options", 10, plain=False)
    _offered(element.get(initial), found, findings, f"{path}/{initial}", many=boxes)


def _date(element: Json, findings: Findings, path: str) -> None:
    kind = element["type"]
    initial, pattern = {
        "datepicker": ("initial_date", r"\d{4}-\d\d-\d\d"),
        "timepicker": ("initial_time", r"\d\d:\d\d"),
        "datetimepicker": ("initial_date_time", r"\d{10}"),
    }[kind]
    more = " timezone" if kind == "timepicker" else ""
    place = "" if kind == "datetimepicker" else " placeholder"
    findings.keys(element, path, "", f"action_id confirm focus_on_load {initial}{place}{more}")
    if element.get(initial) is not None and not re.fullmatch(pattern, str(element[initial])):
        findings.wrong(f"{path}/{initial}", f"is no {kind}'s value")


def _typed(element: Json, findings: Findings, path: str) -> None:
    kind = element["type"]
    common = "action_id placeholder focus_on_load initial_value dispatch_action_config"
    if kind == "number_input":
        findings.keys(element, path, "is_decimal_allowed", f"{common} min_value max_value")
        for key in ("initial_value", "min_value", "max_value"):
            findings.text(element.get(key), f"{path}/{key}", 3000)
        return
    findings.keys(
        element,
        path,
        "",
        f"{common} multiline min_length max_length" if kind == "plain_text_input" else common,
    )
    findings.flag(element.get("multiline"), f"{path}/multiline")
    findings.number(element.get("min_length"), f"{path}/min_length", 0, 3000)
    findings.number(element.get("max_length"), f"{path}/max_length", 1, 3000)
    findings.text(element.get("initial_value"), f"{path}/initial_value", element.get("max_length") or 3000, 0)


def _file(element: Json, findings: Findings, path: str) -> None:
    findings.keys(element, path, "", "action_id filetypes max_files")
    findings.number(element.get("max_files"), f"{path}/max_files", 1, 10)


CHECKS: dict[str, Callable[[Json, Findings, str], None]] = {
    "button": _button,
    "overflow": _overflow,
    "image": composition.image,
    "static_select": _static,
    "multi_static_select": _static,
    "checkboxes": _choices,
    "radio_buttons": _choices,
    "file_input": _file,
    **dict.fromkeys(INITIAL, _picked),
    **dict.fromkeys(("datepicker", "timepicker", "datetimepicker"), _date),
    **dict.fromkeys(("plain_text_input", "email_text_input", "url_text_input", "number_input"), _typed),
}
