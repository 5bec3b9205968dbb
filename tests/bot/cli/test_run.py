"""The bot for real: its clock, its ticker, its end."""

import asyncio
from datetime import UTC

from bot.cli.run import EVERY, ticker, utc_now
from tests.conftest import Company, Running


def test_the_clock_is_aware() -> None:
    """Moments have a zone from the start."""
    assert utc_now().tzinfo is UTC


async def test_the_ticker_only_ticks(running: Running, company: Company) -> None:
    """One job, never two at once, and nothing of what is due in it."""
    scheduler = ticker(running.bot, asyncio.Lock())
    (job,) = scheduler.get_jobs()
    assert job.max_instances == 1
    assert job.coalesce
    assert job.trigger.interval.total_seconds() == EVERY
    await running.type(company.lead, company.channel, "ask nps about Atlas")
    await job.func()
    assert len(company.channel.messages) == 1
