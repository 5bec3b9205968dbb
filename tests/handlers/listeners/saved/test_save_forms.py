"""A message is saved as feedback from the first press to the list of the leads, through the real bot."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.api.faults import Refusal, ServerError
from bot.sandbox.model.channels import Channel, Kind
from bot.sandbox.model.messages import Message
from bot.sandbox.model.people import User
from handlers.listeners.saved.save_forms import PRESS_AGAIN
from jobs.messages.layout.saved_ids import SAVE_FORM, SHORTCUT
from jobs.messages.saved import saved_words
from storage.records import MOST_CHARACTERS
from tests.conftest import KNOWN_PRODUCTS, Company, Running
from tests.handlers.pressing import Press, pressed
from tests.handlers.scene import rows

WORDS = "Third month that the invoice is wrong, <@U0P01>. I never know which is which."
KEPT = "Third month that the invoice is wrong, @somebody. I never know which is which."
SAVED = "Saved. It joins the comments about Atlas, and is in no score."


async def shortcut(running: Running, user: User, message: Message) -> str:
    """Use the shortcut; the sentence that this person reads, or the title of the form."""
    before = len(running.slack.ephemerals(user)) + len(running.slack.dms(user))
    outcome = await running.slack.shortcut(user, message, SHORTCUT)
    assert outcome.ok
    await running.bot.finish()
    return _newest(running, user, before)


async def save(running: Running, user: User, **values: Any) -> str:
    """Send the form on top; the sentence that the person reads."""
    view = running.slack.views(user)[-1]
    if "subject" not in values and "initial_option" not in view.blocks[_subject(view.blocks)]["element"]:
        values["subject"] = view.blocks[_subject(view.blocks)]["element"]["options"][0]["value"]
    before = len(running.slack.ephemerals(user)) + len(running.slack.dms(user))
    outcome = await running.slack.submit(user, view, values)
    assert outcome.trouble is None
    await running.bot.finish()
    return _newest(running, user, before) or str(dict(outcome.errors))


def _subject(blocks: list[dict[str, Any]]) -> int:
    return next(place for place, block in enumerate(blocks) if block.get("block_id") == "subject")


def _newest(running: Running, user: User, before: int) -> str:
    told = sorted([*running.slack.ephemerals(user), *running.slack.dms(user)], key=lambda each: each.ts)
    if len(told) > before:
        return told[-1].text
    views = running.slack.views(user)
    return views[-1].title if views else ""


async def listed(running: Running, user: User, channel: Channel, words: str = "comments") -> str:
    """What `/pulse comments` says."""
    answer = await running.type(user, channel, words)
    assert answer is not None
    return answer.text


async def test_from_the_shortcut_to_the_list_and_back(
    running: Running, company: Company, tmp_path: Path
) -> None:
    """The author is told, the leads read it, it is saved once, and its author removes it for good."""
    lead, author, other = company.lead, company.people[0], company.people[2]
    question = await running.ask(lead, company.channel)
    message = running.slack.say(author, company.channel, WORDS)
    assert await shortcut(running, lead, message) == "Save as feedback"
    assert author.id not in str(running.slack.views(lead)[-1].body)
    assert await save(running, lead) == SAVED
    (note,) = running.slack.dms(author)
    assert note.text.startswith("Priya Nair saved a message of yours in <#C0ATLAS> as feedback about Atlas")
    assert await shortcut(running, other, message) == saved_words.ALREADY
    assert KEPT in await listed(running, lead, company.channel)
    assert KEPT in await listed(running, company.admin, company.channel, "comments saved negative billing")
    assert KEPT not in await listed(running, other, company.channel)
    assert KEPT not in await listed(running, lead, company.channel, "comments ux")
    assert KEPT in await listed(running, author, company.channel, "me")
    saved_id = str(note.blocks[-1]["elements"][0]["value"])
    await running.slack.click(author, note, "remove_saved")
    await running.bot.finish()
    assert running.slack.dms(author)[-1].text.startswith("Removed.")
    assert KEPT not in await listed(running, lead, company.channel)
    assert await shortcut(running, other, message) == saved_words.REMOVED_BY_AUTHOR
    press = Press(action="remove_saved", value=saved_id, block=f"saved/{saved_id}")
    assert saved_words.NOT_KEPT in await pressed(running, company, author, press)
    assert "invoice" not in str(rows(tmp_path))
    assert [each.user_id for each in company.channel.messages[-2:]] == [question.user_id, author.id]


async def test_what_cannot_be_saved_is_said(running: Running, company: Company) -> None:
    """Each with its true reason, in private, and nothing is kept."""
    lead, person, channel = company.lead, company.people[0], company.channel
    question = await running.ask(lead, channel)
    add = running.slack.workspace.add_user
    part_time = add("Rita Restricted", id="U0PART", is_guest=True)
    channel.members.append(part_time.id)
    say = running.slack.say
    deleted = say(person, channel, "gone soon")
    cases = [
        (lead, question, saved_words.FROM_APP),
        (lead, replace(say(person, channel, "x"), text=""), saved_words.NO_TEXT),
        (lead, say(person, channel, "<@U0P01>"), saved_words.NO_TEXT),
        (part_time, say(person, channel, "hello there"), saved_words.NOT_FULL),
    ]
    for user, message, reason in cases:
        assert await shortcut(running, user, message) == reason
        assert not running.slack.views(user)
    assert await shortcut(running, lead, deleted) == "Save as feedback"
    channel.messages.remove(deleted)
    await save(running, lead)
    assert saved_words.DELETED in str(running.slack.views(lead)[-1].body)
    assert not await running.bot.store.saved.about(running.slack.workspace.team.id, await _atlas(running))


async def test_messages_of_every_kind(running: Running, company: Company) -> None:
    """One of 12,000 characters, a reply in a thread, one's own, one that is saved by two at once."""
    lead, person, channel = company.lead, company.people[0], company.channel
    question = await running.ask(lead, channel)
    long = running.slack.say(person, channel, "The invoice is wrong. " * 546)
    assert await shortcut(running, lead, long) == "Save as feedback"
    assert "Only the first 1,000 characters are kept." in str(running.slack.views(lead)[-1].blocks)
    assert await save(running, lead) == SAVED
    reply = running.slack.say(person, channel, "A reply on the export")
    reply.thread_ts = question.ts
    await shortcut(running, lead, reply)
    assert await save(running, lead, lens="ux") == SAVED
    own = running.slack.say(lead, channel, "My own words")
    await shortcut(running, lead, own)
    assert "Tell the author" not in str(running.slack.views(lead)[-1].blocks)
    assert await save(running, lead) == SAVED
    twice = running.slack.say(person, channel, "Saved by two")
    for each in (lead, company.admin):
        await shortcut(running, each, twice)
    assert await save(running, lead) == SAVED
    assert await save(running, company.admin) == saved_words.ALREADY
    kept = await running.bot.store.saved.about(running.slack.workspace.team.id, await _atlas(running))
    assert max(len(each.text) for each in kept) == MOST_CHARACTERS
    assert len(kept) == len((long, reply, own, twice))


