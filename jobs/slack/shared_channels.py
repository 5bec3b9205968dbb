"""The channels in which a person and the bot both are."""

from jobs.slack.directory import Directory

KINDS = {"types": "public_channel,private_channel", "exclude_archived": "true"}


async def channels_shared_with(directory: Directory, user_id: str) -> frozenset[str]:
    """Their ids; raises SlackUnavailable where Slack does not tell."""
    theirs = await directory.pages("users.conversations", key="channels", user=user_id, **KINDS)
    own = await directory.pages("users.conversations", key="channels", **KINDS)
    return frozenset(each["id"] for each in theirs) & {each["id"] for each in own}
