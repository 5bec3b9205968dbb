"""Runs the bot for real: the real clock, a ticker, the server, until a signal ends it."""

import asyncio
import logging
import signal
from datetime import UTC, datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.app import Bifocal, build
from bot.server import Server
from bot.settings import Settings

LOG = logging.getLogger(__name__)
EVERY = 2  # seconds between ticks; a count is renewed every 5
JITTER = 1  # seconds, so that replicas do not tick in step


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
    scheduler = ticker(bot)
    try:
        await bot.greet()
        await server.start()
        scheduler.start()
        LOG.info("Bifocal runs: %s", "Socket Mode" if settings.socket_mode else server.url)
        await stopped.wait()
        LOG.info("stopping")
    finally:
        await server.stop()
        if scheduler.running:
            scheduler.shutdown(wait=False)
        await bot.close()


def ticker(bot: Bifocal) -> AsyncIOScheduler:
    """A scheduler that only ticks; what is due stands in the database, nothing in here."""
    scheduler = AsyncIOScheduler(timezone=UTC)

    async def tick() -> None:
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
