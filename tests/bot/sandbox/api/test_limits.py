from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import FakeSlack, SteppedClock
from bot.sandbox.api.limits import Limits
from bot.sandbox.model.channels import Channel
from bot.sandbox.model.people import User
from tests.bot.sandbox.conftest import MONDAY


async def test_a_channel_takes_a_burst_then_a_message_a_second(
    slack: FakeSlack, client: AsyncWebClient, clock: SteppedClock, ana: User, atlas: Channel
) -> None:
    """The message too many is refused with the second to wait; another channel is free."""
    other = slack.add_channel("other", ana)
    for _ in range(slack.limits.burst):
        await client.chat_postMessage(channel=atlas.id, text="x")
    with pytest.raises(SlackApiError) as refused:
        await client.chat_postMessage(channel=atlas.id, text="x")
    assert refused.value.response.headers["Retry-After"] == "1"
    await client.chat_postMessage(channel=other.id, text="x")
    clock.step(timedelta(seconds=1))
    await client.chat_postMessage(channel=atlas.id, text="x")
    assert len(atlas.messages) == slack.limits.burst + 1


async def test_a_method_has_its_tier(slack: FakeSlack, client: AsyncWebClient, clock: SteppedClock) -> None:
    """conversations.list may be called 20 times at once, then every 3 seconds; off means off."""
    for _ in range(20):
        await client.conversations_list()
    with pytest.raises(SlackApiError, match="ratelimited") as refused:
        await client.conversations_list()
    assert refused.value.response.headers["Retry-After"] == "3"
    clock.step(timedelta(seconds=3))
    await client.conversations_list()
    slack.limits.on = False
    await client.conversations_list()


@settings(max_examples=50)
@given(st.lists(st.integers(-5, 20), min_size=1, max_size=80))
def test_waiting_as_told_is_enough(steps: list[int]) -> None:
    """Whatever the clock did before, after Retry-After the next message is let through."""
    clock = SteppedClock(MONDAY)
    limits = Limits(clock)
    for step in steps:
        clock.step(timedelta(seconds=step / 10))
        if wait := limits.of_channel("C1"):
            clock.step(timedelta(seconds=wait))
            assert limits.of_channel("C1") == 0
