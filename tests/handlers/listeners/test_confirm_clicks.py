"""A new name, an open question, an answer that could not count: nothing is posted before a yes."""

from datetime import timedelta

from bot.sandbox.model.messages import Message
from tests.conftest import Company, Running
from tests.handlers.scene import dialog, forged


async def names(running: Running) -> set[str]:
    """The products of the workspace."""
    return {each.name for each in await running.bot.store.products.everywhere("T0SANDBOX")}


async def typed(running: Running, company: Company, words: str) -> Message:
    """What the lead is answered to words after `/pulse`."""
    answer = await running.type(company.lead, company.channel, words)
    await running.settle()
    assert answer is not None
    return answer


async def pressed(running: Running, company: Company, message: Message, action: str) -> str:
    """Press a button of an answer, twice delivered; all that the lead reads then."""
    outcome = await running.slack.click(company.lead, message, action)
    await running.slack.redeliver(outcome)
    await running.settle()
    return "\n".join(each.text for each in running.slack.ephemerals(company.lead))


async def test_a_new_name_is_asked_about_before_anything_is_posted(
    running: Running, company: Company
) -> None:
    """The known one is asked exactly as typed, the new one is made by its button, Cancel does nothing."""
    before = await names(running)
    asked = await typed(running, company, "ask nps about Altas until fri 17:00")
    assert asked.text == (
        "Altas is new here. Did you mean Atlas? Nothing was asked yet. "
        "Buttons: Ask about Atlas, Start Altas as a new product."
    )
    alone = await typed(running, company, "ask csat about Zeppelin")
    assert alone.text == (
        "Zeppelin is new here. Questions with the same name meet in one digest, so check the spelling. "
        "Nothing was asked yet. Buttons: Start Zeppelin, Cancel."
    )
    assert not company.channel.messages
    assert await names(running) == before
    assert (await pressed(running, company, alone, "name/cancel")).endswith("\nNothing was asked.")
    running.clock.step(timedelta(minutes=10))
    goes = await pressed(running, company, asked, "name/known")
    assert "Asked in <#C0ATLAS> (number 1). Open until Friday 6 November at 17:00 CET." in goes
    assert [each.text.startswith("How likely") for each in company.channel.messages] == [True]
    assert await names(running) == before
    new = await typed(running, company, "ask csat about Altas")
    await pressed(running, company, new, "name/new")
    assert await names(running) == before | {"Altas"}
    assert "with Altas?" in company.channel.messages[-1].text
    assert len(company.channel.messages) == 2


async def test_a_second_button_of_one_answer_asks_nothing_more(running: Running, company: Company) -> None:
    """Pressed at once with the first or after it, it says that nothing more was asked, and makes nothing."""
    asked = await typed(running, company, "ask nps about Altas")
    presses = [await running.slack.click(company.lead, asked, each) for each in ("name/known", "name/new")]
    await running.settle()
    for press in presses:
        await running.slack.redeliver(press)
    await running.settle()
    said = [each.text for each in running.slack.ephemerals(company.lead)]
    more = [each for each in said if each.endswith("Nothing more was asked.")]
    assert more[0].startswith("The question was asked already, about ")
    assert not [each for each in said if "tires people" in each]
    assert len(company.channel.messages) == 1
    later = await typed(running, company, "ask csat about Baecon")
    new = later.blocks[-1]["elements"][-1]
    press = await running.slack.click(company.lead, later, "name/known")
    await running.settle()
    await forged(running, press, action_id=new["action_id"], value=new["value"])
    assert "Baecon" not in await names(running)


async def test_a_question_is_asked_again_only_after_a_yes(running: Running, company: Company) -> None:
    """What is open is not asked again; what could not be counted yet is asked after Ask anyway."""
    question = await running.ask(company.lead, company.channel)
    twice = await typed(running, company, "ask nps about Atlas")
    assert twice.text.startswith("The same question is open here until Monday 9 November at 10:00 CET.")
    for person in company.people:
        await running.click(person, question, 9)
    await running.settle()
    twice = await typed(running, company, "ask nps about Atlas")
    assert "at 10:00 CET, with 10 answers. Nothing was asked." in twice.text
    assert twice.text.endswith("Button: Go to the question.")
    await running.count()
    soon = await typed(running, company, "ask nps about Atlas for 3 days")
    assert soon.text.startswith("This question was counted on 9 November; new answers are counted from ")
    assert soon.text.endswith("Nothing was asked yet. Buttons: Ask anyway, Cancel.")
    assert len(company.channel.messages) == 1
    assert "Asked in <#C0ATLAS> (number 2)" in await pressed(running, company, soon, "ask_anyway")
    few = await running.type(company.lead, company.team, "ask nps about Atlas")
    assert few is not None
    assert few.text == "This channel has 2 people; a score needs 10. Ask a larger one. Nothing was asked."
    assert not company.team.messages


