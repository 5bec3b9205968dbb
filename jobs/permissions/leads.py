"""Who leads what."""

from jobs.slack.directory import MINUTE, Directory
from storage.records import Digest, Pulse


async def is_lead(directory: Directory, owned: Pulse | Digest, user_id: str) -> bool:
    """Whether this person may pause, close and read comments: a lead, or an admin of the workspace.

    A lead who became a guest, left, or is of another company leads nothing any more.
    """
    if user_id in owned.leads and await directory.is_full_member(owned.team_id, user_id):
        return True
    return await is_admin(directory, owned.team_id, user_id)


async def is_admin(directory: Directory, team_id: str, user_id: str) -> bool:
    """Whether this person is an admin or owner of the workspace where Bifocal is installed.

    In a shared channel there are admins of other workspaces too. They are guests here.
    """
    person = await directory.person(team_id, user_id, fresh=MINUTE)
    return person.admin and person.team_id == team_id
