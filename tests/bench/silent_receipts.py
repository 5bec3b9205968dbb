"""Five thousand first clicks while Slack is silent to every receipt: `make bench-silent`.

Measured on the bot as a process: how many people got the form for a comment and how soon, how many commands
were answered meanwhile, and what the process holds in memory before and after. It fails where a form took
more than 3 s or never came, where a command was lost, or where memory grew by more than 20 MB.
"""

import asyncio
import re
import sys
import time
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from bot.manifest import SLACK_PATH
from bot.sandbox.acting.delivery import FORM, sign
from tests.bench.clicks import a_wave
from tests.bench.load import Clicks, send
from tests.bench.quiet_slack import YES, QuietSlack
from tests.processes import BotProcess

CLICKS, WARM, COMMANDS = 5000, 500, 50
CONNECTIONS = 32
LONGEST = 3.0  # seconds for a form
MOST_GROWN = 20.0  # MB
_TRIGGER = re.compile(rb"1\.(\d+)\.x")
_COMMAND = re.compile(rb"POST /commands/(\d+) ")


class SilentSlack(QuietSlack):
    """Says yes to every call and to answers of commands, and nothing to receipts."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: dict[int, float] = {}  # when the form of a click was opened
        self.commands: set[int] = set()  # those that were answered

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one connection to its end."""
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                _, length, rest = head.lower().partition(b"content-length:")
                body = await reader.readexactly(int(rest.split(b"\r\n", 1)[0])) if length else b""
                if head.startswith(b"POST /actions/"):
                    await reader.read()  # until the bot gives up
                    break
                if head.startswith(b"POST /api/views.open") and (found := _TRIGGER.search(body)):
                    self.forms.setdefault(int(found[1]), time.monotonic())
                if found := _COMMAND.match(head):
                    self.commands.add(int(found[1]))
                writer.write(YES)
        writer.close()


def _command(slack: QuietSlack, number: int, team_id: str) -> bytes:
    body = urlencode(
        {
            "command": "/pulse",
            "text": "help",
            "team_id": team_id,
            "team_domain": "sandbox",
            "channel_id": "C0ATLAS",
            "channel_name": "atlas",
            "user_id": f"U{number:08d}",
            "user_name": "lead",
            "api_app_id": slack.app.id,
            "trigger_id": f"2.{number}.x",
            "response_url": f"{slack.address}/commands/{number}",
        }
    ).encode()
    at = str(int(time.time()))
    head = (
        f"POST {SLACK_PATH} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {FORM}\r\n"
        f"X-Slack-Request-Timestamp: {at}\r\n"
        f"X-Slack-Signature: {sign(slack.app.signing_secret, body, at)}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def _megabytes(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


async def main() -> int:
    """Print the figures; 1 when something failed."""
    async with AsyncExitStack() as opened:
        folder = Path(opened.enter_context(TemporaryDirectory(prefix="bifocal-bench-")))
        slack = await opened.enter_async_context(SilentSlack())
        wave = await a_wave(folder)
        clicks = Clicks(slack, wave, people=None)
        process = await opened.enter_async_context(BotProcess(slack, folder))
        url = await process.start()
        await send(url, clicks.take(WARM))
        slack.forms.clear()
        before = _megabytes(process.pid)
        sent: dict[int, float] = {}

        async def crowd(numbers: range) -> None:
            for number in numbers:
                click = clicks.take(1)
                sent[clicks.last] = time.monotonic()
                await send(url, click)
                if number % (CLICKS // COMMANDS) == 0:
                    await send(url, iter([_command(slack, number, wave.team_id)]))

        began = time.monotonic()
        await asyncio.gather(*(crowd(range(first, CLICKS, CONNECTIONS)) for first in range(CONNECTIONS)))
        took = time.monotonic() - began
        await asyncio.sleep(LONGEST + 1)
        after = _megabytes(process.pid)
    waits = [slack.forms[number] - at for number, at in sent.items() if number in slack.forms]
    sys.stdout.write(
        f"{CLICKS} first clicks within {took:.1f} s, no receipt taken: "
        f"{len(waits)} forms, the last after {max(waits, default=0):.2f} s; "
        f"{len(slack.commands)} of {COMMANDS} commands answered; "
        f"memory {before:.0f} MB before, {after:.0f} MB after\n"
    )
    failed = {
        "a form never came": len(waits) < CLICKS,
        f"a form took more than {LONGEST:.0f} s": max(waits, default=0) > LONGEST,
        "a command was lost": len(slack.commands) < COMMANDS,
        f"memory grew by more than {MOST_GROWN:.0f} MB": after - before > MOST_GROWN,
    }
    for failure, holds in failed.items():
        if holds:
            sys.stdout.write(f"FAILED: {failure}\n")
    return int(any(failed.values()))


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
