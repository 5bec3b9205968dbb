"""The composition root: builds, greets, ticks, and lets go."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.app import build
from bot.connection.slack_contact import SlackAway, WrongToken
from bot.sandbox.api.faults import Dropped, Refusal, ServerError
from bot.sandbox.model.clock import SteppedClock
from bot.sandbox.server import FakeSlack
from bot.start_checks import WrongSecret
from tests.conftest import Company, Running, settings_for
from tests.databases import databases


@pytest.mark.parametrize("new", [None, lambda: databases().migrated()], ids=["SQLite", "PostgreSQL"])
async def test_another_secret_ends_the_start(
    new: Callable[[], str] | None, slack: FakeSlack, clock: SteppedClock, tmp_path: Path
) -> None:
    """With another secret nobody's answers could be found: it does not start, also where others run."""
    own = {"DATABASE_URL": new()} if new else {}
    bot = await build(settings_for(slack, tmp_path, **own), clock=clock)
    with pytest.raises(WrongSecret, match="Set the first one again"):
        await build(settings_for(slack, tmp_path, **own, BIFOCAL_SECRET="another-0123456789"), clock=clock)
    again = await build(settings_for(slack, tmp_path, **own), clock=clock)
    await bot.close()
    await again.close()


async def test_a_token_is_known_good_before_it_is_ready(running: Running) -> None:
    """A refused token and a Slack that is away are two sentences; neither makes it ready."""
    bot = running.bot
    assert await bot.readiness.why_not() is None
    bot.contact.accepted = False
    running.slack.faults.add("auth.test", Refusal("invalid_auth"))
    with pytest.raises(WrongToken, match=r"SLACK_BOT_TOKEN was refused by Slack \(invalid_auth\)"):
        await bot.contact.greet()
    for fault in (Refusal("internal_error"), ServerError(503), Dropped()):
        running.slack.faults.add("auth.test", fault)
        with pytest.raises(SlackAway, match="Slack did not answer at http"):
            await bot.contact.greet()
    assert "Slack refuses the token (invalid_auth)" in str(await bot.readiness.why_not())
    await bot.contact.greet()
    assert await bot.readiness.why_not() is None


async def test_a_step_that_fails_stops_no_other(
    running: Running, company: Company, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Should one step raise, messages are sent all the same."""

    async def fail(*_: object, now: object) -> None:
        raise RuntimeError(str(now))

    monkeypatch.setattr("jobs.pulses.close_waves.close_due", fail)
    await running.ask(company.lead, company.channel)
    assert "step close failed" in caplog.text
    assert company.channel.messages
