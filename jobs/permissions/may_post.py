"""Who may ask and set things up, and whether they and Bifocal may post in a channel."""

import asyncio
from collections.abc import Mapping, Sequence

from jobs.messages.wording import lead_refusals, why_not
from jobs.permissions.refusal import Refused
from jobs.permissions.requester import Requester
from jobs.slack.directory import Directory, SlackUnavailable

FIELD_LIMIT = 0.8  # seconds; Slack waits three for the answer to a form


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
    await require_full_member(directory, requester.team_id, requester.user_id)
    await _require_channel(directory, requester, channel_id)


async def field_problems(
    directory: Directory, requester: Requester, channels: Mapping[str, Sequence[str]]
) -> dict[str, str]:
    """What is wrong with the channels chosen in the fields of a form, in plain text by the field's id.

    What Slack does not tell within a moment is no problem of a field: the form has to be answered.
    """
    chosen = [(field, channel_id) for field, those in channels.items() for channel_id in those]
    said = await asyncio.gather(*(_problem(directory, requester, channel_id) for _, channel_id in chosen))
    found = dict[str, str]()
    for (field, _), why in zip(chosen, said, strict=True):
        if why:
            found.setdefault(field, why)
    return found


async def _problem(directory: Directory, requester: Requester, channel_id: str) -> str | None:
    channel = None
    try:
        async with asyncio.timeout(FIELD_LIMIT):
            channel = await directory.channel(requester.team_id, channel_id)
            await _require_channel(directory, requester, channel_id)
    except Refused as refused:
        name = channel.name if channel and not channel.private else ""
        return lead_refusals.at_field(str(refused), channel_id, name)
    except (SlackUnavailable, TimeoutError):
        return None
    return None


async def _require_channel(directory: Directory, requester: Requester, channel_id: str) -> None:
    team_id, user_id = requester.team_id, requester.user_id
    channel = await directory.channel(team_id, channel_id)
    if channel is None or not channel.member:
        raise Refused(why_not.not_in_channel(channel_id))
    if channel.archived:
        raise Refused(why_not.archived(channel_id))
    if channel_id != requester.channel_id and user_id not in await directory.members(team_id, channel_id):
        raise Refused(why_not.asker_not_in_channel(channel_id))
