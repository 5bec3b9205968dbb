"""Words and forms for one person, which may be lost without losing an answer."""

import asyncio
import logging
from collections.abc import Coroutine
from datetime import timedelta

import pytest
from slack_bolt.context.respond.async_respond import AsyncRespond

from bot.sandbox.api.faults import Dropped, Fault, RateLimited, Refusal, ServerError, Silence
from handlers.background import BackgroundTasks
from handlers.page_updates import complete_form, update_form
from handlers.payloads import View
from handlers.replies import NotOpened, open_form, reply_or_refusal, tell, whisper
from jobs.messages.layout.blocks import message, section
from jobs.messages.respondent import receipts
from jobs.messages.wording import why_not
from jobs.permissions.refusal import Refused
from tests.conftest import Company, Running
from tests.handlers.scene import told

VIEW = receipts.as_view(receipts.old_button())


@pytest.mark.parametrize("error", ["expired_trigger_id", "exchanged_trigger_id"])
async def test_a_form_that_comes_too_late_is_let_go(error: str, running: Running, company: Company) -> None:
    """The one receipt says that the answer is saved, and its button opens the form."""
    question = await running.ask(company.lead, company.channel)
    running.slack.faults.add("views.open", Refusal(error))
    person = company.people[0]
    await running.click(person, question, 9)
    assert not running.slack.views(person)
    (receipt,) = running.slack.ephemerals(person)
    assert receipt.text.startswith("Your answer is saved: 9. The form for a comment took too long to open.")
    await running.slack.click(person, running.slack.ephemerals(person)[-1], "add_comment")
    await running.bot.background.drain()
    assert running.slack.views(person)


