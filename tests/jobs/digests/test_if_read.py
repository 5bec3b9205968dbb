"""A digest whose buttons nobody presses: its lead is asked, and is obeyed."""

from datetime import timedelta

import pytest

from jobs.digests.if_read import Wish, obey
from jobs.permissions.requester import Requester
from tests.conftest import Company, Running
from tests.jobs.digests.mondays import ORDER, digest_of, post
from tests.standing import give_news


async def test_after_six_editions_without_a_click_its_lead_is_asked(
    running: Running, company: Company
) -> None:
    """Once, in private; it goes on, comes every fourth week, or stops, as the lead wants."""
    store = running.bot.store
    await running.digest(company.lead, company.channel, ORDER)
    digest = await digest_of(running, company)
    for _ in range(6):
        running.clock.step(timedelta(minutes=1))  # what is wanted twice at once is one edition
        await give_news(store, digest, running.clock())
        assert await post(running, digest)
        digest = await digest_of(running, company)
    assert digest.unclicked == 6
    await store.digests.clicked(digest.team_id, digest.id)
    await running.settle()
    assert not running.slack.dms(company.lead)
    for _ in range(9):
        digest = await digest_of(running, company)
        running.clock.step(timedelta(minutes=1))  # what is wanted twice at once is one edition
        await give_news(store, digest, running.clock())
        assert await post(running, digest)
    for _ in range(3):
        await running.step(timedelta(seconds=2))
    (asked,) = running.slack.dms(company.lead)
    assert asked.text == (
        "Is the digest about Atlas of use? In <#C0ATLAS> nobody has pressed a button of the last six. "
        "Shall it go on? Buttons: Yes, Monthly, Stop."
    )
    await running.slack.click(company.lead, asked, "digest_yes")
    await running.bot.finish()
    assert (await digest_of(running, company)).unclicked == 0
    await running.slack.click(company.lead, asked, "digest_monthly")
    await running.bot.finish()
    monthly = await digest_of(running, company)
    assert monthly.cadence == "every 4 weeks mon 09:00 from 2026-11-09"
    await running.slack.click(company.lead, asked, "digest_monthly")
    await running.bot.finish()
    assert (await digest_of(running, company)).cadence == monthly.cadence  # the button still stands there
    await running.slack.click(company.lead, asked, "digest_stop")
    await running.bot.finish()
    assert await store.digests.in_channel(company.lead.team_id, company.channel.id) == []
    assert not running.slack.troubles


@pytest.mark.parametrize(
    "rule, then",
    [
        ("monthly 15 10:00", "monthly 15 10:00"),
        ("quarterly 15 10:00", "quarterly 15 10:00"),
        ("every 2 weeks tue 10:00", "every 4 weeks tue 10:00 from 2026-11-03"),
        ("cron 0 9 * * 1", "monthly 1 09:00"),
    ],
)
async def test_monthly_moves_nothing_that_is_rarer(
    running: Running, company: Company, rule: str, then: str
) -> None:
    """A digest that comes once a month or less stays at its times; others keep their weekday."""
    await running.digest(company.lead, company.channel, f"digest Atlas {rule} Europe/Berlin")
    digest = await digest_of(running, company)
    lead = Requester(
        team_id=company.lead.team_id,
        user_id=company.lead.id,
        channel_id=company.channel.id,
        now=running.clock(),
    )
    for _ in range(2):
        await obey(running.bot.store, running.bot.context.directory, lead, digest.id, Wish.MONTHLY)
        assert (await digest_of(running, company)).cadence == then
