"""Whoever invites Bifocal reads in private what to do next, and the channel reads nothing."""

import logging
from typing import Any

import pytest

from bot.sandbox import FakeSlack
from bot.sandbox.api.faults import Refusal
from bot.sandbox.model.channels import Kind
from bot.sandbox.model.people import User
from handlers.events import SeenEvents
from handlers.listeners.app_events.invitations import on_joined
from handlers.payloads import Malformed
from tests.conftest import Company, Running
from tests.handlers.scene import refused

STEPS = ("Invite it", "Ask both", "Read it on Monday")


async def invite(running: Running, user: User, name: str, *others: User, kind: Kind = Kind.PUBLIC) -> str:
    """A new channel into which this person brings the bot; what they then read there."""
    channel = running.slack.add_channel(name, user, *others, bot=False, kind=kind)
    outcome = await running.slack.invite(user, channel)
    assert outcome.ok
    await running.bot.finish()
    assert channel.messages == []
    seen = running.slack.ephemerals(user, channel)
    return seen[-1].text if seen else ""


@pytest.mark.parametrize("kind", [Kind.PUBLIC, Kind.PRIVATE])
async def test_the_first_invitation_shows_the_way(kind: Kind, running: Running, company: Company) -> None:
    """Three steps with buttons, to the inviter alone, while nothing was ever asked in the workspace."""
    said = await invite(running, company.lead, "buyers", company.people[0], kind=kind)
    assert said.startswith("Bifocal is in <#")
    assert all(step in said for step in STEPS)
    assert said.endswith("Buttons: Ask this channel, Set up a digest, See an example.")
    assert running.slack.ephemerals(company.people[0]) == []
    assert refused(running.slack) == []


async def test_later_ones_are_short(running: Running, company: Company) -> None:
    """Once something was asked, also if that was taken down, the buttons are enough."""
    await running.ask(company.lead, company.channel)
    said = await invite(running, company.people[0], "buyers")
    assert "posts nothing until you ask" in said
    assert not any(step in said for step in STEPS)
    assert said.endswith("Buttons: Ask this channel, Set up a digest.")


async def test_the_buttons_work(running: Running, company: Company) -> None:
    """They open the forms that ask this channel and that set up a digest."""
    await invite(running, company.lead, "buyers")
    (message,) = running.slack.ephemerals(company.lead)
    for action_id, title in (("ask", "Ask a channel"), ("digest", "Set up a digest")):
        assert (await running.slack.click(company.lead, message, action_id)).ok
        await running.bot.finish()
        (view,) = running.slack.views(company.lead)
        assert view.title == title
        await running.slack.close_view(company.lead, view)


async def test_one_who_may_not_ask_gets_no_button(running: Running) -> None:
    """A guest reads where Bifocal is, and that it posts nothing by itself."""
    guest = running.slack.workspace.add_user("Gus", is_guest=True)
    said = await invite(running, guest, "buyers")
    assert "It posts nothing until somebody asks. Only you see this." in said
    assert "Button" not in said


async def test_other_people_who_come_in_are_nobodys_concern(running: Running, company: Company) -> None:
    """Neither they nor who brought them read anything."""
    new = running.slack.workspace.add_user("Nina New")
    assert (await running.slack.invite(company.lead, company.channel, new)).ok
    await running.bot.finish()
    assert [running.slack.ephemerals(user) for user in (new, company.lead)] == [[], []]
    assert company.channel.messages == []


async def test_a_repeated_event_is_told_once(running: Running, company: Company) -> None:
    """Slack sends an event again whose answer it has not got."""
    channel = running.slack.add_channel("buyers", company.lead, bot=False)
    outcome = await running.slack.invite(company.lead, channel)
    await running.slack.redeliver(outcome)
    await running.bot.finish()
    assert len(running.slack.ephemerals(company.lead)) == 1


async def test_slack_that_does_not_tell_who_it_is(running: Running, caplog: pytest.LogCaptureFixture) -> None:
    """Nobody is taken for a member unseen: without an answer of Slack nothing is said, and the log has it."""
    running.slack.faults.add("users.info", Refusal("internal_error"), times=9)
    with caplog.at_level(logging.WARNING):
        assert await invite(running, running.slack.workspace.add_user("Una"), "buyers") == ""
    assert "users.info" in caplog.text


@pytest.mark.parametrize("inner", [{}, {"user": ""}, {"user": 7}, {"user": "U1", "inviter": ["U2"]}])
async def test_an_event_of_another_shape_is_refused(
    inner: dict[str, Any], running: Running, slack: FakeSlack
) -> None:
    """What Slack would not send changes nothing: it is acked where it is no listener's, and never a fault."""
    with pytest.raises(Malformed):
        await on_joined({"event": inner}, context=running.bot.context, seen=SeenEvents())
    for kind in ("member_joined_channel", "message", "unheard_of"):
        outcome = await slack.event({"type": kind, **inner})
        assert outcome.status in {200, 400, 404}
