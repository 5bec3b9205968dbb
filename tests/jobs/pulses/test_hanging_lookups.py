"""A due question is asked at once, whatever Slack is silent about to others."""

from datetime import timedelta

from bot.sandbox.api.faults import Dropped, Silence
from bot.sandbox.model.channels import Channel
from bot.ticker import Ticker
from jobs.pulses.open_waves import open_wave
from storage.records import Pulse
from tests.conftest import Company, Running
from tests.standing import a_pulse

HISTORY = {"channels:history", "groups:history"}
LOOKED_UP = (
    "conversations.members",
    "conversations.info",
    "conversations.history",
    "users.info",
    "users.list",
)
DUE_IN = timedelta(minutes=10)
MANY = 70  # questions that wait for Slack: more than it is asked about at once


async def test_what_hangs_in_a_look_up_holds_up_no_other_question(running: Running, company: Company) -> None:
    """Neither those that are due with what waits for Slack, nor those that fall due while it does."""
    beside = [running.slack.add_channel(name, company.lead, *company.people) for name in ("beside", "later")]
    await in_doubt(running, company)
    await asked_with_names(running, company, "Beacon")
    for _ in range(MANY):
        await due(running, company, company.channel, "Beacon", DUE_IN)
    for channel, product, due_in in zip(beside, ("Calypso", "Borea"), (DUE_IN, 2 * DUE_IN), strict=True):
        await due(running, company, channel, product, due_in)
    for method in LOOKED_UP:
        running.slack.faults.add(method, Silence(), times=1000)
    stood = len(company.channel.messages)
    ticker = Ticker(running.bot.steps, clock=running.clock)
    running.clock.step(DUE_IN)
    ticker.start()
    try:
        for channel in beside:
            await running.slack.feed.happens("message.posted", within=5, channel=channel.id)
            running.clock.step(DUE_IN)
            next(step for step in running.bot.steps if step.name == "open").due.set()
        silent = {event["method"] for event in running.slack.feed.of("fault")}
        assert {"conversations.members", "conversations.history"} <= silent
        assert len(company.channel.messages) == stood
    finally:
        running.slack.faults.clear()
        running.slack.faults.release()
        running.bot.stop()
        await ticker.stop()


async def in_doubt(running: Running, company: Company) -> None:
    """A question of which nobody knows whether it stands: the history of its channel is to be read."""
    running.slack.app.scopes = frozenset(running.slack.app.scopes | HISTORY)
    await running.bot.contact.greet()
    running.slack.faults.add("chat.postMessage", Dropped(), channel=company.channel.id)
    await running.type(company.lead, company.channel, "ask nps about Atlas for 7 days")
    await running.bot.sender.send_due()


async def asked_with_names(running: Running, company: Company, product: str) -> None:
    """A question that is open in another channel: whom the two have in common only Slack can tell."""
    now = running.clock()
    pulse = await a_pulse(
        running.bot.store,
        rule=None,
        zone="UTC",
        channel_id=company.team.id,
        lead_id=company.lead.id,
        now=now,
        product=product,
        named=True,
    )
    assert await open_wave(running.bot.store, pulse, now=now)


async def due(running: Running, company: Company, channel: Channel, product: str, due_in: timedelta) -> Pulse:
    """A question that falls due then."""
    at = running.clock() + due_in
    return await a_pulse(
        running.bot.store,
        rule=f"cron {at.minute} {at.hour} * * *",
        zone="UTC",
        channel_id=channel.id,
        lead_id=company.lead.id,
        now=running.clock(),
        product=product,
    )
