"""Writing a record into a README: its own cells change, every other byte stays."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import cast

from bot.records.answers import Asking
from bot.records.document import parsed
from bot.records.record import Record
from bot.records.tables.layout import LINKS, MEMBERS, PEOPLE, Piece, Place, Sheet
from bot.records.tables.layout_of import sheets_of
from bot.records.tables.marks_asked import shown
from bot.records.tables.writing import Edit, added, manner_of, named_words, replaces, written
from bot.rules.refusal import Refused
from bot.texts import Name, Text, Value

Slot = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A question to the leader: a piece of the document that was changed by hand, and stays so.

    `about` is `link:3:민우`, `writer:3:`, `row:3:`, `name::민우`, `header::`, `document::`; `why` says what
    is wrong and what to do; `theirs` is what stands there, `ours` what the study would write.
    """

    about: str
    why: Text
    week: int | None = None
    name: str | None = None
    theirs: str | None = None
    ours: str | None = None


@dataclass(frozen=True, slots=True)
class Merged:
    """A document with all that could be written into it, and what could not."""

    document: bytes
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True)
class Known:
    """What a document's sheets say, by week and member."""

    text: str
    sheets: tuple[Sheet, ...]
    members: frozenset[str]
    pieces: Mapping[Slot, Piece] = field(default_factory=dict)
    places: Mapping[int, tuple[Sheet, Place]] = field(default_factory=dict)

    @property
    def links(self) -> dict[Slot, str]:
        """The links that are in."""
        return {slot: piece.url for slot, piece in self.pieces.items() if piece.url is not None}

    @property
    def writers(self) -> dict[int, str]:
        """Whose blog each week is; a writer who is no member of the study is none."""
        return {
            week: x.writer for week, (_, x) in self.places.items() if x.writer in self.members and x.writer
        }

    @property
    def strangers(self) -> frozenset[int]:
        """The weeks whose blog cell names somebody who is no member."""
        named = {week for week, (_, place) in self.places.items() if place.writer}
        return frozenset(named - self.writers.keys())

    @property
    def headers(self) -> list[tuple[str, ...]]:
        """What tells the sheets from others: a table of members by who is in it."""
        return [
            (sheet.shape, *sheet.header) if sheet.shape == LINKS else (sheet.shape,) for sheet in self.sheets
        ]


def merged(document: bytes, record: Record, base: bytes | None = None) -> Merged:
    """Write the record cell by cell; `base` is the document as it was when both last agreed.

    What was edited by hand since then stays as it is and is reported.
    """
    try:
        now = _known(document, record)
        return _Merge(now, _known(base, record) if base is not None else None, record, document).run()
    except Refused as no:
        return Merged(document, (_conflict("document::", no),))


def edited(document: bytes, record: Record, base: bytes | None = None) -> bytes:
    """The document with the record in it; refused where anything of it could not be written."""
    found = merged(document, record, base)
    for conflict in found.conflicts:
        raise Refused(conflict.why.key, **conflict.why.values)
    return found.document


def _conflict(
    about: str,
    no: Refused,
    slot: tuple[int | None, str | None] = (None, None),
    theirs: str | None = None,
    ours: str | None = None,
) -> Conflict:
    return Conflict(about, Text(no.key, cast(Mapping[str, Value], no.values)), *slot, theirs, ours)


def _known(document: bytes, record: Record) -> Known:
    taken = parsed(document)
    sheets = sheets_of(taken, Asking(record.answers), record.members)
    pieces: dict[Slot, Piece] = {}
    places: dict[int, tuple[Sheet, Place]] = {}
    for sheet in sheets:
        for piece in sheet.pieces:
            slot = (piece.week, piece.name)
            if slot not in pieces or pieces[slot].url is None:
                pieces[slot] = piece
        for place in sheet.weeks:
            places.setdefault(place.number, (sheet, place))
    members = frozenset({*record.members, *record.writers.values()})
    return Known(taken.text, sheets, members, pieces, places)


