"""The road from a click to the digest, as people go it."""

from datetime import timedelta

from tests.conftest import Company, Running


async def test_from_a_click_to_mondays_digest(running: Running, company: Company) -> None:
    """A click, a comment, a change of mind, the close, and the digest at Monday 09:00."""
    slack = running.slack
    await running.type(company.lead, company.channel, "digest Atlas weekly mon 09:00 Europe/Berlin")
    question = await running.ask(company.lead, company.channel)
    for number, user in enumerate(company.people):
        await running.click(user, question, 9 if number % 2 else 3)
    first = company.people[0]
    await slack.submit(
        first, slack.views(first)[-1], {"comment": "The invoices are wrong.", "allow": ["quote"]}
    )
    await running.click(first, question, 6)
    assert "Changed from 3 to 6" in slack.ephemerals(first, company.channel)[-1].text
    assert "Your comment is kept" in slack.ephemerals(first, company.channel)[-1].text
    await running.step(timedelta(seconds=10))
    assert "10 answered" in question.text
    await running.step(timedelta(days=7, minutes=20))
    assert "Closed" in question.text
    assert not any(block["type"] == "actions" for block in question.blocks)
    before = len(company.channel.messages)
    await running.step(timedelta(days=6, hours=23))
    posted = company.channel.messages[before:]
    assert posted[0].text.startswith(
        "Atlas: one side so far. Being a customer (CX): too early to tell, NPS 0"
    )
    assert not slack.troubles
