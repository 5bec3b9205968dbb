"""One, two and three processes that keep answers in one PostgreSQL database: `make bench-replicas`.

Each is a process of its own with the real store, and 32 people who click one after the other, over 20 open
questions. The server is durable: a commit waits for the disk. Two loads: each process has people of its own,
and all have the same 2,000. Printed are rows a second, how long the slowest of a hundred waits, and errors,
of which there may be none.
"""

import asyncio
import json
import shutil
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from time import monotonic
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from storage.records import Rating
from storage.schema.migrate import prepare
from storage.store import Store
from tests.databases import own_server
from tests.postgres_server import PostgresServer
from tests.standing import TEAM, a_pulse

REPLICAS = (1, 2, 3)
WRITERS = 32
WAVES = 20
PEOPLE = 2000
SECONDS = 4.0
OPENED = datetime(2026, 11, 2, 9, tzinfo=UTC)
ROOT = Path(__file__).parents[2]


class Clicks(NamedTuple):
    """What one process has done."""

    waits: list[float]
    errors: int


async def work(url: str, wave_ids: Sequence[str], *, people: str) -> Clicks:
    """Click for some seconds, as 32 people at once; `people` tells those of one process from others."""
    store = await Store.open(url)
    done, until = Clicks([], 0), monotonic() + SECONDS
    errors = 0

    async def clicker(seed: int) -> None:
        nonlocal errors
        random = Random(f"{people}{seed}")  # noqa: S311 - a load
        while (begun := monotonic()) < until:
            person = f"{people}{random.randrange(PEOPLE):05}"
            rating = Rating(
                team_id=TEAM,
                wave_id=random.choice(wave_ids),
                respondent=person,
                item=1,
                point=random.randrange(11),
                clicked_at=OPENED + timedelta(seconds=begun % 86_400),
            )
            try:
                await store.answers.record([rating])
            except Exception as error:  # noqa: BLE001 - counted, and said
                errors += 1
                sys.stderr.write(f"{type(error).__name__}: {error}"[:300] + "\n")
            else:
                done.waits.append(monotonic() - begun)

    await asyncio.gather(*map(clicker, range(WRITERS)))
    await store.close()
    return Clicks(done.waits, errors)


async def measured(url: str, wave_ids: Sequence[str], *, replicas: int, same: bool) -> Clicks:
    """What so many processes do at once."""
    processes = [
        await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.bench.bench_replicas",
            url,
            "all" if same else f"r{number}of{replicas}",
            *wave_ids,
            cwd=ROOT,
            stdout=asyncio.subprocess.PIPE,
        )
        for number in range(replicas)
    ]
    told = [json.loads((await process.communicate())[0]) for process in processes]
    return Clicks([wait for waits, _ in told for wait in waits], sum(errors for _, errors in told))


async def open_waves(url: str) -> list[str]:
    """The ids of open questions in a new database."""
    await prepare(url)
    store = await Store.open(url)
    ids = []
    for number in range(WAVES):
        pulse = await a_pulse(
            store, rule=None, zone="UTC", channel_id=f"C{number}", lead_id="U0LEAD", now=OPENED
        )
        wave = await store.waves.open(
            pulse=pulse,
            question="How likely are you to recommend Atlas?",
            ui_version=1,
            opened_at=OPENED,
            closes_at=OPENED + timedelta(days=365),
            invited=None,
        )
        assert wave
        ids.append(wave.id)
    await store.close()
    return ids


def row(replicas: int, *, same: bool, done: Clicks) -> list[str]:
    """One line of what is printed."""
    slowest = sorted(done.waits)[len(done.waits) * 99 // 100] if done.waits else 0.0
    who = "the same" if same else "their own"
    rate = f"{len(done.waits) / SECONDS:,.0f}"
    return [str(replicas), who, rate, f"{slowest * 1000:.0f} ms", str(done.errors)]


async def main(server: PostgresServer) -> int:
    """Print one table; gives how many errors there were."""
    table = Table("processes", "people", "rows a second", "99 of 100 within", "errors")
    url = server.url()
    wave_ids, errors = await open_waves(url), 0
    for same in (False, True):
        for replicas in REPLICAS:
            done = await measured(url, wave_ids, replicas=replicas, same=same)
            table.add_row(*row(replicas, same=same, done=done))
            errors += done.errors
    Console().print(table)
    return errors


if __name__ == "__main__":
    if len(sys.argv) > 1:
        address, whose, *waves = sys.argv[1:]
        json.dump(asyncio.run(work(address, waves, people=whose)), sys.stdout)
    else:
        folder = Path(tempfile.mkdtemp(prefix="postgres-"))
        running = own_server(folder, durable=True)
        try:
            sys.exit(1 if asyncio.run(main(running)) else 0)
        finally:
            running.stop()
            shutil.rmtree(folder, ignore_errors=True)
