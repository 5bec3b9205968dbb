"""The menus in the list of what runs here do what their words say, and leave the list where it is."""

from datetime import timedelta

from bot.sandbox.model.messages import Message
from tests.conftest import Company, Running
from tests.jobs.scheduling import schedule


async def _chosen(running: Running, company: Company, row: str, value: str) -> str:
    """What comes of a choice in the menu of a row: the new private words, else the title of the new form."""
    slack, lead = running.slack, company.lead
    listed = await running.type(lead, company.channel, "list")
    assert listed is not None
    shown = len(slack.ephemerals(lead))
    block = next(each for each in listed.blocks if row in str(each.get("text")))
    await _select(running, company, listed, block["block_id"], value)
    assert "What runs here" in listed.text
    said = [each.text for each in slack.ephemerals(lead)[shown:]]
    titles = [f"a form: {view.body['title']['text']}" for view in slack.views(lead)]
    if titles:
        await slack.close_view(lead, slack.views(lead)[-1], everything=True)
    assert len(said) + len(titles) == 1, (value, said, titles)
    return str([*said, *titles][0])


async def _select(running: Running, company: Company, where: Message, block_id: str, value: str) -> None:
    await running.slack.select(company.lead, where, "pulse_menu", value, block_id=block_id)
    await running.bot.finish()


async def test_every_choice_does_what_it_says(running: Running, company: Company) -> None:
    """Changing opens the form, ending asks first, and each other choice answers as its command does."""
    await running.digest(company.lead, company.channel, "digest Atlas weekly mon 09:00 Europe/Berlin")
    await schedule(running, company)
    question = await running.ask(company.lead, company.channel, "csat about Atlas")
    steps = [
        ("CSAT", "leads 2", "Priya Nair"),
        ("NPS", "change 1", "a form: Change the schedule"),
        ("NPS", "pause 1", "is paused"),
        ("NPS", "resume 1", "goes on"),
        ("NPS", "end 1", "End the schedule"),
        ("Digest", "digest Atlas change", "a form: Change the digest"),
        ("CSAT", "takedown 2", "Take down question 2"),
        ("CSAT", "close 2", "is closed"),
    ]
    for row, value, expected in steps:
        assert expected in await _chosen(running, company, row, value), value
    await running.step(timedelta(seconds=6))
    assert "closed" in question.text.casefold()
    assert not running.slack.troubles
