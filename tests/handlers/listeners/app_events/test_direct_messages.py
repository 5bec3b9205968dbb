"""What is written to Bifocal is answered with the help."""

import pytest

from bot.sandbox.model.people import User
from tests.conftest import Company, Running
from tests.handlers.scene import refused


async def write(running: Running, user: User, text: str) -> list[str]:
    """Write to the bot; what it has said there since."""
    before = len(running.slack.dms(user))
    assert (await running.slack.write(user, text)).ok
    await running.bot.finish()
    return [message.text for message in running.slack.dms(user)[before + 1 :]]


@pytest.mark.parametrize("text", ["hello", "How does this work?", "<@U0LEAD> *bold*", "😀", "pulse"])
async def test_words_are_answered_with_the_help(text: str, running: Running, company: Company) -> None:
    """One answer, which says how commands begin and what there is."""
    (said,) = await write(running, company.people[0], text)
    assert said.startswith("Bifocal reads commands that begin with /pulse. This is what there is.")
    assert "From nothing to a digest" in said
    assert refused(running.slack) == []


@pytest.mark.parametrize("text", ["score nps", "/pulse score", "Score"])
async def test_a_command_is_answered_with_its_page(text: str, running: Running, company: Company) -> None:
    """Typed in the wrong place, a command shows how it is typed."""
    (said,) = await write(running, company.people[0], text)
    assert "/pulse score nps" in said
    assert "From nothing to a digest" not in said


async def test_other_words_are_let_be(running: Running, company: Company) -> None:
    """No answer to other bots, to a change of a message, to what stands in a channel, and none twice."""
    person = company.people[0]
    at = {"ts": "1.1", "channel": "D1", "event_ts": "1.1", "user": person.id, "text": "hello"}
    for more in (
        {"channel_type": "im", "bot_id": "B1"},
        {"channel_type": "im", "subtype": "message_changed"},
        {"channel_type": "channel"},
        {"channel_type": "im", "user": running.slack.bot.id},
    ):
        await running.slack.event({"type": "message", **at, **more})
    await running.bot.finish()
    assert running.slack.dms(person) == []
    outcome = await running.slack.write(person, "hello")
    await running.slack.redeliver(outcome)
    await running.bot.finish()
    assert len(running.slack.dms(person)) == 2


@pytest.mark.parametrize("action_id, title", [("ask", "Ask a channel"), ("digest", "Set up a digest")])
async def test_the_buttons_of_the_help_work_there(
    action_id: str, title: str, running: Running, company: Company
) -> None:
    """They open their forms, in which the channel is still to be chosen."""
    person = company.people[0]
    await write(running, person, "hello")
    assert (await running.slack.click(person, running.slack.dms(person)[-1], action_id)).ok
    await running.bot.finish()
    (view,) = running.slack.views(person)
    assert view.title == title
    assert "initial_conversation" not in str(view.body)
    assert refused(running.slack) == []
