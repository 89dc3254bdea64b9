"""Long texts in as many parts as a platform needs."""

from collections.abc import Iterable, Iterator


def packed(pieces: Iterable[str], most: int) -> Iterator[str]:
    """Lines, none longer than `most` characters, in as few parts of that length as hold them in order."""
    part = ""
    for piece in pieces:
        if part and len(part) + len(piece) + 1 > most:
            yield part
            part = piece
        else:
            part = f"{part}\n{piece}" if part else piece
    if part.strip():
        yield part
