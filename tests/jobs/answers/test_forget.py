"""What is kept of a person is shown to them, and erased."""

from jobs.answers.forget import forget, kept_of
from tests.conftest import Company, Running


async def test_all_of_a_person_is_found_and_goes(running: Running, company: Company) -> None:
    """Everything of theirs is found and erased; what others answered stays."""
    person, other = company.people[:2]
    question = await running.ask(company.lead, company.channel)
    for user in (person, other):
        await running.click(user, question, 9)
    store, keys = running.bot.store, running.bot.context.respondents
    who = {"team_id": person.team_id, "user_id": person.id}
    assert [response.points for response in (await kept_of(store, keys, **who)).responses] == [{1: 9}]
    await forget(store, keys, **who)
    assert not await kept_of(store, keys, **who)
    assert await kept_of(store, keys, team_id=other.team_id, user_id=other.id)
