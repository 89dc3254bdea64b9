"""How values look on Discord: instants in each reader's own zone, mentions, commands to click on."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from discord.utils import escape_markdown, escape_mentions

from bot.texts import Command, Person, Style, Url, command_name

WHOLE = re.compile(r"[^\s<>]+")


class DiscordStyle(Style):
    """Discord's markup; the catalogues' own sentences are trusted, values are escaped."""

    def __init__(
        self,
        language: str,
        zone: ZoneInfo,
        ids: Mapping[str, int] | None = None,
        now: datetime | None = None,
    ) -> None:
        super().__init__(language, zone)
        self._ids = ids or {}
        self._now = now
        """Instants after it are also shown as the time that is left."""

    def escape(self, text: str) -> str:
        """Somebody's words: no markup, no mention, no timestamp; an address stays one."""
        return escape_mentions(escape_markdown(text).replace("<", "\\<"))

    def person(self, person: Person) -> str:
        if person.account and person.account.isdecimal():
            return f"<@{person.account}>"
        return super().person(person)

    def instant(self, at: datetime) -> str:
        unix = int(at.timestamp())
        left = f" (<t:{unix}:R>)" if self._now is not None and at > self._now else ""
        return f"<t:{unix}:F>{left}"

    def ahead(self, at: datetime, left: timedelta) -> str:
        """Discord counts down by itself."""
        return self.instant(at)

    def url(self, url: Url) -> str:
        return f"<{url.address}>" if WHOLE.fullmatch(url.address) else self.escape(url.address)

    def thread(self, id_: str, shown: str) -> str:
        return f"<#{id_}>" if id_.isdecimal() else shown

    def command(self, command: Command) -> str:
        """To be clicked on, where Discord knows it; as it is typed otherwise.

        Discord's client opens a command by its English name alone, so the reader's own stands before it.
        """
        id_, typed = self._ids.get(command.name.partition(" ")[0]), super().command(command)
        if id_ is None or command.rest:
            return typed
        clickable = f"</{command.name}:{id_}>"
        is_english = command_name(command.name, self.language) == command.name
        return clickable if is_english else f"{typed} ({clickable})"
