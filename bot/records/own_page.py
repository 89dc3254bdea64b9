"""A member's own page: what they handed in over the season, as links to keep."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.records.markup import written_link, written_words
from bot.rules.verdicts import Verdict
from bot.services.snapshot import Snapshot
from bot.services.standing import Board, board
from bot.services.summary import counted
from bot.services.telling import Facts, facts
from bot.texts import Style, T, Text, Words, plain
from db import Session
from db import models as m

SAFE = ("http://", "https://")
TICK = timedelta(microseconds=1)


async def own_page(session: Session, study: m.Study, member_id: int, at: datetime, language: str) -> bytes:
    """A member's page in Markdown: their weeks with verdicts and links, posts, counts and longest run.

    Raises `KeyError` for somebody who never was a member.
    """
    known = await facts(session, study.id)
    member = known.members[member_id]
    said = Words(Style(language, ZoneInfo(study.timezone)))
    shown = await board(session, known.shot, at)
    lines = [
        f"# {_line(study.name)}",
        "",
        f"## {_line(member.name)}",
        "",
        *_sum(known.shot, member, at, said),
        "",
        *_table(shown, member, said),
    ]
    if posts := [*_posts(known, member_id, said)]:
        lines += ["", f"## {plain(language, 'export-page-posts')}", "", *posts]
    return "\n".join([*lines, ""]).encode()


def _sum(shot: Snapshot, member: m.Member, at: datetime, said: Words) -> Iterator[str]:
    """The verdicts in numbers and the longest run; of somebody who left, as they were then."""
    then = min(at, member.left_at - TICK) if member.left_at else at
    found: list[dict[str, Any]] = [x for x in counted(shot, then) if x["member"] == member.id]
    for counts in found:
        for verdict in Verdict:
            if number := counts["counts"].get(verdict.value):
                yield f"- {said(T('export-page-count', verdict=_verdict(verdict), count=number))}"
        yield f"- {said(T('export-page-run', count=counts['streak']))}"
        yield f"- {said(T('export-page-post-count', count=counts['posts']))}"


def _verdict(verdict: Verdict) -> Text:
    return T(f"verdict-{verdict}")


def _table(shown: Board, member: m.Member, said: Words) -> Iterator[str]:
    language = said.style.language
    headings = [plain(language, f"export-csv-{column}") for column in ("week", "title", "verdict", "link")]
    yield f"|{'|'.join(headings)}|"
    yield "|---|---|---|---|"
    for week in shown.weeks:
        slot = (week.number, member.id)
        verdict = shown.verdicts.get(slot)
        hand_in = shown.hand_ins.get(slot)
        if verdict is None and slot not in shown.owed:
            continue
        cells = [
            written_words(said(T("week", week=week.number))),
            written_words(shown.titles[week.number] or ""),
            said(_verdict(verdict)) if verdict else "",
            _linked(hand_in.link) if hand_in else "",
        ]
        yield f"|{'|'.join(cells)}|"


def _posts(known: Facts, member_id: int, said: Words) -> Iterator[str]:
    for number, turn in sorted(known.turns.items()):
        if turn.member_id == member_id and turn.link:
            yield f"- {written_words(said(T('week', week=number)))}: {_linked(turn.link)}"


def _line(words: str) -> str:
    return written_words(" ".join(words.split()))


def _linked(address: str) -> str:
    """An address to click, where it is one of the web's; anything else as words."""
    words = written_words(address)
    return f"[{words}]({written_link(address)})" if address.lower().startswith(SAFE) else words
