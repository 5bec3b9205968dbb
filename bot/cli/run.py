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
END_WITHIN = 9.5  # seconds; what is supervised is killed after 10, as Docker does it
WORDS_WITHIN = 8.0  # seconds for what is still to be said to people
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


class Ending:
    """The first signal ends the bot in order, a second one at once; so does the end where it takes too long.

    Every answer that Slack was told of is on the disk, and what a message in flight came to is found out by
    its lease: so nothing is lost by it.
    """

    def __init__(self) -> None:
        self.asked = asyncio.Event()

    def ask(self, number: signal.Signals) -> None:
        """A signal has come."""
        if self.asked.is_set():
            LOG.warning("ended at once by a second signal; no answer that was confirmed is lost")
            _die(number)
        self.asked.set()
        asyncio.get_running_loop().call_later(END_WITHIN, self._too_late, number)

    def _too_late(self, number: signal.Signals) -> None:
        LOG.warning(
            "ended after %s s, though the database or Slack had not answered yet; no answer that was "
            "confirmed is lost",
            END_WITHIN,
        )
        _die(number)


def _die(number: signal.Signals) -> None:
    signal.signal(number, signal.SIG_DFL)
    signal.raise_signal(number)


async def run_bot(settings: Settings) -> None:
    """Run until SIGINT, SIGTERM or SIGHUP, then take nothing more, finish what is in flight, and close."""
    ending, loop = Ending(), asyncio.get_running_loop()
    for number in signals_to_end():
        loop.add_signal_handler(number, ending.ask, number)
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
        await ending.asked.wait()
        LOG.info("stopping")
    finally:
        began = loop.time()
        bot.stop()  # first, so that no message is begun any more that the end would have to wait for
        await asyncio.gather(server.stop(), metrics.stop(), ticker.stop())
        await bot.close(patience=max(1.0, WORDS_WITHIN - (loop.time() - began)))
