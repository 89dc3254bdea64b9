"""What the page shows at a look: regions, each with a version by which a browser sees what changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any
from zlib import crc32

from babel.dates import format_date, format_datetime
from markupsafe import Markup, escape

from bot.doors.playground import posts
from bot.doors.playground.drawing import TEMPLATES
from bot.doors.playground.seeing import Sight
from bot.doors.playground.stage import Stage
from bot.doors.playground.threads import Thread
from bot.rules.timeline import Kind, Moment
from bot.texts import Clock, Month, Style, T, Value, Words, plain
from db.models import Post

CLOCK = {"ko": "y년 M월 d일(EEE)", "en": "EEE, MMM d, y"}
TOGETHER = 300
"""Seconds within which messages of one author stand under one head."""


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the page that is exchanged when its version changes."""

    html: Markup
    version: str


class Look:
    """Draws regions for one visitor."""

    def __init__(self, sight: Sight, stage: Stage, language: str) -> None:
        self.sight = sight
        self.stage = stage
        self.language = language
        self.words = Words(Style(language, sight.zone))

    def regions(self) -> dict[str, Region]:
        """Every region by its name, which is its template's and its element's."""
        sight = self.sight
        known = {member.account for member in sight.members}
        return {
            "study": self._region("study", sight=sight),
            "clock": self._region("clock", **self._clock()),
            "channel": self._region("channel", items=list(self._items()), sight=sight),
            "you": self._region("you", sight=sight, is_new=sight.you not in known),
            "season": self._region("season", beside=sight.beside, sight=sight),
        }

    def draw(self, template: str, **values: Any) -> Markup:
        """A template with the texts of the visitor's language."""
        drawn = TEMPLATES.get_template(f"{template}.html").render(
            t=self.text, show=self.words.show, language=self.language, stage=self.stage, **values
        )
        return Markup(drawn)

    def text(self, key: str, **values: Value) -> str:
        """A text of the catalogue."""
        return self.words(T(key, **values)) if values else plain(self.language, key)

    def _region(self, template: str, **values: Any) -> Region:
        html = self.draw(template, **values)
        return Region(html, f"{crc32(html.encode()):08x}")

    def _clock(self) -> Mapping[str, Any]:
        local = self.sight.now.astimezone(self.sight.zone)
        following = self.sight.study.next_moment_at if self.sight.study else None
        return {
            "now": self.sight.now.isoformat(),
            "local": f"{local:%Y-%m-%dT%H:%M}",
            "day": format_datetime(local, CLOCK[self.language], locale=self.language),
            "time": f"{local:%H:%M}",
            "zone": self.sight.zone.key,
            "next_at": following,
            "next_what": [self._moment(moment) for moment in self._told()],
        }

    def _told(self) -> Iterable[Moment]:
        """One moment of a kind is enough to say what comes."""
        return {(x.kind, x.week): x for x in self.sight.upcoming}.values()

    def _moment(self, moment: Moment) -> str:
        told: dict[str, Value] = {} if moment.week is None else {"week": moment.week}
        if moment.kind is Kind.SETTLEMENT:
            told = {"month": Month(date.fromisoformat(f"{moment.subject[:7]}-01"))}
        return self.words(T(f"page-next-{moment.kind.value}", **told))

    def _items(self) -> Iterable[Mapping[str, Any]]:
        """Messages with dividers between days; whoever goes on speaking has no second head."""
        before: Post | None = None
        for post in self.sight.posts:
            local = post.at.astimezone(self.sight.zone)
            if before is None or before.at.astimezone(self.sight.zone).date() != local.date():
                day = format_date(local, "full", locale=self.language)
                yield {"key": f"day-{local.date()}", "version": self.language, "day": day}
                before = None
            yield self._post(post, goes_on=before is not None and _goes_on(before, post))
            before = post

    def _post(self, post: Post, *, goes_on: bool) -> Mapping[str, Any]:
        name = self.sight.name
        thread = self.sight.threads.get(post.id)
        called = f'<b class="mention">@{escape(name)}</b>'
        me = f'<b class="mention me">@{escape(name)}</b>'
        shown = thread.version if thread else ""
        version = f"{post.edited_at}{goes_on}{name}{self.language}{post.text}{shown}"
        return {
            "key": f"post-{post.id}",
            "version": f"{crc32(version.encode()):08x}",
            "post": post,
            "html": Markup(post.html.replace(called, me)),
            "author": self._called(post),
            "time": self.words.show(Clock(post.at)),
            "at": self.words.show(post.at),
            "goes_on": goes_on,
            "is_form": post.key.startswith(posts.FORM),
            "calls_me": name in post.mentions,
            "thread": self._thread(thread) if thread else None,
        }

    def _called(self, post: Post) -> str | None:
        return self.sight.names.get(post.author, post.author) if post.author else None

    def _thread(self, thread: Thread) -> Mapping[str, Any]:
        replies = [
            {
                "id": post.id,
                "html": Markup(post.html),
                "author": self._called(post),
                "iso": post.at.isoformat(),
                "at": self.words.show(post.at),
            }
            for post in thread.replies
        ]
        count = sum(post.author is not None for post in thread.replies)
        return {"id": thread.opener.id, "is_open": thread.is_open, "replies": replies, "count": count}


def _goes_on(before: Post, post: Post) -> bool:
    near = (post.at - before.at).total_seconds() <= TOGETHER
    alike = (before.author, before.reader, before.silent) == (post.author, post.reader, post.silent)
    return near and alike and post.reader is None


def initials(name: str) -> str:
    """What stands in the round picture of somebody: a Korean given name, else the first letter."""
    letters = name.strip()
    if letters and "가" <= letters[0] <= "힣":
        return letters[-2:]
    return letters[:1].upper()


def hue(name: str) -> int:
    """One of eight colours, always the same one for a name."""
    return crc32(name.encode()) % 8


@cache
def asset(name: str) -> str:
    """The address of a local file, which changes with what is in it, so that no old one is kept."""
    content = files("bot.doors.playground").joinpath("static", name).read_bytes()
    return f"/static/{name}?{crc32(content):08x}"


TEMPLATES.filters["initials"] = initials
TEMPLATES.filters["hue"] = hue
TEMPLATES.globals["asset"] = asset
