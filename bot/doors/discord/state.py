"""What a button or a form does, kept in its id: it works after a restart, and nothing is stored."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

MOST = 100
"""The characters that Discord lets an id have."""

RUN, ASK, ANSWER = "s", "a", "f"
"""A button that runs its command, one that asks for its options first, and the form that asks."""

PACKED, FIRST, BITS = "~", 0x4E00, 14
"""What a packed id begins with; Discord counts signs, and a Chinese one holds fourteen bits."""

WRITTEN = re.compile(r"([saf])(\d*):([a-z ]+):(\d*)(?:@(\d+))?:(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class State:
    """A command with what is known of it; `workspace` is told where the button stands outside of it."""

    does: str
    command: str
    study: int | None = None
    arguments: Mapping[str, str] = field(default_factory=dict)
    workspace: str | None = None
    page: int = 0
    """Of a form too long for Discord, the part that is asked for."""

    def write(self) -> str:
        """The id, packed where it is long; even so it may be too long for Discord."""
        known = ";".join(f"{name}={_quoted(value)}" for name, value in self.arguments.items())
        place = f"{self.study or ''}" + (f"@{self.workspace}" if self.workspace else "")
        written = f"{self.does}{self.page or ''}:{self.command}:{place}:{known}"
        return written if len(written) <= MOST else _packed(written)

    @property
    def fits(self) -> bool:
        """Whether Discord takes it."""
        return len(self.write()) <= MOST

    def shortened(self) -> "State":
        """The same or, where it does not fit, one that asks again for what is longest."""
        if self.fits:
            return self
        longest = max(self.arguments, key=lambda name: len(self.arguments[name]))
        kept = {name: value for name, value in self.arguments.items() if name != longest}
        does = ANSWER if self.does == ANSWER else ASK
        return State(does, self.command, self.study, kept, self.workspace, self.page).shortened()


def _quoted(value: str) -> str:
    return value.replace("%", "%25").replace(";", "%3B")


def _packed(written: str) -> str:
    number = int.from_bytes(b"\1" + written.encode())
    signs = []
    while number:
        number, sign = divmod(number, 1 << BITS)
        signs.append(chr(FIRST + sign))
    return PACKED + "".join(signs)


def _unpacked(packed: str) -> str:
    number = 0
    for sign in reversed(packed.removeprefix(PACKED)):
        number = (number << BITS) | ((ord(sign) - FIRST) % (1 << BITS))
    return number.to_bytes(-(-number.bit_length() // 8))[1:].decode(errors="replace")


def read(written: str) -> State | None:
    """The state in an id; `None` for one that is not ours."""
    found = WRITTEN.fullmatch(_unpacked(written) if written.startswith(PACKED) else written)
    if not found:
        return None
    does, page, command, study, workspace, known = found.groups()
    pairs = (pair.partition("=") for pair in known.split(";") if pair)
    arguments = {name: unquote(value) for name, _, value in pairs}
    return State(does, command, int(study) if study else None, arguments, workspace, int(page or 0))
