"""SIGTERM, SIGINT and SIGHUP under load, on each database: `make bench-stop`.

People click, Slack takes three seconds a call, digests are due; at last PostgreSQL answers only after ten
seconds. Prints how long each end took, how many were told that their answer is kept and are not stored, which
messages were still on their way, and how soon the next process had posted what was due.
"""

import asyncio
import signal
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from sqlalchemy import make_url

from bot.sandbox import FakeSlack
from storage.records import PostState
from storage.schema.migrate import upgrade
from tests.databases import own_server
from tests.killed import CLICKERS, SECRET, Stream, ask_first, kept_clicks
from tests.killed import now as real_now
from tests.processes import BotProcess, database
from tests.stopped import Stopped, stop_under_load
from tests.tcp_proxy import TcpProxy

SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
SUPERVISED = 10.0  # seconds, after which what is told to stop is killed


def verdict(where: str, stopped: Stopped) -> int:
    """Print it; 1 when a rule was broken."""
    sending = stopped.states[PostState.SENDING]
    sys.stdout.write(
        f"{where}: ended in {stopped.seconds:.1f} s with status {stopped.status}, {stopped.acked} people "
        f"acked, not stored {len(stopped.lost)}, left under a lease {sending}, the next process had posted "
        f"what was due {stopped.again:.1f} s after its start\n"
    )
    sys.stdout.flush()
    return int(bool(stopped.lost or sending or stopped.seconds > SUPERVISED))


async def frozen(folder: Path, url: str) -> int:
    """A server that answers ten seconds after the signal."""
    address = make_url(url)
    async with TcpProxy.to(str(address.host), int(address.port or 0)) as proxy:
        through = address.set(port=proxy.port).render_as_string(hide_password=False)
        more = {"BIFOCAL_SECRET": SECRET, "DATABASE_URL": through, "BIFOCAL_FOLDER": str(folder)}
        async with FakeSlack(clock=real_now) as slack, BotProcess(slack, folder, **more) as bot:
            _, channel = await ask_first(slack, bot)
            stream = Stream(slack=slack, question=channel.messages[-1], channel=channel)
            clickers = [asyncio.create_task(stream.go_on()) for _ in range(CLICKERS)]
            stream.running.set()
            await stream.answered(40)
            proxy.hold()
            began = time.monotonic()
            bot.ask_to_stop()
            stream.ended = True
            asyncio.get_running_loop().call_later(SUPERVISED, proxy.go_on)
            status = await bot.ended()
            seconds = time.monotonic() - began
            proxy.go_on()
            await asyncio.gather(*clickers)
    kept = await kept_clicks(url, stream)
    lost = [user_id for user_id in stream.acked if user_id not in kept]
    last = next((line.strip() for line in reversed(bot.log) if "ended after" in line), "in order")
    sys.stdout.write(
        f"PostgreSQL that answers after 10 s: ended in {seconds:.1f} s with status {status}, "
        f"{len(stream.acked)} people acked, {stream.unanswered} clicks not confirmed, not stored "
        f"{len(lost)}; {last}\n"
    )
    return int(bool(lost or seconds > SUPERVISED))


def main() -> int:
    """All of it; 1 when something was lost, late or left under a lease."""
    failed = 0
    with ExitStack() as opened:
        home = Path(opened.enter_context(tempfile.TemporaryDirectory(prefix="bifocal-server-")))
        server = own_server(home, durable=True)
        opened.callback(server.stop)
        asyncio.run(upgrade(server.url()))
        for number in SIGNALS:
            folder = Path(opened.enter_context(tempfile.TemporaryDirectory(prefix="bifocal-bench-")))
            asyncio.run(upgrade(database(folder)))
            stopped = asyncio.run(stop_under_load(folder, database(folder), number))
            failed |= verdict(f"SQLite, {number.name}", stopped)
        folder = Path(opened.enter_context(tempfile.TemporaryDirectory(prefix="bifocal-bench-")))
        failed |= verdict(
            "PostgreSQL, SIGTERM", asyncio.run(stop_under_load(folder, server.url(), signal.SIGTERM))
        )
        other = server.url("template1")
        folder = Path(opened.enter_context(tempfile.TemporaryDirectory(prefix="bifocal-bench-")))
        failed |= asyncio.run(frozen(folder, other))
    return failed


if __name__ == "__main__":
    sys.exit(main())
