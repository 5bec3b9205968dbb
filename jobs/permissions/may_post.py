"""Who may ask and set things up, and whether they and Bifocal may post in a channel."""

from jobs.messages.wording import why_not
from jobs.permissions.refusal import Refused
from jobs.permissions.requester import Requester
from jobs.slack.directory import Directory


async def require_full_member(directory: Directory, team_id: str, user_id: str) -> None:
    """Raise Refused for guests, people of other companies and bots.

    Raises SlackUnavailable when Slack does not tell: nobody is taken for a member unseen.
    """
    if not await directory.is_full_member(team_id, user_id):
        raise Refused(why_not.not_a_full_member())


async def may_post(directory: Directory, requester: Requester, channel_id: str) -> None:
    """Raise Refused unless both bot and asker are members of the channel and it is not archived.

    The asker has to be a full member of the workspace too. Raises SlackUnavailable when Slack does not tell:
    nobody's membership is guessed. That they are in the channel in which they typed needs no asking.
    """
    team_id, user_id = requester.team_id, requester.user_id
    await require_full_member(directory, team_id, user_id)
    channel = await directory.channel(team_id, channel_id)
    if channel is None or not channel.member:
        raise Refused(why_not.not_in_channel(channel_id))
    if channel.archived:
        raise Refused(why_not.archived(channel_id))
    if channel_id != requester.channel_id and user_id not in await directory.members(team_id, channel_id):
        raise Refused(why_not.asker_not_in_channel(channel_id))
