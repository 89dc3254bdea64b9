"""A form (modal) as a person fills it in."""

from collections.abc import Sequence
from typing import Any

from tests.discord.model import walk
from tests.discord.options import Typed
from tests.discord.problems import Json

INPUT, LABEL = 4, 18


def fields_of(modal: Json) -> dict[str, Json]:
    """The fields of a form by what stands over them."""
    parts = list(walk(modal["components"]))
    labels = {part["component"]["custom_id"]: part["label"] for part in parts if part["type"] == LABEL}
    fields = [part for part in parts if part.get("custom_id")]
    return {labels.get(part["custom_id"]) or part.get("label", ""): part for part in fields}


def picked(menu: Json, values: Sequence[Any], typed: Typed) -> list[str]:
    """Give the values of a menu, as many and of those that it offers."""
    offered = [option["value"] for option in menu.get("options") or []]
    assert menu["type"] != 3 or set(values) <= set(offered), f"the menu offers {offered}"
    least, most = menu.get("min_values"), menu.get("max_values")
    assert (1 if least is None else least) <= len(values) <= (1 if most is None else most), (
        f"so many cannot be chosen in {menu['custom_id']!r}: {len(values)}"
    )
    return [typed.resolve(value) for value in values]


def filled(modal: Json, given: dict[str, Any], typed: Typed) -> list[Json]:
    """Give a form as it is sent, prefilled where nothing was typed."""
    labelled = fields_of(modal)
    ids = {part["custom_id"] for part in labelled.values()}
    unknown = [name for name in given if name not in labelled and name not in ids]
    assert not unknown, f"the form has no {unknown} but {sorted(labelled)}"
    values = {
        labelled[name]["custom_id"] if name in labelled else name: value for name, value in given.items()
    }
    return [_sent(part, values, typed) for part in modal["components"]]


def _sent(part: Json, values: dict[str, Any], typed: Typed) -> Json:
    about: Json = {key: part[key] for key in ("type", "id") if key in part}
    if part["type"] == LABEL:
        return about | {"component": _sent(part["component"], values, typed)}
    if "components" in part:
        return about | {"components": [_sent(each, values, typed) for each in part["components"]]}
    if not part.get("custom_id"):
        return about
    about["custom_id"] = part["custom_id"]
    value = values.get(part["custom_id"], part.get("value", ""))
    if part["type"] == INPUT:
        return about | {"value": _text(part, str(value))}
    if part["type"] in {21, 23}:
        return about | {"value": value}
    default: list[Any] = [option["value"] for option in part.get("options") or [] if option.get("default")]
    default += [typed.known(each["id"]) for each in part.get("default_values") or []]
    listed = value if isinstance(value, (list, tuple)) else [value] if value else default
    optional = part.get("required") is False and not listed
    return about | {"values": [] if optional else picked(part, listed, typed)}


def _text(part: Json, value: str) -> str:
    name = part["custom_id"]
    assert value or part.get("required") is False, f"field {name!r} must be filled in"
    least, most = part.get("min_length") or 0, part.get("max_length") or 4000
    assert not value or len(value) >= least, f"field {name!r} takes at least {least} characters"
    assert len(value) <= most, f"field {name!r} takes at most {most} characters"
    return value
