"""What a figure is made of: counted answers of a period, those before it, and what waits."""

from datetime import timedelta

from jobs.figures.gather_answers import Question, load_asked_waves, side_input
from storage.records import Lens, Period
from tests.conftest import Company, Running


async def test_a_side_has_its_answers_and_what_is_open(running: Running, company: Company) -> None:
    """Counted answers, how many could answer, and the open question with its link."""
    question = await running.ask(company.lead, company.channel)
    for person in company.people[:6]:
        await running.click(person, question, 9)
    await running.count()
    again = await running.ask(company.lead, company.channel)
    await running.click(company.people[7], again, 3)
    await running.settle()
    store, team = running.bot.store, company.lead.team_id
    product = await store.products.find(team, "atlas")
    assert product is not None
    asked = await load_asked_waves(store, team_id=team, product=product, channels=[company.channel.id])
    assert asked.instruments(Lens.CX) == ["nps"]
    assert asked.instruments(Lens.UX) == []
    assert [wave.answered for wave in asked.uncounted] == [1]
    about = Question(
        team_id=team, product=product, channels=(company.channel.id,), instrument="nps", lens=Lens.CX
    )
    now = running.clock()
    period = Period(now - timedelta(weeks=6), now)
    side = await side_input(store, about, asked, period=period, client=running.bot.client, now=now)
    assert (len(side.responses), side.invited, side.waiting, side.asked_on) == (6, 13, 1, None)
    assert side.open_question is not None
    assert side.open_question.link is not None
    assert side.open_question.link.endswith(again.ts.replace(".", ""))


async def test_an_older_wave_stands_in(running: Running, company: Company) -> None:
    """Where nothing was counted in the period, the last wave counted before is shown with its date."""
    question = await running.ask(company.lead, company.channel)
    for person in company.people[:6]:
        await running.click(person, question, 9)
    await running.count()
    closed = running.clock() - timedelta(minutes=20)
    await running.step(timedelta(weeks=9))
    store, team, now = running.bot.store, company.lead.team_id, running.clock()
    product = await store.products.find(team, "Atlas")
    assert product is not None
    asked = await load_asked_waves(store, team_id=team, product=product, channels=[company.channel.id])
    about = Question(
        team_id=team, product=product, channels=(company.channel.id,), instrument="nps", lens=Lens.CX
    )
    side = await side_input(store, about, asked, period=Period(now - timedelta(weeks=6), now), now=now)
    assert len(side.responses) == 6
    assert side.asked_on == closed
    assert side.open_question is None
