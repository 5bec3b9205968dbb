"""What is kept for a time only is deleted by a step of its own, also where nobody asks any more."""

from datetime import timedelta

from storage.schema.round_tables import PARTICIPATION
from tests.conftest import Company, Running


async def test_who_took_part_is_deleted_after_400_days(running: Running, company: Company) -> None:
    """The marks of a round go on the day after; the round stays."""
    question = await running.ask(company.lead, company.channel)
    for person in company.people:
        await running.click(person, question, 9)
    await running.count()
    store = running.bot.store

    async def marks() -> int:
        return len(
            await store.database.read(lambda connection: connection.execute(PARTICIPATION.select()).all())
        )

    assert await marks() == 10
    await running.step(timedelta(days=400))
    assert await marks() == 10
    await running.step(timedelta(days=1))
    assert await marks() == 0
    product = await store.products.find(company.lead.team_id, "Atlas")
    assert product is not None
    (made,) = await store.rounds.about(company.lead.team_id, [company.channel.id], product_id=product.id)
    assert made.n == 10
