"""What is kept for a time only is deleted by a step of its own, also where nobody asks any more."""

from datetime import timedelta
from pathlib import Path

from sqlalchemy import Table

from bot.sandbox import FakeSlack, SteppedClock
from storage.schema.question_tables import COMMENT, RATING
from storage.schema.round_tables import PARTICIPATION, ROUND
from tests.conftest import Company, Running, composed


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


async def test_comments_that_are_not_listed_are_erased_after_26_weeks(
    running: Running, company: Company
) -> None:
    """What fewer than five people wrote goes half a year after the close; what was listed stays."""
    for about, writers in (("nps about Atlas", 4), ("csat about Atlas", 5)):
        question = await running.ask(company.lead, company.channel, about)
        for person in company.people[:writers]:
            await running.click(person, question, 3)
            await running.slack.submit(person, running.slack.views(person)[-1], {"comment": "Slow."})
    await running.count()
    store = running.bot.store

    async def comments() -> int:
        return len(await store.database.read(lambda connection: connection.execute(COMMENT.select()).all()))

    assert await comments() == 9
    await running.step(timedelta(weeks=25))
    assert await comments() == 9
    await running.step(timedelta(weeks=1))
    assert await comments() == 5


async def test_settings_shorten_how_long_things_are_kept(
    slack: FakeSlack, clock: SteppedClock, company: Company, tmp_path: Path
) -> None:
    """Answers that wait go after 8 weeks, and their lead reads so; listed comments after 13; scores stay."""
    weeks = {"BIFOCAL_KEEP_WAITING_WEEKS": "8", "BIFOCAL_KEEP_COMMENTS_WEEKS": "13"}
    async with composed(slack, clock, tmp_path, **weeks) as running:
        for about, people in (("nps about Atlas", 10), ("csat about Atlas", 4)):
            question = await running.ask(company.lead, company.channel, about)
            for person in company.people[:people]:
                await running.click(person, question, 3)
                await running.slack.submit(person, running.slack.views(person)[-1], {"comment": "Slow."})
        await running.count()
        store = running.bot.store

        async def kept(table: Table) -> int:
            return len(await store.database.read(lambda connection: connection.execute(table.select()).all()))

        assert (await kept(COMMENT), await kept(RATING)) == (14, 4)
        await running.step(timedelta(weeks=8))
        assert (await kept(COMMENT), await kept(RATING)) == (10, 0)
        told = slack.dms(company.lead)[-1].text
        assert "waited 8 weeks for enough others" in told
        await running.step(timedelta(weeks=6))
        assert (await kept(COMMENT), await kept(ROUND)) == (0, 1)
