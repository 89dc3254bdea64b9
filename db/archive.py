"""The backup file: a zip of one JSON-lines part a table and a manifest, with a checksum over all of it.

The checksum stands in the zip's comment, its last bytes: the parts' own leave the zip's headers uncovered.
"""

import hashlib
import json
import zipfile
from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time
from itertools import islice
from pathlib import Path
from typing import IO, Any

FORMAT = 1
MANIFEST = "manifest.json"
PAGE = 1000
"""Rows that are held in memory at a time."""
DIGEST = 64
"""The digits of a SHA-256."""

Rows = Sequence[Sequence[Any]]


class BackupRefused(ValueError):
    """A backup that cannot be taken or restored; the message says why and what to do."""


@dataclass(frozen=True)
class Part:
    """A table in a backup: each line holds the values of these columns, in this order."""

    table: str
    columns: Sequence[str]
    rows: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a backup holds, its parts in an order in which they can be inserted."""

    taken_at: datetime
    revision: str
    parts: Sequence[Part]

    @property
    def rows(self) -> int:
        """The rows of all tables."""
        return sum(part.rows for part in self.parts)

    def count(self, table: str) -> int:
        """The rows of one table."""
        return sum(part.rows for part in self.parts if part.table == table)


class Tally:
    """Counts and digests rows as they stand in a part."""

    def __init__(self) -> None:
        self._rows = 0
        self._digest = hashlib.sha256()

    def add(self, rows: Rows) -> bytes:
        """Take rows; the lines that they make."""
        lines = "".join(map(_line, rows)).encode()
        self.take(lines, len(rows))
        return lines

    def take(self, lines: bytes, rows: int) -> None:
        """Take lines that are made already."""
        self._digest.update(lines)
        self._rows += rows

    def part(self, table: str, columns: Sequence[str]) -> Part:
        """What was taken, as a part of a manifest."""
        return Part(table, [*columns], self._rows, self._digest.hexdigest())


def _line(row: Sequence[Any]) -> str:
    return json.dumps([*row], ensure_ascii=False, separators=(",", ":"), default=written) + "\n"


def written(value: object) -> str:
    """A value that JSON has no form for; an instant without a zone is SQLite's, in UTC."""
    if isinstance(value, datetime):
        utc = value.astimezone(UTC) if value.tzinfo else value
        return utc.replace(tzinfo=None).isoformat() + "Z"
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, bytes):
        return b64encode(value).decode()
    raise TypeError(f"a backup has no form for {type(value).__name__}")


class Writer:
    """Writes a backup into an open file, table by table."""

    def __init__(self, into: IO[bytes], at: datetime) -> None:
        self._file = into
        self._at = at
        self._zip = zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED)
        self._parts: list[Part] = []

    @contextmanager
    def table(self, name: str, columns: Sequence[str]) -> Iterator[Callable[[Rows], object]]:
        """Give what takes the rows of a table."""
        tally = Tally()
        with self._zip.open(self._entry(f"{name}.jsonl"), "w", force_zip64=True) as out:
            yield lambda rows: out.write(tally.add(rows))
        self._parts.append(tally.part(name, columns))

    def finish(self, revision: str) -> Manifest:
        """End with the manifest and the checksum over everything before it."""
        made = Manifest(self._at, revision, self._parts)
        said = {"format": FORMAT, **asdict(made), "taken_at": written(self._at)}
        self._zip.writestr(self._entry(MANIFEST), json.dumps(said, ensure_ascii=False, indent=1))
        self._zip.comment = b"0" * DIGEST
        self._zip.close()
        self._file.flush()
        digest = _digest(self._file)
        self._file.seek(-DIGEST, 2)
        self._file.write(digest)
        self._file.flush()
        return made

    def abandon(self) -> None:
        """Let go of a file that was not finished; its end may fail as its middle did."""
        with suppress(OSError, ValueError):
            self._zip.close()

    def _entry(self, name: str) -> zipfile.ZipInfo:
        entry = zipfile.ZipInfo(name, self._at.timetuple()[:6])
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.external_attr = 0o600 << 16
        return entry


def _digest(file: IO[bytes]) -> bytes:
    """The checksum over all of a file but its last bytes, where it is kept."""
    left = file.seek(0, 2) - DIGEST
    file.seek(0)
    digest = hashlib.sha256()
    while left > 0 and (chunk := file.read(min(left, 1 << 20))):
        digest.update(chunk)
        left -= len(chunk)
    return digest.hexdigest().encode()


class Archive:
    """A backup file whose every byte is known to be as it was written."""

    def __init__(self, file: IO[bytes], name: str) -> None:
        """Check all that can be checked without a database; raises `BackupRefused`."""
        self.name = name
        if _digest(file) != file.read(DIGEST):
            raise BackupRefused(f"{name} is damaged, or not a backup: its checksum is wrong")
        try:
            self._zip = zipfile.ZipFile(file)
            about = json.loads(self._zip.read(MANIFEST))
            if about["format"] > FORMAT:
                raise BackupRefused(f"{name} was made by a newer studybot: upgrade studybot first")
            self.manifest = _understood(about)
            right = all(part == self._found(part) for part in self.manifest.parts)
        except BackupRefused:
            raise
        except (zipfile.BadZipFile, KeyError, TypeError, ValueError) as problem:
            raise BackupRefused(f"{name} is not a backup of studybot") from problem
        if not right:
            raise BackupRefused(f"{name} does not hold what its manifest says")

    def pages(self, part: Part) -> Iterator[Rows]:
        """The rows of a part, some at a time."""
        with self._open(part) as lines:
            while page := [json.loads(line) for line in islice(lines, PAGE)]:
                yield page

    def _found(self, part: Part) -> Part:
        """A part as it is, whatever the manifest says of its rows and checksum."""
        tally = Tally()
        with self._open(part) as lines:
            while page := [*islice(lines, PAGE)]:
                tally.take(b"".join(page), len(page))
        return tally.part(part.table, part.columns)

    def _open(self, part: Part) -> AbstractContextManager[Iterator[bytes]]:
        return closing(self._zip.open(f"{part.table}.jsonl"))


def _understood(said: dict[str, Any]) -> Manifest:
    parts = [Part(x["table"], x["columns"], x["rows"], x["sha256"]) for x in said["parts"]]
    return Manifest(datetime.fromisoformat(said["taken_at"]), said["revision"], parts)


@contextmanager
def opened(file: Path) -> Iterator[Archive]:
    """Give a backup that has been checked; raises `BackupRefused` for what is none or cannot be read."""
    try:
        source = file.open("rb")
    except OSError as problem:
        raise BackupRefused(f"{file} cannot be read: {problem.strerror}") from problem
    with source:
        yield Archive(source, str(file))
