"""What Discord takes as a message: text, embeds, components, files and flags."""

from datetime import datetime

from tests.discord import components, mentions
from tests.discord.model import COMPONENTS_V2, EPHEMERAL, SILENT, SUPPRESS_EMBEDS
from tests.discord.problems import Form, Json, Problem

PLAIN_FLAGS = SUPPRESS_EMBEDS | SILENT | COMPONENTS_V2
MOST_OF_EMBEDS = 6000


def check(body: Json, files: int, *, private: bool = False, path: str = "", now: Json | None = None) -> None:
    """Refuse a body that is no message; with `now` it changes that message."""
    form = Form()
    flags = body.get("flags") or 0
    form.number(flags, f"{path}flags", 0, 2**31)
    allowed = PLAIN_FLAGS | (EPHEMERAL if private else 0)
    if isinstance(flags, int) and flags & ~allowed:
        form.wrong(f"{path}flags", "BITFIELD_TYPE_INVALID", f"Flags that cannot be set: {flags & ~allowed}")
    form.text(body.get("content"), f"{path}content", 2000)
    _embeds(body.get("embeds"), form, f"{path}embeds")
    mentions.check(body, form, path)
    before = now or {}
    v2 = bool((flags | before.get("flags", 0)) & COMPONENTS_V2)
    components.check(body.get("components"), form, v2=v2, path=f"{path}components")
    if v2:
        _only_components(body, before, form, path)
    _files(body, files, form, path)
    if nonce := body.get("nonce"):
        form.text(str(nonce), f"{path}nonce", 25)
    form.refuse()
    after = before | {key: value for key, value in body.items() if key != "attachments"}
    if not any(after.get(x) for x in ("content", "embeds", "components", "sticker_ids", "poll")) and not (
        files or body.get("attachments") or before.get("attachments")
    ):
        raise Problem(50006)


def _only_components(body: Json, before: Json, form: Form, path: str) -> None:
    code, what = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", "cannot be used with IS_COMPONENTS_V2"
    for field in ("content", "embeds", "sticker_ids", "poll"):
        if body.get(field) or (before.get(field) and field not in body):
            form.wrong(f"{path}{field}", code, f"The '{field}' field {what}")


def _embeds(embeds: object, form: Form, path: str) -> None:
    total = 0
    for index, embed in enumerate(form.many(embeds, path, 10)):
        here = f"{path}.{index}"
        total += _embed(embed, form, here)
    if total > MOST_OF_EMBEDS:
        form.wrong(path, "MAX_EMBED_SIZE_EXCEEDED", f"Embed size exceeds maximum size of {MOST_OF_EMBEDS}")


def _embed(embed: Json, form: Form, path: str) -> int:
    author, footer = embed.get("author") or {}, embed.get("footer") or {}
    form.text(embed.get("title"), f"{path}.title", 256)
    form.text(embed.get("description"), f"{path}.description", 4096)
    form.text(author.get("name"), f"{path}.author.name", 256, required=bool(author))
    form.text(footer.get("text"), f"{path}.footer.text", 2048, required=bool(footer))
    form.number(embed.get("color"), f"{path}.color", 0, 0xFFFFFF)
    components.link(embed.get("url"), form, f"{path}.url", ("http://", "https://"))
    _timestamp(embed.get("timestamp"), form, f"{path}.timestamp")
    fields = form.many(embed.get("fields"), f"{path}.fields", 25)
    for index, each in enumerate(fields):
        form.text(each.get("name"), f"{path}.fields.{index}.name", 256, 1, required=True)
        form.text(each.get("value"), f"{path}.fields.{index}.value", 1024, 1, required=True)
    words = [embed.get("title"), embed.get("description"), author.get("name"), footer.get("text")]
    words += [each.get(key) for each in fields for key in ("name", "value")]
    total = sum(len(str(word)) for word in words if word)
    if not total and not embed.get("image") and not embed.get("thumbnail"):
        form.wrong(f"{path}.description", "BASE_TYPE_REQUIRED", "This field is required")
    return total


def _timestamp(value: object, form: Form, path: str) -> None:
    if value is None:
        return
    try:
        datetime.fromisoformat(str(value))
    except ValueError:
        form.wrong(path, "DATE_TIME_TYPE_PARSE", f"Could not parse {value}. Should be ISO8601.")


def _files(body: Json, files: int, form: Form, path: str) -> None:
    listed = form.many(body.get("attachments"), f"{path}attachments", 10)
    new = [each for each in listed if str(each.get("id", "")).isdecimal() and int(each["id"]) < 100]
    for index, each in enumerate(new):
        if int(each["id"]) >= files:
            form.wrong(f"{path}attachments.{index}.id", "MESSAGE_ATTACHMENT_NOT_FOUND", "No such file")
    if files > 10:
        form.wrong(f"{path}files", "BASE_TYPE_MAX_LENGTH", "Must be 10 or fewer in length.")
