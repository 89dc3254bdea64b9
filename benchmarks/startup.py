"""How long `studybot --help` takes, and `studybot run` until it prints its address; whole processes."""

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.pairs import in_turn
from benchmarks.table import Figure, Part

ROOT = Path(__file__).parent.parent
STUDYBOT = [sys.executable, "-c", "import sys; sys.argv[0] = 'studybot'; from bot.cli import main; main()"]
HEAVY = ("sqlalchemy", "alembic", "discord", "slack_bolt", "starlette")
IMPORTED = re.compile(r"^import time:\s+\d+ \|\s+\d+ \|\s+([\w.]+)$", re.MULTILINE)
PATIENCE = 60  # seconds, for a process to end

LIST_HEAVY = f"""
import sys
from bot.cli import main
sys.argv = ["studybot", "--help"]
try:
    main()
except SystemExit:
    print("imported:", *[name for name in {HEAVY!r} if name in sys.modules])
"""
IMPORT_ALL = """
import importlib, sys
for name in sys.stdin.read().split():
    try:
        importlib.import_module(name)
    except ImportError:  # what it tried and went without
        pass
print("http://imported", flush=True)
"""


def part() -> Part:
    """Measure both."""
    return Part(
        "Starting",
        "From the start of the process, in an empty folder. The playground is ready when it has printed its "
        "address; beside it a process that imports the modules which that start imports, and does nothing.",
        ("what", "studybot", "bare", "compared"),
        [_help(), _imports(), _ready()],
    )


def _help() -> Figure:
    pairs = in_turn(lambda: _whole([*STUDYBOT, "--help"]), lambda: _whole([sys.executable, "-c", "pass"]))
    return Figure(
        "`studybot --help`, beside `python -c pass`",
        f"{pairs.ours:.2f} s",
        f"{pairs.bare:.2f} s",
        f"{pairs.difference:+.2f} s",
        "≤ +0.4 s",
        pairs.difference <= 0.4,
    )


def _imports() -> Figure:
    said = subprocess.run(
        [sys.executable, "-c", LIST_HEAVY], cwd=ROOT, check=True, capture_output=True, text=True
    )
    found = said.stdout.rpartition("imported:")[2].split()
    return Figure(f"it imports of {', '.join(HEAVY)}", ", ".join(found) or "none", "", "", "none", not found)


def _ready() -> Figure:
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder, "imports")
        _until_ready(["-X", "importtime"], log)
        modules = "\n".join(IMPORTED.findall(log.read_text()))

    def bare() -> float:
        return _until_address([sys.executable, "-c", IMPORT_ALL], given=modules)

    pairs = in_turn(_until_ready, bare)
    return Figure(
        "playground ready, beside its imports alone",
        f"{pairs.ours:.2f} s",
        f"{pairs.bare:.2f} s",
        f"{pairs.ratio:.2f} ×",
        "≤ 1.3 ×",
        pairs.ratio <= 1.3,
    )


def _environment() -> dict[str, str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("STUDYBOT_")}
    return clean | {"STUDYBOT_WEB__PORT": "0", "PYTHONPATH": str(ROOT)}


def _whole(command: list[str]) -> float:
    """The seconds a process takes from its start to its end."""
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        subprocess.run(
            command, cwd=folder, env=_environment(), check=True, stdout=subprocess.DEVNULL, timeout=PATIENCE
        )
        return time.perf_counter() - begun


def _until_ready(options: list[str] | None = None, log: Path | None = None) -> float:
    return _until_address([STUDYBOT[0], *(options or []), *STUDYBOT[1:], "run"], log=log)


def _until_address(command: list[str], given: str = "", log: Path | None = None) -> float:
    """The seconds from a process's start until it prints an address; then it is stopped."""
    with tempfile.TemporaryDirectory() as folder, (log or Path(os.devnull)).open("w") as errors:
        begun = time.perf_counter()
        with subprocess.Popen(
            command,
            cwd=folder,
            env=_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        ) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(given)
            process.stdin.close()
            said = process.stdout.readline()
            took = time.perf_counter() - begun
            process.terminate()
            process.wait(PATIENCE)
    if not said.startswith("http://"):
        raise RuntimeError(f"{command} printed no address: {said!r}")
    return took
