import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import FakeSlack
from bot.sandbox.live import links, sockets
from bot.sandbox.model.channels import Channel
from bot.sandbox.model.people import User
from tests.bot.sandbox.conftest import Bolt, actions, bolt_app, button, modal, text_input


@pytest.fixture
async def bolt(slack: FakeSlack, client: AsyncWebClient) -> AsyncIterator[Bolt]:
    """The small Bolt app, connected by Socket Mode."""
    app = bolt_app(slack, client)
    handler = AsyncSocketModeHandler(app, slack.app.app_token, ping_interval=0.05)
    await handler.connect_async()  # type: ignore[no-untyped-call]  # Bolt leaves it untyped
    await slack.sockets.connected()
    yield Bolt(app)
    await handler.close_async()  # type: ignore[no-untyped-call]  # as above


async def test_commands_clicks_and_forms_go_through_the_socket(
    slack: FakeSlack, bolt: Bolt, client: AsyncWebClient, ana: User, atlas: Channel
) -> None:
    """A command is answered, a click acked and a form refused with errors, all by envelopes."""

    @bolt.app.command("/pulse")
    async def on_pulse(ack: AsyncAck) -> None:
        await ack("hello")

    @bolt.app.action("nine")
    async def on_nine(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=modal(text_input("why")))

    @bolt.app.view("form")
    async def on_form(ack: AsyncAck) -> None:
        await ack(response_action="errors", errors={"why": "Say more."})

    assert (await slack.command(ana, atlas, "/pulse")).ok
    assert [m.text for m in slack.ephemerals(ana)] == ["hello"]
    await client.chat_postMessage(channel=atlas.id, text="How?", blocks=[actions(button("nine"))])
    assert (await slack.click(ana, atlas.messages[-1], "nine")).ok
    (view,) = slack.views(ana)
    assert (await slack.submit(ana, view, {"why": "x"})).errors == {"why": "Say more."}


async def test_after_a_refresh_the_bot_is_reached_through_its_new_connection(
    slack: FakeSlack, bolt: Bolt, ana: User, atlas: Channel
) -> None:
    """Asked to reconnect, the SDK does, and nothing typed in between is lost."""

    @bolt.app.command("/pulse")
    async def on_pulse(ack: AsyncAck) -> None:
        await ack()

    before = slack.sockets.newest
    await slack.sockets.refresh()
    assert (await slack.command(ana, atlas, "/pulse")).ok
    await slack.sockets.connected(after=before)
    assert slack.sockets.newest > before


async def test_an_envelope_without_ack_comes_again(
    slack: FakeSlack, bolt: Bolt, ana: User, atlas: Channel
) -> None:
    """An ack lost on its way brings the same payload once more."""

    @bolt.app.command("/pulse")
    async def on_pulse(ack: AsyncAck, body: dict[str, Any]) -> None:
        bolt.received.append(body)
        await ack()

    slack.sockets.lose_acks()
    assert (await slack.command(ana, atlas, "/pulse")).ok
    assert len(bolt.received) == 2
    assert bolt.received[0] == bolt.received[1]


async def test_a_cut_connection_is_made_anew(slack: FakeSlack, bolt: Bolt, ana: User, atlas: Channel) -> None:
    """A connection that breaks with an envelope on its way leads to a second delivery."""
    once = asyncio.Event()

    @bolt.app.command("/pulse")
    async def on_pulse(ack: AsyncAck, body: dict[str, Any]) -> None:
        bolt.received.append(body)
        if not once.is_set():
            once.set()
            slack.sockets.cut()
        await ack()

    assert (await slack.command(ana, atlas, "/pulse")).ok
    assert len(bolt.received) == 2


async def test_an_event_says_that_it_is_a_retry(slack: FakeSlack, bolt: Bolt) -> None:
    """Only events carry the number of the attempt, as in HTTP."""

    @bolt.app.event("app_home_opened")
    async def on_home(request: Any) -> None:
        bolt.received.append(dict(request.headers))

    slack.sockets.lose_acks()
    await slack.event({"type": "app_home_opened", "user": "U0ANA", "tab": "home"})
    assert [headers.get("x-slack-retry-num") for headers in bolt.received] == [None, ["1"]]


async def test_nobody_connected_is_a_timeout(slack: FakeSlack, ana: User, atlas: Channel) -> None:
    """Without a connection the person reads that the command timed out."""
    slack.courier.ack_seconds = 0.05
    outcome = await slack.command(ana, atlas, "/pulse")
    assert outcome.trouble == '/pulse failed with the error "operation_timeout"'
    assert [trouble["user"] for trouble in slack.troubles] == [ana.id]


async def test_a_websocket_address_works_once(slack: FakeSlack, client: AsyncWebClient) -> None:
    """The address wants a fresh ticket; the eleventh connection is sent away."""
    async with aiohttp.ClientSession() as session:
        opened = []
        for _ in range(11):
            url = (await client.apps_connections_open(app_token=slack.app.app_token))["url"]
            opened.append(await session.ws_connect(url))
        assert (await opened[0].receive_json())["num_connections"] == 1
        assert (await opened[10].receive_json())["reason"] == "too_many_websockets"
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(url)
    assert (sockets.CONNECTIONS, links.HOUR) == (10, 3600)
