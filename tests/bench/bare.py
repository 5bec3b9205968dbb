"""Bolt alone, behind aiohttp: the listener only acks. `python -m tests.bench.bare [before]` serves it.

With the word `before` it runs with `process_before_response`, as the bot does.
"""

import asyncio
import os
import re
import signal
import sys

from aiohttp import web
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.manifest import SLACK_PATH


async def serve(*, before: bool) -> None:
    """Serve until SIGTERM; where it listens is said as the bot says it."""
    token = os.environ["SLACK_BOT_TOKEN"]
    app = AsyncApp(
        client=AsyncWebClient(token=token, base_url=os.environ["SLACK_API_URL"]),
        token=token,
        signing_secret=os.environ["SLACK_SIGNING_SECRET"],
        process_before_response=before,
    )
    app.action(re.compile("^point/"))(acknowledge)
    runner = web.AppRunner(app.web_app(path=SLACK_PATH), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    ended = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ended.set)
    sys.stderr.write(f"Bifocal runs: http://127.0.0.1:{runner.addresses[0][1]}\n")
    sys.stderr.flush()
    await ended.wait()
    await runner.cleanup()


async def acknowledge(ack: AsyncAck) -> None:
    """Do nothing but answer."""
    await ack()


if __name__ == "__main__":
    asyncio.run(serve(before="before" in sys.argv))
