"""`/pulse ask` and `/pulse schedule`."""

from tests.conftest import Company, Running
from tests.handlers.scene import dialog, told


async def test_the_only_product_need_not_be_named(running: Running, company: Company) -> None:
    """Where one product is spoken of, its name may be left out, and the form has it."""
    await running.ask(company.lead, company.channel)
    question = await running.ask(company.lead, company.channel, "csat for 3 days")
    assert "How satisfied are you with Atlas?" in question.text
    assert "open until Thursday 5 November at 10:00 CET" in told(running, company.lead)
    await running.type(company.lead, company.channel, "ask")
    assert "'initial_value': 'Atlas'" in str(dialog(running, company.lead))


async def test_the_forms_of_ask_and_schedule(running: Running, company: Company) -> None:
    """Asking has no fields about time; a schedule has three more, in the asker's own zone."""
    await running.type(company.lead, company.channel, "ask")
    assert "'often'" not in str(dialog(running, company.lead))
    await running.type(company.lead, company.channel, "schedule")
    page = str(dialog(running, company.lead))
    assert "'often'" in page
    assert "Europe/Berlin" in page
    assert not running.slack.troubles
