"""The link to a message is there, or it is done without."""

import pytest

from bot.sandbox.api.faults import Dropped, Fault, RateLimited, Refusal, ServerError, Silence
from jobs.slack.permalink import permalink
from tests.conftest import Company, Running


@pytest.mark.parametrize(
    "fault", [Refusal("message_not_found"), RateLimited(), ServerError(503), Dropped()], ids=str
)
async def test_a_link_that_slack_does_not_give(fault: Fault, running: Running, company: Company) -> None:
    """Whatever the call ends with, there is no link and nothing else is stopped."""
    running.slack.faults.add("chat.getPermalink", fault)
    assert await permalink(running.bot.client, company.channel.id, "1.0") is None


async def test_a_link_is_not_waited_for_long(
    running: Running, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where Slack is silent the answer goes without its link, long before its own time is over."""
    monkeypatch.setattr("jobs.slack.permalink.TIME_LIMIT", 0.01)
    running.slack.faults.add("chat.getPermalink", Silence())
    assert await permalink(running.bot.client, company.channel.id, "1.0") is None
