"""The closed list of parameter kinds: each reads a person's words or says what to write instead."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Annotated, ClassVar

from bot.rules.bounds import AMOUNT_AT_MOST, LINK_AT_MOST, NAME_AT_MOST, is_link
from bot.rules.calendar import YEARS
from bot.rules.refusal import Refused
from bot.texts import LANGUAGES, Listed, T, plain

EVERYBODY = re.compile(r"(@|<!)(everyone|here|channel)(?![a-z0-9_])", re.IGNORECASE)
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
PICTURE = r"[\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]"
JOINER = re.compile(f"(?<={PICTURE})\u200d(?={PICTURE})")
"""What makes one picture of several, such as a person at a computer, hides nothing."""


@dataclass(frozen=True, slots=True)
class Kind:
    """How one parameter is read; `name` is what doors choose a field by."""

    name: ClassVar[str]
    typed: ClassVar[bool] = True
    """Whether people write it; otherwise only buttons carry it."""

    def read(self, raw: str) -> object:
        """The value that a person's words mean; raises `Refused`."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class TextKind(Kind):
    """Free words of at most so many characters, on one line unless `long`."""

    name: ClassVar[str] = "text"
    most: int = 200
    long: bool = False

    def read(self, raw: str) -> str:
        text = raw.replace("\r\n", "\n").strip()
        if not text:
            raise Refused("empty-text")
        if len(text) > self.most:
            raise Refused("text-too-long", length=len(text), most=self.most)
        if EVERYBODY.search(text):
            raise Refused("calls-everybody")
        seen = JOINER.sub("", text)
        if UNSEEN.search(seen) or (not seen.isprintable() and not self.long):
            raise Refused("unseen-characters")
        return text


@dataclass(frozen=True, slots=True)
class DocumentKind(TextKind):
    """A whole document, kept to the letter."""

    most: int = 100_000
    long: bool = True

    def read(self, raw: str) -> str:
        if not raw.strip():
            raise Refused("empty-text")
        if len(raw) > self.most:
            raise Refused("text-too-long", length=len(raw), most=self.most)
        return raw.replace("\r\n", "\n")


@dataclass(frozen=True, slots=True)
class NameKind(TextKind):
    """What a person or a study is called."""

    most: int = NAME_AT_MOST

    def read(self, raw: str) -> str:
        text = super(NameKind, self).read(raw)
        if text[0] in "@/" or "," in text:
            raise Refused("not-a-name", text=text)
        return text


@dataclass(frozen=True, slots=True)
class LinkKind(Kind):
    """An http or https address."""

    name: ClassVar[str] = "link"

    def read(self, raw: str) -> str:
        link = raw.strip().removeprefix("<").removesuffix(">").strip()
        if len(link) > LINK_AT_MOST:
            raise Refused("link-too-long", most=LINK_AT_MOST)
        if not is_link(link):
            raise Refused("not-a-link")
        return link


@dataclass(frozen=True, slots=True)
class WholeKind(Kind):
    """A whole number within bounds."""

    name: ClassVar[str] = "number"
    least: int = 0
    most: int = AMOUNT_AT_MOST
    refusal: str = "not-in-range"

    def read(self, raw: str) -> int:
        found = re.fullmatch(r"([+-]?\d{1,12})", raw.strip().replace(",", ""), re.ASCII)
        number = int(found[1]) if found else None
        if number is None or not self.least <= number <= self.most:
            raise Refused(self.refusal, text=raw, least=self.least, most=self.most)
        return number


@dataclass(frozen=True, slots=True)
class AmountKind(WholeKind):
    """Money in the currency's minor unit, from nothing to a million."""

    name: ClassVar[str] = "amount"
    refusal: str = "not-an-amount"

    def read(self, raw: str) -> int:
        return super(AmountKind, self).read(re.sub(r"\s*(원|₩|KRW)\s*", "", raw))


@dataclass(frozen=True, slots=True)
class WeekKind(WholeKind):
    """A week by its number: `3` or `3주차`."""

    name: ClassVar[str] = "week"
    most: int = 999
    refusal: str = "not-a-week"

    def read(self, raw: str) -> int:
        return super(WeekKind, self).read(raw.strip().removesuffix("주차"))


@dataclass(frozen=True, slots=True)
class DateKind(Kind):
    """A day, `2022-04-13`."""

    name: ClassVar[str] = "date"

    def read(self, raw: str) -> date:
        found = re.fullmatch(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})\.?", raw.strip(), re.ASCII)
        if not found:
            raise Refused("not-a-date", text=raw)
        try:
            return date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            raise Refused("no-such-date", text=raw) from None


