"""Runs the bot for real: the real clock, a ticker, the server, until a signal ends it."""

import asyncio
import logging
import signal
from datetime import UTC, datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.app import Bifocal, build
from bot.config.settings import Settings
from bot.connection.http_server import Server

LOG = logging.getLogger(__name__)
EVERY = 2  # seconds between ticks; a count is renewed every 5
JITTER = 1  # seconds, so that replicas do not tick in step
PATIENCE = 15.0  # seconds for a tick under way at the end; one call to Slack may take 10


def utc_now() -> datetime:
    """The real clock."""
    return datetime.now(UTC)


async def run_bot(settings: Settings) -> None:
    """Run until SIGINT or SIGTERM, then take nothing more, finish what is in flight, and close."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stopped.set)
    bot = await build(settings, clock=utc_now)
    server = Server(bot.app, settings, clock=utc_now, not_ready=bot.why_not_ready)
    ticking = asyncio.Lock()
    scheduler = ticker(bot, ticking)
    sender = asyncio.create_task(_send_when_woken(bot, ticking))
    try:
        await bot.greet()
        await server.start()
        scheduler.start()
        LOG.info("Bifocal runs: %s", "Socket Mode" if settings.socket_mode else server.url)
        await stopped.wait()
        LOG.info("stopping")
    finally:
        await server.stop()
        sender.cancel()
        if scheduler.running:
            await _end(scheduler, ticking)
        await bot.close()


async def _send_when_woken(bot: Bifocal, ticking: asyncio.Lock) -> None:
    """Send at once what a command has put into the outbox; a send that has begun is never cancelled."""
    while True:
        await bot.woken.wait()
        async with ticking:
            await asyncio.shield(bot.send(utc_now()))


async def _end(scheduler: AsyncIOScheduler, ticking: asyncio.Lock) -> None:
    """Tick no more. A shutdown alone would cancel a tick, and nobody would know if its post had arrived."""
    scheduler.pause()
    try:
        await asyncio.wait_for(ticking.acquire(), PATIENCE)
    except TimeoutError:
        LOG.warning("a tick was cut short after %s s", PATIENCE)
    scheduler.shutdown(wait=False)


def ticker(bot: Bifocal, ticking: asyncio.Lock) -> AsyncIOScheduler:
    """A scheduler that only ticks, holding `ticking`; what is due stands in the database, nothing in here."""
    scheduler = AsyncIOScheduler(timezone=UTC)

    async def tick() -> None:
        async with ticking:
            await bot.tick(utc_now())

    scheduler.add_job(
        tick,
        "interval",
        seconds=EVERY,
        jitter=JITTER,
        max_instances=1,
        coalesce=True,
        misfire_grace_time=None,
        next_run_time=utc_now(),
    )
    return scheduler
