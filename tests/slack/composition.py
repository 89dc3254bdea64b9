"""The small parts of Block Kit: texts, options, confirmations."""

from collections import Counter
from typing import Any

from tests.slack.problems import Findings, Json


def text(value: Any, findings: Findings, path: str, most: int, *, plain: bool = False) -> None:
    """Hold that something is a text object of a length; None passes."""
    if value is None or not findings.thing(value, path):
        return
    kinds = ("plain_text",) if plain else ("plain_text", "mrkdwn")
    if not findings.among(value.get("type"), f"{path}/type", kinds, "type"):
        return
    allowed = "emoji" if value["type"] == "plain_text" else "verbatim"
    findings.keys(value, path, "text", allowed)
    findings.flag(value.get(allowed), f"{path}/{allowed}")
    findings.text(value.get("text"), f"{path}/text", most)


def option(value: Any, findings: Findings, path: str, *, plain: bool, url: bool = False) -> None:
    """Hold that something is an option of a menu."""
    if not findings.thing(value, path):
        return
    findings.keys(value, path, "text value", "description" + (" url" if url else ""))
    text(value.get("text"), findings, f"{path}/text", 75, plain=plain)
    text(value.get("description"), findings, f"{path}/description", 75, plain=plain)
    findings.text(value.get("value"), f"{path}/value", 150)
    findings.text(value.get("url"), f"{path}/url", 3000)


def options(
    value: Any, findings: Findings, path: str, most: int, *, plain: bool = True, url: bool = False
) -> list[Json]:
    """Hold that something is a list of different options."""
    listed = findings.many(value, path, most)
    for index, each in enumerate(listed):
        option(each, findings, f"{path}/{index}", plain=plain, url=url)
    found = [each for each in listed if isinstance(each, dict)]
    for known, count in Counter(str(each.get("value")) for each in found).items():
        if count > 1:
            findings.wrong(path, f"`value` {known!r} is there twice")
    return found


def groups(value: Any, findings: Findings, path: str) -> list[Json]:
    """Hold that something is a list of groups of options; give all options."""
    found: list[Json] = []
    for index, each in enumerate(findings.many(value, path, 100)):
        here = f"{path}/{index}"
        if findings.thing(each, here):
            findings.keys(each, here, "label options")
            text(each.get("label"), findings, f"{here}/label", 75, plain=True)
            found += options(each.get("options"), findings, f"{here}/options", 100)
    return found


def confirm(value: Any, findings: Findings, path: str) -> None:
    """Hold that something is a confirmation; None passes."""
    if value is None or not findings.thing(value, path):
        return
    findings.keys(value, path, "title text confirm deny", "style")
    text(value.get("title"), findings, f"{path}/title", 100, plain=True)
    text(value.get("text"), findings, f"{path}/text", 300)
    text(value.get("confirm"), findings, f"{path}/confirm", 30, plain=True)
    text(value.get("deny"), findings, f"{path}/deny", 30, plain=True)
    findings.among(value.get("style"), f"{path}/style", (None, "primary", "danger"), "style")


def image(value: Json, findings: Findings, path: str, *, is_block: bool = False) -> None:
    """Hold that something is an image, in a block or as one."""
    findings.keys(value, path, "alt_text", "image_url slack_file" + (" title block_id" if is_block else ""))
    findings.text(value.get("image_url"), f"{path}/image_url", 3000)
    findings.text(value.get("alt_text"), f"{path}/alt_text", 2000)
    if not value.get("image_url") and not value.get("slack_file"):
        findings.wrong(path, "missing required field: image_url")
