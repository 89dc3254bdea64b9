"""What Discord takes as application commands, held when they are registered."""

import unicodedata
from collections import Counter
from typing import Any

from tests.discord.problems import Form, Json, Problem

SLASH, ON_USER, ON_MESSAGE = 1, 2, 3
SUB, GROUP, STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE, MENTIONABLE, NUMBER, FILE = range(1, 12)
MOST = {SLASH: 100, ON_USER: 15, ON_MESSAGE: 15}
MOST_CHARACTERS = 8000
LARGEST = 2**53 - 1
LOCALES = frozenset(
    [
        "id",
        "da",
        "de",
        "en-GB",
        "en-US",
        "es-ES",
        "es-419",
        "fr",
        "hr",
        "it",
        "lt",
        "hu",
        "nl",
        "no",
        "pl",
        "pt-BR",
        "ro",
        "fi",
        "sv-SE",
        "vi",
        "tr",
        "cs",
        "el",
        "bg",
        "ru",
        "uk",
        "hi",
        "th",
        "zh-CN",
        "ja",
        "zh-TW",
        "ko",
    ]
)


def check(commands: object) -> list[Json]:
    """Refuse a list of commands that Discord would not register; give it."""
    form = Form()
    if not isinstance(commands, list):
        form.wrong("commands", "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
        form.refuse()
        return []
    for index, command in enumerate(commands):
        _command(command, form, str(index))
    names = Counter((command.get("type", SLASH), command.get("name")) for command in commands)
    for index, command in enumerate(commands):
        if names[command.get("type", SLASH), command.get("name")] > 1:
            what = "Application command names must be unique"
            form.wrong(f"{index}.name", "APPLICATION_COMMANDS_DUPLICATE_NAME", what)
    form.refuse()
    for kind, most in MOST.items():
        if sum(command.get("type", SLASH) == kind for command in commands) > most:
            raise Problem(30032)
    return commands


def _command(command: Json, form: Form, path: str) -> None:
    kind = command.get("type", SLASH)
    if not form.among(kind, f"{path}.type", (SLASH, ON_USER, ON_MESSAGE)):
        return
    _name(command, form, path, plain=kind == SLASH)
    if kind == SLASH:
        _described(command, form, path)
        _options(command.get("options"), form, f"{path}.options", depth=0)
        if size(command) > MOST_CHARACTERS:
            what = f"Command exceeds maximum size ({MOST_CHARACTERS})"
            form.wrong(path, "APPLICATION_COMMAND_TOO_LARGE", what)
    else:
        if command.get("description"):
            form.wrong(f"{path}.description", "APPLICATION_COMMAND_DESCRIPTION_NOT_ALLOWED", "Must be empty")
        if command.get("options"):
            form.wrong(f"{path}.options", "APPLICATION_COMMAND_OPTIONS_NOT_ALLOWED", "Must be empty")
    wanted = command.get("default_member_permissions")
    if wanted is not None and not str(wanted).isdecimal():
        form.wrong(f"{path}.default_member_permissions", "BITFIELD_TYPE_INVALID", "No permission bits")
    for key, allowed in (("contexts", (0, 1, 2)), ("integration_types", (0, 1))):
        for index, each in enumerate(form.many(command.get(key), f"{path}.{key}", len(allowed))):
            form.among(each, f"{path}.{key}.{index}", allowed)
    for key in ("nsfw", "dm_permission"):
        form.boolean(command.get(key), f"{path}.{key}")


def _name(what: Json, form: Form, path: str, *, plain: bool) -> None:
    form.text(what.get("name"), f"{path}.name", 32, 1, required=True)
    names = {f"{path}.name": what.get("name")}
    for locale, name in _localized(what, "name", form, path):
        form.text(name, f"{path}.name_localizations.{locale}", 32, 1, required=True)
        names[f"{path}.name_localizations.{locale}"] = name
    for place, name in names.items() if plain else ():
        if isinstance(name, str) and name and not is_command_name(name):
            form.wrong(place, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")


def _described(what: Json, form: Form, path: str) -> None:
    form.text(what.get("description"), f"{path}.description", 100, 1, required=True)
    for locale, text in _localized(what, "description", form, path):
        form.text(text, f"{path}.description_localizations.{locale}", 100, 1, required=True)


def _localized(what: Json, key: str, form: Form, path: str) -> list[tuple[str, Any]]:
    texts = what.get(f"{key}_localizations") or {}
    for locale in texts:
        form.among(locale, f"{path}.{key}_localizations.{locale}", LOCALES)
    return list(texts.items())


def is_command_name(name: str) -> bool:
    """Whether this can be a slash command's or option's name."""
    letters = all(sign in "-_'" or unicodedata.category(sign)[0] in "LN" for sign in name)
    return letters and name == name.lower()


def _options(options: object, form: Form, path: str, depth: int) -> None:
    listed = form.many(options, path, 25)
    kinds = {option.get("type") for option in listed}
    if kinds & {SUB, GROUP} and kinds - {SUB, GROUP}:
        what = "Sub-command and sub-command group option types are mutually exclusive to all other types"
        form.wrong(path, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", what)
    for option, name in zip(listed, names_of(listed), strict=True):
        if names_of(listed).count(name) > 1:
            index = listed.index(option)
            form.wrong(
                f"{path}.{index}.name",
                "APPLICATION_COMMAND_OPTIONS_NAME_INVALID",
                f"Option name is twice there: {name}",
            )
    optional_seen = False
    for index, option in enumerate(listed):
        here = f"{path}.{index}"
        _option(option, form, here, depth)
        if option.get("required") and optional_seen:
            what = "Required options must be placed before non-required options"
            form.wrong(here, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", what)
        optional_seen |= not option.get("required")


def names_of(options: list[Json]) -> list[str]:
    """The names of options."""
    return [str(option.get("name")) for option in options]


def _option(option: Json, form: Form, path: str, depth: int) -> None:
    kind = option.get("type")
    if not isinstance(kind, int) or not form.among(kind, f"{path}.type", range(SUB, FILE + 1)):
        return
    _name(option, form, path, plain=True)
    _described(option, form, path)
    form.boolean(option.get("required"), f"{path}.required")
    if kind in {SUB, GROUP}:
        deepest = depth > (1 if kind == SUB else 0)
        inner = option.get("options") or []
        if deepest or (kind == GROUP and any(each.get("type") != SUB for each in inner)):
            form.wrong(path, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Nested wrongly")
        _options(inner, form, f"{path}.options", depth + 1)
        return
    _bounds(option, form, path)
    _choices(option, form, path)


def _bounds(option: Json, form: Form, path: str) -> None:
    kind = option["type"]
    allowed = {"min_value": (INTEGER, NUMBER), "max_value": (INTEGER, NUMBER), "min_length": (STRING,)}
    allowed |= {
        "max_length": (STRING,),
        "channel_types": (CHANNEL,),
        "autocomplete": (STRING, INTEGER, NUMBER),
    }
    allowed["choices"] = allowed["autocomplete"]
    for key, kinds in allowed.items():
        if option.get(key) not in (None, False, []) and kind not in kinds:
            form.wrong(f"{path}.{key}", "APPLICATION_COMMAND_OPTION_FIELD_INVALID", f"Not for type {kind}")
    for key in ("min_value", "max_value"):
        form.number(option.get(key), f"{path}.{key}", -LARGEST, LARGEST, whole=kind == INTEGER)
    form.number(option.get("min_length"), f"{path}.min_length", 0, 6000)
    form.number(option.get("max_length"), f"{path}.max_length", 1, 6000)
    for least, most in (("min_value", "max_value"), ("min_length", "max_length")):
        if None not in (option.get(least), option.get(most)) and option[least] > option[most]:
            form.wrong(
                f"{path}.{least}", "APPLICATION_COMMAND_OPTION_MIN_OVER_MAX", "The least is over the most"
            )


def _choices(option: Json, form: Form, path: str) -> None:
    listed = form.many(option.get("choices"), f"{path}.choices", 25)
    if listed and option.get("autocomplete"):
        what = "Autocomplete options may not have choices"
        form.wrong(f"{path}.autocomplete", "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES", what)
    check_choices(listed, option["type"], form, f"{path}.choices")


def check_choices(choices: list[Any], kind: int, form: Form, path: str) -> None:
    """Hold that choices are such, of a command or an autocompletion."""
    for index, choice in enumerate(choices):
        here = f"{path}.{index}"
        form.text(choice.get("name"), f"{here}.name", 100, 1, required=True)
        for locale, name in _localized(choice, "name", form, here):
            form.text(name, f"{here}.name_localizations.{locale}", 100, 1)
        value = choice.get("value")
        if kind == STRING:
            form.text(value, f"{here}.value", 100, required=True)
        else:
            form.number(value, f"{here}.value", -LARGEST, LARGEST, whole=kind == INTEGER)
            if value is None:
                form.wrong(f"{here}.value", "BASE_TYPE_REQUIRED", "This field is required")
    for name, count in Counter(str(choice.get("name")) for choice in choices).items():
        if count > 1:
            form.wrong(path, "APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_DUPLICATE", f"Twice: {name}")


def size(what: Json) -> int:
    """How many characters count: name, description, values; of localized ones the longest."""
    total = 0
    for key in ("name", "description"):
        texts = [what.get(key) or "", *(what.get(f"{key}_localizations") or {}).values()]
        total += max(len(str(text)) for text in texts)
    total += len(what["value"]) if isinstance(what.get("value"), str) else 0
    return total + sum(size(each) for key in ("options", "choices") for each in what.get(key) or [])
