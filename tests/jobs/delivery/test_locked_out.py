"""Where Slack refuses all of the workspace nothing is failed: what is due waits, and is caught up."""

from datetime import timedelta

import pytest

from bot.sandbox.api.faults import Refusal
from tests.conftest import Company, Running
from tests.jobs.scheduling import schedule

REFUSED = (
    "token_revoked",
    "invalid_auth",
    "account_inactive",
    "team_access_not_granted",
    "org_login_required",
)


@pytest.mark.parametrize("error", REFUSED)
async def test_what_is_due_waits_until_slack_lets_the_bot_in(
    error: str, running: Running, company: Company
) -> None:
    """Refused at nine on Monday, let in an hour later: the question is posted, and nobody is told of a fault.

    Meanwhile Slack is asked ever more seldom, and `/readyz` says why in one line.
    """
    await schedule(running, company)
    slack = running.slack
    posts = slack.faults.add("chat.postMessage", Refusal(error), times=10**6)
    looks = slack.faults.add("auth.test", Refusal(error), times=10**6)
    await running.step(timedelta(days=7))
    assert posts.left == 10**6 - 1
    for _ in range(60):
        await running.step(timedelta(minutes=1))
    assert (posts.left, 10**6 - looks.left) == (10**6 - 1, 8)
    line = await running.bot.readiness.why_not()
    assert line is not None
    assert error in line
    assert "\n" not in line
    slack.faults.clear()
    await running.step(timedelta(minutes=15))
    await running.step(timedelta(seconds=1))
    assert len(company.channel.messages) == 1
    assert await running.bot.readiness.why_not() is None
    assert not slack.dms(company.lead)
    listed = await running.type(company.lead, company.channel, "list")
    assert listed is not None
    assert "paused" not in listed.text


async def test_what_falls_due_meanwhile_is_caught_up_as_after_any_time_away(
    running: Running, company: Company
) -> None:
    """Questions are missed for two weeks: the latest is asked once Slack lets the bot in."""
    await schedule(running, company)
    slack = running.slack
    slack.app.revoked = True
    for _ in range(3):
        await running.step(timedelta(days=7))
    slack.app.revoked = False
    for _ in range(3):
        await running.step(timedelta(minutes=15))
    assert len(company.channel.messages) == 1
    assert "closed" not in company.channel.messages[0].text  # the one before was never seen: it is not shown
    await running.step(timedelta(days=7))
    assert len(company.channel.messages) == 2
    assert not any("paused" in told.text for told in slack.dms(company.lead))