@pytest.mark.parametrize(
    "fault, said",
    [
        (Refusal("expired_trigger_id"), "*That took too long.* Nothing was saved. Press Answer again."),
        (Silence(accepted=False), "*That took too long.* Nothing was saved. Press Answer again."),
        (RateLimited(90), f"{why_not.FORM_NOT_OPENED} Nothing was saved. Press Answer again."),
        (ServerError(500), f"{why_not.FORM_NOT_OPENED} Nothing was saved. Press Answer again."),
        (Dropped(), f"{why_not.FORM_NOT_OPENED} Nothing was saved. Press Answer again."),
        (Refusal("invalid_arguments"), f"{why_not.FORM_REFUSED} Nothing was saved. Press Answer again."),
    ],
)
async def test_why_a_form_does_not_open(
    fault: Fault, said: str, running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever Slack or the network does, the reason is a true one, and what to press is named."""
    monkeypatch.setattr("handlers.replies.FORM_LIMIT", 0.2 if isinstance(fault, Silence) else 5)
    for method, push in (("views.open", False), ("views.push", True)):
        running.slack.faults.add(method, fault)
        with pytest.raises(NotOpened) as failed:
            await open_form(running.bot.client, "1.2.3", VIEW, again="Press Answer again.", push=push)
        assert str(failed.value) == said
        running.slack.faults.release()


@pytest.mark.parametrize("error", ["hash_conflict", "invalid_arguments"])
async def test_a_form_that_slack_does_not_change(error: str, running: Running) -> None:
    """Whoever wants to say something in it is told, to say it elsewhere."""
    running.slack.faults.add("views.update", Refusal(error))
    assert not await update_form(running.bot.client, View(id="V1", hash="x"), VIEW)


async def test_a_page_that_nobody_has_open_any_more(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is looked for a moment, since the ack may be on its way, and then let go."""
    monkeypatch.setattr("handlers.page_updates.AFTER_THE_ACK", (0, 0))
    assert await complete_form(running.bot.client, "nobody-has-this", VIEW)
    updates = [e for e in running.slack.feed.of("api.request") if e["method"] == "views.update"]
    assert len(updates) == 2


async def test_a_whisper_that_cannot_be_heard_becomes_a_direct_message(
    running: Running, company: Company
) -> None:
    """Where the person is not in the channel, they are told all the same."""
    person = company.people[0]
    await whisper(
        running.bot.client, channel_id=company.team.id, user_id=person.id, message=receipts.old_button()
    )
    assert running.slack.dms(person)[-1].text == "This button is no longer in use."
    await whisper(
        running.bot.client, channel_id=company.channel.id, user_id=person.id, message=receipts.old_button()
    )
    assert told(running, person) == "This button is no longer in use."
    assert len(running.slack.dms(person)) == 1


async def test_a_private_answer_that_slack_refuses_is_logged(
    running: Running, company: Company, caplog: pytest.LogCaptureFixture
) -> None:
    """The answer is kept; the log has the status, and no words of anybody."""
    caplog.set_level(logging.INFO)
    question = await running.ask(company.lead, company.channel)
    running.slack.faults.add("response_url", ServerError(500))
    await running.click(company.people[0], question, 9)
    assert "a private answer was refused: 500" in caplog.text
    assert company.people[0].id not in caplog.text
    await running.step(timedelta(seconds=6))
    assert "1 answered" in question.text


async def test_blocks_that_slack_does_not_take(running: Running, company: Company) -> None:
    """The person reads the same words as text alone: nobody is left without an answer."""
    lead, urls = company.lead, running.slack.world.response_urls
    respond = AsyncRespond(
        response_url=running.slack.world.address + urls.issue(lead.id, company.channel.id, None)
    )
    await tell(respond, message("All of it.", section("too long for Slack " * 200)))
    assert told(running, lead) == "All of it."


async def test_background_tasks_give_up_in_time(caplog: pytest.LogCaptureFixture) -> None:
    """What hangs is ended, what fails is logged, and draining waits for what began meanwhile."""
    done: list[int] = []
    background = BackgroundTasks(limit=0.01)

    async def hang() -> None:
        await asyncio.Event().wait()

    async def fail() -> None:
        raise RuntimeError

    async def begin() -> None:
        background.start(_note(done))

    for work in (hang(), fail(), begin()):
        background.start(work, team="T1")
    await background.drain()
    assert done == [1]
    assert "gave up after 0.01 s" in caplog.text
    assert "failed after the answer was kept" in caplog.text


def _note(done: list[int]) -> Coroutine[object, object, None]:
    async def note() -> None:
        done.append(1)

    return note()


async def test_a_fault_is_a_sentence(caplog: pytest.LogCaptureFixture) -> None:
    """A refusal is its own words; anything else reads that it went wrong, and leaves its trace."""

    async def refuse() -> None:
        raise Refused("You are not in <#C1>.")

    async def fail() -> None:
        raise KeyError("x")

    answer = await reply_or_refusal(refuse(), team_id="T1")
    assert answer is not None
    assert answer["blocks"][0]["text"]["text"] == "You are not in <#C1>."
    assert "Traceback" not in caplog.text
    answer = await reply_or_refusal(fail(), team_id="T1")
    assert answer is not None
    assert answer["text"] == "Something went wrong in Bifocal. Please try again in a minute."
    assert "KeyError" in caplog.text


async def test_an_answer_that_hangs_is_given_up_in_words() -> None:
    """Nobody is met with silence: after the limit the person reads that it took too long."""
    answer = await reply_or_refusal(_never(), team_id="T1", limit=0.01)
    assert answer is not None
    assert answer["text"].startswith("That took too long, probably because Slack is slow.")


async def _never() -> None:
    await asyncio.Event().wait()


@pytest.mark.parametrize(
    "words, again",
    [
        (
            "schedule csat about Atlas every 4 weeks tue 08:00",
            "/pulse schedule csat about Atlas every 4 weeks tue 08:00",
        ),
        ("schedule", "/pulse schedule"),
        ("digest setup", "/pulse digest setup"),
    ],
)
async def test_a_form_of_a_command_that_comes_too_late_keeps_all_words(
    words: str, again: str, running: Running, company: Company
) -> None:
    """What is to be typed again is the whole command, so that it opens the same form."""
    running.slack.faults.add("views.open", Refusal("expired_trigger_id"))
    answer = await running.type(company.lead, company.channel, words)
    assert answer is not None
    assert answer.text.endswith(f"Nothing was saved. Type {again} again.")
