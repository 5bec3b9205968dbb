"""How a person knows a product: what they said when they were asked, and what they say now."""

from jobs.answers.record_answer import within_time_limit
from jobs.answers.respondent_key import Respondents
from storage.records import KnownProduct, RoleSaid
from storage.store import Store


async def role_of(
    store: Store, respondents: Respondents, *, team_id: str, user_id: str, product_id: str
) -> KnownProduct | None:
    """A product, and how this person said that they know it.

    None where there is no such product any more, and where they never had to do with it.
    """
    return await store.roles.find(team_id, respondents.confidential(team_id, user_id), product_id)


async def assign_role(
    store: Store, respondents: Respondents, said: RoleSaid, *, team_id: str, user_id: str, product_id: str
) -> KnownProduct | None:
    """Keep what a person says now; saying nothing erases what they said, and they are not asked again.

    None where `role_of` gives none. Raises TimeoutError in time to tell them.
    """
    key = respondents.confidential(team_id, user_id)
    return await within_time_limit(store.roles.change(team_id, key, product_id, said))
