"""Runs the bot for real: the real clock, or the database's, a ticker, the server, until a signal ends it."""

import asyncio
import gc
import logging
import signal
from datetime import UTC, datetime

from bot.app import build
from bot.config.settings import Settings
from bot.connection.http_server import Server
from bot.connection.seldom_logged import log_accept_errors_seldom
from bot.health.metrics_server import MetricsServer
from bot.ticker import Ticker

LOG = logging.getLogger(__name__)
NEW_OBJECTS = 10_000  # that gather before they are looked through; Python's own number is 700


def utc_now() -> datetime:
    """The real clock."""
    return datetime.now(UTC)


def spare_what_stays() -> None:
    """Has the garbage collector leave alone what the start has made: some 200,000 objects that never go.

    It would look through them all every few hundred clicks, a tenth of a second each time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS)


def signals_to_end() -> list[signal.Signals]:
    """The signals that end the bot in order; of a terminal that closes not under `nohup`."""
    ends = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]
    return ends[:2] if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN else ends


async def run_bot(settings: Settings) -> None:
    """Run until SIGINT, SIGTERM or SIGHUP, then take nothing more, finish what is in flight, and close."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in signals_to_end():
        loop.add_signal_handler(number, stopped.set)
    log_accept_errors_seldom(loop)
    bot = await build(settings, clock=utc_now, shared=True)
    clock = bot.context.clock
    server = Server(
        bot.app,
        settings,
        clock=clock,
        not_ready=bot.readiness.why_not,
        odd=bot.readiness.odd,
        acks=bot.metrics.acks,
    )
    metrics = MetricsServer(
        settings.host, settings.bifocal_metrics_port or 0, lambda: bot.metrics.page(bot.readiness)
    )
    ticker = Ticker(bot.steps, clock=clock)
    try:
        await bot.contact.greet()
        await server.start()
        if settings.bifocal_metrics_port is not None:
            await metrics.start()
        ticker.start()
        spare_what_stays()
        LOG.info("Bifocal runs: %s", "Socket Mode" if settings.socket_mode else server.url)
        await stopped.wait()
        LOG.info("stopping")
    finally:
        await server.stop()
        await metrics.stop()
        bot.stop()
        await ticker.stop()
        await bot.close()
