"""Run uv with the arguments given: the one on PATH, else one kept in the ignored folder .uv/."""

import hashlib
import io
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.request
import zipfile
from pathlib import Path

OLDEST = (0, 9)
VERSION = "0.13.9"
INDEX = "https://pypi.org/simple/uv/"
# The wheels of that version; on Linux the static ones, which run on glibc and musl alike.
SHA256 = {
    "Linux x86_64": "2c45530751517d6c3bbc69a19473f6effe47cce047bede01ffd8af7ea7b36b25",
    "Linux aarch64": "5435c5ce14a56431208ca0996416d310f1598e8c2c8ba707688985a16bb82dbe",
    "Darwin x86_64": "c16ed11e013557536b3e60065f1b912f6407bd6518e041b961e23ef9e6b4fbf5",
    "Darwin arm64": "66c512266d633bef48384a1f53003f41f2a8e7b36fe6e7fbfd3e0fd52d96fa63",
}
FOLDER = Path(__file__).resolve().parent.parent / ".uv"


def on_path() -> str | None:
    """Tell where PATH has a uv that is new enough."""
    found = shutil.which("uv")
    if found is None:
        return None
    said = subprocess.run([found, "--version"], capture_output=True, text=True, check=False).stdout
    version = re.match(r"uv (\d+)\.(\d+)", said)
    return found if version and (int(version[1]), int(version[2])) >= OLDEST else None


def by_pip(folder: Path) -> Path | None:
    """Install uv by pip, which knows this machine's index and proxy."""
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-cache-dir", "--no-deps"]
    target = ["--only-binary=:all:", "--target", str(folder), f"uv=={VERSION}"]
    done = subprocess.run(pip + target, stderr=subprocess.DEVNULL, check=False)
    return folder / "bin" / "uv" if done.returncode == 0 else None


def by_hand(folder: Path) -> Path:
    """Fetch uv's wheel from PyPI, check it against the pinned hash, and unpack the program."""
    here = f"{platform.system()} {platform.machine()}"
    if here not in SHA256:
        sys.exit(f"uv {VERSION} is not pinned for {here}: install pip, or uv itself, and try again")
    json_form = {"Accept": "application/vnd.pypi.simple.v1+json"}
    with urllib.request.urlopen(urllib.request.Request(INDEX, headers=json_form)) as answer:
        files = json.load(answer)["files"]
    pinned = (file["url"] for file in files if file["hashes"].get("sha256") == SHA256[here])
    url = next(pinned, None)
    if url is None:
        sys.exit(f"PyPI has no uv {VERSION} with the pinned hash for {here}")
    with urllib.request.urlopen(url) as answer:
        wheel = answer.read()
    if hashlib.sha256(wheel).hexdigest() != SHA256[here]:
        sys.exit(f"{url} is not the file that was pinned")
    program = folder / "uv"
    with zipfile.ZipFile(io.BytesIO(wheel)) as opened:
        program.write_bytes(opened.read(f"uv-{VERSION}.data/scripts/uv"))
    program.chmod(0o755)
    return program


def kept() -> str:
    """Tell where this clone's own uv is, after bringing it in the first time."""
    program = FOLDER / f"uv-{VERSION}"
    if not program.exists():
        print(f"bringing uv {VERSION} into {FOLDER} ...", file=sys.stderr)
        FOLDER.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=FOLDER) as folder:
            # Moved into place whole, so that an interrupted or second run never meets half of it.
            os.replace(by_pip(Path(folder)) or by_hand(Path(folder)), program)
    return str(program)


if __name__ == "__main__":
    uv = on_path() or kept()
    os.execv(uv, [uv, *sys.argv[1:]])
