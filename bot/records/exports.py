"""The formats in which a study's records can be had."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from bot.records.calendar_ics import ics_of
from bot.records.exporting import readme
from bot.records.log.exporting import log
from bot.records.own_page import own_page
from bot.records.table_csv import csv_of
from bot.records.whole.restoring import restored
from bot.records.whole.writing import json_of
from bot.services.scope import Caller, Role, scope
from db import Session
from db import models as m

Writer = Callable[[Session, m.Study, m.Member | None, datetime], Awaitable[bytes]]


async def _readme(session: Session, study: m.Study, _: m.Member | None, at: datetime) -> bytes:
    return await readme(session, study)


async def _log(session: Session, study: m.Study, _: m.Member | None, at: datetime) -> bytes:
    return (await log(session, study, at)).document


async def _csv(session: Session, study: m.Study, _: m.Member | None, at: datetime) -> bytes:
    return await csv_of(session, study, at)


async def _json(session: Session, study: m.Study, _: m.Member | None, at: datetime) -> bytes:
    return await json_of(session, study)


async def _ics(session: Session, study: m.Study, member: m.Member | None, at: datetime) -> bytes:
    return await ics_of(session, study, at, member.id if member else None)


FORMATS: Mapping[str, tuple[str, Writer]] = {
    "readme": ("README.md", _readme),
    "log": ("STUDY-LOG.md", _log),
    "csv": ("{}.csv", _csv),
    "json": ("{}.json", _json),
    "ics": ("{}.ics", _ics),
}
PAGE = "page"


async def of(session: Session, study: m.Study, form: str, member: m.Member | None, at: datetime) -> bytes:
    """A study's records in a format; the calendar for one member alone if one is given."""
    return await FORMATS[form][1](session, study, member, at)


async def file_of(session: Session, caller: Caller, form: str, at: datetime) -> tuple[str, bytes]:
    """A file of the caller's study, with its name; one's own page only for members."""
    found = await scope(session, caller)
    if form == PAGE:
        member = found.member
        content = await own_page(session, found.study, member.id, at, found.study.language)
        return f"{member.name}.md", content
    if form == "json":
        found.require(Role.LEADER)  # it holds accounts, reasons, and all that was ever written
    name, _ = FORMATS[form]
    return name.format(found.study.name), await of(session, found.study, form, found.caller, at)


__all__ = ["FORMATS", "PAGE", "file_of", "of", "restored"]
