"""Sharing results with those who answered: by leads, once, after a preview, and to be taken back."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from bot.sandbox.acting.outcomes import Outcome
from bot.sandbox.api.faults import Dropped, Fault, LostAnswer, RateLimited, Refusal, ServerError
from bot.sandbox.model.messages import Message
from bot.sandbox.model.people import User
from tests.conftest import Company, Running
from tests.handlers.listeners.test_edition_clicks import posted, posting, press, words_of
from tests.handlers.scene import HOSTILE, dialog, lifeless, refused, rows, told
from tests.jobs.messages.checking import check, labels

HERE = {"where": ["C0ATLAS"]}
STEP = "We check every invoice by hand until 11 December."


async def shared(
    running: Running, company: Company, digest: Message, *, who: User | None = None, step: str = STEP
) -> Outcome:
    """Press Share, tick the one channel, and share; what sending the preview gave."""
    who = who or company.lead
    await press(running, who, digest, "share")
    await running.slack.submit(who, running.slack.views(who)[-1], HERE | {"next": step})
    await running.settle()
    sent = await running.slack.submit(who, running.slack.views(who)[-1])
    await posting(running)
    return sent


def cards(company: Company) -> list[Message]:
    """The shared results that stand in the channel of those who answered."""
    return [each for each in company.channel.messages if "Thank you." in each.text]


async def test_a_lead_shares_the_score_of_their_own_side(running: Running, company: Company) -> None:
    """Form, preview, message, and the lead's own receipt; the button explains what is shown."""
    digest = await posted(running, company)
    await press(running, company.lead, digest, "share")
    form = dialog(running, company.lead)
    assert "#atlas\n" in words_of(form) + "\n"
    assert "Their score: being a customer" in words_of(form)
    await running.slack.submit(company.lead, running.slack.views(company.lead)[-1], HERE | {"next": STEP})
    await running.settle()
    preview = words_of(dialog(running, company.lead))
    assert "*10 people answered about Atlas in November. Thank you.*" in preview
    assert f"Priya Nair: {STEP}" in preview
    assert "Goes to <#C0ATLAS> now, 13 people." in preview
    assert not cards(company)
    await running.slack.submit(company.lead, running.slack.views(company.lead)[-1])
    await posting(running)
    (card,) = cards(company)
    assert card.text == (
        "10 people answered about Atlas in November. Thank you. Being a customer: mixed to good. "
        "NPS plus 40 (minus 100 to plus 100). What happens now. "
        f"Priya Nair: {STEP} Likely minus 13 to plus 74: the true score is in this range 19 times in 20. "
        "Nobody's own answer is shown. Button: How this works."
    )
    check({"text": card.text, "blocks": card.blocks})
    done = running.slack.dms(company.lead)[-1]
    assert done.text == "Shared with <#C0ATLAS>. Button: Remove it."
    assert labels(done.payload()) == ["Remove it"]
    question = company.channel.messages[0]
    assert question.text.endswith("10 answered, thank you. Results: shared here on 9 November.")
    where = await running.bot.client.chat_getPermalink(channel=company.channel.id, message_ts=card.ts)
    assert f"Results: <{where['permalink']}|shared here on 9 Nov>." in str(question.blocks)
    await press(running, company.people[0], card, "how")
    assert "60 less 20 is 40." in words_of(dialog(running, company.people[0]))
    assert "Using Atlas" not in words_of(dialog(running, company.people[0]))
    assert not running.slack.troubles
    assert not refused(running.slack)


async def test_it_is_removed_and_may_be_shared_again(running: Running, company: Company) -> None:
    """The button under the receipt deletes the message once; a share that stands is not made twice."""
    digest = await posted(running, company)
    await shared(running, company, digest)
    await press(running, company.admin, digest, "share")
    assert told(running, company.admin).startswith("Shared with <#C0ATLAS> on 9 ")
    done = running.slack.dms(company.lead)[-1]
    await press(running, company.lead, done, "unshare")
    await posting(running)
    assert not cards(company)
    assert "shared here" not in company.channel.messages[0].text
    await press(running, company.admin, running.slack.ephemerals(company.admin)[-1], "unshare")
    assert told(running, company.admin) == "This was removed from <#C0ATLAS> before."
    await shared(running, company, digest)
    assert len(cards(company)) == 1


async def test_a_form_that_is_sent_twice_shares_once(running: Running, company: Company) -> None:
    """Slack repeats what it got no answer to: one message, one receipt."""
    digest = await posted(running, company)
    sent = await shared(running, company, digest)
    receipts = len(running.slack.dms(company.lead))
    await running.slack.redeliver(sent)
    await posting(running)
    assert len(cards(company)) == 1
    assert len(running.slack.dms(company.lead)) == receipts


async def test_only_leads_share(running: Running, company: Company) -> None:
    """A member and a guest read who may, and no form opens."""
    digest = await posted(running, company)
    for person in (company.people[0], company.guest):
        company.team.members.append(person.id)
        await press(running, person, digest, "share")
        assert told(running, person) == (
            "Only Priya Nair and other leads of this digest can share it. Nothing was posted."
        )
    assert all(view.body["callback_id"] == "comment" for view in running.slack.views(company.people[0]))


async def test_nothing_is_shared_while_the_question_is_open(running: Running, company: Company) -> None:
    """A result would lead those who still answer; it is checked when it is written, not before."""
    digest = await posted(running, company)
    await running.ask(company.lead, company.channel)
    await shared(running, company, digest)
    assert not cards(company)
    said = running.slack.dms(company.lead)[-1].text
    assert said.startswith("This question is open in ")
    assert said.endswith("Share after that: a result would lead those who still answer. Nothing was posted.")


