"""What Discord takes as components: rows of buttons and selects, the newer layout, and forms (modals)."""

from collections import Counter
from typing import Any

from tests.discord.model import walk
from tests.discord.problems import Form, Json

ROW, BUTTON, CHOICE, INPUT, SECTION, TEXT, THUMBNAIL = 1, 2, 3, 4, 9, 10, 11
GALLERY, FILE, SEPARATOR, CONTAINER, LABEL, UPLOAD = 12, 13, 14, 17, 18, 19
SELECTS = (3, 5, 6, 7, 8)
IN_CONTAINER = (ROW, SECTION, TEXT, GALLERY, FILE, SEPARATOR)
AT_TOP = (*IN_CONTAINER, CONTAINER)
MOST, MOST_TEXT = 40, 4000


def check(components: object, form: Form, *, v2: bool, path: str = "components") -> None:
    """Hold that a message's components are such."""
    listed = form.many(components, path, MOST if v2 else 5)
    if any(not isinstance(each, dict) for each in listed):
        form.wrong(path, "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType")
        return
    for index, component in enumerate(listed):
        _one(component, form, f"{path}.{index}", AT_TOP if v2 else (ROW,))
    parts = list(walk(listed))
    _unique(parts, form, path)
    if v2 and len(parts) > MOST:
        form.wrong(path, "BASE_TYPE_BAD_LENGTH", f"Must be {MOST} or fewer in length.")
    texts = sum(len(str(part.get("content", ""))) for part in parts if part.get("type") == TEXT)
    if texts > MOST_TEXT:
        form.wrong(path, "COMPONENT_MAX_TEXT_SIZE_EXCEEDED", "The size of all text is over 4000.")


def numbered(components: list[Json]) -> list[Json]:
    """Give those components without an id one, as Discord does."""
    parts = list(walk(components))
    taken = {part["id"] for part in parts if part.get("id")}
    free = (number for number in range(1, 1000) if number not in taken)
    for part in parts:
        part["id"] = part.get("id") or next(free)
    return components


def _unique(parts: list[Json], form: Form, path: str) -> None:
    for key, code in (("custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED"), ("id", "COMPONENT_ID_DUPLICATED")):
        counts = Counter(part[key] for part in parts if part.get(key))
        for value in (value for value, count in counts.items() if count > 1):
            form.wrong(path, code, f"Component {key} cannot be duplicated: {value}")


def _one(part: Json, form: Form, path: str, allowed: tuple[int, ...]) -> None:
    kind = part.get("type")
    if not isinstance(kind, int) or not form.among(kind, f"{path}.type", allowed):
        return
    form.number(part.get("id"), f"{path}.id", 0, 2**31 - 1)
    checks = {ROW: _row, BUTTON: _button, SECTION: _section, TEXT: _text, CONTAINER: _container}
    checks |= dict.fromkeys(SELECTS, _select)
    checks |= {GALLERY: _gallery, THUMBNAIL: _thumbnail, LABEL: _label, INPUT: _bare_input, UPLOAD: _upload}
    if kind in checks:
        checks[kind](part, form, path)


def _row(part: Json, form: Form, path: str) -> None:
    inner = form.many(part.get("components"), f"{path}.components", 5, 1)
    if any(each.get("type") in SELECTS for each in inner) and len(inner) > 1:
        form.wrong(
            f"{path}.components",
            "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
            "The specified component exceeds the maximum width",
        )
    for index, each in enumerate(inner):
        _one(each, form, f"{path}.components.{index}", (BUTTON, *SELECTS))


def _button(part: Json, form: Form, path: str) -> None:
    if not form.among(part.get("style"), f"{path}.style", (1, 2, 3, 4, 5, 6)):
        return
    form.text(part.get("label"), f"{path}.label", 80)
    form.boolean(part.get("disabled"), f"{path}.disabled")
    if part["style"] == 5:
        form.text(part.get("url"), f"{path}.url", 512, 1, required=True)
        link(part.get("url"), form, f"{path}.url")
        if part.get("custom_id"):
            form.wrong(
                path,
                "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE",
                "A custom id and url cannot both be specified",
            )
    elif part["style"] != 6:
        form.text(part.get("custom_id"), f"{path}.custom_id", 100, 1, required=True)
        if part.get("url"):
            form.wrong(path, "BUTTON_COMPONENT_INVALID_URL", "A url is for link buttons only")
    if part["style"] != 6 and not part.get("label") and not part.get("emoji"):
        form.wrong(path, "BUTTON_COMPONENT_NO_LABEL_OR_EMOJI", "A button must have a label or emoji")


def _select(part: Json, form: Form, path: str) -> None:
    form.text(part.get("custom_id"), f"{path}.custom_id", 100, 1, required=True)
    form.text(part.get("placeholder"), f"{path}.placeholder", 150)
    form.number(part.get("min_values"), f"{path}.min_values", 0, 25)
    form.number(part.get("max_values"), f"{path}.max_values", 1, 25)
    if part["type"] != CHOICE:
        return
    options = form.many(part.get("options"), f"{path}.options", 25, 1)
    for index, option in enumerate(options):
        here = f"{path}.options.{index}"
        form.text(option.get("label"), f"{here}.label", 100, 1, required=True)
        form.text(option.get("value"), f"{here}.value", 100, 1, required=True)
        form.text(option.get("description"), f"{here}.description", 100)
    for value, count in Counter(str(option.get("value")) for option in options).items():
        if count > 1:
            form.wrong(
                f"{path}.options",
                "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                f"The value is there twice: {value}",
            )
    if len(options) < (part.get("max_values") or 1):
        form.wrong(f"{path}.max_values", "SELECT_COMPONENT_MAX_VALUES_TOO_LARGE", "More values than options")


