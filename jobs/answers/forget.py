"""What is kept of a person, and erasing all of it."""

from jobs.answers.record_answer import within_time_limit
from jobs.answers.respondent_key import Respondents
from storage.records import Forgotten, KeptOfPerson
from storage.store import Store


async def kept_of(store: Store, respondents: Respondents, *, team_id: str, user_id: str) -> KeptOfPerson:
    """Everything that is kept of a person, newest first."""
    keys = respondents.both(team_id, user_id)
    responses = await store.responses.responses_of_person(team_id, keys)
    tied = [each for each in responses if each.wave.counted_at is None or each.wave.pulse.named]
    return KeptOfPerson(
        responses=tied,
        counted=await store.personal_data.counted(team_id, keys),
        roles=await store.roles.of_person(team_id, keys),
        saved=await store.saved.by(team_id, keys),
        savings=await store.saved.count_savings(team_id, keys),
        pause=await store.pauses.of_person(team_id, keys[0]),
    )


async def forget(store: Store, respondents: Respondents, *, team_id: str, user_id: str) -> Forgotten:
    """Erase everything that is kept of a person; raises TimeoutError in time to tell them."""
    keys = respondents.both(team_id, user_id)
    return await within_time_limit(store.erasure.forget(team_id, keys))
