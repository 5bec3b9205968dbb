"""`/pulse ask` and `/pulse schedule`."""

import pytest

from bot.sandbox.api.faults import RateLimited, Refusal
from tests.conftest import Company, Running
from tests.handlers.scene import dialog, told
from tests.storage.scene import all_waves


async def test_the_only_product_need_not_be_named(running: Running, company: Company) -> None:
    """Where one product is spoken of, its name may be left out, and the form has it."""
    await running.ask(company.lead, company.channel)
    question = await running.ask(company.lead, company.channel, "csat for 3 days")
    assert "How satisfied are you with Atlas?" in question.text
    assert "Open until Thursday 5 November at 10:00 CET" in told(running, company.lead)
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


@pytest.mark.parametrize("method", ["conversations.info", "conversations.members"])
async def test_nobody_asks_where_slack_does_not_say_that_they_may(
    method: str, running: Running, company: Company
) -> None:
    """Who is in a channel is not guessed: Slack does not tell, so nothing is asked and a sentence says it."""
    running.slack.faults.add(method, RateLimited(90), times=9)
    answer = await running.type(company.lead, company.channel, "ask nps #atlas-team about Atlas")
    assert answer is not None
    assert answer.text == "Slack does not answer Bifocal at the moment. Please try again in 2 minutes."
    await running.settle()
    assert not company.team.messages
    assert not await all_waves(running.bot.store)


async def test_without_the_askers_zone_the_answer_names_another(running: Running, company: Company) -> None:
    """A person of whom Slack does not tell is answered in the zone of the settings, and reads which it is."""
    running.slack.faults.add("users.info", Refusal("fatal_error"))
    await running.type(company.lead, company.channel, "ask nps about Atlas until fri 17:00")
    assert "Open until Friday 6 November at 17:00 CET" in told(running, company.lead)


async def test_what_a_refusal_tells_to_type_posts_where_the_line_would(
    running: Running, company: Company
) -> None:
    """Where another channel is named, each example names it too, and nothing is posted in this one."""
    await running.ask(company.lead, company.channel)
    for typed, hint in [
        ("ask seq #atlas-team about Atlas", "/pulse ask seq #atlas-team about Atlas: send an invoice"),
        ("ask csat #atlas-team about the support you got", "/pulse ask csat #atlas-team about "),
        ("ask csat #atlas-team", "/pulse ask csat #atlas-team about "),
        ("ask csat #nowhere about Atlas", "Try /pulse ask."),
    ]:
        await running.type(company.lead, company.channel, typed)
        assert hint in told(running, company.lead).replace("`", ""), typed
    await running.settle()
    assert len(company.channel.messages) == 1
