"""A new README for a study that never had one."""

from collections.abc import Iterator

from bot.records.markup import written_link, written_words
from bot.records.record import Record
from bot.records.tables.labels import number_of
from bot.records.tables.links import HEADERS
from bot.records.tables.writing import USUAL_SEPARATOR

SECTIONS = {"ko": "과제 제출", "en": "Homework"}
LABELS = {"ko": "{}주차", "en": "Week {}"}


def fresh(record: Record, title: str, language: str) -> bytes:
    """A README with the study's table, which reads back as the record; in the study's language."""
    lines = [f"# {written_words(' '.join(title.split()))}", "", *_section(record, language)]
    return "\n".join(lines).encode("utf-8")


def with_table(document: bytes, record: Record, language: str) -> bytes:
    """A document that has no table yet with the study's behind all that stands there."""
    end = "\r\n" if b"\r\n" in document else "\n"
    section = end.join(_section(record, language)).encode("utf-8")
    there = document.rstrip()
    return there + (end * 2).encode() + section if there else section


def _section(record: Record, language: str) -> list[str]:
    header = [f"|{'|'.join(HEADERS[language])}|", "|:---:|---|:---:|"]
    return [f"## {SECTIONS[language]}", *header, *_rows(record, language), ""]


def _rows(record: Record, language: str) -> Iterator[str]:
    for number, label in record.weeks.items():
        # A label that would not be read as its week again gives way to the usual one.
        said = label if number_of(label) == number else LABELS[language].format(number)
        links = (
            f"[{written_words(name)}]({written_link(record.links.get((number, name), ''))})"
            for name in record.members
        )
        writer = written_words(record.writers.get(number, ""))
        yield f"|{written_words(said)}|{USUAL_SEPARATOR.join(links)}|{writer}|"