@dataclass(frozen=True, slots=True)
class MomentKind(Kind):
    """A time of a day, `2022-04-13 09:00`, in the study's zone; a day alone means its end."""

    name: ClassVar[str] = "moment"

    def read(self, raw: str) -> datetime:
        found = re.fullmatch(r"(\S+?)(?:[ T]+(\d{1,2}):(\d{2}))?", raw.strip(), re.ASCII)
        if not found:
            raise Refused("not-a-moment", text=raw)
        day = DateKind().read(found[1])
        hour, minute = int(found[2] or 24), int(found[3] or 0)
        if minute > 59 or hour > 24 or (hour == 24 and minute):
            raise Refused("not-a-moment", text=raw)
        if day.year not in YEARS:
            raise Refused("no-such-date", text=raw)
        return datetime.combine(day, time()) + timedelta(hours=hour, minutes=minute)


@dataclass(frozen=True, slots=True)
class MonthKind(Kind):
    """A month, `2022-04`, read as its first day."""

    name: ClassVar[str] = "month"

    def read(self, raw: str) -> date:
        found = re.fullmatch(r"(\d{4})[-./](\d{1,2})", raw.strip(), re.ASCII)
        try:
            return date(int(found[1]), int(found[2]), 1) if found else date(0, 0, 0)
        except ValueError:
            raise Refused("not-a-month", text=raw) from None


@dataclass(frozen=True, slots=True)
class ChoiceKind(Kind):
    """One of a few words, by its English value or by what it is called in a language."""

    name: ClassVar[str] = "choice"
    values: tuple[str, ...] = ()

    def read(self, raw: str) -> str:
        wanted = raw.strip().casefold()
        for value in self.values:
            names = {value, *(plain(language, choice_key(value)) for language in LANGUAGES)}
            if wanted in {name.casefold() for name in names}:
                return value
        choices = Listed([T(choice_key(value)) for value in self.values])
        raise Refused("not-a-choice", text=raw, choices=choices)


def choice_key(value: str) -> str:
    """The catalogue's key of what a choice is called."""
    return f"choice-{value}"


@dataclass(frozen=True, slots=True)
class FlagKind(Kind):
    """Something that only a button asks for."""

    name: ClassVar[str] = "flag"
    typed: ClassVar[bool] = False

    def read(self, raw: str) -> bool:
        return raw.strip() == "yes"


@dataclass(frozen=True, slots=True)
class MarkKind(Kind):
    """What a button remembers of what it was made for."""

    name: ClassVar[str] = "mark"
    typed: ClassVar[bool] = False

    def read(self, raw: str) -> str:
        if not raw.strip():
            raise Refused("empty-text")
        return raw.strip()[:80]


@dataclass(frozen=True, slots=True)
class MemberKind(Kind):
    """A member of the study, by study name, or by account with an @ before it."""

    name: ClassVar[str] = "member"

    def read(self, raw: str) -> str:
        text = raw.strip()
        if not text.removeprefix("@"):
            raise Refused("empty-text")
        return text[:80]


@dataclass(frozen=True, slots=True)
class MembersKind(Kind):
    """Members of the study in order, with commas between."""

    name: ClassVar[str] = "members"

    def read(self, raw: str) -> tuple[str, ...]:
        names = tuple(part.strip()[:80] for part in raw.split(",") if part.strip())
        if not names:
            raise Refused("empty-text")
        return names


@dataclass(frozen=True, slots=True)
class PersonKind(Kind):
    """Somebody of the platform, by account."""

    name: ClassVar[str] = "person"

    def read(self, raw: str) -> str:
        text = raw.strip()
        if EVERYBODY.search(text):
            raise Refused("calls-everybody")
        return NameKind().read(text.removeprefix("@"))


def one_line(text: str, most: int) -> str:
    """Words on one line, at most so many characters, with a space for what cannot be seen."""
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return line if len(line) <= most else line[:most] + "…"


def study_name(called: str) -> str:
    """What a platform calls somebody, as near as may be to a name that can be written here."""
    name = one_line(re.sub("[@,]", " ", called), len(called)).lstrip("/ ")
    return name[: NameKind().most].strip() or "?"


Name = Annotated[str, NameKind()]
Words = Annotated[str, TextKind()]
LongWords = Annotated[str, TextKind(most=1_500, long=True)]
Document = Annotated[str, DocumentKind()]
Link = Annotated[str, LinkKind()]
Amount = Annotated[int, AmountKind()]
WeekNumber = Annotated[int, WeekKind()]
Day = Annotated[date, DateKind()]
Moment = Annotated[datetime, MomentKind()]
Month = Annotated[date, MonthKind()]
Who = Annotated[str, MemberKind()]
Members = Annotated[tuple[str, ...], MembersKind()]
Account = Annotated[str, PersonKind()]
Mark = Annotated[str, MarkKind()]
Flag = Annotated[bool, FlagKind()]
