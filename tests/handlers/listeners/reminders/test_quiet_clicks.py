"""Not now, Stop asking me and their Undo: each press, at each moment, is answered with a true sentence."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.sandbox.model.messages import Message
from bot.sandbox.model.people import User
from handlers.listeners.reminders import quiet_clicks
from jobs.messages.respondent.quiet_words import AT_MOST
from tests.conftest import Company, Running
from tests.handlers.scene import forged, refused, rows

DAY = timedelta(days=1)
NONE = "No reminder for this question. You can still answer until"
STOPPED = (
    "Bifocal will not remind you or write to you any more. "
    "Questions still appear in your channels; you need not answer. Button: Undo."
)
AGAIN = f"Bifocal may write to you again: {AT_MOST}."


async def press(running: Running, user: User, message: Message, action: str) -> str:
    """What somebody reads after a press."""
    await running.slack.click(user, message, action)
    await running.bot.finish()
    return running.slack.ephemerals(user)[-1].text


def newest(running: Running, user: User) -> Message:
    """The private message that somebody has had last."""
    return running.slack.ephemerals(user)[-1]


async def test_not_now_at_every_later_moment(running: Running, company: Company) -> None:
    """Open, pressed twice, answered, undone, closed and taken down: the sentence is true each time."""
    person, other = company.people[:2]
    question = await running.ask(company.lead, company.channel)
    assert (await press(running, person, question, "not_now")).startswith(NONE)
    assert (await press(running, person, question, "not_now")).startswith(NONE)
    receipt = newest(running, person)
    assert await press(running, person, receipt, "undo_not_now") == (
        f"Taken back. You may be reminded again: {AT_MOST}."
    )
    await running.click(other, question, 9)
    said = await press(running, other, question, "not_now")
    assert said.startswith("No reminder for this question. You can change your answer until")
    old, undo = question.payload(), newest(running, other)
    await running.step(8 * DAY)
    question.blocks = old["blocks"]  # on a screen that was not renewed
    closed = "This question has closed. There is no reminder for it."
    assert await press(running, person, question, "not_now") == closed
    assert await press(running, person, question, "stop_asking") == STOPPED
    assert await press(running, other, undo, "undo_not_now") == f"Taken back. {closed}"
    await running.type(company.lead, company.channel, "takedown 1")
    await running.slack.click(company.lead, newest(running, company.lead), "take_down")
    assert not refused(running.slack)


async def test_a_question_that_is_gone_has_no_reminder(running: Running, company: Company) -> None:
    """Taken down, its buttons on an old screen say so; a question that never was is no longer in use."""
    person = company.people[0]
    question = await running.ask(company.lead, company.channel)
    outcome = await running.slack.click(person, question, "not_now")
    await running.bot.finish()
    undo = newest(running, person)
    await running.type(company.lead, company.channel, "takedown 1")
    await running.slack.click(company.lead, newest(running, company.lead), "take_down")
    await running.bot.finish()
    await forged(running, outcome)
    assert newest(running, person).text == "This question is no longer here. There is no reminder for it."
    await forged(running, outcome, value="f0f0f0f0f0f0f0f0")
    assert newest(running, person).text == "This button is no longer in use."
    await press(running, person, undo, "undo_not_now")
    assert undo.text == "Taken back. This question is no longer here. There is no reminder for it."


async def test_stop_and_ask_again_in_every_place(running: Running, company: Company, tmp_path: Path) -> None:
    """In the channel, by command, in Home and in what is kept; what it says is what is kept, by no id."""
    person = company.people[0]
    question = await running.ask(company.lead, company.channel)
    assert await press(running, person, question, "stop_asking") == STOPPED
    assert "Next: Bifocal does not write to you." in str(await running.type(person, company.channel, "me"))
    me = newest(running, person)
    assert await press(running, person, me, "ask_again") == AGAIN
    said = await running.type(person, company.channel, "mute")
    assert said is not None
    assert said.text == STOPPED
    await running.slack.open_home(person)
    await running.bot.finish()
    assert "Bifocal does not write to you." in str(running.slack.home(person))
    home = running.slack.home(person)
    assert home is not None
    await running.slack.click(person, home, "ask_again")
    await running.bot.finish()
    assert "Bifocal writes to you at most once in 14 days" in str(running.slack.home(person))
    await running.slack.click(person, question, "not_now")
    await running.bot.finish()
    said = await running.type(person, company.channel, "unmute")
    assert said is not None
    assert said.text == (
        f"{AGAIN} Bifocal will not write to you before Monday 9 November, because you pressed Not now."
    )
    kept = rows(tmp_path)
    assert person.id not in repr((kept["pause"], kept["reminder"]))
    assert not refused(running.slack)
    lead = await running.type(company.lead, company.channel, "mute")
    assert lead is not None
    assert "What you run still tells you when it fails." in lead.text


async def test_forget_says_that_a_stop_went_with_it(running: Running, company: Company) -> None:
    """Forget erases a Stop and pauses; the receipt says so, and a press afterwards begins anew."""
    person = company.people[0]
    question = await running.ask(company.lead, company.channel)
    await press(running, person, question, "stop_asking")
    asked = await running.type(person, company.channel, "forget")
    assert asked is not None
    assert "That you wanted no reminders goes too" in asked.text
    await running.slack.click(person, asked, "forget", confirm=True)
    await running.bot.finish()
    said = newest(running, person).text
    assert "What was kept for reminders is erased." in said
    assert "That you wanted no reminders is erased too." in said
    assert "no longer knows when it wrote to you last, and may remind you again. Type /pulse mute" in said
    me = await running.type(person, company.channel, "me")
    assert me is not None
    assert me.text.startswith("Nothing is kept of you. Next: Bifocal writes to you at most once in 14 days")
    assert (await press(running, person, question, "not_now")).startswith(NONE)


async def test_what_could_not_be_kept_is_said(
    running: Running, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody reads that nothing is written to them while the database has not kept it."""

    async def late(*_: object, **__: object) -> bool:
        raise TimeoutError

    monkeypatch.setattr(quiet_clicks, "stop_asking", late)
    question = await running.ask(company.lead, company.channel)
    said = await press(running, company.people[0], question, "stop_asking")
    assert said.startswith("Not saved. ")
