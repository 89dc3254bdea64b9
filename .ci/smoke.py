"""Install the built wheel into an empty environment and use it as a new user would."""

import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UV = [sys.executable, str(ROOT / ".ci" / "uv.py")]
ADDRESS = re.compile(r"http://[^\s/]+:\d+/")
PATIENCE = 60  # seconds, for one start and one stop


def install(folder: Path) -> Path:
    """Build the wheel, install it with the lock's versions, and return the program."""
    wheels, versions, environment = folder / "dist", folder / "versions.txt", folder / "env"
    uv("build --quiet --out-dir", wheels)
    uv("export --quiet --frozen --no-dev --no-emit-project --no-hashes --output-file", versions)
    uv("venv --quiet", environment)
    wheel = next(wheels.glob("*.whl"))
    uv("pip install --quiet --constraints", versions, "--python", environment, wheel)
    return environment / "bin" / "studybot"


def uv(command: str, *arguments: str | Path) -> None:
    """Run uv on this project."""
    subprocess.run([*UV, *command.split(), *arguments], cwd=ROOT, check=True, stdout=sys.stderr)


def ask(url: str, body: bytes | None = None) -> str:
    """GET, or POST where there is a body; anything but success raises."""
    kind = {"Content-Type": "application/json"} if body is not None else {}
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with direct.open(urllib.request.Request(url, body, kind), timeout=PATIENCE) as answer:
        return str(answer.read().decode())


def try_out(program: Path, empty: Path) -> None:
    """Start studybot in an empty folder, load the sample, look at it, and stop it."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("STUDYBOT_")}
    clean["STUDYBOT_WEB__PORT"] = "0"
    subprocess.run([program, "--help"], cwd=empty, env=clean, check=True, stdout=subprocess.DEVNULL)
    with subprocess.Popen(
        [program, "run"], cwd=empty, env=clean, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        alarm = threading.Timer(PATIENCE, process.kill)
        alarm.start()
        try:
            lines = iter(process.stdout.readline, "")
            url = next((found[0] for line in lines if (found := ADDRESS.search(line))), None)
            if url is None:
                sys.exit("smoke: studybot ended, or was ended, before it printed its address")
            before = ask(url)
            ask(url + "api/sample", b"{}")
            after = ask(url)
            process.send_signal(signal.SIGTERM)
            code = process.wait()
        finally:
            alarm.cancel()
            process.kill()
    if "<html" not in before or "<html" not in after:
        sys.exit("smoke: the playground's page is no page")
    if code != 0:
        sys.exit(f"smoke: studybot exited {code} on SIGTERM")


def main() -> None:
    """Install and try out, in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="studybot-smoke-") as folder:
        empty = Path(folder, "empty")
        empty.mkdir()
        try_out(install(Path(folder)), empty)
    print("smoke: the wheel installs, starts, answers and stops")


if __name__ == "__main__":
    main()
