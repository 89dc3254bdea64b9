"""Links within a repository, such as `./week1.md`: where they lead is asked for."""

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urljoin, urlsplit

from bot.records.answers import Asking
from bot.records.markup import Link
from bot.records.tables.layout import Sheet
from bot.rules.bounds import is_link
from bot.texts import T, Written

BASE = "base::"


def absolute(sheets: Sequence[Sheet], asking: Asking) -> list[Sheet]:
    """The sheets with whole addresses, as far as it has been answered from where they are meant."""
    links = [link for sheet in sheets for piece in sheet.pieces for link in piece.links]
    relative = next((link.url for link in links if link.url and is_relative(link.url)), None)
    if relative is None:
        return [*sheets]
    base = asking.ask(BASE, T("records-ask-base", link=Written(relative[:100])), _base)
    return [_from(sheet, base) for sheet in sheets] if base else [*sheets]


def is_relative(url: str) -> bool:
    """Whether an address leads from where it stands."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return not parts.scheme and not parts.netloc


def _base(text: str) -> str | None:
    address = text.strip()
    return address.rstrip("/") + "/" if is_link(address) else None


def _from(sheet: Sheet, base: str) -> Sheet:
    pieces = tuple(
        replace(piece, links=tuple(_link(link, base) for link in piece.links)) for piece in sheet.pieces
    )
    return replace(sheet, pieces=pieces)


def _link(link: Link, base: str) -> Link:
    if not link.url or not is_relative(link.url):
        return link
    return replace(link, url=urljoin(base, link.url.lstrip("/").replace(" ", "%20")))
