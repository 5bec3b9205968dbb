"""How many people a question reaches is found out after it was asked, and stops nothing."""

from datetime import timedelta

import pytest

from bot.sandbox.api.faults import Dropped, Fault, RateLimited, Refusal, ServerError
from tests.conftest import Company, Running
from tests.jobs.scheduling import schedule
from tests.storage.scene import all_waves

HOUR = timedelta(hours=1)
COUNTED_BY = ("conversations.members", "users.list")


async def test_a_question_knows_soon_how_many_it_reaches(running: Running, company: Company) -> None:
    """Asked first, counted then, once."""
    await running.ask(company.lead, company.channel)
    (wave,) = await all_waves(running.bot.store)
    assert wave.invited == 13
    company.channel.members.remove(company.people[0].id)
    await running.step(HOUR)
    (wave,) = await all_waves(running.bot.store)
    assert wave.invited == 13


async def test_a_small_channel_reads_from_how_many_a_word_is_shown(
    running: Running, company: Company
) -> None:
    """As soon as its size is known, the question says so to everybody, before anybody has answered."""
    for person in company.people[:2]:
        company.channel.members.remove(person.id)
    question = await running.ask(company.lead, company.channel)
    await running.step(timedelta(seconds=10))
    (wave,) = await all_waves(running.bot.store)
    assert wave.invited == 11
    assert "a word only from 5 people on, scores from 10; comments" in question.text


async def test_slack_has_enough_for_an_hour(running: Running, company: Company) -> None:
    """While users.list and conversations.members answer 429 all questions are asked, and no call is made."""
    for instrument in ("nps", "csat", "ces", "umux_lite"):
        await schedule(running, company, instrument=instrument, open_for="1d", subject="our support")
    running.clock.step(timedelta(days=6, hours=22, minutes=50))  # ten minutes before they are due
    seen = len(running.slack.feed)
    for method in COUNTED_BY:
        running.slack.faults.add(method, RateLimited(3600), times=99)
    await running.type(company.lead, company.channel, "ask seq about Atlas: send an invoice")
    for _ in range(59):
        await running.step(timedelta(minutes=1))
    assert len(company.channel.messages) == 5
    calls = [event["method"] for event in running.slack.feed.of("api.request") if event.number >= seen]
    assert calls.count("conversations.members") == 1
    assert {wave.invited for wave in await all_waves(running.bot.store)} == {None}
    running.slack.faults.clear()
    await running.step(timedelta(minutes=1))
    assert {wave.invited for wave in await all_waves(running.bot.store)} == {13}
    assert not running.slack.dms(company.lead)


@pytest.mark.parametrize("method", COUNTED_BY)
@pytest.mark.parametrize("fault", [ServerError(503), Dropped(), Refusal("missing_scope")], ids=str)
async def test_an_unknown_count_stops_nothing_and_is_left_out(
    method: str,
    fault: Fault,
    running: Running,
    company: Company,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The question is asked by words and by schedule, answered and counted; figures say how many answered."""
    await schedule(running, company, open_for="1d", instrument="csat")
    running.clock.step(2 * HOUR)  # what the schedule's preview was told is forgotten
    running.slack.faults.add(method, fault, times=10_000)
    question = await running.ask(company.lead, company.channel)
    for person in company.people:
        await running.click(person, question, 9)
    await running.count()
    assert len(company.channel.messages) == 2
    answer = await running.type(company.lead, company.channel, "score nps")
    assert answer is not None
    assert "10 answered." in answer.text
    assert "Traceback" not in caplog.text
    assert not running.slack.dms(company.lead)


async def test_what_slack_does_not_tell_of_another_channel_is_left_out(
    running: Running, company: Company
) -> None:
    """Of the channel of the other side that cannot be seen nothing is kept, and the count is."""
    people = company.lead, *company.people[:3]
    other = running.slack.add_channel("atlas-users", *people, id="C0USERS")
    await running.ask(company.lead, other, "umux about Atlas")
    running.clock.step(2 * HOUR)  # what Slack said of the channel is forgotten
    other.members.clear()
    question = await running.ask(company.lead, company.channel)
    (wave,) = [each for each in await all_waves(running.bot.store) if each.pulse.instrument == "nps"]
    assert (wave.invited, question.channel_id) == (13, company.channel.id)
    (asking,) = await running.bot.store.questions.askings(
        wave.team_id, [company.channel.id], product_id=wave.pulse.product.id, since=wave.opened_at
    )
    assert asking.people == {}
