"""A step that was added is a job of the ticker, which runs it when its time comes round."""

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.sandbox import FakeSlack, SteppedClock
from bot.ticker import Ticker
from jobs.pulses import close_waves
from tests.conftest import MONDAY, composed


async def main(folder: Path) -> None:
    """Let its time come round once."""
    clock = SteppedClock(MONDAY)
    async with FakeSlack(clock=clock) as slack, composed(slack, clock, folder) as running:
        ticker = Ticker([step for step in running.bot.steps if step.name == "note"], clock=clock)
        ticker.start()
        for job in ticker.scheduler.get_jobs():
            await job.func()
        await asyncio.sleep(0)
        await ticker.stop()
    assert set(vars(close_waves)["RAN"]) == {MONDAY}


with TemporaryDirectory() as temporary:
    asyncio.run(main(Path(temporary)))
