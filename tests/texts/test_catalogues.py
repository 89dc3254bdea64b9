"""The two catalogues: complete, alike, and saying nothing that nobody asks for."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from fluent.syntax import FluentParser, ast

from bot.commands.command import Command, Commands
from bot.commands.kinds import ChoiceKind, choice_key
from bot.texts import (
    LANGUAGES,
    Clock,
    Listed,
    Money,
    Month,
    Name,
    Names,
    People,
    Person,
    Style,
    T,
    Text,
    Url,
    Value,
    Words,
    Written,
    command_name,
    plain,
)
from bot.texts import Command as CommandText
from tests.texts.keys import asked, mentioned, patterns

FOLDER = Path(__file__).parents[2] / "bot" / "texts"
COMMANDS = Commands.in_package("cogs")
AT = datetime(2022, 4, 12, 15, tzinfo=UTC)
ANNA = Person("U1", "Anna")

# Names that Slack keeps for itself: a manifest with one of them is refused whole (NOTES.md).
RESERVED = """
    active apps archive away call collapse dm dnd expand feed feedback help invite join keys kick leave me msg
    mute open prefs remind remove rename search shortcuts shrug star status topic trigger unarchive who
"""

VALUES: list[Value] = [
    "words",
    0,
    1,
    2,
    1_000_000,
    AT,
    date(2022, 4, 13),
    timedelta(hours=3),
    T("week", week=3),
    Name("구미진"),
    Names(("구미진", "Anna")),
    Names(()),
    ANNA,
    People((ANNA, Person(None, "문수인"))),
    Money(3_000),
    Money(-4_050, "EUR"),
    Month(date(2022, 4, 1)),
    Clock(AT),
    Url("https://example.org/?a=1&b=2"),
    CommandText("week plan", "x=y"),
    Written("{ $name } & <b>"),
    Written(""),
    Listed([T("verdict-late"), T("verdict-absent")]),
    Listed([]),
]


def parsed(language: str) -> dict[str, ast.Message]:
    """A catalogue's messages; anything else in it is a mistake."""
    resource = FluentParser().parse((FOLDER / f"{language}.ftl").read_text(encoding="utf-8"))
    entries = [entry for entry in resource.body if not isinstance(entry, ast.BaseComment)]
    for entry in entries:
        assert isinstance(entry, ast.Message), f"{language}: {entry}"
    found = [entry for entry in entries if isinstance(entry, ast.Message)]
    keys = [entry.id.name for entry in found]
    assert len(keys) == len(set(keys)), f"{language}: a key stands twice"
    return dict(zip(keys, found, strict=True))


