import asyncio
import socket
from typing import Any

import pytest
from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import SteppedClock
from bot.sandbox.model.app import App
from bot.sandbox.model.channels import Channel
from bot.sandbox.model.people import User
from bot.sandbox.server import HOST, FakeSlack
from tests.bot.sandbox.conftest import Bolt, actions, button


async def test_it_listens_on_loopback_and_frees_its_port(clock: SteppedClock) -> None:
    """A free port by default, a fixed one when asked; taken ports raise; afterwards it is free."""
    async with FakeSlack(clock=clock) as slack:
        port = int(slack.api_url.split(":")[2].split("/")[0])
        assert HOST == "127.0.0.1"
        with pytest.raises(OSError, match=str(port)):
            await FakeSlack(clock=clock, port=port).start()
    with socket.socket() as free:
        free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        free.bind((HOST, port))


async def test_another_app_can_be_installed(clock: SteppedClock) -> None:
    """Tokens, scopes and commands are the app's."""
    app = App(token="xoxb-other", commands={"/poll": False})
    async with FakeSlack(clock=clock, app=app) as slack:
        client = AsyncWebClient(token="xoxb-other", base_url=slack.api_url, retry_handlers=[])
        assert (await client.auth_test())["user"] == "bifocal"
        assert slack.bot.id == app.bot_user_id


async def test_two_hundred_people_click_at_once(
    slack: FakeSlack, bolt: Bolt, client: AsyncWebClient, atlas: Channel
) -> None:
    """Every click is delivered and acked, each with a later action_ts than the one before."""

    @bolt.app.action("nine")
    async def on_nine(ack: AsyncAck, body: dict[str, Any]) -> None:
        bolt.received.append(body)
        await ack()

    people = [slack.workspace.add_user(f"Person {number}") for number in range(200)]
    atlas.members.extend(person.id for person in people)
    await client.chat_postMessage(channel=atlas.id, text="How?", blocks=[actions(button("nine"))])
    outcomes = await asyncio.gather(*(slack.click(person, atlas.messages[-1], "nine") for person in people))
    assert all(outcome.ok for outcome in outcomes)
    assert {body["user"]["id"] for body in bolt.received} == {person.id for person in people}
    assert len({body["actions"][0]["action_ts"] for body in bolt.received}) == 200
    assert slack.troubles == []


async def test_everybody_sees_their_own(
    slack: FakeSlack, client: AsyncWebClient, ana: User, atlas: Channel
) -> None:
    """Channels, direct messages and private messages are looked up by person or id."""
    await client.chat_postMessage(channel=atlas.id, text="all")
    await client.chat_postMessage(channel=ana.id, text="you")
    await client.chat_postEphemeral(channel=atlas.id, user=ana.id, text="psst")
    assert [m.text for m in slack.channel(atlas.id).messages] == ["all"]
    assert [m.text for m in slack.dms(ana.id)] == ["you"]
    assert slack.dms("U0BEN") == []
    assert slack.ephemerals(ana.id, atlas.id) == slack.ephemerals(ana)
    assert slack.bot_url is None
