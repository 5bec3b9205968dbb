"""Messages are sent at most once, in order, and what goes wrong is told to whoever owns them."""

from datetime import timedelta

import pytest

from bot.sandbox.api.faults import Dropped, LostAnswer, RateLimited, Refusal, ServerError
from jobs.delivery import send as outbox
from jobs.messages.layout.ids import read_rate_block
from storage.records import PostState
from tests.conftest import Company, Running
from tests.jobs.scheduling import schedule


@pytest.mark.parametrize(
    "error, words, remedy",
    [
        ("not_in_channel", "Bifocal is not in <#C0ATLAS> any more.", "Type `/invite @Bifocal` there."),
        ("is_archived", "<#C0ATLAS> is archived.", "It has to be unarchived first."),
        ("restricted_action", "Only some people may post in <#C0ATLAS>", "A workspace admin can let"),
        ("token_revoked", "Slack no longer lets Bifocal in", "Whoever runs Bifocal has to install it again."),
    ],
)
async def test_a_refused_post_pauses_its_schedule_and_tells_its_owner_once(
    error: str, words: str, remedy: str, running: Running, company: Company
) -> None:
    """The owner reads once, by direct message, what is wrong and what to do; nothing is posted again."""
    await schedule(running, company)
    running.slack.faults.add("chat.postMessage", Refusal(error), channel=company.channel.id)
    await running.step(timedelta(days=7))
    await running.step(timedelta(minutes=1))
    assert not company.channel.messages
    dms = [message.text for message in running.slack.dms(company.lead)]
    assert len(dms) == 1
    assert words in dms[0]
    assert remedy in dms[0]
    assert "is paused." in dms[0]
    assert "`/pulse resume 1`" in dms[0]
    listed = await running.type(company.lead, company.channel, "list")
    assert listed is not None
    assert "paused" in listed.text
    assert "open until" not in listed.text
    await running.step(timedelta(days=7))
    assert not company.channel.messages
    assert len(running.slack.dms(company.lead)) == 1
    await running.type(company.lead, company.channel, "resume 1")
    await running.step(timedelta(days=7))
    assert len(company.channel.messages) == 1


async def test_a_refused_question_is_not_open(running: Running, company: Company) -> None:
    """What nobody can see is neither open nor waiting for answers, and its asker reads how to ask again."""
    running.slack.faults.add("chat.postMessage", Refusal("restricted_action"), channel=company.channel.id)
    await running.type(company.lead, company.team, "ask nps #atlas about Atlas")
    await running.settle()
    (told,) = running.slack.dms(company.lead)
    assert "was not posted. A workspace admin" in told.text
    assert told.text.endswith("Then `/pulse ask nps about Atlas` once more.")
    answer = await running.type(company.lead, company.channel, "close 1")
    assert answer is not None
    assert answer.text == "Pulse 1 has no open question. Nothing was changed."
    again = await running.ask(company.lead, company.channel)
    assert "recommend Atlas" in again.text
    assert "same question is open" not in running.slack.ephemerals(company.lead)[-1].text


async def test_too_many_requests_are_waited_out(running: Running, company: Company) -> None:
    """After a 429 the post waits as long as Slack says, and comes once."""
    running.slack.faults.add("chat.postMessage", RateLimited(60), channel=company.channel.id)
    await running.type(company.lead, company.channel, "ask nps about Atlas")
    await running.step(timedelta(seconds=59))
    assert not company.channel.messages
    await running.step(timedelta(seconds=2))
    assert len(company.channel.messages) == 1
    assert not running.slack.dms(company.lead)


@pytest.mark.parametrize(
    "fault, posted",
    [
        (ServerError(503), 0),
        (ServerError(500, accepted=True), 1),
        (LostAnswer(), 1),
        (Dropped(), 0),
        (Refusal("internal_error"), 0),
    ],
    ids=str,
)
async def test_a_post_whose_answer_was_lost_is_never_repeated(
    fault: ServerError | LostAnswer | Dropped | Refusal, posted: int, running: Running, company: Company
) -> None:
    """Nobody knows whether it is there: it is left alone, and its owner is told to look, once."""
    running.slack.faults.add("chat.postMessage", fault, channel=company.channel.id)
    await running.type(company.lead, company.channel, "ask nps about Atlas")
    for _ in range(4):
        await running.step(timedelta(minutes=10))
    assert len(company.channel.messages) == posted
    (told,) = running.slack.dms(company.lead)
    assert told.text.startswith(
        "Slack did not say whether pulse 1 (NPS about Atlas) was posted in <#C0ATLAS>."
    )
    assert "It is not sent again" in told.text


async def test_an_update_whose_answer_was_lost_is_repeated(running: Running, company: Company) -> None:
    """A renewal shows the same twice, so it is sent again until Slack has it."""
    question = await running.ask(company.lead, company.channel)
    for fault in (LostAnswer(), ServerError(502), RateLimited(5)):
        running.slack.faults.add("chat.update", fault)
    await running.click(company.people[0], question, 9)
    running.slack.faults.add("chat.update", Dropped())
    for _ in range(5):
        await running.step(timedelta(seconds=40))
    assert "1 answered" in question.text
    assert not running.slack.dms(company.lead)


async def test_a_message_that_somebody_deleted_is_let_go(running: Running, company: Company) -> None:
    """A renewal of a message that is gone ends quietly, and the answers stay."""
    question = await running.ask(company.lead, company.channel)
    await running.click(company.people[0], question, 9)
    company.channel.messages.remove(question)
    for _ in range(3):
        await running.step(timedelta(seconds=10))
    assert not running.slack.dms(company.lead)
    wave_id, _ = read_rate_block(question.blocks[1]["block_id"])
    post = await running.bot.store.outbox.post_for(company.lead.team_id, wave_id)
    assert post is not None
    assert post.state is PostState.DELETED
    wave = await running.bot.store.waves.get(company.lead.team_id, wave_id)
    assert wave is not None
    assert wave.answered == 1


async def test_deliver_says_how_many_calls_it_made(running: Running, company: Company) -> None:
    """With nothing to send nothing is called."""
    assert await outbox.deliver(running.bot.store, running.bot.client, now=running.clock()) == 0
    await running.ask(company.lead, company.channel)
    assert await outbox.deliver(running.bot.store, running.bot.client, now=running.clock()) == 0
