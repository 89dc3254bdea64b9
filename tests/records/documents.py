"""READMEs to read and edit: the seed, and small ones made of a few rows."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.records.markup import LINK
from bot.records.reading import read
from bot.records.record import Record, record_of
from bot.rules.refusal import Refused

ROOT = Path(__file__).parents[2]
SEED = (ROOT / "bot" / "doors" / "playground" / "seeds" / "study-mlops.README.md").read_bytes()
MEMBERS = ("장서진", "구미진", "이은빈", "한현경", "문수인")
EUNBIN_1 = "https://github.com/binable43/Study-MLOps/blob/main/Week1/Week%201%20:%20Fundamentals.md"
HEADER = "|주차|과제|팀블로그|\n|:---:|---|:---:|\n"


def readme(*rows: str, before: str = "# 스터디\n\n", after: str = "") -> bytes:
    """A README with these rows in its table, and prose around it."""
    return (before + HEADER + "".join(f"{row}\n" for row in rows) + after).encode()


def prose(*lines: str) -> bytes:
    """A README with an empty table and these lines as paragraphs under it."""
    return readme(after="\n" + "\n\n".join(lines) + "\n")


def record(document: bytes) -> Record:
    """What a document says by itself."""
    return record_of(read(document))


def refusal(ask: Callable[[], object]) -> str:
    """Ask for what is refused, and hear why."""
    with pytest.raises(Refused) as no:
        ask()
    return no.value.key


def outside(document: bytes) -> list[str]:
    """The document without what is ours to change: all between a link's parentheses, and the last cell."""
    lines = []
    for line in document.decode().split("\n"):
        bare = LINK.sub(lambda link: f"[{link['name']}]()", line)
        lines.append(bare.rsplit("|", 2)[0] if bare != line or "]()" in line else bare)
    return lines