@dataclass
class _Merge:
    """One merge: collects edits and conflicts."""

    now: Known
    before: Known | None
    record: Record
    document: bytes
    conflicts: list[Conflict] = field(default_factory=list)

    def run(self) -> Merged:
        """All that can be written; read again to be sure that it says what was wanted."""
        self._check_header()
        if not self.now.sheets:
            return Merged(self.document, tuple(self.conflicts))
        self._check_names()
        links, writers = self._links(), self._writers()
        text = self.now.text
        for edit in sorted(self._edits(links, writers), key=lambda edit: edit.start, reverse=True):
            text = text[: edit.start] + edit.text + text[edit.end :]
        try:
            document = text.encode("utf-8")
            again = _known(document, self.record)
        except (UnicodeEncodeError, Refused):
            raise Refused("records-unwritable") from None
        if (again.links, again.writers) != (links, writers):
            raise Refused("records-unwritable")
        return Merged(document, tuple(self.conflicts))

    def _check_header(self) -> None:
        """Refuse a document whose table is gone, or is another one now."""
        old = self.before
        if old is not None and old.sheets and old.headers != self.now.headers:
            raise Refused("records-header-changed", header=f"|{'|'.join(old.sheets[0].header)}|")
        if not self.now.sheets:
            raise Refused("records-no-table-here")

    def _check_names(self) -> None:
        for piece in {piece.name: piece for piece in [*self.now.pieces.values()][::-1]}.values():
            if piece.name not in self.record.members:
                no = Refused("records-unknown-name", line=piece.line, name=Name(piece.name))
                self.conflicts.append(_conflict(f"name::{piece.name}", no, (None, piece.name)))

    def _links(self) -> dict[Slot, str]:
        """What each link is to be; one that cannot be written stays as it is."""
        found: dict[Slot, str] = {}
        now, before = self.now.links, self.before.links if self.before else None
        for slot in dict.fromkeys([*now, *self.record.links]):
            theirs, ours = now.get(slot), self.record.links.get(slot)
            url, fits = _agreed(theirs, ours, before.get(slot) if before else None, before is not None)
            no = None if url == theirs and fits else self._obstacle(slot, fits)
            if no is not None:
                stands = theirs or (shown(self.now.pieces[slot]) if slot in self.now.pieces else "") or None
                about = f"{'row' if no.key == 'records-row-missing' else 'link'}:{slot[0]}:"
                about += slot[1] if about.startswith("link") else ""
                if about not in {conflict.about for conflict in self.conflicts}:
                    self.conflicts.append(_conflict(about, no, slot, stands, ours))
            url = theirs if no is not None or not self._has_place(slot) else url
            if url is not None:
                found[slot] = url
        return found

    def _has_place(self, slot: Slot) -> bool:
        """Whether the document is one to hold a link: a table of presenters may hold none."""
        sheet, _ = self.now.places.get(slot[0], (None, None))
        if sheet is not None and sheet.shape == PEOPLE and all(x.cell is None for x in sheet.pieces):
            return False
        if slot in self.now.pieces or (self.before and slot in self.before.pieces):
            return True
        return any(sheet.shape != PEOPLE for sheet in self.now.sheets)

    def _obstacle(self, slot: Slot, fits: bool) -> Refused | None:
        """Why a link cannot be written."""
        week, name = slot
        if not self._has_place(slot):
            return None
        conflict = Refused("records-link-conflict", week=week, name=Name(name))
        piece, (sheet, place) = self.now.pieces.get(slot), self.now.places.get(week, (None, None))
        if sheet is None or place is None:
            return Refused("records-row-missing", week=week)
        if not fits:
            return conflict
        if sheet.shape == LINKS:
            missing = piece is None and place.cell is None
            return Refused("records-cell-missing", line=place.line, week=week) if missing else None
        if piece is None and name not in sheet.members:
            return Refused("records-column-missing", week=week, name=Name(name))
        if piece is None or piece.cell is None:
            return Refused("records-cell-missing", line=place.line, week=week)
        if piece.cell.spans or self._shared(piece):
            return Refused("records-cell-shared", line=piece.line, week=week, name=Name(name))
        old = self.before.pieces.get(slot) if self.before else None
        by_hand = old is not None and old.cell is not None and old.cell.text != piece.cell.text
        return conflict if by_hand and replaces(piece) else None

    def _shared(self, piece: Piece) -> bool:
        same = [x for x in self.now.pieces.values() if x.cell is piece.cell and not x.named]
        return len(same) > 1 or len({link.url for link in piece.links if link.url}) > 1

    def _writers(self) -> dict[int, str]:
        """A blog cell is ours where it names a member, not where it is empty or names somebody else."""
        now, before = self.now.writers, self.before.writers if self.before else None
        found = dict(now)
        for week, wanted in self.record.writers.items():
            sheet, place = self.now.places.get(week, (None, None))
            had = self.before.places.get(week) if self.before else None
            if place is None or sheet is None or sheet.shape not in (LINKS, MEMBERS):
                continue
            if place.blog is None:
                if had and had[1].blog is not None:
                    no = Refused("records-cell-missing", line=place.line, week=week)
                    self.conflicts.append(_conflict(f"writer:{week}:", no, (week, None), None, wanted))
                continue
            was = before.get(week) if before else None
            if week in self.now.strangers or (before is not None and week not in now and was is None):
                continue
            name, fits = _agreed(now.get(week), wanted, was, before is not None)
            if not fits:
                no = Refused("records-writer-conflict", week=week)
                self.conflicts.append(_conflict(f"writer:{week}:", no, (week, None), now.get(week), wanted))
            elif name is not None:
                found[week] = name
        return found

    def _edits(self, links: Mapping[Slot, str], writers: Mapping[int, str]) -> Iterator[Edit]:
        hangul = any("가" <= sign <= "힣" for sign in self.now.text)
        manner = manner_of(self.now.sheets, hangul)
        for slot, piece in self.now.pieces.items():
            sheet, _ = self.now.places[slot[0]]
            if piece.cell is not None and piece.url != links.get(slot):
                yield written(piece, piece.cell, links.get(slot), manner, sheet.shape, self.now.text)
        for week, (_, place) in self.now.places.items():
            there = [
                piece.links[0].end
                for (number, _), piece in self.now.pieces.items()
                if number == week and piece.links
            ]
            new = [
                (name, links[week, name])
                for name in self.record.members
                if (week, name) in links and (week, name) not in self.now.pieces
            ]
            if edit := added(place, max(there, default=None), new, manner):
                yield edit
            if place.blog is not None and self.now.writers.get(week) != writers.get(week):
                yield Edit(place.blog.start, place.blog.end, named_words(place.blog, writers.get(week, "")))


def _agreed(
    now: str | None, wanted: str | None, before: str | None, has_base: bool
) -> tuple[str | None, bool]:
    """What a cell is to say, and whether that undoes nobody's work."""
    if now == wanted or (wanted is None and before is None):
        return now, True  # the same already, or put in by hand
    return wanted, not has_base or now == before
