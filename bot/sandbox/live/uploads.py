"""A file comes into Slack in three calls: an address is given, the bytes are sent there, and it is completed.

Then Slack needs a moment: until that is over, a message that shows the file is refused.
"""

from typing import Any

from aiohttp import web

from bot.sandbox.live.world import World
from bot.sandbox.model.errors import RefusedError, invalid
from bot.sandbox.model.messages import Block

LONGEST_ALT = 1000
LARGEST = 1_000_000  # of this fake; Slack takes more


def get_upload_url(world: World, *, filename: str, length: int, alt_txt: str = "") -> dict[str, Any]:
    """files.getUploadURLExternal."""
    if length < 1 or not filename:
        raise RefusedError("invalid_arguments")
    if len(alt_txt) > LONGEST_ALT:
        raise RefusedError("alt_txt_too_large")
    file = world.files.announce(filename, length, alt_txt)
    return {"file_id": file.id, "upload_url": f"{world.address}/upload/v1/{file.secret}"}


def receive(world: World, secret: str, content: bytes) -> web.Response:
    """What is sent to the address of a file; one that was not announced so is not taken."""
    file = world.files.sent_to(secret)
    if file is None:
        return web.Response(status=404, text="no such upload")
    if len(content) != file.length:
        return web.Response(status=400, text="not the length that was announced")
    file.received = content
    return web.Response(text=f"OK - {len(content)}")


def complete_upload(world: World, *, files: Any, channel_id: str | None = None) -> dict[str, Any]:
    """files.completeUploadExternal; without a channel the file is the bot's own until a message shows it."""
    if channel_id is not None and channel_id not in world.workspace.channels:
        raise RefusedError("channel_not_found")
    if not isinstance(files, list) or not files:
        raise RefusedError("invalid_arguments")
    found = [world.files.by_id.get(str(one.get("id"))) if isinstance(one, dict) else None for one in files]
    for file, given in zip(found, files, strict=True):
        if file is None or file.received is None:
            raise RefusedError("file_not_found")
        file.title, file.complete_at = given.get("title") or file.name, world.clock()
        file.channel_id = channel_id
    return {"files": [{"id": file.id, "title": file.title} for file in found if file]}


def require_files(world: World, blocks: list[Block]) -> None:
    """RefusedError where a picture of a message is a file that Slack does not have, or not yet."""
    shown = [(place, block["slack_file"].get("id")) for place, block in _pictures(blocks)]
    wrong = [
        f"invalid slack file [json-pointer:/blocks/{place}/slack_file]"
        for place, file_id in shown
        if file_id is not None and not world.files.can_be_shown(file_id, world.clock())
    ]
    if wrong:
        raise invalid("invalid_blocks", *wrong)


def picture(world: World, file_id: str) -> web.Response:
    """The content of a complete file, for the page."""
    file = world.files.by_id.get(file_id)
    if file is None or file.complete_at is None or file.received is None:
        return web.Response(status=404, text="no such file")
    return web.Response(body=file.received, content_type="image/png", headers={"Cache-Control": "no-store"})


def _pictures(blocks: list[Block]) -> list[tuple[int, Block]]:
    return [
        (place, one) for place, one in enumerate(blocks) if one["type"] == "image" and "slack_file" in one
    ]
