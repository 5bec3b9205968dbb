"""The channels of a person that the bot may know of."""

from jobs.slack.directory import Directory

KINDS = {"types": "public_channel,private_channel", "exclude_archived": "true"}


async def channels_of_person(directory: Directory, user_id: str) -> frozenset[str]:
    """The ids of the public channels that somebody is in, and of private ones where the bot is too.

    Raises SlackUnavailable where Slack does not tell.
    """
    found = await directory.pages("users.conversations", key="channels", user=user_id, **KINDS)
    return frozenset(each["id"] for each in found)
