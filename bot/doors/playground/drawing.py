"""Drawing messages: plain text for the JSON interface, HTML for the page."""

from base64 import b64encode
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, select_autoescape
from markupsafe import Markup

from bot.commands.message import Button, Message, Section
from bot.doors.playground.style import PageStyle
from bot.texts import Style, Words, command_name

TEMPLATES = Environment(
    loader=PackageLoader("bot.doors.playground"),
    autoescape=select_autoescape(),
    trim_blocks=True,
    lstrip_blocks=True,
)
TEMPLATES.filters["base64"] = lambda content: b64encode(content).decode()


@dataclass(frozen=True, slots=True)
class Drawn:
    """A message ready to be shown."""

    text: str
    html: str
    mentions: list[str]
    buttons: list[dict[str, Any]]


def draw(message: Message, language: str, zone: ZoneInfo) -> Drawn:
    """A message in a language, with instants in a zone."""
    plain = Words(Style(language, zone))
    page = Words(PageStyle(language, zone))
    return Drawn(
        "\n".join(_plain(section, plain) for section in message.sections),
        _html(message, page),
        [person.name for person in message.mentions],
        [_button(button, plain) for button in message.buttons],
    )


def _plain(section: Section, words: Words) -> str:
    lines = [words(section.title)] if section.title else []
    lines += [words(line) for line in section.lines]
    if section.table:
        rows = [section.table.header, *section.table.rows]
        lines += [" · ".join(words(cell) for cell in row) for row in rows]
    return "\n".join(lines)


def _html(message: Message, words: Words) -> str:
    def worded(text: Any) -> Markup:
        return Markup(words(text))

    return TEMPLATES.get_template("message.html").render(message=message, words=worded)


def _button(button: Button, words: Words) -> dict[str, Any]:
    """A button's state: all that pressing it needs, also after a restart."""
    language = words.style.language
    line = " ".join(
        [
            "/" + command_name(button.command, language),
            *(f'{name}="{value}"' for name, value in button.arguments.items()),
        ]
    )
    return {
        "label": words(button.label),
        "text": line,
        "command": button.command,
        "arguments": dict(button.arguments),
        "study": button.study,
        "asks": button.asks,
    }
