"""What an edition tells of: what is new, and of that only what stands."""

from datetime import timedelta

from jobs.contrast import from_json
from storage.records import OccasionState
from tests.conftest import Company, Running
from tests.jobs.digests.mondays import ORDER, answer, digest_of, due, editions, post
from tests.jobs.scheduling import schedule


async def test_a_week_without_anything_to_say_is_silent(running: Running, company: Company) -> None:
    """Nothing is posted, and the ledger says why; four weeks after the last edition one line is posted."""
    await answer(running, company, "nps about Atlas", 9)
    await running.digest(company.lead, company.channel, ORDER)
    await due(running, company)
    assert len(editions(company)) == 1
    for _ in range(3):
        await due(running, company)
    digest = await digest_of(running, company)
    assert len(editions(company)) == 1
    rows = await running.bot.store.ledger.occasions_of(digest.team_id, digest.id)
    assert [(row.state, row.reason) for row in rows] == [
        (OccasionState.DONE, None),
        *[(OccasionState.SKIPPED, "nothing new")] * 3,
    ]
    await due(running, company)
    line = editions(company)[-1]
    assert line.text == (
        "Atlas: same scores as on 16 November. No question closed since, and none is planned. "
        "Button: Repeat a question."
    )
    assert "|16 Nov>" in line.blocks[0]["text"]["text"]
    await running.slack.click(company.lead, line, "schedule")
    await running.bot.finish()
    opened = running.slack.views(company.lead)[-1]
    assert "often" in {block.get("block_id") for block in opened.body["blocks"]}
    for _ in range(3):
        await due(running, company)
    assert len(editions(company)) == 2
    assert not running.slack.troubles


async def test_where_nothing_was_ever_asked_only_the_lead_is_told(running: Running, company: Company) -> None:
    """Nothing is posted, the ledger says so, and its lead reads it once, with the button that asks."""
    await running.digest(company.lead, company.channel, ORDER)
    for _ in range(6):
        await due(running, company)
    assert not company.channel.messages
    digest = await digest_of(running, company)
    rows = await running.bot.store.ledger.occasions_of(digest.team_id, digest.id)
    assert {row.reason for row in rows} == {"nothing was asked yet"}
    (told,) = running.slack.dms(company.lead)
    assert told.text == (
        "No digest about Atlas today: nothing has been asked about it yet, "
        "so nothing was posted in <#C0ATLAS>. Button: Ask a channel."
    )
    await running.slack.click(company.lead, told, "ask")
    await running.bot.finish()
    assert running.slack.views(company.lead)[-1].title == "Ask a channel"
    assert not running.slack.troubles


async def test_a_score_that_was_withdrawn_before_any_edition_is_news(
    running: Running, company: Company
) -> None:
    """The edition for which it was meant says so, and its question names that edition no more."""
    await running.digest(company.lead, company.channel, ORDER)
    await running.step(timedelta(days=7))
    for people in (company.people[:3], company.people):
        question = await running.ask(company.lead, company.channel, "nps about Atlas for 1 day")
        for person in people:
            await running.click(person, question, 9)
        await running.step(timedelta(days=1, minutes=20))
        await running.step(timedelta(seconds=2))
    first = next(each for each in company.channel.messages if "3 answered" in each.text)
    down = await running.type(company.lead, company.channel, "takedown 2")
    assert down is not None
    await running.slack.click(company.lead, down, "take_down")
    for _ in range(3):
        await running.step(timedelta(seconds=2))
    assert first.text.endswith("3 answered, thank you.")
    await running.step(timedelta(days=5))
    for _ in range(3):
        await running.step(timedelta(seconds=2))
    assert company.channel.messages[-1].text.startswith("Atlas: the customer score was withdrawn")


async def test_after_a_withdrawn_score_no_score_is_called_the_same(
    running: Running, company: Company
) -> None:
    """The digest after it tells of the withdrawal, and no later one points to a score, since none stands."""
    await running.digest(company.lead, company.channel, ORDER)
    await answer(running, company, "nps about Atlas", 9)
    await running.step(timedelta(days=7))
    assert any("10 of 13 answered" in message.text for message in company.channel.messages)
    down = await running.type(company.lead, company.channel, "takedown 1")
    assert down is not None
    await running.slack.click(company.lead, down, "take_down")
    before = len(editions(company))
    for _ in range(5):
        await due(running, company)
    said = [edition.text for edition in editions(company)[before:]]
    assert len(said) == 2  # that of the withdrawal, and one after four silent weeks
    assert all(text.startswith("Atlas: the customer score was withdrawn") for text in said)


