"""`/readyz` is true: each fault is one line that says what to do, and is gone once it is mended."""

import asyncio
import os
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from bot.app import build
from bot.health.due_words import late_words
from bot.health.readiness import Readiness
from bot.sandbox import FakeSlack, SteppedClock
from bot.sandbox.api.faults import RateLimited, ServerError
from jobs.slack.pacing import Pacing
from storage.engine.repository import Transact
from storage.engine.sqlite import SQLiteDatabase
from storage.records import DueKind, DueWork
from storage.schema.delivery_tables import FINGERPRINT
from storage.watch.trial_write import try_to_write
from tests.bot.serving import get
from tests.conftest import MONDAY, Company, Running, settings_for

SOON, AWHILE = timedelta(seconds=5), timedelta(minutes=4)
READY = 200, "ready"


async def page(running: Running) -> tuple[int, str]:
    """What `/readyz` says five seconds later."""
    running.clock.step(SOON)
    assert running.slack.bot_url
    status, line = await get(running.slack.bot_url, "/readyz")
    assert line.count("\n") == 1
    return status, line.strip()


async def wait_long(running: Running) -> None:
    """Sixteen minutes, awake."""
    for _ in range(4):
        await running.step(AWHILE)
        await running.bot.readiness.why_not()


def path_of(running: Running) -> Path:
    """Where the answers are."""
    assert running.bot.store.database.file
    return running.bot.store.database.file.path


async def pragma(running: Running, name: str, value: object) -> None:
    """Set one of the connection that writes."""
    database = running.bot.store.database
    assert isinstance(database, SQLiteDatabase)
    with closing(database._write_engine.raw_connection()) as connection:  # outside of any transaction
        connection.cursor().execute(f"PRAGMA {name}={value}")


async def fill(running: Running) -> None:
    """Write rows, large ones and then small ones, until no more goes in."""
    for size in (50_000, 5_000):
        with suppress(OperationalError):
            for number in range(99):
                row = FINGERPRINT.insert().values(team_id=f"{size}/{number}", text="x" * size)
                await running.bot.store.outbox._change(row)


async def test_ready_leaves_nothing_behind(running: Running) -> None:
    """The write that is tried is of no row that stays."""
    assert await page(running) == READY
    rows = await running.bot.store.database.read(lambda c: c.execute(FINGERPRINT.select()).all())
    assert len(rows) == 1


@pytest.mark.sqlite("a file that may not grow")
async def test_a_full_disk(running: Running) -> None:
    """Where no page is left nothing can be kept, until there is room."""
    await pragma(running, "max_page_count", 1)
    await fill(running)
    full = "the disk of the database is full, and no answer can be kept: make room on it"
    assert await page(running) == (503, full)
    await pragma(running, "max_page_count", 10**6)
    assert await page(running) == READY


