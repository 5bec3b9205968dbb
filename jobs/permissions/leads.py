"""Who leads what."""

from jobs.slack.directory import Directory
from storage.records import Digest, Pulse


async def is_lead(directory: Directory, owned: Pulse | Digest, user_id: str) -> bool:
    """Whether this person may pause, close and read comments: a lead, or an admin of the workspace."""
    return user_id in owned.leads or (await directory.person(user_id)).admin
