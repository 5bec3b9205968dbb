"""`/pulse me` and `/pulse forget`."""

from tests.conftest import Company, Running


async def test_what_is_kept_of_me(running: Running, company: Company) -> None:
    """Each answer with its comment and its way back; forgetting shows the same and asks once."""
    person = company.people[0]
    for words in ("me", "forget"):
        answer = await running.type(person, company.channel, words)
        assert answer is not None
        assert answer.text.startswith("Nothing is kept of you. ")
    question = await running.ask(company.lead, company.channel)
    await running.click(person, question, 9)
    await running.slack.submit(person, running.slack.views(person)[-1], {"comment": "Good."})
    answer = await running.type(person, company.channel, "me")
    assert answer is not None
    assert "NPS about Atlas, <#C0ATLAS>, open: you chose 9." in answer.text
    assert "You wrote: Good. Not to be quoted." in answer.text
    assert "Stored without your name, under a code made from your Slack id." in answer.text
    await running.slack.click(person, answer, "take_back", confirm=True)
    await running.bot.background.drain()
    again = await running.type(person, company.channel, "forget")
    assert again is not None
    assert again.text.startswith("Forget you?")  # it is kept that they were asked how they know Atlas
    await running.click(person, question, 4)
    again = await running.type(person, company.channel, "forget")
    assert again is not None
    await running.slack.click(person, again, "forget", confirm=False)
    assert "you chose 4" in str(await running.type(person, company.channel, "me"))
