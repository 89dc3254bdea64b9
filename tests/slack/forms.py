"""Fields as a person fills them in."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from tests.slack.model import File, User
from tests.slack.places import Channel
from tests.slack.problems import Json

if TYPE_CHECKING:
    from tests.slack.surfaces import View

TEXTS = ("plain_text_input", "email_text_input", "url_text_input", "number_input")
NAMED = {"users": "user", "conversations": "conversation", "channels": "channel"}
FORMS = {"datepicker": r"\d{4}-\d\d-\d\d", "timepicker": r"\d\d:\d\d", "datetimepicker": r"\d{10}"}
PICKED = {"datepicker": "date", "timepicker": "time", "datetimepicker": "date_time"}


def filled(view: View, given: dict[str, Any]) -> dict[str, dict[str, Json]]:
    """Give a form's state as it is sent: prefilled or as before where nothing was typed."""
    by_label = {label: id_ for id_, label in view.labels.items()}
    unknown = [name for name in given if name not in by_label and name not in view.inputs]
    assert not unknown, f"the form has no {unknown} but {view.labels}"
    values = {by_label.get(name, name): value for name, value in given.items()}
    state: dict[str, dict[str, Json]] = {
        x: dict(kept) for x, kept in view.state.items() if x not in view.inputs
    }
    for id_, block in view.inputs.items():
        element = block["element"]
        if id_ in values:
            value = valued(element, values[id_])
        else:
            value = view.state.get(id_, {}).get(element["action_id"]) or initial(element)
        if not block.get("optional"):
            assert not is_empty(value), f"the field {block['label']['text']!r} must be filled in"
        state[id_] = {element["action_id"]: value}
    return state


def is_empty(value: Json) -> bool:
    """Whether a field holds nothing."""
    return not any(each for key, each in value.items() if key != "type")


def initial(element: Json) -> Json:
    """What a field holds before anybody touches it."""
    kind = element["type"]
    given = {key: element.get(key) for key in element if key.startswith("initial_")}
    value = next(iter(given.values()), None)
    key = _key(element)
    return {"type": kind, key: ([] if value is None else value) if _is_list(kind) else value}


def valued(element: Json, value: Any) -> Json:
    """Give a field's value as Slack sends it, if its client lets one enter it."""
    kind = element["type"]
    if kind in TEXTS:
        return {"type": kind, "value": _text(element, "" if value is None else str(value)) or None}
    if kind in PICKED:
        return {"type": kind, f"selected_{PICKED[kind]}": _moment(kind, value)}
    if kind == "file_input":
        files = value if isinstance(value, list) else [value] if value else []
        assert len(files) <= element.get("max_files", 10), f"too many files: {files}"
        return {"type": kind, "files": [_file(each, element) for each in files]}
    many = _is_list(kind)
    listed = list(value) if many and isinstance(value, list | tuple) else [value] if value is not None else []
    most = element.get("max_selected_items") or (len(listed) if many else 1)
    assert len(listed) <= most, f"so many cannot be chosen: {listed}"
    chosen = [_chosen(element, each) for each in listed]
    return {"type": kind, _key(element): chosen if many else (chosen[0] if chosen else None)}


def _key(element: Json) -> str:
    kind = element["type"]
    if kind in TEXTS:
        return "value"
    if kind in PICKED:
        return f"selected_{PICKED[kind]}"
    if kind == "file_input":
        return "files"
    thing = next((name for prefix, name in NAMED.items() if prefix in kind), "option")
    return f"selected_{thing}" + ("s" if _is_list(kind) else "")


def _is_list(kind: str) -> bool:
    return kind.startswith("multi_") or kind in {"checkboxes", "file_input"}


def _chosen(element: Json, value: Any) -> Any:
    if isinstance(value, User | Channel):
        assert any(prefix in element["type"] for prefix in NAMED), f"{element['type']} offers nobody"
        return value.id
    offered = list(element.get("options") or [])
    offered += [each for group in element.get("option_groups") or [] for each in group["options"]]
    found = next((each for each in offered if value in {each["value"], each["text"]["text"]}), None)
    assert found is not None, f"not offered: {value!r} but {[each['text']['text'] for each in offered]}"
    return found


def _text(element: Json, value: str) -> str:
    name, kind = element["action_id"], element["type"]
    least, most = element.get("min_length") or 0, element.get("max_length") or 3000
    assert not value or len(value) >= least, f"field {name!r} takes at least {least} characters"
    assert len(value) <= most, f"field {name!r} takes at most {most} characters"
    assert element.get("multiline") or "\n" not in value, f"field {name!r} has one line"
    if value and kind == "url_text_input":
        assert re.match(r"[a-z]+://\S+$", value), f"field {name!r} takes an address: {value!r}"
    if value and kind == "email_text_input":
        assert "@" in value, f"field {name!r} takes a mail address: {value!r}"
    if value and kind == "number_input":
        decimal = r"-?\d+(\.\d+)?$" if element["is_decimal_allowed"] else r"-?\d+$"
        assert re.match(decimal, value), f"field {name!r} takes a number: {value!r}"
        low, high = element.get("min_value"), element.get("max_value")
        assert low is None or float(value) >= float(low), f"field {name!r} takes at least {low}"
        assert high is None or float(value) <= float(high), f"field {name!r} takes at most {high}"
    return value


def _moment(kind: str, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(value, datetime):
        return int(value.timestamp()) if kind == "datetimepicker" else f"{value:%H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    pattern = {"datepicker": r"\d{4}-\d\d-\d\d", "timepicker": r"\d\d:\d\d", "datetimepicker": r"\d{10}"}[
        kind
    ]
    assert re.fullmatch(pattern, str(value)), f"the client offers no {value!r}"
    return int(value) if kind == "datetimepicker" else value


def _file(value: Any, element: Json) -> Json:
    from tests.slack import payloads

    assert isinstance(value, File), f"no file: {value!r}"
    kinds = element.get("filetypes")
    assert not kinds or value.name.rpartition(".")[2] in kinds, f"only {kinds} can be uploaded"
    return payloads.file(value)
