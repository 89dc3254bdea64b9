"""Which keys of the catalogues the code, the templates and the scripts ask for."""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
ASKING = {"T": 0, "Text": 0, "Refused": 0, "ClockRefused": 0, "plain": 1, "has": 1}
"""The functions that take a key, and its place among their arguments."""


@dataclass(frozen=True)
class Asked:
    """A place in the code that asks for a text, with the values that it gives."""

    where: str
    key: str
    values: frozenset[str]


@cache
def modules() -> tuple[tuple[str, ast.Module], ...]:
    """The parsed modules of the application."""
    files = sorted(file for folder in ("bot", "cogs") for file in (ROOT / folder).rglob("*.py"))
    return tuple((str(x.relative_to(ROOT)), ast.parse(x.read_text(encoding="utf-8"))) for x in files)


def asked() -> Iterator[Asked]:
    """Every place that names a text's key as it stands: `T("week", week=3)`, `Refused("no-such-week", …)`."""
    for where, call, key in _calls():
        for literal in _either(key):
            if isinstance(literal, ast.Constant) and isinstance(literal.value, str):
                yield Asked(f"{where}:{call.lineno}", literal.value.removesuffix(".about"), _given(call))


def patterns() -> set[str]:
    """What the keys look like that are put together: `T(f"verdict-{…}")`."""
    literals = (literal for _, _, key in _calls() for literal in _either(key))
    return {_pattern(x).removesuffix(re.escape(".about")) for x in literals if isinstance(x, ast.JoinedStr)}


def mentioned() -> set[str]:
    """Every word that the code, the templates and the scripts hold between quotes."""
    files = (ROOT / "bot" / "doors").rglob("*.*")
    pages = [x.read_text(encoding="utf-8") for x in files if x.suffix in (".html", ".js")]
    quoted = {word for page in pages for word in re.findall(r"""["'`]([a-z][\w-]*)["'`]""", page)}
    nodes = (node for _, tree in modules() for node in ast.walk(tree))
    constants = {node.value for node in nodes if isinstance(node, ast.Constant)}
    return quoted | {str(value) for value in constants}


def _calls() -> Iterator[tuple[str, ast.Call, ast.expr]]:
    for where, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                place = ASKING.get(_name(node.func))
                if place is not None and len(node.args) > place:
                    yield where, node, node.args[place]


def _name(function: ast.expr) -> str:
    """What is called; a refusal's subclass hands its key to `super().__init__`."""
    match function:
        case ast.Name(name):
            return name
        case ast.Attribute(ast.Call(ast.Name("super")), "__init__"):
            return "Refused"
    return ""


def _either(key: ast.expr) -> Iterable[ast.expr]:
    return (key.body, key.orelse) if isinstance(key, ast.IfExp) else (key,)


def _given(call: ast.Call) -> frozenset[str]:
    """The names of the values; `**` may give any."""
    given = {keyword.arg or "*" for keyword in call.keywords}
    for argument in call.args[1:]:
        if isinstance(argument, ast.Dict):
            given |= {str(key.value) for key in argument.keys if isinstance(key, ast.Constant)}
    return frozenset(given)


def _pattern(text: ast.JoinedStr) -> str:
    return "".join(re.escape(str(x.value)) if isinstance(x, ast.Constant) else ".+" for x in text.values)
