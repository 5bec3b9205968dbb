"""What an edition costs after many years: `make bench-digest`.

It makes the same edition in two databases: one with 100,000 waves, 20,000 rounds, 50,000 open ratings and
200,000 comments in it, 400 rounds of each side in the channel of the digest, and one that has nothing but the
last half year of that channel. It prints what it takes to make and to show the edition, and the time of the
processor for both, which depends less on what else the machine does. It fails where that is over twice.
"""

import asyncio
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import create_engine, select

from bot.sandbox import FakeSlack
from jobs.delivery.render import render
from jobs.digests.publish import publish_due
from jobs.privacy.look import CountSettings
from jobs.slack.directory import Directory
from jobs.slack.pacing import Pacing
from jobs.steps import StepRunner
from storage.records import Digest
from storage.schema.delivery_tables import DIGEST, EDITION, OCCASION, POST, QUOTE
from storage.schema.migrate import prepare
from storage.store import Store
from tests.bench.long_history import HALF_YEAR, LONG, NOW, OWN, Size, write_history
from tests.standing import a_digest

TIMES = 15  # editions that are made in each database, by turns
MOST = 2.0  # times what it costs in the small one
WEEK = timedelta(weeks=1)
COUNTING = CountSettings(5, 4)


@dataclass(kw_only=True)
class Scene:
    """One database, its digest, and how long its editions took to make and to show."""

    name: str
    url: str
    slack: FakeSlack
    store: Store
    digest: Digest
    rows: Mapping[str, int]
    made: list[float] = field(default_factory=list)
    shown: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def times(self, what: str) -> list[float]:
        """How long each edition took: to be made, to be shown, both by the wall, or by the processor."""
        wall = [sum(both) for both in zip(self.made, self.shown, strict=True)]
        return {"made": self.made, "shown": self.shown, "wall": wall, "cpu": self.cpu}[what]

    async def edition(self) -> None:
        """Make this Monday's edition, and every message of it as it goes to Slack; then undo it."""
        began, cpu = perf_counter(), process_time()
        await _publish(self.slack, self.store, at=NOW)
        made, spent = perf_counter(), process_time()
        last = await self.store.editions.last(self.digest.team_id, self.digest.id)
        assert last is not None
        assert last.full, "nothing was new to it"
        assert last.made_at == NOW, "it was not made"
        begins, again = perf_counter(), process_time()
        await self._render(last.id)
        self.made.append(made - began)
        self.shown.append(perf_counter() - begins)
        self.cpu.append(spent - cpu + process_time() - again)
        self._undo(last.id)

    async def _render(self, edition_id: str) -> None:
        post, part = await self.store.outbox.get(self.digest.team_id, f"edition/{edition_id}"), 0
        assert post is not None
        while post is not None:
            assert await render(self.store, post, COUNTING, now=NOW) is not None
            part += 1
            post = await self.store.outbox.get(self.digest.team_id, f"edition/{edition_id}/{part}")

    def _undo(self, edition_id: str) -> None:
        engine = create_engine(self.url)
        with engine.begin() as connection:
            for rows, column in ((QUOTE, "edition_id"), (EDITION, "id"), (POST, "ref")):
                connection.execute(rows.delete().where(rows.c[column] == edition_id))
            connection.execute(OCCASION.delete().where(OCCASION.c.due_at == NOW))
            connection.execute(DIGEST.update().values(next_at=NOW))
        engine.dispose()


async def _publish(slack: FakeSlack, store: Store, *, at: datetime) -> None:
    client = AsyncWebClient(token=slack.app.token, base_url=slack.api_url)
    directory = Directory(client, lambda: at, Pacing(lambda: at))
    await publish_due(store, client, directory, StepRunner(), COUNTING, now=at)


async def set_up(slack: FakeSlack, folder: Path, name: str, size: Size) -> Scene:
    """A database of that size with a digest, and the edition of the Monday before."""
    url = f"sqlite:///{folder / name}.db"
    await prepare(url)
    rows = write_history(url, size)
    store = await Store.open(url)
    await a_digest(
        store, rule="weekly mon 09:00", zone="Europe/Berlin", channel_id=OWN, lead_id="U0LEAD", now=NOW - WEEK
    )
    await _publish(slack, store, at=NOW - WEEK)
    _forget_newest(url)
    [standing] = await store.digests.due(NOW)
    return Scene(name=name, url=url, slack=slack, store=store, digest=standing, rows=rows)


def _forget_newest(url: str) -> None:
    """Has the edition of the Monday before not know the round of last Friday."""
    engine = create_engine(url)
    with engine.begin() as connection:
        figures = dict(connection.execute(select(EDITION.c.figures)).scalar_one())
        figures["rounds"] = [one for one in figures["rounds"] if not one.endswith("-000")]
        connection.execute(EDITION.update().values(figures=figures))
    engine.dispose()


async def measure(folder: Path) -> tuple[Scene, Scene]:
    """Both databases, and their editions by turns, so that what else the machine does meets them alike."""
    async with FakeSlack(clock=lambda: NOW) as slack:
        slack.add_channel("atlas", slack.workspace.add_user("Priya Nair", id="U0LEAD"), id=OWN)
        small = await set_up(slack, folder, "half-year", HALF_YEAR)
        long = await set_up(slack, folder, "long", LONG)
        for _ in range(TIMES):
            await small.edition()
            await long.edition()
    await small.store.close()
    await long.store.close()
    return small, long


def main() -> None:
    """Print what both cost; fails where the long one costs over twice as much."""
    with TemporaryDirectory(prefix="bifocal-bench-") as folder:
        small, long = asyncio.run(measure(Path(folder)))
    for scene in (small, long):
        sys.stdout.write(
            f"{scene.name}: " + ", ".join(f"{n:,} {of}" for of, n in scene.rows.items() if n) + "\n"
        )
    ratio = 0.0
    for what in ("made", "shown", "wall", "cpu"):
        few, many = (1000 * median(scene.times(what)) for scene in (small, long))
        ratio = many / few
        told = f"{few:7.1f} ms with half a year, {many:7.1f} ms after many, ratio {ratio:.2f}"
        sys.stdout.write(f"{what:<6}{told}\n")
    if ratio > MOST:
        sys.exit("An edition takes too much of the processor after many years.")


if __name__ == "__main__":
    main()
