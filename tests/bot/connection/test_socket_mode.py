"""Socket Mode against the fake Slack."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.config.settings import Settings
from bot.connection.http_server import Server
from bot.connection.socket_mode import SocketLink, WrongAppToken
from bot.sandbox import FakeSlack, SteppedClock
from tests.bot.serving import HTTP, get, post

MONDAY = datetime(2026, 11, 30, 9, tzinfo=UTC)


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    """A fake Slack with one person in one channel."""
    async with FakeSlack(clock=SteppedClock(MONDAY)) as running:
        running.add_channel("atlas", running.workspace.add_user("Ana Lima", id="U0ANA"), id="C0ATLAS")
        yield running


@pytest.fixture
async def app(slack: FakeSlack) -> AsyncApp:
    """A Bolt app that speaks with the fake."""
    client = AsyncWebClient(token=slack.app.token, base_url=slack.api_url, retry_handlers=[])
    return AsyncApp(client=client, process_before_response=True, request_verification_enabled=False)


@pytest.fixture
async def link(slack: FakeSlack, app: AsyncApp) -> AsyncIterator[SocketLink]:
    """A link that is stopped whatever happens: the fake waits for its connections to end."""
    made = SocketLink(app, slack.app.app_token)
    yield made
    await made.stop()


def server(app: AsyncApp, slack: FakeSlack, token: str | None = None) -> Server:
    settings = Settings.load(HTTP | {"SLACK_APP_TOKEN": token or slack.app.app_token})

    async def ready() -> str | None:
        return None

    return Server(app, settings, clock=lambda: MONDAY, not_ready=ready)


async def test_slack_reaches_the_bot_without_an_address(slack: FakeSlack, app: AsyncApp) -> None:
    """A command comes over the websocket; the small server says how the bot is and takes no requests."""

    @app.command("/pulse")
    async def on_pulse(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack(body["text"])

    running = server(app, slack)
    await running.start()
    try:
        await slack.sockets.connected()
        assert (await slack.command("U0ANA", "C0ATLAS", "/pulse", "about payload")).ok
        assert [message.text for message in slack.ephemerals("U0ANA")] == ["about payload"]
        assert await get(running, "/healthz") == (200, "ok\n")
        assert await get(running, "/readyz") == (200, "ready\n")
        assert await post(running, b"", {}) == 404
    finally:
        await running.stop()


async def test_a_refused_app_token_is_one_sentence(slack: FakeSlack, app: AsyncApp) -> None:
    """A token that Slack does not know ends the start, and is not tried for ever."""
    running = server(app, slack, "xapp-of-another")
    with pytest.raises(WrongAppToken, match="SLACK_APP_TOKEN was refused by Slack"):
        await running.start()


async def test_connected_from_the_hello_to_the_stop(
    slack: FakeSlack, app: AsyncApp, link: SocketLink
) -> None:
    """A link that has not started, or has stopped, is not connected."""

    @app.command("/pulse")
    async def on_pulse(ack: AsyncAck) -> None:
        await ack()

    assert not await link.connected()
    await link.start()
    await slack.sockets.connected()
    assert (await slack.command("U0ANA", "C0ATLAS", "/pulse")).ok  # so the hello was read
    assert await link.connected()
    await link.stop()
    assert not await link.connected()


async def test_what_was_begun_is_acked_before_the_link_closes(
    slack: FakeSlack, app: AsyncApp, link: SocketLink
) -> None:
    """At the stop a command that is being answered gets its ack."""
    begun, go_on = asyncio.Event(), asyncio.Event()

    @app.command("/pulse")
    async def on_pulse(ack: AsyncAck) -> None:
        begun.set()
        await go_on.wait()
        await ack("done")

    await link.start()
    await slack.sockets.connected()
    typed = asyncio.create_task(slack.command("U0ANA", "C0ATLAS", "/pulse"))
    await begun.wait()
    stopping = asyncio.create_task(link.stop())
    await asyncio.sleep(0)
    go_on.set()
    assert (await typed).ok
    await stopping
    assert [message.text for message in slack.ephemerals("U0ANA")] == ["done"]


async def test_an_invalid_envelope_is_not_acked_and_harms_nothing(
    slack: FakeSlack, app: AsyncApp, link: SocketLink
) -> None:
    """What Bolt could not take does not reach it; the link goes on."""

    @app.command("/pulse")
    async def on_pulse(ack: AsyncAck) -> None:
        await ack()

    await link.start()
    await slack.sockets.connected()
    answer = await slack.sockets.deliver("interactive", {"type": "block_actions", "actions": []}, 0.1)
    assert answer.status is None
    assert (await slack.command("U0ANA", "C0ATLAS", "/pulse")).ok
