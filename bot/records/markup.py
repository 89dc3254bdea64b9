r"""Words and addresses as they stand in a cell of a Markdown table, and back.

Both are written with CommonMark's own escapes, which lose nothing: what is read again is what was
written, sign by sign. Percent-encoding would not do: `%29` might have been there before. Bars,
brackets and backslashes become entities rather than `\|`, so that what splits rows at every bar
finds the same cells, and none ends in a backslash that would take its bar along.
"""

import re

from markdown_it.common.utils import unescapeAll

ENTITIES = {sign: f"&#{ord(sign)};" for sign in "|\\()[]<>\t\n\r"}
IN_WORDS = {**ENTITIES, "&": "&amp;", **{sign: f"\\{sign}" for sign in "`*_~!#"}}
IN_LINKS = {**ENTITIES, " ": "&#32;", "`": "&#96;"}
READ_AS_ENTITY = re.compile(r"&(?=[a-z#][a-z0-9]{1,31};)", re.IGNORECASE)
EDGE_SPACE = re.compile(r"\A[ ]|[ ]\Z")
NESTED = 3
"""How deep emphasis is looked into: bold, italic, code."""

EMPHASIS = re.compile(r"(\*\*|__|~~|[*_`])(?P<inner>.*)\1", re.DOTALL)


def written_words(text: str) -> str:
    """A name or a label, escaped so that Markdown shows it as it is."""
    escaped = "".join(IN_WORDS.get(sign, sign) for sign in text)
    return EDGE_SPACE.sub("&#32;", escaped)


def written_link(url: str) -> str:
    """An address, escaped for between the parentheses of `[name](…)`."""
    escaped = READ_AS_ENTITY.sub("&amp;", url)
    return "".join(IN_LINKS.get(sign, sign) for sign in escaped)


def read_words(source: str) -> str:
    """What Markdown shows for a piece of a cell: without emphasis around it, without escapes."""
    words = source.strip(" \t")
    for _ in range(NESTED):
        if found := EMPHASIS.fullmatch(words):
            words = found["inner"].strip(" \t")
    return unescaped(words)


def unescaped(source: str) -> str:
    r"""A piece of a cell without its escapes; `\|` is the table's own one and goes first."""
    return unescapeAll(source.replace("\\|", "|"))
