"""Scheduling a question by form, as a lead does."""

from tests.conftest import Company, Running

WEEKLY = {
    "product": "Atlas",
    "often": "weekly",
    "at": "09:00",
    "zone": "Europe/Berlin",
    "channel": "C0ATLAS",
    "open_for": "7d",
}


async def schedule(running: Running, company: Company, **more: str) -> None:
    """Fill in the form, look at the preview, press Repeat it; `more` fills other fields by their block_id."""
    await running.type(company.lead, company.channel, "schedule")
    await running.slack.submit(company.lead, running.slack.views(company.lead)[-1], WEEKLY | more)
    await running.bot.finish()
    await running.slack.submit(company.lead, running.slack.views(company.lead)[-1])
    await running.bot.finish()
