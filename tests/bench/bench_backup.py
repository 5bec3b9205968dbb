"""`bifocal backup` while hundreds click a second, on each database: `make bench-backup`.

Prints how fast people were answered before and meanwhile, how long the backup took, and how many of those
who were told before it began that their answer is kept are not in it. Then it is put back elsewhere. It
fails where an answer is missing, or where somebody comes back who was forgotten after the backup.
"""

import asyncio
import os
import sqlite3
import sys
import tempfile
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from bot.app import build
from bot.cli.run import utc_now
from bot.config.settings import Settings
from jobs.answers.respondent_key import Respondents
from jobs.messages.respondent.question import UI_VERSION
from jobs.pulses.close_waves import close_due
from jobs.pulses.count_rounds import count_due
from jobs.steps import StepRunner
from storage.records import Wave
from storage.schema.migrate import upgrade
from storage.store import Store
from tests.bench.load import Clicks
from tests.bench.quiet_slack import QuietSlack, read_message
from tests.databases import databases, own_server
from tests.processes import ROOT, BotProcess, database
from tests.storage.scene import a_comment, a_pulse, a_wave, answer, answer_key

CONNECTIONS = 16
SECONDS = 4.0  # of clicks before the backup begins, and after it has ended
SECRET = "0123456789abcdef-test"
WRITERS = [f"U9{number:07d}" for number in range(6)]
DAY = timedelta(days=1)