async def test_a_workspace_without_products_says_what_to_do(running: Running, company: Company) -> None:
    """By the shortcut and by the command."""
    for name in KNOWN_PRODUCTS:
        found = await running.bot.store.products.find(running.slack.workspace.team.id, name)
        assert found is not None
        await running.bot.store.product_changes.remove(found)
    message = running.slack.say(company.people[0], company.channel, WORDS)
    told = await shortcut(running, company.lead, message)
    assert told.startswith("There is no product here yet")
    assert "/pulse ask nps about Atlas" in told
    said = await running.type(company.people[0], company.channel, "say it is slow")
    assert said is not None
    assert said.text == told


async def test_a_form_that_does_not_open_is_said(running: Running, company: Company) -> None:
    """The reason and what to do stand in one private sentence, also where the message has no channel."""
    message = running.slack.say(company.people[0], company.channel, WORDS)
    for fault in (Refusal("expired_trigger_id"), ServerError(500)):
        running.slack.faults.add("views.open", fault)
        assert (await shortcut(running, company.lead, message)).endswith(f"Nothing was saved. {PRESS_AGAIN}")


async def _atlas(running: Running) -> str:
    product = await running.bot.store.products.find(running.slack.workspace.team.id, "Atlas")
    assert product is not None
    return product.id


