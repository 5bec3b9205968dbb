"""How fast a click is answered: Bolt alone, a usual Bolt app, and Bifocal with a commit before each ack.

`make bench` prints a table for each of two loads. All run side by side as processes and take turns, so that
what else the machine does meets them alike; the load comes from this process. The CPU of a click is that of
all threads of the server at 32 connections, as Linux counts it, receipts and forms included.
"""

import asyncio
import json
import os
import sys
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from jobs.instruments import INSTRUMENTS
from jobs.messages.respondent import receipts
from jobs.messages.respondent.answer_views import comment_form
from jobs.messages.respondent.question import UI_VERSION
from storage.records import Wave
from storage.schema.migrate import upgrade
from storage.store import Store
from tests.bench.load import PEOPLE, Clicks, send
from tests.bench.quiet_slack import QuietSlack
from tests.bench.usual import BLOCKS
from tests.processes import BotProcess, database
from tests.standing import a_pulse

ROUNDS = 3
LONE = 100  # clicks of one round, one after the other
CONNECTIONS = 32
SECONDS = 1.5  # of one round at 32 connections, or as long as the clicks made for it last
READY = 6000  # clicks made for one round
COMPARED = ("before", "usual")
SETTLING = 1.0  # seconds for the receipts that follow the last clicks


class BareDefault(BotProcess):
    """Bolt as it is without settings."""

    module = ("tests.bench.bare",)


class BareBefore(BotProcess):
    """Bolt that answers when its listener has ended, as the bot needs it."""

    module = ("tests.bench.bare", "before")


class Usual(BotProcess):
    """A usual app on Bolt's default."""

    module = ("tests.bench.usual",)


class UsualBefore(BotProcess):
    """The same app, answering when its listener has ended."""

    module = ("tests.bench.usual", "before")


@dataclass
class Measured:
    """One server and what its rounds gave: seconds of a lone click, clicks a second, CPU seconds a click."""

    name: str
    url: str
    pid: int
    lone: list[float] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    async def round(self, clicks: Clicks) -> None:
        """Measure once more."""
        self.lone += await send(self.url, clicks.take(LONE))
        ready, loop = clicks.take(READY), asyncio.get_running_loop()
        began, worked = loop.time(), cpu_seconds(self.pid)
        sent = await asyncio.gather(
            *(send(self.url, ready, until=began + SECONDS) for _ in range(CONNECTIONS))
        )
        count = sum(map(len, sent))
        self.rates.append(count / (loop.time() - began))
        await asyncio.sleep(SETTLING)
        self.cpu.append((cpu_seconds(self.pid) - worked) / count)


def cpu_seconds(pid: int) -> float:
    """What a process has used so far in all its threads; 0 where there is no /proc."""
    stat = Path(f"/proc/{pid}/stat")
    if not stat.exists():
        return 0.0
    user, system = stat.read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


LOADS: dict[str, int | None] = {
    "Changing minds: 500 people click again and again": PEOPLE,
    "A crowd: every click is somebody's first": None,
}
KINDS: dict[str, type[BotProcess]] = {
    "bare": BareDefault,
    "before": BareBefore,
    "usual": Usual,
    "usual before": UsualBefore,
    "Bifocal": BotProcess,
}
"""Bolt alone, Bolt that answers when its listener has ended, a usual app on both, and the bot."""


async def measure(people: int | None) -> list[Measured]:
    """All in one run; each app has a database of its own."""
    async with AsyncExitStack() as opened:
        folder = Path(opened.enter_context(TemporaryDirectory(prefix="bifocal-bench-")))
        slack = await opened.enter_async_context(QuietSlack())
        wave = await a_wave(folder)
        clicks = Clicks(slack, wave, people)
        (folder / BLOCKS).write_text(json.dumps(blocks_of(wave)))
        servers = []
        for name, kind in KINDS.items():
            own = {} if kind is BotProcess else {"DATABASE_URL": f"sqlite:///{folder / kind.__name__}.db"}
            process = await opened.enter_async_context(kind(slack, folder, **own))
            url = await process.start()
            servers.append(Measured(name, url, process.pid))
        for server in servers:
            await send(server.url, clicks.take(LONE))  # warm
        for _ in range(ROUNDS):
            for server in servers:
                await server.round(clicks)
    return servers


def blocks_of(wave: Wave) -> dict[str, object]:
    """Receipt and form as Bifocal sends them, for an app that has them in a file."""
    receipt = receipts.saved(wave)
    return {"receipt": receipt, "form": comment_form(wave, 9, comment=None)}


async def a_wave(folder: Path) -> Wave:
    """An open question in a fresh database."""
    now = datetime.now(UTC)
    await upgrade(database(folder))
    store = await Store.open(database(folder))
    pulse = await a_pulse(
        store,
        rule="weekly mon 09:00",
        zone="UTC",
        channel_id="C0ATLAS",
        lead_id="U0LEAD",
        now=now + timedelta(days=1),
    )
    wave = await store.waves.open(
        pulse=pulse,
        question=INSTRUMENTS["nps"].question_about("Atlas"),
        ui_version=UI_VERSION,
        opened_at=now,
        closes_at=now + timedelta(days=1),
        invited=None,
    )
    await store.close()
    assert wave is not None
    return wave


def table(servers: list[Measured]) -> str:
    """The figures, and each as a multiple of Bolt's own and of the usual app's."""
    compared = [server for server in servers if server.name in COMPARED]
    head = ["", "lone click p50", "clicks/s at 32", *(f"of {one.name}" for one in compared)]
    rows = [[*head, "CPU a click", *(f"of {one.name}" for one in compared)]]
    for server in servers:
        rate, cpu = median(server.rates), median(server.cpu)
        rows.append(
            [
                server.name,
                f"{1000 * median(server.lone):.2f} ms",
                f"{rate:.0f}",
                *(f"{rate / median(one.rates):.2f}" for one in compared),
                f"{1_000_000 * cpu:.0f} us",
                *(f"{cpu / median(one.cpu):.2f}" if cpu else "-" for one in compared),
            ]
        )
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        f"{row[0]:<{widths[0]}}"
        + "".join(f"  {cell:>{width}}" for cell, width in zip(row[1:], widths[1:], strict=True))
        for row in rows
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    for load, how_many in LOADS.items():
        sys.stdout.write(f"{load}\n{table(asyncio.run(measure(how_many)))}\n")
        sys.stdout.flush()
