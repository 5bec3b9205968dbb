"""Files come into the fake Slack in three calls, and a message may show them a moment later."""

from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackRequestError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import FakeSlack, SteppedClock
from bot.sandbox.api.faults import RateLimited, ServerError
from bot.sandbox.live import uploads
from bot.sandbox.model.channels import Channel
from bot.sandbox.model.people import User
from tests.bot.sandbox.conftest import refusal

PNG = b"\x89PNG and the rest"


async def upload(client: AsyncWebClient, content: bytes = PNG) -> str:
    """A file brought in as the SDK does it; its id."""
    answer = await client.files_upload_v2(file=content, filename="strips.png", title="Strips", alt_txt="Two")
    return str(answer["file"]["id"])


def shown(file_id: str) -> list[dict[str, Any]]:
    return [{"type": "image", "slack_file": {"id": file_id}, "alt_text": "Two scales"}]


async def test_a_file_that_was_brought_in_is_shown(
    slack: FakeSlack, client: AsyncWebClient, atlas: Channel, ana: User
) -> None:
    """The SDK's three calls make a file that messages, their new versions and private ones may show."""
    file_id = await upload(client)
    posted = await client.chat_postMessage(channel=atlas.id, text="x", blocks=shown(file_id))
    await client.chat_update(channel=atlas.id, ts=posted["ts"], text="y", blocks=shown(file_id))
    await client.chat_postEphemeral(channel=atlas.id, user=ana.id, text="z", blocks=shown(file_id))
    assert (slack.files.by_id[file_id].alt, slack.files.by_id[file_id].title) == ("Two", "Strips")
    async with aiohttp.ClientSession() as session:
        picture = await session.get(f"{slack.world.address}/files/{file_id}")
        assert (picture.content_type, await picture.read()) == ("image/png", PNG)
        assert (await session.get(f"{slack.world.address}/files/F0NONE")).status == 404


async def test_a_file_that_is_not_there_or_not_ready_is_refused(
    slack: FakeSlack, client: AsyncWebClient, atlas: Channel, clock: SteppedClock
) -> None:
    """A message that shows an unknown file, or a new one too early, is refused, and the block is named."""
    slack.files.processing = timedelta(seconds=2)
    file_id = await upload(client)
    for one in ("F0UNKNOWN", file_id):
        call = client.chat_postMessage(channel=atlas.id, text="x", blocks=shown(one))
        assert await refusal(call) == "invalid_blocks"
    assert atlas.messages == []
    clock.step(timedelta(seconds=2))
    posted = await client.chat_postMessage(channel=atlas.id, text="x", blocks=shown(file_id))
    update = client.chat_update(channel=atlas.id, ts=posted["ts"], text="y", blocks=shown("F0UNKNOWN"))
    assert await refusal(update) == "invalid_blocks"


async def test_only_what_was_announced_is_taken(slack: FakeSlack, client: AsyncWebClient) -> None:
    """Another length, another address, a file that was never sent, too long a description: refused."""
    assert await refusal(client.files_getUploadURLExternal(filename="a.png", length=0)) == "invalid_arguments"
    longest = client.files_getUploadURLExternal(filename="a.png", length=1, alt_txt="x" * 1001)
    assert await refusal(longest) == "alt_txt_too_large"
    announced = await client.files_getUploadURLExternal(filename="a.png", length=3)
    async with aiohttp.ClientSession() as session:
        assert (await session.post(announced["upload_url"], data=b"four")).status == 400
        assert (await session.post(f"{slack.world.address}/upload/v1/none", data=b"abc")).status == 404
    complete = client.files_completeUploadExternal(files=[{"id": announced["file_id"]}])
    assert await refusal(complete) == "file_not_found"
    assert uploads.picture(slack.world, announced["file_id"]).status == 404


@pytest.mark.parametrize("fault", [RateLimited(3), ServerError(500)])
async def test_the_sending_of_the_bytes_can_fail(
    slack: FakeSlack, client: AsyncWebClient, fault: RateLimited | ServerError
) -> None:
    """Faults are planned for the address of a file as for every method; the next try works."""
    slack.faults.add("upload", fault)
    with pytest.raises(SlackRequestError):
        await upload(client)
    assert await upload(client) in slack.files.by_id
