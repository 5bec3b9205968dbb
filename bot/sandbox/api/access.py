"""What the bot may see and do: scopes, membership, archived and restricted channels."""

from bot.sandbox.live.world import World
from bot.sandbox.model.channels import Channel, Kind
from bot.sandbox.model.errors import RefusedError
from bot.sandbox.model.people import User

READ = {Kind.PUBLIC: "channels:read", Kind.PRIVATE: "groups:read", Kind.IM: "im:read"}
HISTORY = {Kind.PUBLIC: "channels:history", Kind.PRIVATE: "groups:history", Kind.IM: "im:history"}


def require(world: World, *scopes: str) -> None:
    """RefusedError unless the app has at least one of the scopes."""
    if scopes and not world.app.scopes.intersection(scopes):
        provided = ",".join(sorted(world.app.scopes))
        raise RefusedError("missing_scope", needed=scopes[0], provided=provided)


def is_member(world: World, channel: Channel) -> bool:
    """Whether the bot is in the channel."""
    return channel.kind is Kind.IM or world.app.bot_user_id in channel.members


def visible(world: World, channel_id: str) -> Channel:
    """The channel, when the bot can know of it; private ones only from inside."""
    channel = world.workspace.channels.get(channel_id)
    if channel is None or (channel.kind is Kind.PRIVATE and not is_member(world, channel)):
        raise RefusedError("channel_not_found")
    return channel


def readable(world: World, channel_id: str) -> Channel:
    """The channel, when the bot has the reading scope for its kind."""
    channel = visible(world, channel_id)
    require(world, READ[channel.kind])
    return channel


def postable(world: World, channel_id: str) -> Channel:
    """The channel to post into; a user id stands for that person's direct messages."""
    if channel_id in world.workspace.users:
        return direct(world, world.workspace.users[channel_id])
    channel = visible(world, channel_id)
    if channel.kind is Kind.IM:
        return direct(world, world.workspace.users[channel.members[0]])
    if channel.is_archived:
        raise RefusedError("is_archived")
    if not is_member(world, channel) and "chat:write.public" not in world.app.scopes:
        raise RefusedError("not_in_channel")
    if channel.is_restricted:
        raise RefusedError("restricted_action")
    return channel


def direct(world: World, user: User) -> Channel:
    """The direct messages with a person, opened when there were none yet."""
    if user.is_bot:
        raise RefusedError("cannot_dm_bot")
    if user.deleted or user.is_stranger:
        raise RefusedError("channel_not_found")
    opened = world.workspace.dm(user.id)
    return opened or world.workspace.open_dm(user.id, world.app.bot_user_id)
