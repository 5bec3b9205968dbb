"""Messages appear, change and go: in a channel, or to one person there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.sandbox.blockkit import validate_blocks
from bot.sandbox.live.uploads import require_files
from bot.sandbox.live.world import World
from bot.sandbox.model.channels import Channel
from bot.sandbox.model.errors import RefusedError, invalid
from bot.sandbox.model.messages import Block, Message

TEXT_LONGEST = 40_000
UPDATE_LONGEST = 4_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a message says and how Slack is to treat it; checked when made with `content`."""

    text: str
    blocks: Sequence[Block]
    thread_ts: str | None = None
    metadata: dict[str, Any] | None = None
    client_msg_id: str | None = None
    mrkdwn: bool = True
    parse: str = "none"
    unfurl: bool = True


def content(text: Any, blocks: Any, *, longest: int = TEXT_LONGEST, **treatment: Any) -> Content:
    """Content that Slack takes; RefusedError with Slack's word for what is wrong."""
    if blocks is not None and not isinstance(blocks, list):
        raise invalid("invalid_blocks_format", "must be an array [json-pointer:/blocks]")
    if text is not None and not isinstance(text, str):
        raise invalid("invalid_arguments", "must be a string [json-pointer:/text]")
    if not text and not blocks:
        raise RefusedError("no_text")
    if text and len(text) > longest:
        raise RefusedError("msg_too_long")
    if problems := validate_blocks(blocks or []):
        raise invalid("invalid_blocks", *problems)
    return Content(text=text or "", blocks=blocks or [], **treatment)


def replying(channel: Channel, ts: str | None) -> str | None:
    """The parent of a reply. Slack takes a reply's ts too and makes a mess of it; this does not."""
    if not ts:
        return None
    parent = channel.message(ts)
    if parent is None or parent.thread_ts:
        raise RefusedError("cannot_reply_to_message")
    return ts


def post(world: World, channel: Channel, said: Content) -> Message:
    """A message of the bot in a channel, seen by everybody there."""
    message = _message(world, channel.id, said)
    channel.messages.append(message)
    world.feed.note("message.posted", channel=channel.id, message=message.payload())
    return message


def whisper(world: World, channel_id: str, user_id: str, said: Content) -> Message:
    """A message in a channel that one person alone sees."""
    message = _message(world, channel_id, said)
    message.viewer = user_id
    world.whispers.append(message)
    world.feed.note("ephemeral.posted", channel=channel_id, user=user_id, message=message.payload())
    return message


def say(world: World, channel: Channel, user_id: str, text: str) -> Message:
    """A message that a person writes in a channel."""
    team_id = world.workspace.users[user_id].team_id
    message = Message(
        channel_id=channel.id, ts=world.moments.next(), text=text, user_id=user_id, team_id=team_id
    )
    channel.messages.append(message)
    world.feed.note("message.posted", channel=channel.id, message=message.payload())
    return message


def rewrite(world: World, message: Message, said: Content) -> Message:
    """Change a message in place."""
    require_files(world, list(said.blocks))
    message.text, message.blocks = said.text, list(said.blocks)
    message.mrkdwn, message.parse = said.mrkdwn, said.parse
    if said.metadata is not None:
        message.metadata = said.metadata or None
    message.versions += 1
    if not said.blocks:  # Slack marks as edited only what is rendered from text
        message.edited_ts = world.moments.next()
    _note(world, message, "updated")
    return message


def remove(world: World, message: Message) -> None:
    """Take a message away from every screen."""
    message.deleted = True
    if message.viewer is None:
        world.workspace.channels[message.channel_id].messages.remove(message)
    else:
        world.whispers.remove(message)
    _note(world, message, "deleted")


def _message(world: World, channel_id: str, said: Content) -> Message:
    require_files(world, list(said.blocks))
    return Message(
        channel_id=channel_id,
        ts=world.moments.next(),
        text=said.text,
        blocks=list(said.blocks),
        user_id=world.app.bot_user_id,
        app_id=world.app.id,
        bot_id=world.app.bot_id,
        team_id=world.workspace.team.id,
        thread_ts=said.thread_ts,
        metadata=said.metadata,
        client_msg_id=said.client_msg_id,
        mrkdwn=said.mrkdwn,
        parse=said.parse,
        unfurl=said.unfurl,
    )


def _note(world: World, message: Message, change: str) -> None:
    if message.viewer is None:
        world.feed.note(f"message.{change}", channel=message.channel_id, message=message.payload())
    else:
        world.feed.note(
            f"ephemeral.{change}",
            channel=message.channel_id,
            user=message.viewer,
            message=message.payload(),
        )
