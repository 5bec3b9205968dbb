"""What happens is told to those who may know, and the calls to those who ask."""

import asyncio
import json

import aiohttp
import pytest

from bot.sandbox.live import posting
from bot.sandbox.page.calls import line
from bot.sandbox.page.news import news
from tests.bot.sandbox.page.conftest import House

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_news_are_for_those_who_are_there(house: House) -> None:
    """A message is told in its channel, a private one to one person, a modal to who has it open."""
    slack = house.stage.slack
    slack.say(house.lead, house.team, "Hello")
    assert [one["type"] for one in news(slack, house.people[0], slack.feed[-1])] == ["message"]
    assert news(slack, house.people[1], slack.feed[-1]) == []
    posting.whisper(slack.world, house.channel.id, house.lead.id, posting.content("For you", None))
    assert news(slack, house.lead, slack.feed[-1])[0]["message"]["private"]
    assert news(slack, house.people[0], slack.feed[-1]) == []


async def test_news_tell_what_is_not_what_was(house: House) -> None:
    """A page that comes late hears that a message is gone, not what it said."""
    slack = house.stage.slack
    message = slack.say(house.lead, house.team, "A slip")
    posted = slack.feed[-1]
    posting.remove(slack.world, message)
    assert news(slack, house.lead, posted) == [{"type": "gone", "channel": "C0TEAM", "ts": message.ts}]


async def test_the_stream_goes_on_where_it_broke_off(house: House, client: aiohttp.ClientSession) -> None:
    """Last-Event-ID counts; what was missed comes first, then what happens."""
    slack = house.stage.slack
    slack.say(house.lead, house.team, "Seen")
    seen = len(slack.feed) - 1
    slack.say(house.lead, house.team, "Missed")
    async with client.get("/news?as=U0LEAD&since=0", headers={"Last-Event-ID": str(seen)}) as stream:
        assert await told(stream) == "Missed"
        slack.say(house.lead, house.team, "Live")
        assert await told(stream) == "Live"


async def told(stream: aiohttp.ClientResponse) -> str:
    """The text of the next message in the stream."""
    async with asyncio.timeout(3):
        async for row in stream.content:
            if row.startswith(b"data: "):
                return str(json.loads(row[6:])[0]["message"]["text"])
    raise AssertionError("the stream ended")


async def test_calls_are_lines_with_their_ack(house: House) -> None:
    """Who calls, what, how it went and how long it took; people's acts and the clock are no calls."""
    slack = house.stage.slack
    await slack.command(house.lead, house.channel, "/pulse", "ask nps about Atlas")
    await house.stage.settle()
    await slack.click(house.people[0], house.channel.messages[-1], "point/9")
    await house.stage.settle()
    await slack.submit(house.people[0], slack.views(house.people[0])[-1], {"comment": "Good"})
    lines = [told for told in map(line, slack.feed) if told]
    heard = [f"{one['who']}: {one['what']}" for one in lines]
    for words in (
        "Slack: /pulse ask nps about Atlas",
        "Bifocal: chat.postMessage",
        "Slack: chat.postMessage: ok",
        "Slack: block_actions point/9",
        "Bifocal: response_url",
        "Slack: response_url: ok",
        "Slack: view_submission comment",
    ):
        assert words in heard
    assert any(words.startswith("Bifocal: ack 200 in ") for words in heard)
    slack.feed.note("bot.answer", status=None, body="", why="timeout", took_ms=3000.0)
    last = line(slack.feed[-1])
    assert last is not None
    assert (last["ok"], last["what"]) == (False, "no answer (timeout) in 3000 ms")
    slack.feed.note("clock", going=False)
    assert line(slack.feed[-1]) is None