async def test_a_yes_is_wanted_in_the_minutes_before_the_count(running: Running, company: Company) -> None:
    """What has closed with enough answers is counted in minutes, and then new answers wait four weeks."""
    for instrument, answered in (("nps", 10), ("csat", 5), ("umux_lite", 0)):
        question = await running.ask(company.lead, company.channel, f"{instrument} about Atlas for 1 day")
        for person in company.people[:answered]:
            await running.click(person, question, 5)
        await running.step(timedelta(seconds=2))
    running.clock.set(running.clock() + timedelta(days=1))
    for step in (timedelta(0), timedelta(minutes=5)):  # before the close is noticed, and after
        await running.step(step)
        for instrument, answered in (("nps", 10), ("csat", 5)):
            soon = await typed(running, company, f"ask {instrument} about Atlas for 3 days")
            assert soon.text.startswith(f"This question has just closed with {answered} answers. Once")
            assert soon.text.endswith("Nothing was asked yet. Buttons: Ask anyway, Cancel.")
    assert len(company.channel.messages) == 3
    assert "Asked in <#C0ATLAS>" in await pressed(running, company, soon, "ask_anyway")
    await running.step(timedelta(seconds=2))
    assert "Asked in <#C0ATLAS>" in (await typed(running, company, "ask umux_lite about Atlas")).text


async def test_after_four_weeks_advice_is_one_sentence_and_no_second_yes(
    running: Running, company: Company
) -> None:
    """Within 90 days NPS and SUS are asked at once, with a sentence before; other questions without it."""
    slack, lead = running.slack, company.lead
    for instrument in ("nps", "sus", "csat", "umux_lite"):
        await running.ask(lead, company.channel, f"{instrument} about Atlas")
        await running.step(timedelta(seconds=2))
    for person in company.people:
        await running.click(person, company.channel.messages[0], 9)
    await running.count()
    await running.step(timedelta(days=28))
    for instrument, advice in (("nps", 1), ("sus", 1), ("csat", 0), ("umux_lite", 0)):
        seen, posts = len(slack.ephemerals(lead)), len(company.channel.messages)
        await typed(running, company, f"ask {instrument} about Atlas")
        await running.step(timedelta(seconds=2))
        told = [each.text for each in slack.ephemerals(lead)[seen:]]
        assert len([each for each in told if "within 90 days tires people." in each]) == advice, instrument
        assert not [each for each in told if "Ask anyway" in each], instrument
        assert len(company.channel.messages) == posts + 1, instrument


async def test_a_name_that_is_not_asked_about_leads_to_those_that_are(
    running: Running, company: Company
) -> None:
    """A slip in a command that reads is answered with a button that runs it as it was meant."""
    await running.ask(company.lead, company.channel)
    slip = await typed(running, company, "score nps about Altas")
    assert slip.text == "Nothing about Altas here. Did you mean Atlas? Button: Score of Atlas."
    assert "Atlas, NPS" in await pressed(running, company, slip, "again")
    for command in ("contrast about", "trend of", "comments for", "why about"):
        other = await typed(running, company, f"{command} Zeppelin")
        assert other.text.startswith(
            "Nothing about Zeppelin here. Products asked about in this channel: Atlas. Button: Atlas."
        )


async def test_the_form_asks_which_product_is_meant(running: Running, company: Company) -> None:
    """Before the preview of a new name comes a page with the known one chosen."""
    await running.type(company.lead, company.channel, "ask")
    await running.slack.submit(company.lead, running.slack.views(company.lead)[-1], {"product": "Altas"})
    await running.bot.background.drain()
    assert dialog(running, company.lead)["title"]["text"] == "Check the name"
    await running.slack.submit(company.lead, running.slack.views(company.lead)[-1])
    await running.bot.background.drain()
    assert "recommend Atlas to a friend" in str(dialog(running, company.lead))
    await running.slack.submit(company.lead, running.slack.views(company.lead)[-1])
    await running.settle()
    assert "recommend Atlas" in company.channel.messages[-1].text
    assert "Altas" not in await names(running)
