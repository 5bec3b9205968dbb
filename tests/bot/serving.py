"""A small real Bolt app behind the real server, and requests as Slack signs them. For tests of the server."""

import hashlib
import hmac
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import aiohttp
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult

from bot.config.settings import Settings
from bot.connection.connection_limits import ConnectionLimits
from bot.connection.http_server import Server

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
JSON = {"Content-Type": "application/json"}
HTTP = {
    "SLACK_BOT_TOKEN": "xoxb-test",
    "SLACK_SIGNING_SECRET": SECRET,
    "DATABASE_URL": "sqlite://",
    "PORT": "0",
}

CLICK: dict[str, Any] = {
    "type": "block_actions",
    "user": {"id": "U1", "team_id": "T1"},
    "team": {"id": "T1"},
    "enterprise": None,
    "channel": {"id": "C1"},
    "container": {"type": "message", "message_ts": "1.2", "channel_id": "C1"},
    "message": {"ts": "1.2", "blocks": []},
    "response_url": "https://hooks.slack.com/actions/T1/1/x",
    "trigger_id": "1.2.x",
    "actions": [
        {"type": "button", "action_id": "point/9", "block_id": "rate/1", "value": "9", "action_ts": "1.3"}
    ],
}
SUBMISSION: dict[str, Any] = {
    "type": "view_submission",
    "user": {"id": "U1", "team_id": "T1"},
    "team": {"id": "T1"},
    "view": {"id": "V1", "type": "modal", "callback_id": "comment", "state": {"values": {}}},
    "response_urls": [],
}
EVENT: dict[str, Any] = {
    "type": "event_callback",
    "team_id": "T1",
    "event": {"type": "app_home_opened", "user": "U1"},
    "authorizations": [{"team_id": "T1", "enterprise_id": None, "is_enterprise_install": False}],
}
COMMAND = {
    "command": "/pulse",
    "text": "score nps",
    "team_id": "T1",
    "user_id": "U1",
    "channel_id": "C1",
    "response_url": "https://hooks.slack.com/commands/T1/1/x",
    "trigger_id": "1.2.x",
}


def bolt_app(received: list[dict[str, Any]]) -> AsyncApp:
    """A Bolt app set up like the bot's, whose catch-alls keep what they are given."""

    async def authorize(**_: object) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id=None, bot_token="xoxb-test")

    async def keep(ack: AsyncAck, body: dict[str, Any]) -> None:
        received.append(body)
        await ack()

    app = AsyncApp(
        authorize=authorize,
        process_before_response=True,
        request_verification_enabled=False,
        ignoring_self_events_enabled=False,
    )
    app.action(re.compile(".*"))(keep)
    app.view(re.compile(".*"))(keep)
    app.command("/pulse")(keep)
    return app


@asynccontextmanager
async def serving(
    app: AsyncApp, *, missing: str | None = None, limits: ConnectionLimits | None = None
) -> AsyncIterator[Server]:
    """The server in HTTP mode on a free port, its clock standing at NOW."""

    async def not_ready() -> str | None:
        return missing

    server = Server(app, Settings.load(HTTP), clock=lambda: NOW, not_ready=not_ready, limits=limits)
    await server.start()
    try:
        yield server
    finally:
        await server.stop()


def signed(body: bytes, *, at: datetime = NOW, secret: str = SECRET) -> dict[str, str]:
    """Slack's two headers for a body."""
    timestamp = str(int(at.timestamp()))
    base = b"v0:" + timestamp.encode() + b":" + body
    digest = hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": f"v0={digest}"}


def interaction(payload: object) -> bytes:
    """A form with the payload in it, as Slack sends clicks and forms."""
    return urlencode({"payload": json.dumps(payload)}).encode()


async def post(server: Server, body: Any, headers: dict[str, str]) -> int:
    """The status that the server answers to a body at Slack's path."""
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{server.url}/slack/events", data=body, headers=headers) as answer,
    ):
        return answer.status


async def get(server: Server | str, path: str) -> tuple[int, str]:
    """Status and text of a page."""
    url = server if isinstance(server, str) else server.url
    async with aiohttp.ClientSession() as session, session.get(f"{url}{path}") as answer:
        return answer.status, await answer.text()
