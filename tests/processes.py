"""The bot as an operator runs it: a process of its own, `python -m bot run`, ended as one likes."""

import asyncio
import os
import re
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from bot.sandbox.model.app import App

ROOT = Path(__file__).parent.parent
PATIENCE = 60.0  # seconds of a busy machine for a start or a stop
LISTENS = r"Bifocal runs: (http://\S+)"


class Slack(Protocol):
    """What a bot has to know of a Slack: its own app there, and the address of the Web API."""

    app: App

    @property
    def api_url(self) -> str:
        """The base URL of the Web API."""


class BotProcess:
    """One process on the database `folder/bifocal.db`; `log` is what it wrote to standard error.

    Without BIFOCAL_SECRET in `more` it makes its own beside the database, as for an operator who gives none.
    `module` is what Python runs: the bot, or something else that says where it listens as the bot does.
    """

    module: tuple[str, ...] = ("bot", "run")

    def __init__(self, slack: Slack, folder: Path, **more: str) -> None:
        self._folder = folder
        self._environ = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "SLACK_BOT_TOKEN": slack.app.token,
            "SLACK_SIGNING_SECRET": slack.app.signing_secret,
            "SLACK_API_URL": slack.api_url,
            "DATABASE_URL": database(folder),
            "PORT": "0",
        } | more
        self.log: list[str] = []
        self._process: Process | None = None
        self._reading: asyncio.Task[None] | None = None
        self._read_all = False
        self._said = asyncio.Condition()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process is not None:
            await self.kill()

    def command(self) -> list[str]:
        """What is started."""
        return [sys.executable, "-m", *self.module]

    async def start(self) -> str:
        """Start it and wait until it listens; its address. Fails with its log when it ends instead."""
        begin, self._read_all = len(self.log), False
        self._process = await asyncio.create_subprocess_exec(
            *self.command(),
            cwd=self._folder,
            env=self._environ,
            stdout=DEVNULL,
            stderr=PIPE,
        )
        self._reading = asyncio.create_task(self._read(self._process))
        return (await self.says(LISTENS, since=begin))[1]

    @property
    def pid(self) -> int:
        """The number of the running process."""
        assert self._process is not None
        return self._process.pid

    async def says(self, pattern: str, *, since: int = 0) -> re.Match[str]:
        """Wait until a line of its log from number `since` on has the pattern; fails when it ends before."""

        def found() -> re.Match[str] | None:
            return next(filter(None, (re.search(pattern, line) for line in self.log[since:])), None)

        async with asyncio.timeout(PATIENCE), self._said:
            await self._said.wait_for(lambda: found() or self._read_all)
        match = found()
        assert match, "".join(self.log)
        return match

    async def kill(self) -> None:
        """`kill -9`: it gets no chance to end anything."""
        assert self._process is not None
        if self._process.returncode is None:
            self._process.kill()
        await self._ended()

    async def stop(self) -> int:
        """Ask it to end, as an operator does, and give its exit status."""
        self.ask_to_stop()
        return await self._ended()

    def ask_to_stop(self, number: signal.Signals = signal.SIGTERM) -> None:
        """Send a signal and do not wait."""
        assert self._process is not None
        self._process.send_signal(number)

    async def ended(self) -> int:
        """Its exit status, once it has ended by itself."""
        return await self._ended()

    async def _ended(self) -> int:
        assert self._process is not None
        assert self._reading is not None
        async with asyncio.timeout(PATIENCE):
            await self._reading
            return await self._process.wait()

    async def _read(self, process: Process) -> None:
        assert process.stderr is not None
        async for line in process.stderr:
            self.log.append(line.decode())
            async with self._said:
                self._said.notify_all()
        self._read_all = True
        async with self._said:
            self._said.notify_all()


def database(folder: Path) -> str:
    """The address of the database that the processes share."""
    return f"sqlite:///{folder / 'bifocal.db'}"
