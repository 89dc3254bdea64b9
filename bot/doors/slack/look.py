"""Drawing messages with Slack's blocks: a section a heading, a table where it fits, buttons under it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.commands.message import Button, Message, Section, Table
from bot.doors.parts import packed
from bot.doors.slack.state import ASK, RUN, State
from bot.texts import Style, Words

TEXT, BLOCKS, MOST = 3_000, 50, 12_000
"""The characters of a section, the blocks of a message, and the characters that we put into one."""

ROW, BUTTONS, LABEL = 5, 25, 75
ROWS, COLUMNS, CELLS = 100, 20, 10_000
FALLBACK = 3_500
"""The characters of what notifications and screen readers show, under the 4,000 of an edited message."""

CUT, NOTHING = "…", "–"

Block = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Look:
    """Where a message is shown: to everybody, where it is one whatever its length, or to one alone."""

    public: bool = False


def draw(message: Message, words: Words, look: Look) -> list[Block]:
    """A message as the blocks of one; a long one is cut."""
    first, *more = pages(message, words)
    if more and look.public:
        first = [*first, _text(CUT)]
    return [*first, *rows(message.buttons, words)]


def draw_all(message: Message, words: Words) -> list[list[Block]]:
    """A message as the blocks of as many as it needs, the buttons under the last."""
    *before, last = pages(message, words)
    return [*before, [*last, *rows(message.buttons, words)]]


def text_of(message: Message, words: Words) -> str:
    """What is shown where blocks are not: in notifications, and read aloud."""
    texts = "\n".join(line for section in message.sections for line in _lines(section, words, bold=False))
    if len(texts) <= FALLBACK:
        return texts or NOTHING
    # Cut between lines: half a date or half a mention would be no more than brackets.
    kept = texts[:FALLBACK].rpartition("\n")[0]
    return f"{kept}\n{CUT}" if kept else CUT


def pages(message: Message, words: Words, *, tables: bool = True) -> list[list[Block]]:
    """What a message says, on as many pages as it needs, without its buttons; a Home tab takes no tables."""
    most = BLOCKS - 1 - -(-BUTTONS // ROW)
    found: list[list[Block]] = [[]]
    left, has_table = MOST, False
    for block in _blocks(message, words, tables=tables):
        length, is_table = _length(block), block["type"] == "table"
        if found[-1] and (length > left or len(found[-1]) >= most or (is_table and has_table)):
            found.append([])
            left, has_table = MOST, False
        found[-1].append(block)
        left -= length
        has_table = has_table or is_table
    return found if found[0] else [[_text(CUT)]]


def rows(buttons: Iterable[Button], words: Words) -> list[Block]:
    """The buttons, five a row; what they do stands in them."""
    plainly = _plainly(words)  # labels know no markup
    found: dict[str, str] = {}
    for button in buttons:
        found.setdefault(_state(button).write(), plainly(button.label))
    made = [
        _button(place, value, label) for place, (value, label) in enumerate(list(found.items())[:BUTTONS])
    ]
    return [{"type": "actions", "elements": made[at : at + ROW]} for at in range(0, len(made), ROW)]


def room(button: Button) -> Mapping[str, str]:
    """The arguments for which there is room in a button."""
    return _state(button).arguments


def _state(button: Button) -> State:
    does = ASK if button.asks else RUN
    return State(does, button.command, button.study, button.arguments).shortened()


def _button(place: int, value: str, label: str) -> Block:
    shown = label if len(label) <= LABEL else label[: LABEL - 1] + CUT
    made: Block = {"type": "button", "action_id": f"button-{place}", "value": value}
    made["text"] = {"type": "plain_text", "text": shown}
    return made if place else made | {"style": "primary"}


def _blocks(message: Message, words: Words, *, tables: bool) -> Iterator[Block]:
    is_line = message.is_line  # a sentence that stands alone is no heading
    for section in message.sections:
        table = _table(section.table, words) if section.table and tables else None
        if section.copied:
            yield from _to_copy(section, words)
            continue
        lines = _lines(section, words, bold=not is_line, with_table=table is None)
        yield from (_text(part) for part in _parts(lines))
        if table:
            yield table


def _lines(section: Section, words: Words, *, bold: bool, with_table: bool = True) -> list[str]:
    title = [words(section.title)] if section.title else []
    lines = [f"*{line}*" if bold else line for line in title]
    lines += [words(line) for line in section.lines]
    return lines + (_rows_of(section.table, words) if section.table and with_table else [])


def _text(text: str) -> Block:
    # verbatim: what people wrote is not looked through for names of people and channels
    return {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}


def _to_copy(section: Section, words: Words) -> Iterator[Block]:
    """A heading over words that are nothing but text: what is copied is what was written."""
    yield from (_text(part) for part in _parts(_lines(replace(section, lines=()), words, bold=True)))
    plainly = _plainly(words)
    for part in _parts([plainly(line) for line in section.lines]):
        yield plain_block(part)


def plain_block(text: str) -> Block:
    """A text in which nothing is markup."""
    return {"type": "section", "text": {"type": "plain_text", "text": text, "emoji": False}}


def _plainly(words: Words) -> Words:
    """The same without any markup."""
    return Words(Style(words.style.language, words.style.zone))


def _table(table: Table, words: Words) -> Block | None:
    """A table as a block; `None` where Slack takes none so large."""
    plainly = _plainly(words)
    cells = [[plainly(cell) or NOTHING for cell in row] for row in (table.header, *table.rows)]
    length = sum(len(cell) for row in cells for cell in row)
    if len(cells) > ROWS or len(table.header) > COLUMNS or length > CELLS:
        return None
    return {"type": "table", "rows": [[{"type": "raw_text", "text": cell} for cell in row] for row in cells]}


def _rows_of(table: Table, words: Words) -> list[str]:
    """A line a row, each cell with what it is called: Hangul does not line up in columns."""
    header = [words(cell) for cell in table.header]
    return [
        " · ".join(
            [words(first), *(f"{name} {words(cell)}" for name, cell in zip(header[1:], rest, strict=True))]
        )
        for first, *rest in table.rows
    ]


def _parts(lines: Sequence[str]) -> Iterator[str]:
    """The lines in as few sections as hold them."""
    return packed((piece for line in "\n".join(lines).split("\n") for piece in _pieces(line)), TEXT)


def _pieces(line: str) -> Iterator[str]:
    """A line too long for a section in pieces, divided between words: brackets hold none of ours."""
    while len(line) > TEXT:
        at = line.rfind(" ", 1, TEXT)
        at = at if at > 0 and line.count("<", 0, at) == line.count(">", 0, at) else TEXT
        yield line[:at]
        line = line[at:].lstrip(" ")
    yield line


def _length(block: Block) -> int:
    if block["type"] == "table":
        return sum(len(cell["text"]) for row in block["rows"] for cell in row)
    return len(block["text"]["text"])
