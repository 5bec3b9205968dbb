"""Minutes of steady clicks with everything going wrong at random: `make soak`.

The bot runs as a process on a SQLite file. Of Slack's answers some are 429, some are lost, some are errors,
and some receipts get none; now and then somebody else holds the database's lock; callers hang up; a question
falls due every few seconds. Each half minute it prints memory, open files, tasks under way and messages that
wait. It fails where one of them grows, or does not come to rest after the load.
"""

import argparse
import asyncio
import random
import sqlite3
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import AsyncExitStack, closing, suppress
from dataclasses import astuple, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from bot.cli.run import run_bot
from bot.config.log_format import set_up_logging
from bot.config.settings import Settings
from storage.store import Store
from tests.bench.clicks import a_wave
from tests.bench.load import Clicks
from tests.bench.quiet_slack import YES, QuietSlack, read_message
from tests.processes import BotProcess, database
from tests.standing import a_pulse, this_minute

PEOPLE = 20_000
CONNECTIONS = 64
BETWEEN_ROWS = 30.0  # seconds
TASKS_SAID = 5.0  # seconds
SILENT, LIMITED, LOST, BROKEN, HUNG_UP = 0.10, 0.05, 0.05, 0.02, 0.01  # of all calls, or clicks
MOST_GROWN = {"memory": 20.0, "files": 64, "tasks": 128, "waiting": 32}  # MB; a connection has some tasks
LIMIT = b"HTTP/1.1 429 Too Many Requests\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n"
ERROR = b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n"
CHANCE = random.Random(14)  # noqa: S311 - no secret


class WatchedBot(BotProcess):
    """The bot, which also says how many tasks it has under way."""

    module = ("tests.bench.soak", "--bot")

    @property
    def tasks(self) -> int:
        """The tasks under way, as it last said."""
        said = [line.split()[1] for line in self.log if line.startswith("tasks ")]
        return int(said[-1]) if said else 0