def nodes(node: object) -> Iterator[ast.BaseNode]:
    """Everything below a node of a catalogue's syntax tree, itself included."""
    if isinstance(node, ast.BaseNode):
        yield node
        for inner in vars(node).values():
            yield from nodes(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from nodes(inner)


def variables(*parts: ast.BaseNode) -> set[str]:
    """The values that parts of a message ask for."""
    return {x.id.name for part in parts for x in nodes(part) if isinstance(x, ast.VariableReference)}


def counted(message: ast.Message) -> set[str]:
    """The values that a plural is chosen by."""
    return variables(*(x.selector for x in nodes(message) if isinstance(x, ast.SelectExpression)))


def shown(message: ast.Message) -> set[str]:
    """The values that are read."""
    parts = (x.expression for x in nodes(message) if isinstance(x, ast.Placeable))
    return variables(*(x for x in parts if not isinstance(x, ast.SelectExpression)))


def spoken(message: ast.Message) -> set[str]:
    """The values that a particle follows: words, not counts."""
    return variables(*(x.arguments for x in nodes(message) if isinstance(x, ast.FunctionReference)))


def attributes(message: ast.Message) -> set[str]:
    """The names of a message's attributes."""
    return {attribute.id.name for attribute in message.attributes}


CATALOGUES = {language: parsed(language) for language in LANGUAGES}
KOREAN, ENGLISH = CATALOGUES["ko"], CATALOGUES["en"]


class TestTheTwo:
    def test_have_the_same_keys_in_the_same_order(self) -> None:
        assert list(KOREAN) == list(ENGLISH)

    def test_ask_for_the_same_values(self) -> None:
        for key, korean in KOREAN.items():
            english = ENGLISH[key]
            # English may need to know how many there are where Korean has no plural.
            assert variables(korean) == variables(english) - (counted(english) - shown(english)), key
            assert attributes(korean) == attributes(english), key


class TestKeys:
    def test_every_one_that_the_code_names_is_there_with_its_values(self) -> None:
        wrong = [
            f"{place.where}: {place.key} {sorted(place.values)}"
            for place in asked()
            if place.key not in KOREAN
            or not ("*" in place.values or variables(KOREAN[place.key]) <= place.values)
        ]
        assert wrong == []

    def test_every_one_that_is_put_together_is_there(self) -> None:
        assert [x for x in patterns() if not any(re.fullmatch(x, key) for key in KOREAN)] == []

    def test_every_one_in_a_catalogue_is_asked_for(self) -> None:
        used = mentioned() | set(of_commands())
        looks = re.compile("|".join(patterns() - {".+"}))
        unused = [key for key in KOREAN if key not in used and not looks.fullmatch(key)]
        assert unused == []

    def test_commands_options_and_choices_have_no_others(self) -> None:
        kinds = re.compile("(command|option|choice)-.+")
        assert {key for key in KOREAN if kinds.fullmatch(key)} == set(of_commands())


def of_commands() -> Iterator[str]:
    """The keys that follow from the commands themselves."""
    for command in COMMANDS.values():
        yield command.key
        yield f"command-{command.name.split()[0]}"
        for option in command.typed:
            yield option.key
            if isinstance(option.kind, ChoiceKind):
                yield from map(choice_key, option.kind.values)


class TestTexts:
    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("value", VALUES, ids=repr)
    def test_each_can_be_worded_with_values_of_every_type(self, language: str, value: Value) -> None:
        for key, message in CATALOGUES[language].items():
            values = dict.fromkeys(variables(message), value)
            if isinstance(value, int):
                values |= dict.fromkeys(spoken(message), "3")
            if message.value is not None:
                worded(language, Text(key, values))

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_none_lets_syntax_through(self, language: str) -> None:
        for key, text in all_worded(language):
            for sign in ("{", "}", "$", "JOSA", "PARTICLE", "  ", "\n", "None"):
                assert sign not in text, key

    def test_korean_ones_are_korean(self) -> None:
        for key, text in all_worded("ko"):
            rest = re.sub(r"https?://|@everyone|[A-Z][\w/-]*", "", text)
            assert not re.search("[a-z]{2,}", rest), key

    def test_english_ones_are_english(self) -> None:
        assert not [key for key, text in all_worded("en") if re.search("[가-힣]", text)]


def worded(language: str, text: Text) -> str:
    """A text as it is read."""
    return Words(Style(language, ZoneInfo("Asia/Seoul")))(text)


def all_worded(language: str) -> Iterator[tuple[str, str]]:
    """Every text and every description of a catalogue, with a number for each value."""
    for key, message in CATALOGUES[language].items():
        if message.value:
            yield key, worded(language, Text(key, dict.fromkeys(variables(message), "1")))
        for name in attributes(message):
            yield f"{key}.{name}", plain(language, f"{key}.{name}")


class TestNames:
    """What is typed: short enough for the platforms, and one thing each."""

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("command", COMMANDS.values(), ids=list(COMMANDS))
    def test_every_command_has_a_name_and_says_what_it_is_about(
        self, command: Command, language: str
    ) -> None:
        name, about = command_name(command.name, language), plain(language, f"{command.key}.about")
        assert len(name.split()) == len(command.name.split())
        assert all(is_a_name(word) for word in name.split())
        assert 1 <= len(about) <= 100
        assert "\n" not in about

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("command", COMMANDS.values(), ids=list(COMMANDS))
    def test_every_option_and_choice_has_one_of_its_own(self, command: Command, language: str) -> None:
        names = [plain(language, option.key) for option in command.typed]
        assert len(set(names)) == len(names) <= 25
        for option in command.typed:
            assert is_a_name(plain(language, option.key))
            assert 1 <= len(plain(language, f"{option.key}.about")) <= 100
            if isinstance(option.kind, ChoiceKind):
                choices = [plain(language, choice_key(value)) for value in option.kind.values]
                assert len(set(choices)) == len(choices) <= 25
                assert all(1 <= len(choice) <= 100 for choice in choices)

    @pytest.mark.parametrize("command", COMMANDS.values(), ids=list(COMMANDS))
    def test_an_option_is_called_the_same_in_english_as_in_code(self, command: Command) -> None:
        assert [plain("en", x.key) for x in command.typed] == [x.name for x in command.typed]
        assert command_name(command.name, "en") == command.name

    @pytest.mark.parametrize("command", COMMANDS.values(), ids=list(COMMANDS))
    def test_no_name_means_another_option_in_the_other_language(self, command: Command) -> None:
        owners: dict[str, str] = {}
        for option in command.typed:
            for name in {option.name, *(plain(language, option.key) for language in LANGUAGES)}:
                assert owners.setdefault(name, option.name) == option.name

    def test_no_two_commands_are_typed_alike(self) -> None:
        for language in LANGUAGES:
            names = [command_name(command.name, language) for command in COMMANDS.values()]
            assert len(set(names)) == len(names)

    def test_a_word_is_a_command_or_begins_one_but_never_both(self) -> None:
        alone = {name for name in COMMANDS if " " not in name}
        assert alone.isdisjoint(name.split()[0] for name in COMMANDS if " " in name)

    def test_none_is_kept_by_slack_and_all_fit_into_one_app(self) -> None:
        heads = {command_name(name, language).split()[0] for name in COMMANDS for language in LANGUAGES}
        assert heads.isdisjoint(RESERVED.split())
        assert len(heads) <= 50


def is_a_name(word: str) -> bool:
    """Whether Discord and Slack take it as the name of a command or an option."""
    return bool(re.fullmatch(r"[\w-]{1,32}", word)) and word == word.lower()