def _section(part: Json, form: Form, path: str) -> None:
    for index, each in enumerate(form.many(part.get("components"), f"{path}.components", 3, 1)):
        _one(each, form, f"{path}.components.{index}", (TEXT,))
    if not part.get("accessory"):
        form.wrong(f"{path}.accessory", "BASE_TYPE_REQUIRED", "This field is required")
    else:
        _one(part["accessory"], form, f"{path}.accessory", (BUTTON, THUMBNAIL))


def _text(part: Json, form: Form, path: str) -> None:
    form.text(part.get("content"), f"{path}.content", MOST_TEXT, 1, required=True)


def _container(part: Json, form: Form, path: str) -> None:
    form.number(part.get("accent_color"), f"{path}.accent_color", 0, 0xFFFFFF)
    for index, each in enumerate(form.many(part.get("components"), f"{path}.components", MOST, 1)):
        _one(each, form, f"{path}.components.{index}", IN_CONTAINER)


def _gallery(part: Json, form: Form, path: str) -> None:
    for index, each in enumerate(form.many(part.get("items"), f"{path}.items", 10, 1)):
        _media(each.get("media"), form, f"{path}.items.{index}.media")


def _thumbnail(part: Json, form: Form, path: str) -> None:
    _media(part.get("media"), form, f"{path}.media")
    form.text(part.get("description"), f"{path}.description", 1024)


def _media(media: Any, form: Form, path: str) -> None:
    url = (media or {}).get("url")
    if form.text(url, f"{path}.url", 2048, 1, required=True):
        link(url, form, f"{path}.url", ("http://", "https://", "attachment://"))


def link(
    url: object, form: Form, path: str, schemes: tuple[str, ...] = ("http://", "https://", "discord://")
) -> None:
    """Hold that something is an address that Discord opens."""
    if isinstance(url, str) and url and not url.startswith(schemes):
        names = ", ".join(f"'{scheme.partition(':')[0]}'" for scheme in schemes)
        form.wrong(
            path,
            "URL_TYPE_INVALID_SCHEME",
            f'Scheme "{url[:20]}" is not supported. Scheme must be one of ({names}).',
        )


def _bare_input(part: Json, form: Form, path: str) -> None:
    form.text(part.get("custom_id"), f"{path}.custom_id", 100, 1, required=True)
    form.among(part.get("style"), f"{path}.style", (1, 2))
    form.number(part.get("min_length"), f"{path}.min_length", 0, 4000)
    form.number(part.get("max_length"), f"{path}.max_length", 1, 4000)
    if (part.get("min_length") or 0) > (part.get("max_length") or 4000):
        form.wrong(
            f"{path}.min_length", "TEXT_INPUT_COMPONENT_MIN_LENGTH_TOO_LARGE", "Longer than the maximum"
        )
    form.text(part.get("placeholder"), f"{path}.placeholder", 100)
    if form.text(part.get("value"), f"{path}.value", 4000) and part.get("value"):
        form.text(part["value"], f"{path}.value", part.get("max_length") or 4000, part.get("min_length") or 0)


def _upload(part: Json, form: Form, path: str) -> None:
    form.text(part.get("custom_id"), f"{path}.custom_id", 100, 1, required=True)
    form.number(part.get("min_values"), f"{path}.min_values", 0, 10)
    form.number(part.get("max_values"), f"{path}.max_values", 1, 10)


def _label(part: Json, form: Form, path: str) -> None:
    form.text(part.get("label"), f"{path}.label", 45, 1, required=True)
    form.text(part.get("description"), f"{path}.description", 100)
    inner = part.get("component")
    if not inner:
        form.wrong(f"{path}.component", "BASE_TYPE_REQUIRED", "This field is required")
        return
    _one(inner, form, f"{path}.component", (INPUT, *SELECTS, UPLOAD, 21, 22, 23))
    if inner.get("type") == INPUT and inner.get("label"):
        form.wrong(f"{path}.component.label", "COMPONENT_LABEL_NOT_ALLOWED", "The label stands outside")


def check_modal(data: Json) -> None:
    """Refuse what is no form: one to five labels, texts or (as of old) rows with one input each."""
    form = Form()
    form.text(data.get("custom_id"), "data.custom_id", 100, 1, required=True)
    form.text(data.get("title"), "data.title", 45, 1, required=True)
    listed = form.many(data.get("components"), "data.components", 5, 1)
    for index, part in enumerate(listed):
        path = f"data.components.{index}"
        if part.get("type") == ROW:
            inner = form.many(part.get("components"), f"{path}.components", 1, 1)
            for each in inner[:1]:
                _one(each, form, f"{path}.components.0", (INPUT,))
                form.text(each.get("label"), f"{path}.components.0.label", 45, 1, required=True)
        else:
            _one(part, form, path, (TEXT, LABEL))
    _unique(list(walk(listed)), form, "data.components")
    form.refuse()