async def test_what_waits_is_not_posted_into_a_question_that_opens(
    running: Running, company: Company
) -> None:
    """Slack wanted the message later, and the question was asked again meanwhile: the sharer reads why."""
    digest = await posted(running, company)
    running.slack.faults.add("chat.postMessage", RateLimited(90), channel=company.channel.id)
    await shared(running, company, digest)
    assert not cards(company)
    await running.ask(company.lead, company.channel, "nps about Atlas for 7 days")
    await running.step(timedelta(minutes=2))
    await posting(running)
    assert not cards(company)
    assert running.slack.dms(company.lead)[-1].text.startswith("This question is open in ")
    await running.step(timedelta(days=7, minutes=20))
    await shared(running, company, digest)
    assert len(cards(company)) == 1


async def test_what_was_withdrawn_is_not_shared(running: Running, company: Company) -> None:
    """Once its question is taken down, a score is told to nobody, be the form open or not."""
    digest = await posted(running, company)
    await press(running, company.lead, digest, "share")
    since = running.clock() - timedelta(days=60)
    team_id, channel_id = company.lead.team_id, company.channel.id
    (wave,) = await running.bot.store.waves.recent(team_id, channel_id, instrument="nps", since=since)
    await running.bot.store.erasure.take_down(team_id, wave.id, at=running.clock())
    form = running.slack.views(company.lead)[-1]
    sent = await running.slack.submit(company.lead, form, HERE | {"next": STEP})
    said = "was withdrawn: one of its questions was taken down."
    assert said in str(sent.errors)
    await press(running, company.lead, digest, "share")
    assert said in told(running, company.lead)
    await posting(running)
    assert not cards(company)


async def test_what_stands_loses_what_is_withdrawn(running: Running, company: Company) -> None:
    """A takedown takes the score out of the digest, of its thread and of what was shared of it."""
    digest = await posted(running, company)
    await shared(running, company, digest)
    (card,) = cards(company)
    replies = [each for each in company.team.messages if each.thread_ts == digest.ts]
    assert all("NPS" in each.text for each in (digest, card, replies[0]))
    team_id, channel_id = company.lead.team_id, company.channel.id
    since = running.clock() - timedelta(days=60)
    (wave,) = await running.bot.store.waves.recent(team_id, channel_id, instrument="nps", since=since)
    await running.bot.store.erasure.take_down(team_id, wave.id, at=running.clock())
    await posting(running)
    said = "What stood here was withdrawn: one of the questions was taken down."
    assert [each.text for each in (card, *replies)] == [said] * (1 + len(replies))
    assert digest.text.startswith("Atlas: the customer score was withdrawn; users are not asked here.")
    assert "Being a customer: the score of 9 November was withdrawn: one of its questions" in digest.text
    for message in (digest, card, *replies):
        assert "plus 40" not in message.text
        assert "+40" not in json.dumps(message.payload(), ensure_ascii=False)
    await press(running, company.lead, digest, "how")
    assert "60 less 20" not in words_of(dialog(running, company.lead))
    assert not running.slack.troubles


@pytest.mark.parametrize(
    "fault, stand", [(RateLimited(), 1), (Dropped(), 0), (ServerError(), 0), (LostAnswer(), 1)]
)
async def test_it_is_posted_once_whatever_slack_does(
    running: Running, company: Company, fault: Fault, stand: int
) -> None:
    """Too many requests: later. No answer: never again, and the lead is told to look."""
    digest = await posted(running, company)
    running.slack.faults.add("chat.postMessage", fault, channel=company.channel.id)
    await shared(running, company, digest)
    await running.step(timedelta(minutes=1))
    await posting(running)
    assert len(cards(company)) == stand
    said = [each.text for each in running.slack.dms(company.lead)]
    limited = isinstance(fault, RateLimited)
    assert sum("did not say whether the results" in each for each in said) == (0 if limited else 1)
    assert sum("It is being posted in <#C0ATLAS>" in each for each in said) == (1 if limited else 0)
    assert not any("Shared with" in each for each in said)


async def test_what_slack_refuses_can_be_shared_again(
    running: Running, company: Company, tmp_path: Path
) -> None:
    """The lead reads why and what to do; the digest itself goes on."""
    digest = await posted(running, company)
    running.slack.faults.add("chat.postMessage", Refusal("is_archived"), channel=company.channel.id)
    await shared(running, company, digest)
    (told,) = [each.text for each in running.slack.dms(company.lead) if "not shared" in each.text]
    assert "Shared with" not in told
    assert not [row for row in rows(tmp_path)["digest"] if "is_archived" in repr(row)]
    await shared(running, company, digest)
    assert len(cards(company)) == 1


@pytest.mark.parametrize("words", HOSTILE)
async def test_what_a_lead_says_is_plain_text(running: Running, company: Company, words: str) -> None:
    """No mention, link or mark in it becomes active, in the preview or in the channel."""
    digest = await posted(running, company)
    await shared(running, company, digest, step=words)
    (card,) = cards(company)
    assert lifeless(card)
    assert card.mrkdwn is False
    assert not running.slack.troubles
    assert not refused(running.slack)


async def test_without_a_sentence_there_is_no_next_step(running: Running, company: Company) -> None:
    """What will be done is said by those who want to."""
    digest = await posted(running, company)
    await shared(running, company, digest, step="")
    (card,) = cards(company)
    assert "What happens now" not in json.dumps(card.payload())
