"""The catalogues, one a language."""

from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from fluent.runtime import FluentBundle, FluentResource, resolver

from bot.texts.particles import particle, with_particle

LANGUAGES = ("ko", "en")

# A hundred members pay each other in one list: what fits into a message is the doors' business.
resolver.MAX_PART_LENGTH = 200_000


KEPT = 500
"""How many texts with values are kept: most of what an answer says has just been said to somebody else."""


class MissingText(LookupError):
    """A catalogue lacks a text, or a text was not given all its values: a fault of ours."""


@cache
def bundle(language: str) -> FluentBundle:
    """The parsed catalogue of a language."""
    functions: dict[str, Any] = {"JOSA": with_particle, "PARTICLE": particle}
    found = FluentBundle([language], functions=functions, use_isolating=False)
    source = files("bot.texts").joinpath(f"{language}.ftl").read_text(encoding="utf-8")
    found.add_resource(FluentResource(source))
    return found


@cache
def plain(language: str, key: str) -> str:
    """A text without values, such as a command's name; `KEY.about` is what it is about."""
    return fill(language, key, {})


def has(language: str, key: str) -> bool:
    """Whether a catalogue holds a text."""
    return bundle(language).has_message(key)


def command_name(name: str, language: str) -> str:
    """A command's name in a language, its subcommand included: `week plan` is `주차 계획`."""
    head, _, sub = name.partition(" ")
    words = [plain(language, f"command-{head}")]
    if sub:
        words.append(plain(language, f"command-{head}-{sub}"))
    return " ".join(words)


def fill(language: str, key: str, values: Mapping[str, str | int]) -> str:
    """A text with its values, which are shown already; raises `MissingText`."""
    return _filled(language, key, tuple(values.items()))


@lru_cache(maxsize=KEPT)
def _filled(language: str, key: str, values: tuple[tuple[str, str | int], ...]) -> str:
    name, _, attribute = key.partition(".")
    try:
        message = bundle(language).get_message(name)
        pattern = message.attributes[attribute] if attribute else message.value
    except LookupError as missing:
        raise MissingText(f"{language}: {key}") from missing
    if pattern is None:
        raise MissingText(f"{language}: {key}")
    text, errors = bundle(language).format_pattern(pattern, dict(values))
    if errors:
        raise MissingText(f"{language}: {key}: {errors}")
    return str(text)