@pytest.mark.sqlite("a disk of a file")
async def test_a_disk_with_little_room(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    """Little room is said while all still works; with none it is full, though a page may be left."""
    for free, expected in (
        (40_000_000, (200, "ready, but the disk of the database has 40 MB left: make room on it")),
        (4000, (503, "the disk of the database is full, and no answer can be kept: make room on it")),
    ):
        monkeypatch.setattr("storage.engine.database_file.DatabaseFile.free_bytes", free)
        assert await page(running) == expected


@pytest.mark.sqlite("a file")
async def test_a_file_that_was_deleted_or_replaced(running: Running) -> None:
    """SQLite goes on with a file that nobody can find any more: it is said, and what to do."""
    file = path_of(running)
    copy = file.with_name("copy")
    shutil.copy(file, copy)
    file.unlink()
    status, line = await page(running)
    assert status == 503
    assert line.startswith("the database file was deleted while Bifocal runs")
    assert "put a backup back (bifocal restore FILE), start it again" in line
    copy.rename(file)
    status, line = await page(running)
    assert status == 503
    assert line.startswith("the database file was replaced while Bifocal runs")
    assert line.endswith("start Bifocal again")


@pytest.mark.sqlite("a file")
async def test_no_answer_is_taken_that_a_deleted_file_would_lose(running: Running, company: Company) -> None:
    """Who clicks meanwhile reads that it was not saved; with the file back in its place all goes on."""
    message = await running.ask(company.lead, company.channel)
    person, file = company.people[0], path_of(running)
    file.rename(file.with_name("away"))
    outcome = await running.slack.click(person, message, "point/9")
    await running.bot.finish()
    assert outcome.status == 503
    assert "Not saved." in running.slack.ephemerals(person, message.channel_id)[-1].text
    file.with_name("away").rename(file)
    assert (await running.slack.click(person, message, "point/9")).status == 200


@pytest.mark.sqlite("a file")
async def test_a_file_that_cannot_be_written(running: Running) -> None:
    """A disk that takes reads only is one line."""
    await pragma(running, "query_only", "ON")
    status, line = await page(running)
    assert (status, line.partition(":")[0]) == (503, "the database cannot be written")
    await pragma(running, "query_only", "OFF")
    assert await page(running) == READY


@contextmanager
def without_rights(path: Path) -> Iterator[None]:
    """Nobody may write it; root may write everything, so then it is asked for somebody else."""
    rights, is_root = path.stat().st_mode, os.geteuid() == 0
    if is_root:
        os.setreuid(65534, -1)
    path.chmod(0o500)
    try:
        yield
    finally:
        path.chmod(rights)
        if is_root:
            os.setreuid(0, -1)


@pytest.mark.sqlite("a file")
@pytest.mark.parametrize("of", ["file", "folder"])
async def test_rights_that_were_taken(of: str, running: Running) -> None:
    """An open file goes on being written; what is beside it and the next start could not be."""
    path = path_of(running) if of == "file" else path_of(running).parent
    with without_rights(path):
        status, line = await page(running)
    assert (status, line.partition(":")[0]) == (503, "the database cannot be written")
    assert await page(running) == READY


@pytest.mark.sqlite("a database of its own: a server's is used again by the next test")
async def test_a_newer_bifocal_that_has_changed_the_database(running: Running) -> None:
    """It is said by the older one that still runs, with what to do."""
    newer = text("UPDATE alembic_version SET version_num = '9999'")
    await running.bot.store.database.write(lambda connection: connection.execute(newer).close())
    assert await page(running) == (
        503,
        "another version of Bifocal has changed the database: stop this one, start that version",
    )


@pytest.mark.sqlite("a file's lock")
async def test_a_database_that_somebody_holds(running: Running) -> None:
    """Another program that writes and does not end is one line."""
    await pragma(running, "busy_timeout", 10)
    with closing(sqlite3.connect(path_of(running), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert await page(running) == (
            503,
            "another program holds the database, and no answer can be kept: end that program",
        )
    assert await page(running) == READY


@pytest.mark.sqlite("a thread that writes; a server that hangs is in test_slow_database")
async def test_a_database_that_hangs(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    """A write that does not come back is told in time, begins no second one, and is over when it ends."""
    monkeypatch.setattr("bot.health.readiness.LIMIT", 0.1)
    free = threading.Event()
    writes = []

    async def counted(engine: Transact) -> None:
        writes.append(1)
        await try_to_write(engine)

    monkeypatch.setattr("storage.store.try_to_write", counted)
    hanging = asyncio.create_task(running.bot.store.database.write(lambda _: free.wait()))
    await asyncio.sleep(0)
    for _ in range(2):
        assert await page(running) == (
            503,
            "the database does not answer: look at its disk or its server",
        )
    assert len(writes) == 1
    free.set()
    await hanging
    monkeypatch.undo()
    assert await page(running) == READY


async def test_however_many_ask_one_write_serves_them(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Within five seconds the database is asked once."""
    writes = []

    async def counted(engine: Transact) -> None:
        writes.append(1)
        await try_to_write(engine)

    monkeypatch.setattr("storage.store.try_to_write", counted)
    running.clock.step(SOON)
    assert set(await asyncio.gather(*(running.bot.readiness.why_not() for _ in range(50)))) == {None}
    await running.bot.readiness.why_not()
    assert len(writes) == 1
    await page(running)
    assert len(writes) == 2


async def test_a_slack_that_is_silent(running: Running) -> None:
    """That is said at once, and it is not ready when it lasts."""
    running.slack.faults.add("auth.test", ServerError(503), times=10**6)
    await running.step(timedelta(minutes=10))
    since = (
        f"Slack has not answered since {running.clock():%Y-%m-%d %H:%M} UTC: see that this machine reaches"
    )
    status, line = await page(running)
    assert (status, line[: len(since) + 11]) == (200, f"ready, but {since}")
    await wait_long(running)
    status, line = await page(running)
    assert (status, line[: len(since)]) == (503, since)
    running.slack.faults.clear()
    await running.step(timedelta(minutes=10))
    assert await page(running) == READY


async def test_a_token_that_was_revoked(running: Running) -> None:
    """The next look finds it, and a new install mends it."""
    running.slack.app.revoked = True
    await running.step(timedelta(minutes=10))
    status, line = await page(running)
    assert (status, line) == (
        503,
        "Slack refuses the token (token_revoked): put the one of OAuth & Permissions into SLACK_BOT_TOKEN",
    )
    running.slack.app.revoked = False
    await running.step(timedelta(minutes=10))
    assert await page(running) == READY


async def test_posts_that_do_not_go_out(running: Running, company: Company) -> None:
    """A post that Slack has not taken for a quarter of an hour is late, with its time."""
    running.slack.faults.add("chat.postMessage", RateLimited(30), times=10**6)
    since = f"{running.clock():%Y-%m-%d %H:%M} UTC"
    await running.type(company.lead, company.channel, "ask nps about Atlas for 7 days")
    await running.settle()
    assert await page(running) == READY
    await wait_long(running)
    assert await page(running) == (
        503,
        f"late: 1 question to post or renew, since {since} (the log and bifocal doctor say more)",
    )
    running.slack.faults.clear()
    await running.step(timedelta(minutes=1))
    assert await page(running) == READY


async def test_work_that_is_not_done(
    running: Running, company: Company, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A question that should have closed is late; the log says it once, and once that it is over."""

    async def fail(*_: object, now: object) -> None:
        raise RuntimeError(str(now))

    await running.ask(company.lead, company.channel)
    monkeypatch.setattr("jobs.pulses.close_waves.close_due", fail)
    await running.step(timedelta(days=7, seconds=1))
    assert await page(running) == READY
    await wait_long(running)
    status, line = await page(running)
    assert status == 503
    assert line.startswith("late: 1 question to close, since 2026-11-09 09:00 UTC")
    monkeypatch.undo()
    await running.step(SOON)
    assert await page(running) == READY
    said = [record.message for record in caplog.records if record.name == "bot.health.readiness"]
    assert [words.partition(":")[0] for words in said] == ["not ready", "ready again"]


async def test_after_a_sleep_what_was_missed_has_time(
    running: Running, company: Company, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A machine that wakes up after hours is ready, and late only if it does not catch up."""

    async def fail(*_: object, now: object) -> None:
        raise RuntimeError(str(now))

    await running.ask(company.lead, company.channel)
    monkeypatch.setattr("jobs.pulses.close_waves.close_due", fail)
    await running.step(timedelta(days=9))
    assert await page(running) == READY
    assert "not ready" not in caplog.text
    await wait_long(running)
    assert (await page(running))[1].startswith("late: 1 question to close, since 2026-11-09 09:00 UTC")


def test_what_is_late_is_one_line() -> None:
    """Each kind, with how much and since when."""
    open_ = DueWork(kind=DueKind.OPEN, count=2, since=MONDAY)
    assert late_words([open_, DueWork(kind=DueKind.EDITION, count=1, since=None)]) == (
        "late: 2 questions to ask, since 2026-11-02 09:00 UTC; 1 digest to make "
        "(the log and bifocal doctor say more)"
    )


async def test_after_a_start_what_was_missed_has_time(
    running: Running, company: Company, slack: FakeSlack, clock: SteppedClock, tmp_path: Path
) -> None:
    """Whoever starts after days of absence is ready, and late only if it does not catch up."""
    await running.ask(company.lead, company.channel)
    clock.step(timedelta(days=9))
    bot = await build(settings_for(slack, tmp_path), clock=clock)
    await bot.contact.greet()
    for _ in range(4):
        assert await bot.readiness.why_not() is None
        clock.step(AWHILE)
    assert str(await bot.readiness.why_not()).startswith("late: 1 question to close, since 2026-11-09 09:00")
    await bot.close()


async def test_a_missing_file_is_not_one_without_rights(running: Running, tmp_path: Path) -> None:
    """Of a file that was deleted the log does not begin by speaking of rights."""
    bot = running.bot
    readiness = Readiness(
        bot.store, bot.contact, Pacing(running.clock), running.clock, places=[tmp_path / "gone.db", tmp_path]
    )
    why_not = await readiness.why_not()
    await readiness.close()
    assert why_not is None
