"""What a table's blanks and strange signs mean: asked where they can mean two things, once for all alike."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.records.answers import Asking
from bot.records.markup import plain_words
from bot.records.tables.labels import RESTS
from bot.records.tables.layout import LINKS, PEOPLE, Piece, Sheet
from bot.records.tables.marks import CODE, PENDING, WORDS, answered, sign_of
from bot.texts import Name, T, Text, Written

SIGNS_AT_MOST = 5
"""So many strange signs are asked about one by one; more of them together."""

MISSING = ("missing", "안 냄", "안냄")
COMING = ("coming", "later", "앞으로")
PRESENT = ("present", "냄")


def settled(sheet: Sheet, asking: Asking) -> Sheet:
    """The sheet with a mark for each cell that says something, as far as that is certain or answered."""
    pieces = list(sheet.pieces)
    if sheet.shape != LINKS:
        pieces = [_choose_link(piece, asking) for piece in pieces]
        pieces = _one_each(pieces, asking)
    if sheet.shape != LINKS and (sheet.shape != PEOPLE or any(piece.mark for piece in pieces)):
        pieces = _signs(_holidays(_blanks(pieces, asking), asking), asking)
    return replace(sheet, pieces=tuple(pieces))


def shown(piece: Piece) -> str:
    """What stands in a piece's cell without being a link."""
    return plain_words(piece.cell) if piece.cell is not None and not piece.links else ""


def _choose_link(piece: Piece, asking: Asking) -> Piece:
    """One link of a cell with several; the first or the last, as answered."""
    urls = list(dict.fromkeys(link.url for link in piece.links if link.url))
    url = _one_of(urls, piece, asking) if len(urls) > 1 else None
    if len(urls) < 2:
        return piece
    chosen = tuple(link for link in piece.links if link.url == url) if url else ()
    return (
        replace(piece, links=chosen)
        if chosen
        else replace(piece, links=piece.links, mark=piece.mark or "done")
    )


def _one_of(urls: Sequence[str], piece: Piece, asking: Asking) -> str | None:
    """Which of several links counts."""

    def read(text: str) -> str | None:
        ends = {"first": urls[0], "처음": urls[0], "last": urls[-1], "마지막": urls[-1]}
        return ends.get(text.strip().casefold())

    ask = T("records-ask-link", line=piece.line, name=Name(piece.name))
    return asking.ask("link::", ask, read, f"link:{piece.week}:{piece.name}")


def _one_each(pieces: Sequence[Piece], asking: Asking) -> list[Piece]:
    """One link for each member's week, where several rows are of one week; the others' cells stay out."""
    slots: dict[tuple[int, str], dict[str, None]] = {}
    for piece in pieces:
        if piece.url is not None:
            slots.setdefault((piece.week, piece.name), {})[piece.url] = None
    several = {slot: [*urls] for slot, urls in slots.items() if len(urls) > 1}
    found = []
    for piece in pieces:
        urls = several.get((piece.week, piece.name))
        url = _one_of(urls, piece, asking) if urls else None
        if url is None or piece.url in (None, url):
            found.append(piece)
    return found


def _is_blank(piece: Piece) -> bool:
    return not piece.links and piece.mark is None and not shown(piece)


def _blanks(pieces: Sequence[Piece], asking: Asking) -> list[Piece]:
    """Blank cells, but for those of the weeks that nobody has anything in yet, after all others."""
    said = [piece.week for piece in pieces if not _is_blank(piece)]
    last = max(said, default=None)
    found = []
    for piece in pieces:
        if last is not None and piece.week <= last and _is_blank(piece):
            others = (f"blank:{piece.week}:{piece.name}", f"blank:{piece.week}:", f"blank::{piece.name}")
            ask = T("records-ask-blank", line=piece.line, week=piece.week, name=Name(piece.name))
            found.append(_marked(piece, asking.ask("blank::", ask, _blank_answer, *others)))
        else:
            found.append(piece)
    return found


def _blank_answer(text: str) -> str | None:
    word = text.strip().casefold()
    for words, mark in ((MISSING, "absent"), (COMING, PENDING), (PRESENT, "done")):
        if word in words:
            return mark
    return answered(text)


def _marked(piece: Piece, mark: str | None) -> Piece:
    return replace(piece, mark=mark) if mark is not None else piece


def _holidays(pieces: Sequence[Piece], asking: Asking) -> list[Piece]:
    """Weeks in which everybody has the same cross: a holiday, or nobody was there."""
    weeks: dict[int, list[Piece]] = {}
    for piece in pieces:
        weeks.setdefault(piece.week, []).append(piece)
    found = {}
    for week, row in weeks.items():
        whole = len(row) > 1 and all(
            piece.mark == "absent" and not piece.links and shown(piece) for piece in row
        )
        if whole and not any(WORDS.get(shown(piece)) for piece in row):
            ask = T("records-ask-holiday", line=row[0].line, week=week, sign=Written(shown(row[0])))
            found[week] = asking.ask(f"holiday:{week}:", ask, _holiday_answer) or "unknown"
    return [_marked(piece, found.get(piece.week)) for piece in pieces]


def _holiday_answer(text: str) -> str | None:
    word = text.strip().casefold()
    if word in ("holiday", "break", "yes", "휴일", "휴식", "쉬는 주", "네", "예"):
        return PENDING
    return "absent" if word in ("no", "아니요") else answered(text)


def _signs(pieces: Sequence[Piece], asking: Asking) -> list[Piece]:
    """Cells with words or signs that are not known: each kind of sign asked once, words together."""
    strange = [piece for piece in pieces if piece.mark is None and shown(piece)]
    kinds = Counter(sign_of(shown(piece)) for piece in strange if not _is_words(shown(piece)))
    found = []
    first: dict[str, Piece] = {}
    for piece in pieces:
        words = shown(piece)
        mark: str | None = None
        if piece.mark is None and words:
            sign = sign_of(words)
            same = first.setdefault(sign, piece)
            mark = _sign(piece, same, words, len(kinds), kinds[sign], asking) or "unknown"
        found.append(_marked(piece, mark))
    return found


def _is_words(text: str) -> bool:
    return (
        CODE.fullmatch(text) is None
        and len(text) > 4
        and sum(sign.isalpha() for sign in text) * 2 > len(text)
    )


def _sign(piece: Piece, first: Piece, words: str, kinds: int, count: int, asking: Asking) -> str | None:
    if RESTS.fullmatch(words):
        return "excused"
    others = (f"mark:{piece.week}:{piece.name}",)
    if _is_words(words):
        about, ask = "words::", T("records-ask-words", line=piece.line, text=Written(words[:60]))
    elif kinds > SIGNS_AT_MOST:
        about, ask = "mark::", T("records-ask-marks", count=kinds)
    else:
        about, ask = f"mark:{first.week}:{first.name}", _of_sign(first, words, count)
    return asking.ask(about, ask, answered, *others)


def _of_sign(piece: Piece, words: str, count: int) -> Text:
    return T(
        "records-ask-mark",
        line=piece.line,
        week=piece.week,
        name=Name(piece.name),
        sign=Written(words),
        count=count,
    )


def marks(pieces: Iterable[Piece]) -> dict[tuple[int, str], str]:
    """The marks that the pieces hold, by week and member."""
    return {(x.week, x.name): x.mark for x in pieces if x.mark is not None and x.mark != PENDING}