class FaultySlack(QuietSlack):
    """Says yes to most calls."""

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one connection, until it meets a fault that ends it."""
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                head, chance = await read_message(reader), CHANCE.random()
                if head.startswith(b"POST /api/auth.test"):  # else it would not start
                    chance = 1.0
                if head.startswith(b"POST /actions/"):
                    if chance < SILENT:
                        await reader.read()  # until the bot gives up
                        break
                elif chance < LIMITED:
                    writer.write(LIMIT)
                    continue
                elif chance < LIMITED + LOST:
                    break
                elif chance < LIMITED + LOST + BROKEN:
                    writer.write(ERROR)
                    continue
                writer.write(YES)
        writer.close()


@dataclass(frozen=True, slots=True)
class Row:
    """What the process holds at one moment."""

    memory: float  # MB
    files: int
    tasks: int
    waiting: int

    def __str__(self) -> str:
        return (
            f"memory {self.memory:6.1f} MB   open files {self.files:4}   tasks {self.tasks:4}   "
            f"messages waiting {self.waiting:4}"
        )


def look(bot: WatchedBot, folder: Path) -> Row:
    """What it holds now."""
    status = Path(f"/proc/{bot.pid}/status").read_text()
    with closing(sqlite3.connect(folder / "bifocal.db")) as rows:
        query = "SELECT count(*) FROM post WHERE state IN ('pending', 'sending')"
        (waiting,) = rows.execute(query).fetchone()
    return Row(
        memory=int(status.partition("VmRSS:")[2].split()[0]) / 1024,
        files=len(list(Path(f"/proc/{bot.pid}/fd").iterdir())),
        tasks=bot.tasks,
        waiting=waiting,
    )


async def click(url: str, clicks: Clicks, rate: float, until: float, seen: Counter[str]) -> None:
    """Click at a rate over one connection, and open another where it was lost."""
    loop, where = asyncio.get_running_loop(), urlsplit(url)
    due = loop.time() + CHANCE.random() / rate
    while loop.time() < until:
        reader, writer = await asyncio.open_connection(where.hostname, where.port)
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            while loop.time() < until:
                await asyncio.sleep(max(0.0, due - loop.time()))
                due += 1 / rate
                writer.write(next(clicks.take(1)))
                if CHANCE.random() < HUNG_UP:
                    seen["hung up"] += 1
                    break
                began = loop.time()
                seen[(await read_message(reader)).split()[1].decode()] += 1
                seen["late"] += loop.time() - began > 3
        writer.close()


async def hold_lock(folder: Path, until: float) -> None:
    """Be somebody else who writes for long, now and then."""
    loop = asyncio.get_running_loop()
    while loop.time() < until:
        await asyncio.sleep(CHANCE.uniform(2, 6))
        other = sqlite3.connect(folder / "bifocal.db", isolation_level=None)
        with closing(other), suppress(sqlite3.OperationalError):
            other.execute("BEGIN IMMEDIATE")
            await asyncio.sleep(CHANCE.uniform(0.1, 1.0))


async def let_fall_due(folder: Path, until: float) -> None:
    """A question every few seconds, each in a channel of its own."""
    loop, number = asyncio.get_running_loop(), 0
    store = await Store.open(database(folder))
    while loop.time() < until:
        await asyncio.sleep(3)
        now, number = datetime.now(UTC).replace(second=0, microsecond=0), number + 1
        await a_pulse(
            store,
            rule=this_minute(now),
            zone="UTC",
            channel_id=f"C{number:05d}",
            lead_id="U0LEAD",
            now=now,
            product=f"Product {number}",
        )
    await store.close()


def growths(rows: list[Row]) -> Iterator[str]:
    """What grew, from the first third of the rows to the last."""
    third = max(1, len(rows) // 3)
    for field, first, last in zip(fields(Row), _means(rows[:third]), _means(rows[-third:]), strict=True):
        if last - first > MOST_GROWN[field.name]:
            yield f"{field.name} grew from {first:.0f} to {last:.0f}"


def _means(rows: list[Row]) -> list[float]:
    return [mean(column) for column in zip(*map(astuple, rows), strict=True)]


async def soak(minutes: float, rate: float) -> int:
    """Print a row each half minute; 1 when something grew."""
    async with AsyncExitStack() as opened:
        folder = Path(opened.enter_context(TemporaryDirectory(prefix="bifocal-bench-")))
        slack = await opened.enter_async_context(FaultySlack())
        clicks = Clicks(slack, await a_wave(folder), people=PEOPLE)
        bot = await opened.enter_async_context(WatchedBot(slack, folder))
        url, loop, seen = await bot.start(), asyncio.get_running_loop(), Counter[str]()
        at_rest, began = look(bot, folder), loop.time()
        until = began + 60 * minutes
        sys.stdout.write(f"{'before':>8}  {at_rest}\n")
        async with asyncio.TaskGroup() as load:
            for _ in range(CONNECTIONS):
                load.create_task(click(url, clicks, rate / CONNECTIONS, until, seen))
            load.create_task(hold_lock(folder, until))
            load.create_task(let_fall_due(folder, until))
            rows = []
            while loop.time() + BETWEEN_ROWS <= until + 1:
                await asyncio.sleep(BETWEEN_ROWS)
                rows.append(look(bot, folder))
                sys.stdout.write(f"{loop.time() - began:6.0f} s  {rows[-1]}\n")
                sys.stdout.flush()
        await asyncio.sleep(BETWEEN_ROWS)
        after = look(bot, folder)
        sys.stdout.write(f"{'after':>8}  {after}\n")
        answered = sum(count for status, count in seen.items() if status.isdecimal())
        sys.stdout.write(
            f"{answered} clicks answered ({answered / 60 / minutes:.0f}/s), {seen['200']} of them 200, "
            f"{seen['late']} after more than 3 s; {seen['hung up']} callers hung up\n"
            f"{sum('ERROR' in line for line in bot.log)} errors and {len(bot.log)} lines in the log\n"
        )
        failed = list(growths(rows[1:] or rows))
        if after.tasks > at_rest.tasks + MOST_GROWN["tasks"] or after.waiting > MOST_GROWN["waiting"]:
            failed.append("what was under way did not come to its end")
    for failure in failed:
        sys.stdout.write(f"FAILED: {failure}\n")
    return int(bool(failed))


async def run_watched() -> None:
    """Run the bot, and say on standard error how many tasks it has."""

    async def say() -> None:
        while True:
            sys.stderr.write(f"tasks {len(asyncio.all_tasks())}\n")
            sys.stderr.flush()
            await asyncio.sleep(TASKS_SAID)

    saying = asyncio.create_task(say())
    await run_bot(Settings.load())
    saying.cancel()


def main() -> int:
    """Read the command line and soak; with `--bot` be the bot."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--rate", type=float, default=200, help="clicks a second")
    parser.add_argument("--bot", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.bot:
        set_up_logging()
        asyncio.run(run_watched())
        return 0
    return asyncio.run(soak(given.minutes, given.rate))


if __name__ == "__main__":
    sys.exit(main())