@dataclass(kw_only=True)
class Load:
    """People who click without end, each a new one; `acked` are the numbers of those answered 200."""

    clicks: Clicks
    url: str
    acked: list[int] = field(default_factory=list)
    over: bool = False

    async def go_on(self) -> None:
        """One connection."""
        where = urlsplit(self.url)
        reader, writer = await asyncio.open_connection(where.hostname, where.port)
        while not self.over:
            click, number = next(self.clicks.take(1)), self.clicks.last
            writer.write(click)
            if b" 200 " in (await read_message(reader))[:16]:
                self.acked.append(number)
        writer.close()
        await writer.wait_closed()


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What came of it: rates in clicks a second, times in seconds."""

    before: int
    missing: int
    in_backup: int
    rate_before: float
    rate_meanwhile: float
    took: float
    size: int
    came_back: int
    comments: int


async def measure(folder: Path, url: str, elsewhere_url: str) -> Found:
    """One bot on one database: load, backup, a forget, and the restore in another folder."""
    elsewhere = folder / "elsewhere"
    elsewhere.mkdir()
    environ = {"BIFOCAL_SECRET": SECRET, "DATABASE_URL": url, "BIFOCAL_FOLDER": str(folder)}
    keys = Respondents(SECRET)
    await upgrade(url)
    async with QuietSlack() as slack, BotProcess(slack, folder, **environ) as bot:
        wave = await fill(url, "T0SANDBOX", keys)
        load = Load(clicks=Clicks(slack, wave, None), url=await bot.start())
        connections = [asyncio.create_task(load.go_on()) for _ in range(CONNECTIONS)]
        await asyncio.sleep(SECONDS)
        before, loop = list(load.acked), asyncio.get_running_loop()
        began = loop.time()
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "bot", "backup", str(folder / "backup.db")),
            cwd=folder,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **environ, **tokens(slack)},
            stdout=asyncio.subprocess.DEVNULL,
        )
        assert await process.wait() == 0
        took, meanwhile = loop.time() - began, len(load.acked) - len(before)
        await asyncio.sleep(SECONDS)
        load.over = True
        await asyncio.gather(*connections)
        await bot.stop()
        given = Settings.load({**environ, **tokens(slack)})
        there = {"DATABASE_URL": elsewhere_url, "BIFOCAL_FOLDER": str(elsewhere)}
        put_back = Settings.load({**environ, **tokens(slack), **there})
    team = wave.team_id
    kept = in_backup(folder / "backup.db", wave)
    missing = [n for n in before if keys.confidential(team, f"U{n:08d}") not in kept]
    await forget(given, team, keys.both(team, WRITERS[0]))
    comments, came_back = await restored(folder, put_back, keys.confidential(team, WRITERS[0]))
    return Found(
        before=len(before),
        missing=len(missing),
        in_backup=len(kept),
        rate_before=len(before) / SECONDS,
        rate_meanwhile=meanwhile / took,
        took=took,
        size=(folder / "backup.db").stat().st_size,
        came_back=came_back,
        comments=comments,
    )


def tokens(slack: QuietSlack) -> dict[str, str]:
    """What a process needs to be let into that Slack."""
    return {
        "SLACK_BOT_TOKEN": slack.app.token,
        "SLACK_SIGNING_SECRET": slack.app.signing_secret,
        "SLACK_API_URL": slack.api_url,
    }


async def fill(url: str, team: str, keys: Respondents) -> Wave:
    """A counted question with listed comments, and an open one on which people click."""
    now = datetime.now(UTC)
    store = await Store.open(url)
    pulse = await a_pulse(store, team_id=team, channel_id="C0ATLAS", created_at=now)
    times = {"opened_at": now - 10 * DAY, "closes_at": now - 5 * DAY}
    counted = await a_wave(store, pulse, **times)
    people = [keys.confidential(team, each) for each in WRITERS]
    await answer(store, counted, people)
    for person in people:
        await store.answers.comment(answer_key(counted, person), a_comment())
    await close_due(store, StepRunner(), now=now - 2 * DAY)
    await count_due(store, StepRunner(), now=now - DAY, k=5, weeks=4)
    opened = {"opened_at": now - timedelta(hours=1), "closes_at": now + DAY, "ui_version": UI_VERSION}
    wave = await a_wave(store, pulse, **opened)
    await store.close()
    return wave


def in_backup(backup: Path, wave: Wave) -> set[str]:
    """Whose answers are in it."""
    with closing(sqlite3.connect(backup)) as connection:
        found = connection.execute("SELECT respondent FROM rating WHERE wave_id = ?", (wave.id,)).fetchall()
    return {respondent for (respondent,) in found}


async def forget(settings: Settings, team: str, keys: tuple[str, str]) -> None:
    """Somebody has themselves forgotten after the backup."""
    bot = await build(settings, clock=utc_now)
    await bot.store.erasure.forget(team, keys)
    await bot.close()


async def restored(folder: Path, settings: Settings, key: str) -> tuple[int, int]:
    """Put the backup back elsewhere: how many comments are there, and how many of whom was forgotten."""
    listed = (folder / "bifocal.erased").read_text()
    (folder / "elsewhere" / "bifocal.erased").write_text(listed)
    command = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", "restore", str(folder / "backup.db")),
        cwd=folder / "elsewhere",
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "SLACK_BOT_TOKEN": settings.slack_bot_token.get_secret_value(),
            "SLACK_APP_TOKEN": "xapp-1",
            "DATABASE_URL": settings.database_url,
            "BIFOCAL_SECRET": SECRET,
            "BIFOCAL_FOLDER": str(settings.bifocal_folder),
        },
        stdout=asyncio.subprocess.DEVNULL,
    )
    assert await command.wait() == 0
    bot = await build(settings, clock=utc_now)
    kept = await bot.store.database.read(
        lambda connection: connection.exec_driver_sql("SELECT respondent FROM comment").scalars().all()
    )
    assert bot.store.restores.restored_on == utc_now().date()
    await bot.close()
    return len(kept), sum(respondent == key for respondent in kept)


def verdict(where: str, found: Found) -> int:
    """Print it; 1 when something is missing or came back."""
    sys.stdout.write(
        f"{where}: {found.rate_before:,.0f} clicks a second before, {found.rate_meanwhile:,.0f} during the "
        f"backup of {found.took:.1f} s ({found.size / 1e6:.1f} MB); {found.before:,} people acked before it "
        f"began, {found.in_backup:,} in it, acked before and missing: {found.missing}; put back elsewhere: "
        f"{found.comments} of {len(WRITERS)} comments, of the forgotten {found.came_back}\n"
    )
    sys.stdout.flush()
    return int(bool(found.missing or found.came_back or found.comments != len(WRITERS) - 1))


def main() -> int:
    """Both databases; 1 when something was lost."""
    with tempfile.TemporaryDirectory(prefix="bifocal-bench-") as name:
        folder = Path(name)
        elsewhere = f"sqlite:///{folder / 'elsewhere' / 'bifocal.db'}"
        failed = verdict("SQLite", asyncio.run(measure(folder, database(folder), elsewhere)))
    with ExitStack() as opened:
        folder, home = (
            Path(opened.enter_context(tempfile.TemporaryDirectory(prefix=f"bifocal-{name}-")))
            for name in ("bench", "server")
        )
        server = own_server(home, durable=True)
        opened.callback(server.stop)
        elsewhere = databases().empty()
        return failed | verdict("PostgreSQL", asyncio.run(measure(folder, server.url(), elsewhere)))


if __name__ == "__main__":
    sys.exit(main())
