"""What is kept of a person, and erasing all of it."""

from jobs.answers.record_answer import within_time_limit
from jobs.answers.respondent_key import Respondents
from storage.records import Response
from storage.store import Store


async def kept_of(store: Store, respondents: Respondents, *, team_id: str, user_id: str) -> list[Response]:
    """Everything that is kept of a person, newest first."""
    return await store.responses.responses_of_person(team_id, respondents.both(team_id, user_id))


async def forget(store: Store, respondents: Respondents, *, team_id: str, user_id: str) -> None:
    """Erase everything that is kept of a person; raises TimeoutError in time to tell them."""
    await within_time_limit(store.erasure.forget(team_id, respondents.both(team_id, user_id)))