async def test_what_speaks_for_no_side_is_news_of_its_own(running: Running, company: Company) -> None:
    """A score of another instrument stands in a line; where nothing else is new, without any card."""
    await answer(running, company, "nps about Atlas", 9)
    await running.digest(company.lead, company.channel, ORDER)
    await due(running, company)
    await answer(running, company, "csat about Atlas", 5)
    await due(running, company)
    first, second = editions(company)
    assert "Also this week" not in first.text
    assert second.text.startswith("Atlas: customers are happy; users are not asked here.")
    assert "Same scores as on 16 November. New this week: CSAT 80 percent or more, 10 answers." in second.text
    first_link = await running.bot.client.chat_getPermalink(channel="C0ATLAS", message_ts=first.ts)
    assert f"Same scores as on <{first_link['permalink']}|16 Nov>." in str(second.blocks)
    assert "Being a customer (CX)" not in second.text


async def test_what_speaks_for_no_side_is_told_without_a_score(running: Running, company: Company) -> None:
    """Where the side's own question waits for more answers, another score is told in its week, and once."""
    await running.digest(company.lead, company.channel, ORDER)
    waiting = await running.ask(company.lead, company.channel, "nps about Atlas")
    other = await running.ask(company.lead, company.channel, "csat about Atlas")
    for person in company.people:
        await running.click(person, other, 4)
    for person in company.people[:3]:
        await running.click(person, waiting, 9)
    await running.count()
    for _ in range(5):
        await due(running, company)
    first, second = editions(company)
    said = "Also this week: CSAT 80 percent or more, 10 answers."
    assert said in first.text
    assert "CSAT" not in second.text


async def test_what_waits_names_the_schedule_that_will_ask_the_same(
    running: Running, company: Company
) -> None:
    """Answers to a question that was asked once join the next of a schedule that was made since."""
    await running.digest(company.lead, company.channel, ORDER)
    once = await running.ask(company.lead, company.channel, "nps about Atlas")
    await running.ask(company.lead, company.channel, "umux_lite about Atlas")
    for person in company.people[:3]:
        await running.click(person, once, 9)
    await running.count()
    await schedule(running, company)
    await running.type(company.lead, company.channel, "digest Atlas now")
    await due(running, company)
    said = editions(company)[-1].text
    assert "These 3 join the next round, asked Monday 16 November." in said
    assert "Using Atlas: no answers so far." in said
    assert "No next question is planned." in said


async def test_a_score_is_that_of_the_channels_that_are_in_it(running: Running, company: Company) -> None:
    """Beside it, what waits in another channel is told as new answers; it is not shared with that channel."""
    other = running.slack.add_channel("beta", company.lead, *company.people, id="C0BETA")
    await running.digest(company.lead, company.team, "digest Atlas from #atlas #beta weekly mon 09:00")
    counted = await running.ask(company.lead, company.channel, "nps about Atlas for 6 days")
    waiting = await running.ask(company.lead, other, "nps about Atlas for 6 days")
    for person in company.people:
        await running.click(person, counted, 9)
    for person in company.people[:3]:
        await running.click(person, waiting, 9)
    await running.step(timedelta(days=6, minutes=30))
    await due(running, company)
    digest = next(each for each in company.team.messages if each.text.startswith("Atlas:"))
    assert "Being a customer: 3 new answers. They need to be 5 for a word, 10 for a score" in digest.text
    assert digest.text.endswith("Buttons: How this works, Share with #atlas.")


async def test_the_instrument_of_a_side_stays(running: Running, company: Company) -> None:
    """Once an edition has spoken by CSAT, a later NPS does not take its place."""
    await running.digest(company.lead, company.channel, ORDER)
    await answer(running, company, "csat about Atlas", 5)
    await running.type(company.lead, company.channel, "digest now")
    for _ in range(9):  # a channel takes one message a second
        await running.step(timedelta(seconds=2))
    await answer(running, company, "nps about Atlas", 9)
    digest = await digest_of(running, company)
    assert digest.cx_metric == "csat"
    await post(running, digest)
    edition = await running.bot.store.editions.last(digest.team_id, digest.id)
    assert edition
    score = from_json(edition.figures).cx.score
    assert score
    assert score.instrument == "csat"
