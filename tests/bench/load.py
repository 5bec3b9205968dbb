"""Signed clicks, made before they are sent, and the connections that send them."""

import asyncio
import itertools
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from bot.manifest import SLACK_PATH
from bot.sandbox.acting.delivery import FORM, sign
from jobs.messages.layout import ids
from jobs.messages.respondent.question import question
from storage.records import Wave
from tests.bench.quiet_slack import QuietSlack, read_message

PEOPLE = 500


@dataclass
class Clicks:
    """An endless row of clicks on one question: signed requests, each by the next of some people.

    Of 500 people most change their minds; with `people` None each click is somebody's first.
    `last` is the number of the newest.
    """

    slack: QuietSlack
    wave: Wave
    people: int | None = PEOPLE
    last: int = -1

    def __post_init__(self) -> None:
        self._count = itertools.count()
        self._message = {"type": "message", "ts": "1.000100", **question(self.wave, answered=0)}

    def take(self, count: int) -> Iterator[bytes]:
        """The next clicks; made at once, so that signing is no part of what is measured."""
        return iter([self._request(next(self._count)) for _ in range(count)])

    def _request(self, number: int) -> bytes:
        self.last = number
        now = time.time()
        body = urlencode({"payload": json.dumps(self._payload(number, now))}).encode()
        timestamp = str(int(now))
        head = (
            f"POST {SLACK_PATH} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {FORM}\r\n"
            f"X-Slack-Request-Timestamp: {timestamp}\r\n"
            f"X-Slack-Signature: {sign(self.slack.app.signing_secret, body, timestamp)}\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body

    def _payload(self, number: int, now: float) -> dict[str, object]:
        user_id, point, team_id = (
            f"U{number % (self.people or 10**8):08d}",
            number * 7 % 11,
            self.wave.team_id,
        )
        action = {
            "type": "button",
            "action_id": ids.point(point),
            "block_id": ids.rate_block(self.wave.id, 1, 0),
            "value": str(point),
            "action_ts": f"{now:.6f}",
        }
        return {
            "type": "block_actions",
            "user": {"id": user_id, "username": user_id, "team_id": team_id},
            "api_app_id": self.slack.app.id,
            "team": {"id": team_id, "domain": "sandbox"},
            "enterprise": None,
            "is_enterprise_install": False,
            "container": {"type": "message", "message_ts": "1.000100", "channel_id": "C0ATLAS"},
            "channel": {"id": "C0ATLAS", "name": "atlas"},
            "trigger_id": f"1.{number}.x",
            "response_url": f"{self.slack.address}/actions/{team_id}/{number}/x",
            "message": self._message,
            "state": {"values": {}},
            "actions": [action],
        }


async def send(url: str, clicks: Iterator[bytes], *, until: float = float("inf")) -> list[float]:
    """Send clicks one after the other over one connection; how long each took, in seconds.

    Stops at the moment `until` of the loop's clock. Raises RuntimeError for an answer other than 200.
    """
    where = urlsplit(url)
    reader, writer = await asyncio.open_connection(where.hostname, where.port)
    loop, took = asyncio.get_running_loop(), []
    try:
        for click in clicks:
            began = loop.time()
            if began >= until:
                break
            writer.write(click)
            head = await read_message(reader)
            if b" 200 " not in head[:16]:
                raise RuntimeError(f"answered {head.splitlines()[0]!r}")
            took.append(loop.time() - began)
    finally:
        writer.close()
        await writer.wait_closed()
    return took