async def test_a_private_conversation_is_never_named(running: Running, company: Company) -> None:
    """It is read by who saved it, by leads who ask there, and by admins, and its channel is kept nowhere."""
    lead, author, second = company.lead, company.people[0], company.people[1]
    await running.ask(lead, company.channel)
    await running.ask(second, company.channel, "csat about Atlas: the support you just received")
    secret = running.slack.add_channel("board-only", lead, author, second, id="G0SECRET", kind=Kind.PRIVATE)
    message = running.slack.say(author, secret, WORDS)
    assert await shortcut(running, lead, message) == "Save as feedback"
    form = str(running.slack.views(lead)[-1].blocks)
    assert "From a private conversation" in form
    assert "board-only" not in form
    assert await save(running, lead, subject=await _atlas(running)) == SAVED
    assert "in a private conversation" in running.slack.dms(author)[-1].text
    for user, reads in ((lead, True), (company.admin, True), (second, False)):
        seen = await listed(running, user, company.channel, "comments saved")
        assert (KEPT in seen) is reads, user.id
        assert "SECRET" not in seen
    assert "G0SECRET" not in str(await running.bot.store.saved.about("T0SANDBOX", await _atlas(running)))
    kept = await listed(running, lead, company.channel, "me")
    assert "You saved 1 message of others from private conversations." in kept
    assert "private conversation" in await listed(running, author, company.channel, "me")


async def test_the_saver_reads_the_same_whether_the_author_was_told_or_not(
    running: Running, company: Company
) -> None:
    """Twice, out of hours, of oneself, of one who left, unticked: the note comes but once."""
    lead, author = company.lead, company.people[0]
    await running.ask(lead, company.channel)
    texts = [f"{WORDS} {number}" for number in range(5)]
    first, second, own, left, unticked = texts
    cases: list[tuple[str, User, dict[str, Any]]] = [
        (first, author, {}),
        (second, author, {}),
        (own, lead, {}),
        (left, company.people[1], {}),
        (unticked, company.people[2], {"tell": []}),
    ]
    for text, writer, values in cases:
        message = running.slack.say(writer, company.channel, text)
        writer.deleted = text == left
        await shortcut(running, lead, message)
        assert await save(running, lead, **values) == SAVED
    assert len(running.slack.dms(author)) == 1
    assert not any(running.slack.dms(each) for each in (lead, *company.people[1:3]))
    running.clock.step(timedelta(hours=14))
    message = running.slack.say(company.people[3], company.channel, "The night is slow")
    await shortcut(running, lead, message)
    assert await save(running, lead) == SAVED
    assert not running.slack.dms(company.people[3])


@pytest.mark.parametrize("metadata", ["{}", '{"channel":"C0ATLAS","ts":"1.1","author":"00","text":"x"}'])
async def test_a_forged_form_keeps_nothing(running: Running, company: Company, metadata: str) -> None:
    """What no form of ours carries is refused with a sentence; no fault is logged as one."""
    await running.ask(company.lead, company.channel)
    values = {
        "subject": {"subject": {"type": "static_select", "selected_option": {"value": "nothing"}}},
        "lens": {"lens": {"type": "radio_buttons", "selected_option": {"value": "auto"}}},
    }
    press = Press(action=SAVE_FORM, value=metadata, form=values)
    told = await pressed(running, company, company.lead, press)
    assert "no longer in use" in told or saved_words.PRODUCT_GONE in told
    assert not await running.bot.store.saved.about("T0SANDBOX", await _atlas(running))


async def test_a_slow_database_is_no_promise_that_nothing_was_saved(
    running: Running, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The form says so; the author is told once it is kept, and who sends the form again reads that it is."""
    lead, author = company.lead, company.people[0]
    await running.ask(lead, company.channel)
    await shortcut(running, lead, running.slack.say(author, company.channel, WORDS))
    view = running.slack.views(lead)[-1]
    with monkeypatch.context() as slow:
        slow.setattr("jobs.answers.record_answer.WRITE_LIMIT", -1)
        outcome = await running.slack.submit(lead, view)
        assert outcome.errors == {"subject": saved_words.MAY_BE_SAVED}
        await running.bot.finish()
    assert len(running.slack.dms(author)) == 1
    assert running.slack.ephemerals(lead)[-1].text == SAVED
    await running.slack.submit(lead, view)
    await running.bot.finish()
    assert running.slack.ephemerals(lead)[-1].text == saved_words.ALREADY
    assert len(running.slack.dms(author)) == 1
