"""The road from a click to the digest, as people go it: over signed HTTP, and over Socket Mode."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.sandbox import FakeSlack, SteppedClock
from bot.sandbox.model.messages import Message
from tests.conftest import Company, Running, composed

DUE = datetime(2026, 11, 9, 8, tzinfo=UTC)
"""The Monday after the story begins, 09:00 in Berlin."""


@pytest.fixture(params=["signed HTTP", "Socket Mode"])
async def running(
    request: pytest.FixtureRequest, slack: FakeSlack, clock: SteppedClock, tmp_path: Path
) -> AsyncIterator[Running]:
    """The bot, reached in both ways."""
    more = {"SLACK_APP_TOKEN": slack.app.app_token} if request.param == "Socket Mode" else {}
    async with composed(slack, clock, tmp_path, **more) as bot:
        yield bot


async def test_from_a_click_to_mondays_digest(running: Running, company: Company) -> None:
    """Clicks, a comment, a change of mind, a form, the close, the digest at Monday 09:00, two queries."""
    slack, team = running.slack, company.team
    _grow(running, company)
    await running.digest(company.lead, team, "digest Atlas from #atlas weekly mon 09:00 Europe/Berlin")
    question = await running.ask(company.lead, company.channel, "nps about Atlas until fri 17:00")
    await _customers_click(running, company, question)
    statements = await running.ask(company.lead, company.channel, "umux_lite about Atlas until fri 17:00")
    await _users_fill_in(running, company, statements)
    await running.step(timedelta(seconds=10))
    assert "24 answered" in question.text
    assert "24 answered" in statements.text

    await running.step(timedelta(days=4, hours=7))  # Friday 16:00 UTC, 17:00 in Berlin
    for closed in (question, statements):
        assert "Closed" in closed.text
        assert not any(block["type"] == "actions" for block in closed.blocks)
    await running.step(timedelta(minutes=20))
    before = len(team.messages)
    running.clock.set(DUE - timedelta(seconds=1))
    await running.settle()
    assert len(team.messages) == before
    await running.step(timedelta(seconds=1))
    edition = team.messages[before]
    assert edition.text.startswith("Atlas: easy to use, but customers are unhappy.")
    assert datetime.fromtimestamp(float(edition.ts), UTC).replace(microsecond=0) == DUE
    assert all(reply.thread_ts == edition.ts for reply in team.messages[before + 1 :])

    score = await running.type(company.lead, team, "score nps")
    assert score is not None
    assert "NPS minus 83 or less, poor. 24 of 27 answered. At least 22 of 24 chose 0 to 6." in score.text
    contrast = await running.type(company.lead, team, "contrast")
    assert contrast is not None
    assert contrast.text.startswith("Atlas: easy to use, but customers are unhappy")
    assert not slack.troubles


def _grow(running: Running, company: Company) -> None:
    """Twenty-four people in the channel: enough for a figure that is not early."""
    for number in range(len(company.people), 24):
        company.people.append(running.slack.workspace.add_user(f"Person {number}", id=f"U0P{number:02d}"))
        company.channel.members.append(company.people[-1].id)


async def _customers_click(running: Running, company: Company, question: Message) -> None:
    """All choose a low point; the first writes why, and then chooses another."""
    slack = running.slack
    for number, user in enumerate(company.people):
        outcome = await slack.click(user, question, f"point/{3 if number % 2 else 2}")
        assert outcome.status == 200
        await running.bot.background.drain()
    first = company.people[0]
    sent = await slack.submit(
        first, slack.views(first)[-1], {"comment": "The invoices are wrong.", "allow": ["quote"]}
    )
    assert sent.ok
    await running.click(first, question, 6)
    form = str(slack.views(first)[-1].body)
    assert "*Changed from 2 to 6.* Your comment is kept; does it still fit?" in form
    (receipt,) = slack.ephemerals(first, company.channel)
    assert receipt.text.startswith("Your answer is saved.")
    await running.click(company.people[-1], question, 9)


async def _users_fill_in(running: Running, company: Company, statements: Message) -> None:
    """The same people agree with both statements of the form."""
    slack = running.slack
    for number, user in enumerate(company.people):
        if slack.views(user):  # the form for a comment, left unsent
            await slack.close_view(user, slack.views(user)[-1])
        await slack.click(user, statements, "open_form")
        await running.bot.background.drain()
        sent = await slack.submit(user, slack.views(user)[-1], {"item/1": "7", "item/2": str(5 + number % 3)})
        assert sent.ok
        await slack.close_view(user, slack.views(user)[-1])
