from typing import Any

import aiohttp
import pytest

from bot.sandbox import FakeSlack
from bot.sandbox.acting.responses import respond
from bot.sandbox.api.faults import Dropped, LostAnswer, RateLimited, ServerError
from bot.sandbox.live import posting
from bot.sandbox.live.tickets import ResponseUrl
from bot.sandbox.model.channels import Channel
from bot.sandbox.model.errors import RefusedError
from bot.sandbox.model.messages import Message
from bot.sandbox.model.people import User
from tests.bot.sandbox.conftest import MONDAY


def url(user: User, channel: Channel, message: Message | None = None) -> ResponseUrl:
    """A response_url of this person, of a click on `message` or a command."""
    return ResponseUrl(user.id, channel.id, message, MONDAY)


def post(slack: FakeSlack, channel: Channel) -> Message:
    """A message of the bot."""
    return posting.post(slack.world, channel, posting.content("Question", None))


def test_a_response_is_private_unless_it_says_otherwise(slack: FakeSlack, ana: User, atlas: Channel) -> None:
    """The default goes to the one who acted; in_channel goes to all, also where the bot may not post."""
    respond(slack.world, url(ana, atlas), {"text": "to you"})
    atlas.is_restricted = True
    respond(slack.world, url(ana, atlas), {"text": "to all", "response_type": "in_channel"})
    assert [m.text for m in slack.ephemerals(ana, atlas)] == ["to you"]
    assert [m.text for m in atlas.messages] == ["to all"]


def test_the_original_is_replaced_or_deleted(slack: FakeSlack, ana: User, atlas: Channel) -> None:
    """replace_original changes what was clicked on; delete_original takes it away."""
    message = post(slack, atlas)
    respond(slack.world, url(ana, atlas, message), {"text": "Closed", "replace_original": True})
    assert message.text == "Closed"
    respond(slack.world, url(ana, atlas, message), {"text": "", "delete_original": True})
    assert atlas.messages == []
    with pytest.raises(RefusedError, match="message_not_found"):
        respond(slack.world, url(ana, atlas, message), {"text": "x", "replace_original": True})


@pytest.mark.parametrize(
    "given,error",
    [
        ({"text": "x", "replace_original": True}, "invalid_payload"),
        ({"delete_original": True}, "invalid_payload"),
        ({"text": "x", "delete_original": True}, "invalid_payload"),
        ({"text": "x", "colour": "red"}, "invalid_payload"),
        ({"text": "x", "response_type": "loud"}, "invalid_response_type"),
        ({"text": ""}, "no_text"),
        ({"text": 5}, "invalid_arguments"),
        ({"text": "x", "thread_ts": "1.000001"}, "cannot_reply_to_message"),
        ({"blocks": [{"type": "alert"}]}, "invalid_blocks"),
    ],
)
def test_what_a_command_s_url_does_not_take(
    slack: FakeSlack, ana: User, atlas: Channel, given: dict[str, Any], error: str
) -> None:
    """A command has no original; unknown keys, empty and invalid messages are refused."""
    with pytest.raises(RefusedError) as refused:
        respond(slack.world, url(ana, atlas), given)
    assert refused.value.error == error
    assert slack.ephemerals(ana) == []


def test_what_was_private_stays_private(slack: FakeSlack, ana: User, atlas: Channel) -> None:
    """A private message cannot be replaced by one for all."""
    private = posting.whisper(slack.world, atlas.id, ana.id, posting.content("psst", None))
    given = {"text": "x", "replace_original": True, "response_type": "in_channel"}
    with pytest.raises(RefusedError, match="invalid_response_type"):
        respond(slack.world, url(ana, atlas, private), given)


async def test_over_http_uses_are_counted_and_errors_are_404_or_400(
    slack: FakeSlack, ana: User, atlas: Channel
) -> None:
    """Five answers, then used_url; a bad message is a 400, an unknown address a 404."""
    address = slack.world.address + slack.world.response_urls.issue(ana.id, atlas.id, None)
    async with aiohttp.ClientSession() as session:

        async def send(to: str, **how: Any) -> tuple[int, str]:
            async with session.post(to, **how) as response:
                return response.status, await response.text()

        assert await send(address, json={"text": "x"}) == (200, "ok")
        assert (await send(address, json={"text": ""}))[0] == 400
        assert (await send(address, data=b"{"))[0] == 400
        assert (await send(address, json=[1]))[0] == 400
        assert (await send(address, json={"text": "y"}))[0] == 200
        assert await send(address, json={"text": "z"}) == (404, '{"ok": false, "error": "used_url"}')
        assert (await send(f"{slack.world.address}/commands/T1/1/x", json={"text": "z"}))[0] == 404
    assert [m.text for m in slack.ephemerals(ana)] == ["x", "y"]


async def test_response_urls_can_fail_too(slack: FakeSlack, ana: User, atlas: Channel) -> None:
    """The faults of a method called "response_url" hit any of them."""
    address = slack.world.address + slack.world.response_urls.issue(ana.id, atlas.id, None)
    for fault in (RateLimited(3), ServerError(), Dropped(), LostAnswer()):
        slack.faults.add("response_url", fault)
    async with aiohttp.ClientSession() as session:
        async with session.post(address, json={"text": "x"}) as response:
            assert (response.status, response.headers["Retry-After"]) == (429, "3")
        async with session.post(address, json={"text": "x"}) as response:
            assert response.status == 500
        for posted in (0, 1):
            with pytest.raises(aiohttp.ClientError):
                await session.post(address, json={"text": "x"})
            assert len(slack.ephemerals(ana)) == posted
