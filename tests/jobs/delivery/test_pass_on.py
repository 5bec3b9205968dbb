"""What a lead has to know reaches a lead, and else an admin: once, also over restarts."""

from datetime import timedelta
from pathlib import Path

from bot.sandbox.api.faults import Refusal
from tests.conftest import Company, Running, composed
from tests.jobs.scheduling import schedule
from tests.standing import a_digest, give_news, this_minute


def told(running: Running, company: Company) -> dict[str, int]:
    """How many notices each of two leads and the admin has read."""
    users = {"lead": company.lead, "second": company.people[0], "admin": company.admin}
    return {name: len(running.slack.dms(user)) for name, user in users.items()}


async def test_a_stopped_schedule_is_told_to_an_admin_once(running: Running, company: Company) -> None:
    """The lead has left the workspace and the channel is archived: the admin reads it, and only once."""
    await schedule(running, company, open_for="1d")
    company.lead.deleted = True
    company.channel.is_archived = True
    for _ in range(3):
        await running.step(timedelta(days=7))
    assert told(running, company) == {"lead": 0, "second": 0, "admin": 1}
    (notice,) = running.slack.dms(company.admin)
    assert "is archived" in notice.text


async def test_a_stopped_digest_is_told_to_the_first_who_can_be_reached(
    running: Running, company: Company
) -> None:
    """A lead whom Slack refuses is passed over, over a restart too; whoever comes after is left in peace."""
    store = running.bot.store
    digest = await a_digest(
        store,
        rule=this_minute(running.clock()),
        zone="UTC",
        channel_id=company.channel.id,
        lead_id=company.lead.id,
        now=running.clock(),
    )
    await give_news(store, digest, running.clock())
    company.channel.is_archived = True
    running.slack.faults.add("chat.postMessage", Refusal("cannot_dm_bot"), channel=company.lead.id, times=9)
    await running.step(timedelta(minutes=2))
    await running.step(timedelta(minutes=2))
    assert told(running, company) == {"lead": 0, "second": 0, "admin": 1}
    await running.step(timedelta(days=2))
    assert told(running, company) == {"lead": 0, "second": 0, "admin": 1}


async def test_nobody_is_passed_over_while_slack_is_away(
    running: Running, company: Company, tmp_path: Path
) -> None:
    """While Slack does not say who is there, a notice waits, and a bot that is started anew sends it."""
    outbox = running.bot.store.outbox
    await outbox.notice(
        team_id=company.lead.team_id, key="failed/x", user_id="U0GONE", text="Stopped.", others=("*",)
    )
    running.slack.faults.add("users.list", Refusal("fatal_error"), times=1)
    await running.settle()
    assert told(running, company)["admin"] == 0
    await running.bot.close()
    running.clock.step(timedelta(minutes=5))
    async with composed(running.slack, running.clock, tmp_path) as again:
        await again.settle()
        assert [each.text for each in again.slack.dms(company.admin)] == ["Stopped."]
