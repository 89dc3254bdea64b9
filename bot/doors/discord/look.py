"""Drawing messages with Discord's components: one container, its buttons under it.

Components rather than embeds: a mention in them rings, which in an embed it does not; buttons stand
with what they are about; and a link in somebody's homework unfolds no picture into the channel.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

import discord

from bot.commands.command import Commands
from bot.commands.message import Button, File, Message, Section, Table
from bot.doors.discord.forms import parts_of
from bot.doors.discord.state import ASK, RUN, State
from bot.doors.parts import packed
from bot.texts import Style, Words, plain

ACCENT = 0x2F9E7E
"""The one colour there is: what everybody is told bears it, private answers do not."""

MOST = 3_900
"""The characters of a message, under Discord's 4,000."""

ROW, BUTTONS, LABEL = 5, 15, 80
CUT = "…"

Component = dict[str, Any]
ACTION_ROW, BUTTON, TEXT, FILE, CONTAINER = 1, 2, 10, 13, 17
"""Discord's types of components."""

PRIMARY, SECONDARY = 1, 2
"""Discord's styles of buttons."""


@dataclass(frozen=True, slots=True)
class Look:
    """Where a message is shown: to everybody or not, and of which workspace where it stands outside."""

    public: bool = False
    workspace: str | None = None
    marker: int | None = None
    """A number by which the message is found again."""


class Drawn(discord.ui.LayoutView):
    """Components as Discord takes them: every answer is drawn, and the library's are many objects each."""

    def __init__(self, components: list[Component]) -> None:
        super().__init__(timeout=None)
        self.components = components
        self.stop()  # its buttons live in their ids: the library has nothing to keep

    def to_components(self) -> list[Component]:
        """What is sent."""
        return self.components

    def has_components_v2(self) -> bool:
        """Whether these are more than buttons."""
        return True


def draw(message: Message, words: Words, commands: Commands, look: Look) -> list[Drawn]:
    """A message as one view; a long one is cut for everybody, and goes on in more views for one alone."""
    pages = list(_pages(_sections(message, words)))
    if look.public and len(pages) > 1:
        pages = [[*pages[0], CUT]]
    views = [Drawn([_container(page, look)]) for page in pages]
    if message.file:
        views[-1].components.append({"type": FILE, "file": {"url": f"attachment://{message.file.name}"}})
    views[-1].components.extend(_rows(_buttons(message.buttons, words, commands, look)))
    return views


def _container(texts: Sequence[str], look: Look) -> Component:
    shown: Component = {"type": CONTAINER, "components": [{"type": TEXT, "content": text} for text in texts]}
    if look.public:
        shown["accent_color"] = ACCENT
    if look.marker is not None:
        shown["id"] = look.marker
    return shown


def _sections(message: Message, words: Words) -> list[str]:
    """What each section says; a sentence that stands alone is no heading."""
    if message.is_line and (title := message.sections[0].title):
        return [words(title)]
    return [_section(section, words) for section in message.sections]


def _section(section: Section, words: Words) -> str:
    lines = [f"### {words(section.title)}"] if section.title else []
    lines += [words(line) for line in section.lines]
    if section.table:
        lines += _table(section.table, words)
    return "\n".join(lines)


def _table(table: Table, words: Words) -> list[str]:
    """A line a row, each cell with what it is called: Hangul does not line up in columns."""
    header = [words(cell) for cell in table.header]
    rows = [[words(cell) for cell in row] for row in table.rows]
    return [
        f"**{first}** · " + " · ".join(f"{name} {cell}" for name, cell in zip(header[1:], rest, strict=True))
        for first, *rest in rows
    ]


def _pages(texts: Sequence[str]) -> Iterator[list[str]]:
    """The texts on as many pages as they need, divided between lines."""
    page: list[str] = []
    left = MOST
    for text in texts:
        for part in packed((piece for line in text.split("\n") for piece in _pieces(line)), MOST):
            if page and (len(part) > left or len(page) >= BUTTONS):
                yield page
                page, left = [], MOST
            page.append(part)
            left -= len(part)
    yield page or [CUT]


def _pieces(line: str) -> list[str]:
    return [line[at : at + MOST] for at in range(0, len(line), MOST)] or [""]


def _buttons(buttons: Iterable[Button], words: Words, commands: Commands, look: Look) -> dict[str, str]:
    """What stands on the buttons, by their ids; a form too long for Discord has a button for each part."""
    found: dict[str, str] = {}
    plainly = Words(Style(words.style.language, words.style.zone))  # labels know no markup
    for button in buttons:
        does = ASK if button.asks else RUN
        label = plainly(button.label)
        known = State(does, button.command, button.study, button.arguments, look.workspace).shortened()
        found.setdefault(known.write(), label)
        more = parts_of(commands[button.command], known)[1:] if button.asks else []
        for number, options in enumerate(more, 1):
            names = ", ".join(plain(words.style.language, option.key) for option in options)
            found[replace(known, page=number).shortened().write()] = f"{label}: {names}"
    return found


def room(button: Button, workspace: str | None) -> Mapping[str, str]:
    """The arguments for which there is room in the button that opens a form, or a part of one."""
    known = State(ASK, button.command, button.study, button.arguments, workspace, page=1)
    return known.shortened().arguments


def _rows(buttons: dict[str, str]) -> Iterator[Component]:
    made = [
        {"type": BUTTON, "style": SECONDARY if place else PRIMARY, "label": label[:LABEL], "custom_id": id_}
        for place, (id_, label) in enumerate(list(buttons.items())[:BUTTONS])
    ]
    for at in range(0, len(made), ROW):
        yield {"type": ACTION_ROW, "components": made[at : at + ROW]}


def file_of(file: File | None) -> list[discord.File]:
    """What is attached."""
    return [discord.File(BytesIO(file.content), file.name)] if file else []


def allowed(message: Message) -> discord.AllowedMentions:
    """Whom a message may ring: those it means, never everybody, never a role."""
    accounts = [person.account for person in message.mentions]
    meant = [discord.Object(int(x)) for x in accounts if x and x.isdecimal()]
    return discord.AllowedMentions(everyone=False, roles=False, replied_user=False, users=meant or False)
