"""Random command lines: plausible ones, broken ones and noise."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random

from bot.commands.command import Command, Commands, Option, spellings
from bot.commands.kinds import ChoiceKind, choice_key
from bot.texts import LANGUAGES, plain

PEOPLE = (
    "장서진",
    "구미진",
    "이은빈",
    "한현경",
    "문수인",
    "나그네",
    "Anna",
    "@everyone",
    "김 민",
    "a,b",
    "😀",
    "x" * 90,
)
ODD = (
    "", " ", "0", "-1", "\0", "\u200b", "\u202eabc", "\u2067", "\ufeff", "\ud800", "👩\u200d💻",
    "ﷺ", "Ａ", "١٢", "½", "'", '"', '""', "=", "==", "a=b", "week=", "=3", "/", "//", "\\", "\n", "\r\n",
    "@everyone", "@here", "<!channel>", "<@U1>", "<https://x.y|z>", "{ $week }", "{{ 7*7 }}", "%s%n", "\t",
    "'; DROP TABLE member; --", "<script>alert(1)</script>", "../../etc/passwd", "9" * 400, "가" * 3_000,
)  # fmt: skip
TEXTS = (
    "아파서",
    "읽고 정리하기",
    "week one",
    "3장\n4장",
    "Fundamentals",
    "a=b c",
    '말 "인용" 끝',
    "축제 기간",
)
BY_OPTION: Mapping[str, tuple[str, ...]] = {
    "reminders": ("due 24h, close 3h", "none", "마감 3시간", "due 1m", "off"),
    "due": ("00:00", "22:00", "24:00", "25:00"),
    "close": ("12:00", "09:30", "12"),
    "timezone": ("Asia/Seoul", "UTC", "America/New_York", "Pacific/Apia", "Mars/Base", "asia/seoul"),
    "about": ("submit", "제출", "week plan", "study", "춤"),
}


@dataclass
class Lines:
    """An endless source of lines, the same ones for the same seed."""

    random: Random
    commands: Commands

    def line(self) -> str:
        """One line that somebody might type."""
        if self.random.random() < 0.06:
            return self._noise()
        command = self.random.choice([*self.commands.values(), *[self.commands["submit"]] * 5])
        words = [self._option(option) for option in command.typed if self._is_given(option)]
        if self.random.random() < 0.1:
            self.random.shuffle(words)
        if self.random.random() < 0.07:
            words.insert(self.random.randrange(len(words) + 1), self.random.choice(ODD))
        head = self.random.choice(sorted(spellings(command)))
        return self.random.choice(("/", "/", "/", "", " /")) + " ".join([head, *words])

    def person(self) -> str:
        """Somebody, most likely the leader or a member."""
        return self.random.choice(PEOPLE[:1] * 25 + PEOPLE[:5] * 4 + PEOPLE)

    def arguments(self, command: Command) -> dict[str, str]:
        """What a form or a button might send for a command."""
        given = {x.name: self._value(x) for x in command.options if self._is_given(x)}
        if self.random.random() < 0.1:
            given[self.random.choice(("colour", "call", "", "link"))] = self.random.choice(ODD)
        return given

    def _is_given(self, option: Option) -> bool:
        return self.random.random() < (0.95 if option.required else 0.3)

    def _option(self, option: Option) -> str:
        value = self._value(option)
        if (" " in value or not value) and self.random.random() < 0.8:
            value = f'"{value}"'
        if option.required and self.random.random() < 0.75:
            return value
        name = self.random.choice([option.name, *(plain(language, option.key) for language in LANGUAGES)])
        return f"{name}={value}"

    def _value(self, option: Option) -> str:
        if self.random.random() < 0.12:
            return self.random.choice(ODD) + self.random.choice(("", "x", "3"))
        if isinstance(option.kind, ChoiceKind):
            value = self.random.choice(option.kind.values)
            return self.random.choice(
                [value, *(plain(language, choice_key(value)) for language in LANGUAGES)]
            )
        if option.name in BY_OPTION:
            return self.random.choice(BY_OPTION[option.name])
        return self._by_kind()[option.kind.name]()

    def _by_kind(self) -> Mapping[str, Callable[[], str]]:
        pick, number = self.random.choice, self.random.randint
        return {
            "text": lambda: pick(TEXTS),
            "link": lambda: f"https://example.org/{number(1, 9)}?a=b&c={number(1, 9)}",
            "number": lambda: str(number(-1, 20)),
            "amount": lambda: pick(("0", "3000", "4,000원", "-5", "1000000", "1000001")),
            "week": lambda: pick((str(number(0, 13)), f"{number(1, 12)}주차")),
            "date": lambda: f"2022-{number(4, 8):02}-{number(0, 31):02}",
            "month": lambda: f"2022-{number(0, 13):02}",
            "moment": lambda: f"2022-{number(4, 8):02}-{number(0, 31):02}" + pick(("", " 09:00", " 24:00")),
            "members": lambda: ", ".join(self.person() for _ in range(number(1, 5))),
            "member": self.person,
            "person": self.person,
            "flag": lambda: "yes",
            "mark": lambda: pick(("1f", "")),
        }

    def _noise(self) -> str:
        signs = (chr(self.random.randrange(1, 0x11000)) for _ in range(self.random.randrange(40)))
        return self.random.choice(("", "/", "/submit ", "/study ", "/주차 계획 ")) + "".join(signs)
