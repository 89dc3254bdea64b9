"""How values look on Slack: instants in each reader's own zone, mentions, links, nothing else as markup."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.texts import Person, Style, Url

ACCOUNT = re.compile(r"[UW][A-Z0-9]+")
CHANNEL = re.compile(r"[CGD][A-Z0-9]+")
MESSAGE = re.compile(r"\d+\.\d+")
WHOLE = re.compile(r"https?://[^\s<>|]+")
SHOWN = "{date_short_pretty} {time}"


def escaped(text: str) -> str:
    """A text with Slack's three control characters escaped: no mention, no link, no date."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


class SlackStyle(Style):
    """Slack's mrkdwn; the catalogues' own sentences are trusted, values are escaped."""

    def __init__(self, language: str, zone: ZoneInfo, prefix: str = "", archive: str = "") -> None:
        super().__init__(language, zone, prefix)
        self._archive = archive
        """The study's channel in the browser: `https://team.slack.com/archives/C0123`."""

    def escape(self, text: str) -> str:
        return escaped(text)

    def person(self, person: Person) -> str:
        if person.account and ACCOUNT.fullmatch(person.account):
            return f"<@{person.account}>"
        return super().person(person)

    def instant(self, at: datetime) -> str:
        """For each reader in their own zone; where that cannot be, in the study's."""
        return f"<!date^{int(at.timestamp())}^{SHOWN}|{escaped(super().instant(at))}>"

    def url(self, url: Url) -> str:
        return f"<{escaped(url.address)}>" if WHOLE.fullmatch(url.address) else self.escape(url.address)

    def thread(self, id_: str, shown: str) -> str:
        """A channel by its id; a thread by the address of the message that it begins with."""
        if CHANNEL.fullmatch(id_):
            return f"<#{id_}>"
        if MESSAGE.fullmatch(id_) and self._archive:
            return f"<{self._archive}/p{id_.replace('.', '')}|{shown}>"
        return shown
