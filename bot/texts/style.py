"""How values look in a language: plain text here, a door's own markup in a subclass."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_time
from babel.numbers import format_currency, format_decimal, get_currency_precision
from babel.units import format_unit

from bot.texts import values as v
from bot.texts.catalogue import command_name, fill

DAY_AND_TIME = {"ko": "M월 d일(EEE) HH:mm", "en": "EEE, MMM d, HH:mm"}
EXACT = "yyyy-MM-dd HH:mm:ss"
DAY = {"ko": "M월 d일(EEE)", "en": "EEE, MMM d"}
MONTH = {"ko": "y년 M월", "en": "MMMM y"}
# Babel 2.18 words Korean's long units in English; its short ones are 일, 시간 and 분.
UNITS: dict[str, Literal["short", "long"]] = {"ko": "short", "en": "long"}
MINUTE = timedelta(minutes=1)
MINUTES_A_DAY = 1440


class Style:
    """Plain text; a door overrides what its platform shows better."""

    def __init__(self, language: str, zone: ZoneInfo, prefix: str = "") -> None:
        self.language = language
        self.zone = zone
        self.prefix = prefix

    def escape(self, text: str) -> str:
        """Somebody's words, made harmless for where they are shown."""
        return text

    def name(self, name: v.Name) -> str:
        return self.escape(name.text)

    def names(self, texts: Iterable[str]) -> str:
        return ", ".join(self.name(v.Name(text)) for text in texts)

    def person(self, person: v.Person) -> str:
        return "@" + self.escape(person.name)

    def money(self, money: v.Money) -> str:
        """`3,000원` in Korean, the locale's own form elsewhere."""
        if self.language == "ko" and money.currency == "KRW":
            return f"{format_decimal(money.amount, locale='ko')}원"
        units = money.amount / 10 ** get_currency_precision(money.currency)
        return str(format_currency(units, money.currency, locale=self.language))

    def instant(self, at: datetime) -> str:
        """Day and time in the study's zone."""
        local = at.astimezone(self.zone)
        return format_datetime(local, DAY_AND_TIME[self.language], locale=self.language)

    def exact(self, at: datetime) -> str:
        """Day and time to the second in the study's zone."""
        return format_datetime(at.astimezone(self.zone), EXACT, locale=self.language)

    def ahead(self, at: datetime, left: timedelta) -> str:
        """An instant with the time that is left."""
        left_over = fill(self.language, "time-left", {"left": self.span(left)})
        return f"{self.instant(at)} ({left_over})"

    def thread(self, id_: str, shown: str) -> str:
        """A thread by what it is called; doors make a link of it."""
        return shown

    def clock(self, clock: v.Clock) -> str:
        return format_time(clock.at.astimezone(self.zone), "HH:mm", locale=self.language)

    def day(self, day: date) -> str:
        return format_date(day, DAY[self.language], locale=self.language)

    def month(self, month: v.Month) -> str:
        return format_date(month.first, MONTH[self.language], locale=self.language)

    def span(self, span: timedelta) -> str:
        """A length of time in its two largest units, rounded up to a minute."""
        minutes = -(-span // MINUTE)
        days, rest = divmod(minutes, MINUTES_A_DAY)
        hours, minutes = divmod(rest, 60)
        parts = [(days, "day"), (hours, "hour"), (minutes, "minute")]
        largest = [(n, unit) for n, unit in parts if n][:2] or [(0, "minute")]
        length = UNITS[self.language]
        return " ".join(format_unit(n, unit, length, locale=self.language) for n, unit in largest)

    def url(self, url: v.Url) -> str:
        return self.escape(url.address)

    def command(self, command: v.Command) -> str:
        """A command as it is typed in the reader's language."""
        words = [command_name(command.name, self.language), command.rest]
        return self.escape("/" + self.prefix + " ".join(word for word in words if word))
