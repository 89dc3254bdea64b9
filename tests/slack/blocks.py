"""What Slack takes as blocks, in messages, forms (modals) and the Home tab."""

import copy
import secrets
from collections import Counter
from collections.abc import Callable
from typing import Any

from tests.slack import composition, elements
from tests.slack.model import readable, walk
from tests.slack.problems import Findings, Json

MESSAGE, MODAL, HOME = "message", "modal", "home"
MOST = {MESSAGE: 50, MODAL: 100, HOME: 100}
MOST_IN_TABLES = 10_000
"""Characters in all cells of a message's table."""
EVERYWHERE = ("section", "divider", "image", "actions", "context", "header", "input", "rich_text", "video")
ALLOWED = {MESSAGE: (*EVERYWHERE, "table", "markdown", "file"), MODAL: EVERYWHERE, HOME: EVERYWHERE}


def check(value: Any, findings: Findings, surface: str = MESSAGE, path: str = "/blocks") -> None:
    """Hold that something is a list of blocks that may stand on a surface."""
    listed = findings.many(value, path, MOST[surface], 0 if surface == MESSAGE else 1)
    for index, block in enumerate(listed):
        here = f"{path}/{index}"
        if not findings.thing(block, here):
            continue
        if findings.among(block.get("type"), f"{here}/type", ALLOWED[surface], "type"):
            findings.text(block.get("block_id"), f"{here}/block_id", 255)
            CHECKS[block["type"]](block, findings, here)
            _different(block, findings, here)
    found = [block for block in listed if isinstance(block, dict)]
    for id_, count in Counter(block.get("block_id") for block in found).items():
        if id_ and count > 1:
            findings.wrong(path, f"`block_id` {id_!r} already exists")
    if sum(block.get("type") == "table" for block in found) > 1:
        findings.wrong(path, "only_one_table_allowed")
    markdown = [str(block.get("text")) for block in found if block.get("type") == "markdown"]
    if sum(map(len, markdown)) > 12_000:
        findings.wrong(path, "must be less than 12001 characters of markdown")


def _different(block: Json, findings: Findings, path: str) -> None:
    ids = Counter(part.get("action_id") for part in walk(block) if part.get("type") in elements.INTERACTIVE)
    for id_, count in ids.items():
        if id_ and count > 1:
            findings.wrong(path, f"`action_id` {id_!r} already exists")


def identified(value: list[Json]) -> list[Json]:
    """Give blocks with an id for all that have none, as Slack does."""
    made = copy.deepcopy(value)
    for block in made:
        block.setdefault("block_id", secrets.token_urlsafe(4))
        for part in walk(block):
            if part.get("type") in elements.INTERACTIVE:
                part.setdefault("action_id", secrets.token_urlsafe(4))
    return made


def _section(block: Json, findings: Findings, path: str) -> None:
    findings.keys(block, path, "", "text fields accessory block_id expand")
    if not block.get("text") and not block.get("fields"):
        findings.wrong(path, "missing required field: text")
    composition.text(block.get("text"), findings, f"{path}/text", 3000)
    for index, each in enumerate(findings.many(block.get("fields"), f"{path}/fields", 10)):
        composition.text(each, findings, f"{path}/fields/{index}", 2000)
    if block.get("accessory") is not None:
        elements.check(block["accessory"], findings, f"{path}/accessory", elements.IN_SECTION)


def _divider(block: Json, findings: Findings, path: str) -> None:
    findings.keys(block, path, "", "block_id")


def _image(block: Json, findings: Findings, path: str) -> None:
    composition.image(block, findings, path, is_block=True)
    composition.text(block.get("title"), findings, f"{path}/title", 2000, plain=True)


def _actions(block: Json, findings: Findings, path: str) -> None:
    findings.keys(block, path, "elements", "block_id")
    for index, each in enumerate(findings.many(block.get("elements"), f"{path}/elements", 25)):
        elements.check(each, findings, f"{path}/elements/{index}", elements.IN_ACTIONS)


