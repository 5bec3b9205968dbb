import asyncio

import pytest

from bot.sandbox import FakeSlack
from bot.sandbox.model.clock import SteppedClock
from bot.sandbox.model.feed import Feed
from bot.sandbox.model.people import User
from tests.bot.sandbox.conftest import MONDAY, Bolt


def test_the_feed_keeps_what_was_said_then() -> None:
    """An event holds copies, its number and the clock's time, and is found by its kind or its family."""
    feed = Feed(SteppedClock(MONDAY))
    facts = {"text": "before"}
    feed.note("message.posted", message=facts)
    facts["text"] = "after"
    feed.note("messages", message={})
    assert [(e.number, e.at, e["message"]["text"]) for e in feed.of("message")] == [(0, MONDAY, "before")]
    assert [e.kind for e in feed] == ["message.posted", "messages"]
    assert (len(feed), feed[1].kind) == (2, "messages")


def test_followers_hear_of_what_comes() -> None:
    """A follower gets each new event, with `past` the earlier ones first, and none after leaving."""
    feed = Feed(SteppedClock(MONDAY))
    feed.note("first")
    with feed.follow() as fresh, feed.follow(past=True) as whole:
        feed.note("second")
        assert [fresh.get_nowait().kind] == ["second"]
        assert [whole.get_nowait().kind, whole.get_nowait().kind] == ["first", "second"]
    feed.note("third")
    assert fresh.empty()


async def test_what_is_yet_to_happen_can_be_waited_for() -> None:
    """An event that is there is given at once, a later one when it comes, none within its time."""
    feed = Feed(SteppedClock(MONDAY))
    feed.note("view.opened", user="U1")
    assert (await feed.happens("view", user="U1")).number == 0
    waiting = asyncio.create_task(feed.happens("view.opened", since=1, user="U1"))
    feed.note("view.opened", user="U2")
    feed.note("view.opened", user="U1")
    assert (await waiting).number == 2
    with pytest.raises(TimeoutError):
        await feed.happens("view.closed", within=0)


async def test_no_secret_is_in_the_feed(slack: FakeSlack, bolt: Bolt, ana: User) -> None:
    """Requests in both directions are noted without tokens, triggers and response_urls."""
    atlas = slack.add_channel("atlas", ana)
    await bolt.app.client.chat_postMessage(channel=atlas.id, text="hello")
    await slack.command(ana, atlas, "/pulse", "help")
    written = repr([event.facts for event in slack.feed])
    assert "chat.postMessage" in written
    assert "help" in written
    for secret in (slack.app.token, slack.app.signing_secret, "trigger_id", "response_url", "verification"):
        assert secret not in written
