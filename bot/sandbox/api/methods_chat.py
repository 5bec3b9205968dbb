"""chat.*: posting, changing and removing messages."""

from typing import Any

from bot.sandbox.api import access
from bot.sandbox.live import posting
from bot.sandbox.live.world import World
from bot.sandbox.model.channels import Channel
from bot.sandbox.model.errors import RefusedError
from bot.sandbox.model.messages import Message

PARSE = ("none", "full")


def post_message(
    world: World,
    *,
    channel: str,
    text: str = "",
    blocks: Any = None,
    thread_ts: str = "",
    metadata: Any = None,
    client_msg_id: str = "",
    mrkdwn: bool = True,
    parse: str = "none",
    unfurl_links: bool = True,
    unfurl_media: bool = True,
) -> dict[str, Any]:
    """chat.postMessage."""
    place = access.postable(world, channel)
    said = posting.content(
        text,
        blocks,
        thread_ts=posting.replying(place, thread_ts),
        metadata=_metadata(metadata),
        client_msg_id=client_msg_id or None,
        mrkdwn=mrkdwn,
        parse=_parse(parse),
        unfurl=unfurl_links or unfurl_media,
    )
    message = posting.post(world, place, said)
    return {"channel": place.id, "ts": message.ts, "message": message.payload()}


def update(
    world: World,
    *,
    channel: str,
    ts: str,
    text: str = "",
    blocks: Any = None,
    metadata: Any = None,
    parse: str = "none",
) -> dict[str, Any]:
    """chat.update. `text` without `blocks` takes the blocks away."""
    place, message = _own(world, channel, ts, "cant_update_message")
    if place.is_archived:
        raise RefusedError("is_inactive")
    kept = message.blocks if blocks is None and not text else blocks
    said = posting.content(
        text or (message.text if kept is message.blocks else ""),
        kept,
        longest=posting.UPDATE_LONGEST,
        metadata=None if metadata is None else _metadata(metadata) or {},
        parse=_parse(parse),
    )
    posting.rewrite(world, message, said)
    return {"channel": place.id, "ts": ts, "text": message.text, "message": message.payload()}


def delete(world: World, *, channel: str, ts: str) -> dict[str, Any]:
    """chat.delete."""
    place, message = _own(world, channel, ts, "cant_delete_message")
    posting.remove(world, message)
    return {"channel": place.id, "ts": ts}


def post_ephemeral(
    world: World,
    *,
    channel: str,
    user: str,
    text: str = "",
    blocks: Any = None,
    thread_ts: str = "",
    parse: str = "none",
) -> dict[str, Any]:
    """chat.postEphemeral."""
    place = access.postable(world, channel)
    person = world.workspace.users.get(user)
    if person is None or person.deleted or person.id not in place.members:
        raise RefusedError("user_not_in_channel")
    said = posting.content(text, blocks, thread_ts=posting.replying(place, thread_ts), parse=_parse(parse))
    return {"message_ts": posting.whisper(world, place.id, user, said).ts}


def get_permalink(world: World, *, channel: str, message_ts: str) -> dict[str, Any]:
    """chat.getPermalink."""
    place = access.visible(world, channel)
    message = place.message(message_ts)
    if message is None:
        raise RefusedError("message_not_found")
    link = (
        f"https://{world.workspace.team.domain}.slack.com/archives/{place.id}/p{message_ts.replace('.', '')}"
    )
    if message.thread_ts:
        link += f"?thread_ts={message.thread_ts}&cid={place.id}"
    return {"channel": place.id, "permalink": link}


def _own(world: World, channel_id: str, ts: str, error: str) -> tuple[Channel, Message]:
    """A message of the bot's own, by the channel's id (a user id will not do here)."""
    place = access.visible(world, channel_id)
    message = place.message(ts)
    if message is None:
        raise RefusedError("message_not_found")
    if message.bot_id != world.app.bot_id:
        raise RefusedError(error)
    return place, message


def _parse(word: str) -> str:
    if word not in PARSE:
        raise RefusedError("invalid_arguments")
    return word


def _metadata(given: Any) -> dict[str, Any] | None:
    """`{"event_type": str, "event_payload": {...}}`, or the empty object that removes it."""
    if given is None or given == {}:
        return None if given is None else {}
    payload = given.get("event_payload") if isinstance(given, dict) else None
    if not isinstance(payload, dict) or not isinstance(given.get("event_type"), str):
        raise RefusedError("invalid_metadata_format")
    if set(given) != {"event_type", "event_payload"}:
        raise RefusedError("invalid_metadata_format")
    return dict(given)
