"""Who may ask and set things up: full members of the workspace where Bifocal is installed."""

from jobs.messages.wording import why_not
from jobs.permissions.refusal import Refused
from jobs.slack.directory import MINUTE, Directory


async def is_full_member(directory: Directory, team_id: str, user_id: str) -> bool:
    """Whether this person is no guest, no bot, not of another company, and still there."""
    person = await directory.person(team_id, user_id, fresh=MINUTE)
    return person.full and person.team_id == team_id


async def require_full_member(directory: Directory, team_id: str, user_id: str) -> None:
    """Raise Refused for guests, people of other companies and bots.

    Raises SlackUnavailable when Slack does not tell: nobody is taken for a member unseen.
    """
    if not await is_full_member(directory, team_id, user_id):
        raise Refused(why_not.not_a_full_member())
