"""Questions close in time for the digest that reads them, and say which one it is."""

from datetime import UTC, date, datetime, timedelta

import pytest

from jobs.permissions.requester import Requester
from jobs.pulses.meet_digest import meeting
from storage.records import Lens
from tests.conftest import Company, Running
from tests.handlers.scene import told
from tests.jobs.scheduling import schedule

FRIDAY = datetime(2026, 11, 6, 16, tzinfo=UTC)  # 17:00 in Berlin
ORDER = "digest Atlas from #atlas weekly mon 09:00 Europe/Berlin"


async def ask(running: Running, company: Company, words: str = "ask nps about Atlas") -> str:
    """Ask by words as typed; what the asker reads."""
    await running.type(company.lead, company.channel, words)
    await running.settle()
    return told(running, company.lead)


async def test_without_words_a_question_closes_on_the_friday_before_the_digest(
    running: Running, company: Company
) -> None:
    """The answer names that Friday and the digest, and the digest has the results."""
    await running.digest(company.lead, company.team, ORDER)
    said = await ask(running, company)
    assert (
        "Open until Friday 6 November at 17:00 CET. Results: digest in <#C0TEAM>, Monday 9 November." in said
    )
    (question,) = company.channel.messages
    for person in company.people:
        await running.click(person, question, 9)
    await running.step(FRIDAY + timedelta(minutes=20) - running.clock())
    await running.step(datetime(2026, 11, 9, 8, tzinfo=UTC) - running.clock())
    assert "10 of 13 answered" in company.team.messages[0].text


async def test_without_a_digest_it_is_open_for_five_working_days(running: Running, company: Company) -> None:
    """Asked on a Monday it closes on the next one, and the answer says that no digest reads it."""
    said = await ask(running, company)
    assert "Open until Monday 9 November at 17:00 CET. No digest reads it yet." in said


async def test_a_digest_of_another_product_is_not_met(running: Running, company: Company) -> None:
    """Only what is asked about its product is in a digest; what was said beforehand stands."""
    await running.digest(company.lead, company.team, ORDER)
    said = await ask(running, company, "ask nps about Beacon")
    assert "Open until Monday 9 November at 17:00 CET. No digest reads it yet." in said
    said = await ask(running, company, "ask csat about Atlas until mon 08:50")
    assert (
        "Open until Monday 9 November at 08:50 CET. Results: digest in <#C0TEAM>, Monday 16 November." in said
    )


async def test_a_schedule_meets_its_digest_each_time(running: Running, company: Company) -> None:
    """The preview says the first close and digest; each opening goes by the digests of that day."""
    await running.digest(company.lead, company.team, ORDER)
    await schedule(running, company, open_for="digest")
    await running.step(datetime(2026, 11, 9, 8, tzinfo=UTC) - running.clock())
    (question,) = company.channel.messages
    assert "Closes Friday 13 November at 17:00 CET" in question.text
    await running.digest(company.lead, company.team, "digest Atlas weekly thu 16:00 Europe/Berlin")
    await running.step(timedelta(days=7))
    assert "Closes Wednesday 18 November at 17:00 CET" in company.channel.messages[-1].text


async def test_a_form_says_its_digest_before_asking(running: Running, company: Company) -> None:
    """The preview has the close and the digest that the answer then repeats."""
    await running.digest(company.lead, company.team, ORDER)
    await running.type(company.lead, company.channel, "ask")
    await running.slack.submit(
        company.lead, running.slack.views(company.lead)[-1], {"product": "Atlas", "channel": "C0ATLAS"}
    )
    await running.bot.background.drain()
    page = str(running.slack.views(company.lead)[-1].body)
    assert "Closes <!date^1793980800^" in page
    assert "Results: digest in <#C0TEAM>, Mon 9 Nov." in page


@pytest.mark.parametrize("counts_from", [date(2026, 11, 9), date(2026, 11, 17)])
async def test_four_weeks_that_are_not_over_move_the_promise(
    running: Running, company: Company, counts_from: date
) -> None:
    """The digest that is named is the first one after the day on which answers may be counted."""
    await running.digest(company.lead, company.team, ORDER)
    await ask(running, company)
    product = await running.bot.store.products.find(company.lead.team_id, "Atlas")
    assert product is not None
    lead = Requester(
        team_id=company.lead.team_id, user_id=company.lead.id, channel_id="C0ATLAS", now=running.clock()
    )
    found = await meeting(
        running.bot.store,
        running.bot.context.directory,
        lead,
        channel_id="C0ATLAS",
        lens=Lens.CX,
        product_id=product.id,
        closes=FRIDAY,
        counts_from=counts_from,
    )
    assert found is not None
    assert found.channel_id == "C0TEAM"
    assert found.on == (date(2026, 11, 9) if counts_from.day == 9 else date(2026, 11, 23))
