import asyncio

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import FakeSlack
from bot.sandbox.api import failing
from bot.sandbox.api.faults import (
    Dropped,
    Fault,
    Faults,
    LostAnswer,
    RateLimited,
    Refusal,
    ServerError,
    Silence,
    Slow,
)
from bot.sandbox.model.channels import Channel


@pytest.mark.parametrize(
    "fault,posted",
    [
        (Dropped(), 0),
        (LostAnswer(), 1),
        (RateLimited(7), 0),
        (ServerError(503), 0),
        (ServerError(500, accepted=True), 1),
        (Refusal("fatal_error"), 0),
    ],
)
async def test_a_fault_hits_once_and_posts_what_it_says(
    slack: FakeSlack, client: AsyncWebClient, atlas: Channel, fault: Fault, posted: int
) -> None:
    """The planned call fails, having posted or not; the next one works."""
    slack.faults.add("chat.postMessage", fault)
    with pytest.raises((SlackApiError, aiohttp.ClientError)):
        await client.chat_postMessage(channel=atlas.id, text="x")
    assert len(atlas.messages) == posted
    await client.chat_postMessage(channel=atlas.id, text="y")
    assert len(atlas.messages) == posted + 1
    assert [e["fault"] for e in slack.feed.of("fault")] == [type(fault).__name__]


async def test_the_sdk_of_itself_posts_twice_when_the_answer_is_lost(
    slack: FakeSlack, atlas: Channel
) -> None:
    """The reason for retry_handlers=[]: the default handler repeats what Slack had accepted."""
    slack.faults.add("chat.postMessage", LostAnswer())
    default = AsyncWebClient(token=slack.app.token, base_url=slack.api_url)
    await default.chat_postMessage(channel=atlas.id, text="x")
    assert len(atlas.messages) == 2


async def test_a_429_says_when_to_come_again(
    slack: FakeSlack, client: AsyncWebClient, atlas: Channel
) -> None:
    """Status, header and error word are Slack's."""
    slack.faults.add("chat.postMessage", RateLimited(7))
    with pytest.raises(SlackApiError) as refused:
        await client.chat_postMessage(channel=atlas.id, text="x")
    response = refused.value.response
    assert (response.status_code, response.headers["Retry-After"]) == (429, "7")
    assert response["error"] == "ratelimited"


@pytest.mark.parametrize("fault", [Silence(), Silence(accepted=False)])
async def test_silence_lasts_until_it_is_broken(
    slack: FakeSlack, client: AsyncWebClient, atlas: Channel, fault: Silence
) -> None:
    """Nothing comes back; whether it was carried out depends on the fault; released, the answer comes."""
    slack.faults.add("chat.postMessage", fault)
    call = asyncio.create_task(client.chat_postMessage(channel=atlas.id, text="x"))
    with slack.feed.follow(past=True) as events:
        while (await events.get()).kind != ("message.posted" if fault.accepted else "fault"):
            pass
    assert (call.done(), len(atlas.messages)) == (False, int(fault.accepted))
    slack.faults.release()
    assert (await call)["ok"]
    assert len(atlas.messages) == 1


async def test_a_slow_call_is_a_call_as_ever(
    slack: FakeSlack, client: AsyncWebClient, atlas: Channel
) -> None:
    """It is carried out and answered, only later."""
    slack.faults.add("chat.postMessage", Slow(0.001))
    assert (await client.chat_postMessage(channel=atlas.id, text="x"))["ok"]
    assert len(atlas.messages) == 1


async def test_stopping_breaks_every_silence(client: AsyncWebClient, slack: FakeSlack) -> None:
    """A fake that stops leaves no call hanging."""
    slack.faults.add("auth.test", Silence())
    call = asyncio.create_task(client.auth_test())
    with slack.feed.follow(past=True) as events:
        while (await events.get()).kind != "fault":
            pass
    await slack.stop()
    assert (await call)["ok"]
    assert failing.cut.__doc__


def test_faults_are_met_in_order_by_method_and_channel() -> None:
    """A fault for one channel passes over others; each is used up by its count; clear forgets all."""
    faults = Faults()
    planned = faults.add("chat.postMessage", Dropped(), times=2, channel="C1")
    faults.add("chat.postMessage", LostAnswer())
    assert isinstance(faults.next("chat.postMessage", "C1"), Dropped)
    assert isinstance(faults.next("chat.postMessage", "C2"), LostAnswer)
    assert faults.next("chat.update", "C1") is None
    assert planned.left == 1
    faults.clear()
    assert faults.next("chat.postMessage", "C1") is None
