"""Removes a saved message for whoever wrote it."""

from jobs.answers.record_answer import within_time_limit
from jobs.answers.respondent_key import Respondents
from storage.store import Store


async def remove_saved(
    store: Store, respondents: Respondents, *, team_id: str, user_id: str, saved_id: str
) -> bool | None:
    """Erase the text and labels of a message. False for somebody else's, None where nothing was left."""
    keys = respondents.both(team_id, user_id)
    return await within_time_limit(store.saved.remove(team_id, saved_id, keys))