def _context(block: Json, findings: Findings, path: str) -> None:
    findings.keys(block, path, "elements", "block_id")
    for index, each in enumerate(findings.many(block.get("elements"), f"{path}/elements", 10)):
        here = f"{path}/elements/{index}"
        if isinstance(each, dict) and each.get("type") == "image":
            composition.image(each, findings, here)
        else:
            composition.text(each, findings, here, 3000)


def _header(block: Json, findings: Findings, path: str) -> None:
    findings.keys(block, path, "text", "block_id")
    composition.text(block.get("text"), findings, f"{path}/text", 150, plain=True)


def _input(block: Json, findings: Findings, path: str) -> None:
    findings.keys(block, path, "label element", "dispatch_action block_id hint optional")
    composition.text(block.get("label"), findings, f"{path}/label", 2000, plain=True)
    composition.text(block.get("hint"), findings, f"{path}/hint", 2000, plain=True)
    findings.flag(block.get("optional"), f"{path}/optional")
    findings.flag(block.get("dispatch_action"), f"{path}/dispatch_action")
    if block.get("element") is not None:
        elements.check(block["element"], findings, f"{path}/element", elements.IN_INPUT)


def _rich_text(block: Json, findings: Findings, path: str) -> None:
    findings.keys(block, path, "elements", "block_id")
    kinds = ("rich_text_section", "rich_text_list", "rich_text_preformatted", "rich_text_quote")
    for index, each in enumerate(findings.many(block.get("elements"), f"{path}/elements", 100)):
        if findings.thing(each, f"{path}/elements/{index}"):
            findings.among(each.get("type"), f"{path}/elements/{index}/type", kinds, "type")


def _table(block: Json, findings: Findings, path: str) -> None:
    findings.keys(block, path, "rows", "block_id column_settings")
    rows = findings.many(block.get("rows"), f"{path}/rows", 100)
    for number, row in enumerate(rows):
        for index, cell in enumerate(findings.many(row, f"{path}/rows/{number}", 20)):
            _cell(cell, findings, f"{path}/rows/{number}/{index}")
    for index, each in enumerate(
        findings.many(block.get("column_settings"), f"{path}/column_settings", 20, 0)
    ):
        if each is not None and findings.thing(each, f"{path}/column_settings/{index}"):
            findings.keys(each, f"{path}/column_settings/{index}", "", "align is_wrapped")
            allowed = (None, "left", "center", "right")
            findings.among(each.get("align"), f"{path}/column_settings/{index}/align", allowed, "align")
    if not findings.messages and sum(len(line) for line in readable([block])) > MOST_IN_TABLES:
        findings.wrong(path, f"must be less than {MOST_IN_TABLES + 1} characters in all cells")


def _cell(cell: Any, findings: Findings, path: str) -> None:
    if not findings.thing(cell, path):
        return
    if findings.among(cell.get("type"), f"{path}/type", ("raw_text", "raw_number", "rich_text"), "type"):
        if cell["type"] == "rich_text":
            _rich_text(cell, findings, path)
        elif cell["type"] == "raw_text":
            findings.keys(cell, path, "text")
            findings.text(cell.get("text"), f"{path}/text", MOST_IN_TABLES)
        else:
            findings.keys(cell, path, "value", "text")


def _markdown(block: Json, findings: Findings, path: str) -> None:
    findings.keys(block, path, "text", "block_id")
    findings.text(block.get("text"), f"{path}/text", 12_000)


def _anything(block: Json, findings: Findings, path: str) -> None:
    """Video and file: blocks that no bot here uses, taken as they are."""


CHECKS: dict[str, Callable[[Json, Findings, str], None]] = {
    "section": _section,
    "divider": _divider,
    "image": _image,
    "actions": _actions,
    "context": _context,
    "header": _header,
    "input": _input,
    "rich_text": _rich_text,
    "table": _table,
    "markdown": _markdown,
    "video": _anything,
    "file": _anything,
}
