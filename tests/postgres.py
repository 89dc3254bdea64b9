"""A real PostgreSQL server for the tests, started once a run in a temporary folder."""

import itertools
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

MISSING = "no PostgreSQL here: apt-get install --no-install-recommends postgresql"

# Speed over safety, since the data is thrown away, and a zone that is not UTC, so that code
# which leans on the server's zone fails here.
SETTINGS = """
listen_addresses = '127.0.0.1'
port = {port}
unix_socket_directories = ''
fsync = off
full_page_writes = off
synchronous_commit = off
timezone = 'Asia/Seoul'
"""


@dataclass
class PostgresServer:
    """A running server and how to make and drop databases in it."""

    programs: Path
    port: int
    numbers: Iterator[int] = field(default_factory=itertools.count)

    def create(self) -> str:
        """Make an empty database and return its URL."""
        name = f"test_{next(self.numbers)}"
        self._call("createdb", "--template=template0", name)
        return f"postgresql://postgres@127.0.0.1:{self.port}/{name}"

    def drop(self, url: str) -> None:
        """Drop the database, whoever is still connected."""
        self._call("dropdb", "--force", "--if-exists", url.rpartition("/")[2])

    def _call(self, program: str, *arguments: str) -> None:
        # The server's own client programs, so that no driver of the bot is needed here.
        at = ["--host=127.0.0.1", f"--port={self.port}", "--username=postgres"]
        subprocess.run([self.programs / program, *at, *arguments], check=True, timeout=60)


def find_programs() -> Path | None:
    """Tell the folder of the newest server here: Debian keeps them off PATH."""
    debian = Path("/usr/lib/postgresql").glob("[0-9]*/bin/initdb")
    newest = sorted(debian, key=lambda initdb: int(initdb.parts[-3]))
    on_path = shutil.which("initdb")
    if newest:
        return newest[-1].parent
    return Path(on_path).resolve().parent if on_path else None


def server_account() -> pwd.struct_passwd:
    """Tell who runs the server: it refuses root."""
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid())
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return pwd.getpwnam("nobody")


def free_port() -> int:
    """Tell a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """Start a server for the whole run and throw it away afterwards."""
    programs = find_programs()
    if programs is None:
        pytest.skip(MISSING)
    account, port, root = server_account(), free_port(), os.geteuid() == 0

    with tempfile.TemporaryDirectory(prefix="studybot-postgres-") as folder:
        data, log = Path(folder, "data"), Path(folder, "log")

        def call(program: str, *arguments: str | Path) -> None:
            command = [programs / program, "-D", data, *arguments]
            done = subprocess.run(
                command,
                cwd=folder,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                check=False,
                user=account.pw_uid if root else None,
                group=account.pw_gid if root else None,
                extra_groups=[] if root else None,
            )
            if done.returncode != 0:
                told = log.read_text() if log.exists() else ""
                pytest.fail(f"{program} failed:\n{done.stdout.decode()}{told}")

        if root:
            os.chown(folder, account.pw_uid, account.pw_gid)
        call("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        with Path(data, "postgresql.conf").open("a") as settings:
            settings.write(SETTINGS.format(port=port))
        call("pg_ctl", "start", "--wait", "--log", log)
        try:
            yield PostgresServer(programs, port)
        finally:
            call("pg_ctl", "stop", "--mode=immediate")


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """Give a fresh empty database, dropped after the test."""
    url = postgres_server.create()
    yield url
    postgres_server.drop(url)
