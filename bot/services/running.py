"""What moments write when they are run: verdicts, fines, statements, turns, threads, and messages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert

from bot.rules.calendar import Week
from bot.rules.season import Season
from bot.rules.timeline import Instant, Kind, Moment, Reminder
from bot.rules.verdicts import Member, Verdict
from bot.services import books, outbox, summary
from bot.services.books import Books, Seal
from bot.services.judging import Bookings, judge_all
from bot.services.snapshot import Snapshot
from bot.services.threads import close_older_questions, close_questions, questions_rows
from db import Session
from db import models as m

UNTOLD = frozenset({Kind.REMINDER, Kind.TURN, Kind.QUESTIONS_OPENED, Kind.QUESTIONS_CLOSED})
"""Moments that are no part of what a study announces; they have messages of their own, or none."""


def done_row(study_id: int, moment: Moment) -> dict[str, Any]:
    """The row that says a moment has been run."""
    kind, week, subject, revision = moment.key
    return {
        "study_id": study_id,
        "kind": kind,
        "week": week,
        "subject": subject,
        "revision": revision,
        "at": moment.at,
    }


@dataclass
class Writing:
    """What running moments writes, gathered to be inserted by set."""

    books: Mapping[int, Books] = field(default_factory=dict)
    bookings: Bookings = field(default_factory=Bookings)
    seals: list[Seal] = field(default_factory=list)
    turns: list[dict[str, Any]] = field(default_factory=list)
    opened: list[tuple[m.Study, int, datetime]] = field(default_factory=list)
    answered: list[tuple[m.Study, int, int, datetime]] = field(default_factory=list)
    done: list[dict[str, Any]] = field(default_factory=list)
    messages: list[dict[str, Any]] = field(default_factory=list)
    passed: list[tuple[m.Study, int, str, datetime]] = field(default_factory=list)
    told: list[tuple[m.Study, datetime]] = field(default_factory=list)

    async def write(self, session: Session) -> None:
        """Insert all of it."""
        ids = await books.write_statements(session, self.seals)
        for entry in self.bookings.entries:
            # Entries stand in the order of their moments, so a statement's id is filled in afterwards.
            entry["settlement_id"] = ids.get(entry["settlement_id"])
        await self.bookings.write(session)
        questions = [{"week_id": week_id, "opened_at": at} for _, week_id, at in self.opened]
        for model, rows in ((m.MomentDone, self.done), (m.Turn, self.turns), (m.Question, questions)):
            if rows:
                await session.execute(insert(model), rows)
        await outbox.post(session, self.messages)
        for study, week, week_id, at in self.answered:
            await close_questions(session, study, week, week_id, at)
        for study, week_id, at in self.opened:
            await close_older_questions(session, study, week_id, at)
        for study, week, cutoff, at in self.passed:
            await outbox.take_down(session, study, week, cutoff, at)
        for study, at in self.told:
            await outbox.publish(session, [study], at)

    def run(self, shot: Snapshot, instant: Instant, now: datetime) -> None:
        """Run the moments of one instant; what they announce is one message."""
        for moment in instant.moments:
            self.done.append(done_row(shot.study.id, moment))
            if moment.kind is Kind.QUESTIONS_OPENED:
                self._open_questions(shot, moment)
        told = [moment for moment in instant.moments if moment.kind not in UNTOLD]
        parts = [part for moment in told if (part := self._announce(shot, moment, instant.run_at))]
        if parts:
            self.told.append((shot.study, instant.run_at))
            opened = [part["week"] for part in parts if part["kind"] == Kind.OPENED]
            self.messages.append(
                outbox.row(
                    shot.study,
                    f"at:{instant.at.isoformat()}:{':'.join(map(str, told[0].key))}",
                    "announcement",
                    {"parts": parts},
                    instant.at,
                    week=opened[0] if opened else None,
                )
            )
        for moment in instant.moments:
            if moment.kind is Kind.QUESTIONS_CLOSED and moment.week is not None:
                week_id = shot.week_ids[moment.week]
                self.answered.append((shot.study, moment.week, week_id, instant.run_at))
            if moment.kind is Kind.REMINDER:
                self._remind(shot, moment, now)
            if moment.kind is Kind.TURN:
                self._remind_writer(shot, moment, now)

    def _announce(self, shot: Snapshot, moment: Moment, run_at: datetime) -> dict[str, Any] | None:
        """What the channel is told of a moment, as it stood when the moment was to be run."""
        part: dict[str, Any] = {"kind": moment.kind.value}
        if moment.kind is Kind.SETTLEMENT:
            return self._settle(shot, moment, run_at)
        if moment.week is None:
            return part | {"break": int(moment.subject)}
        part["week"] = moment.week
        week = shot.season.week(moment.week)
        match moment.kind:
            case Kind.OPENED:
                return part | self._open(shot, week)
            case Kind.DUE:
                self.passed += [(shot.study, week.number, kind, run_at) for kind in ("due", "turn")]
                return part | _due(shot.season, week, run_at)
            case _:
                return part | self._close(shot, moment, week, run_at)

    def _open(self, shot: Snapshot, week: Week) -> dict[str, Any]:
        """From its opening on a week's turn stays as it is."""
        turn = shot.season.turns().get(week.number)
        if turn is None:
            return {}
        if week.number in shot.season.turned:
            return {"writer": turn.member}
        week_id = shot.week_ids[week.number]
        self.turns.append({"week_id": week_id, "member_id": turn.member, "base_id": turn.base})
        return {"writer": turn.member}

    def _open_questions(self, shot: Snapshot, moment: Moment) -> None:
        number = moment.week or 0
        self.opened.append((shot.study, shot.week_ids[number], moment.at))
        self.messages += questions_rows(shot.study, number, moment.at)

    def _close(self, shot: Snapshot, moment: Moment, week: Week, run_at: datetime) -> dict[str, Any]:
        only = int(moment.subject) if moment.subject else None
        if only is None:
            self.passed.append((shot.study, week.number, "close", run_at))
        before = len(self.bookings.entries)
        kept = self.books[shot.study.id]
        judged = judge_all(shot, week, run_at, self.bookings, only, kept.forgiven)
        booked = self.bookings.entries[before:]
        kept.book(booked)
        if booked:
            self._supplement(shot, run_at)
        if only is None:
            # A week that closes again tells of everybody, also of those whose verdict stood before.
            slots = ((x.id, (week.number, x.id)) for x in shot.season.members)
            judged = {x: shot.season.judged[slot] for x, slot in slots if shot.season.stands(slot)}
        by_verdict = {
            verdict.value: [member for member, given in judged.items() if given.verdict is verdict]
            for verdict in Verdict
        }
        return {
            "verdicts": {verdict: members for verdict, members in by_verdict.items() if members},
            "fines": [[entry["member_id"], entry["amount"]] for entry in booked],
            "alone": only is not None,
        }

    def _supplement(self, shot: Snapshot, run_at: datetime) -> None:
        """Settle at once what a week costs that was put off beyond the season's last settlement."""
        kept = self.books[shot.study.id]
        month = shot.season.settlements()[-1][0]
        if not kept.final or not kept.is_sealed(month):
            return
        sealed = self._seal(shot, month, run_at, final=True)
        key = f"supplement:{month}:{sealed.number}"
        self.messages.append(outbox.row(shot.study, key, "supplement", books.told(sealed), run_at))

    def _settle(self, shot: Snapshot, moment: Moment, run_at: datetime) -> dict[str, Any] | None:
        """Seal a month; a study that neither charges nor has charged anything hears nothing of it."""
        month = date.fromisoformat(f"{moment.subject[:7]}-01")
        kept = self.books[shot.study.id]
        final = month == shot.season.settlements()[-1][0]
        if kept.is_sealed(month) and not final:
            return None
        part = books.part(self._seal(shot, month, run_at, final=final), kept)
        if final:
            return part | {"summary": summary.counted(shot, run_at)}
        return part if part["charges"] else None

    def _seal(self, shot: Snapshot, month: date, run_at: datetime, *, final: bool) -> Seal:
        """Seal a month; its entries stand among those of the other moments."""
        sealed = books.seal(shot, self.books[shot.study.id], month, run_at, final=final)
        self.seals.append(sealed)
        self.bookings.entries += sealed.entries(sealed.key)
        return sealed

    def _remind(self, shot: Snapshot, moment: Moment, now: datetime) -> None:
        """Remind those still missing; a reminder whose cutoff has passed is dropped."""
        reminder = Reminder.of(moment.subject)
        season = shot.season
        week = season.week(moment.week or 0)
        alone = moment.subject.partition("@")[2]
        if alone:
            week = season.own(week, int(alone))
        missing = [
            member
            for member in season.missing(week, max(now, moment.at))
            if season.own(week, member.id).closes_at == week.closes_at and alone in ("", str(member.id))
        ]
        values = {"week": week.number, "alone": bool(alone)}
        self._send(
            shot, moment, f"reminder-{reminder.cutoff}", missing, values, reminder.cutoff_of(week), now
        )

    def _remind_writer(self, shot: Snapshot, moment: Moment, now: datetime) -> None:
        """Remind of the blog whoever's turn it is, while no post is up."""
        season = shot.season
        week = season.week(moment.week or 0)
        turn = season.turns().get(week.number)
        if turn is None or week.number in season.posted:
            return
        writer = [member for member in season.members if member.id == turn.member and member.is_in(moment.at)]
        self._send(shot, moment, "reminder-turn", writer, {"week": week.number}, week.due_at, now)

    def _send(
        self,
        shot: Snapshot,
        moment: Moment,
        kind: str,
        whom: Sequence[Member],
        values: dict[str, Any],
        until: datetime,
        now: datetime,
    ) -> None:
        """Put a reminder into the outbox, for each as they want to be told."""
        if now >= until:
            return
        how = {member.id: member.notify for member in shot.members}
        key = f"{moment.kind}:{moment.subject}:{moment.week}:{moment.revision}"
        for recipients, recipient in _recipients(whom, how):
            self.messages.append(
                outbox.row(
                    shot.study,
                    f"{key}:{recipient or 'channel'}",
                    kind,
                    values | {"missing": recipients},
                    moment.at,
                    week=moment.week,
                    until=until,
                    recipient=recipient,
                )
            )


def _due(season: Season, week: Week, run_at: datetime) -> dict[str, Any]:
    """Who is in when a week is due, and who is missing; whoever has a later cutoff is neither."""
    owing = [x for x in season.owing(week, run_at) if season.own(week, x.id).due_at <= week.due_at]
    there = [x for x in owing if season.is_in(week, x, run_at)]
    late = [x.id for x in there if season.fresh_verdict(week, x, run_at) is Verdict.LATE]
    missing = [x.id for x in owing if x not in there]
    return {"in": [x.id for x in there], "late": late, "missing": missing}


def _recipients(missing: Sequence[Member], how: dict[int, str]) -> list[tuple[list[int], int | None]]:
    """Who is reminded together in the channel, and who alone by direct message."""
    channel = [member.id for member in missing if how[member.id] == "channel"]
    alone = [member.id for member in missing if how[member.id] == "dm"]
    found: list[tuple[list[int], int | None]] = [(channel, None)] if channel else []
    return found + [([member], member) for member in alone]
