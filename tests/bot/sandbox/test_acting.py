from typing import Any

import pytest
from slack_bolt.async_app import AsyncAck, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import FakeSlack
from bot.sandbox.channels import Channel
from bot.sandbox.errors import CannotActError
from bot.sandbox.people import User
from tests.bot.sandbox.conftest import Bolt, actions, button, modal, text_input

ASKING = {"title": "Sure?", "text": "It is gone then.", "confirm": "Yes", "deny": "No"}
CONFIRM = {name: {"type": "plain_text", "text": words} for name, words in ASKING.items()}


async def posted(client: AsyncWebClient, channel: Channel, *elements: dict[str, Any]) -> Any:
    """A message with these buttons."""
    await client.chat_postMessage(channel=channel.id, text="How likely?", blocks=[actions(*elements)])
    return channel.messages[-1]


async def test_a_click_reaches_bolt_and_opens_a_form(
    slack: FakeSlack, bolt: Bolt, client: AsyncWebClient, ana: User, atlas: Channel
) -> None:
    """A click arrives signed, with the button's value, and its trigger opens a form for the clicker."""

    @bolt.app.action("nine")
    async def on_nine(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        bolt.received.append(body)
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=modal(text_input("why")))

    message = await posted(client, atlas, button("nine", value="9"))
    outcome = await slack.click(ana, message, "nine")

    assert outcome.ok
    body = bolt.received[0]
    assert (body["user"]["id"], body["actions"][0]["value"]) == (ana.id, "9")
    assert body["message"]["ts"] == message.ts
    assert [view.title for view in slack.views(ana)] == ["A form"]


async def test_a_command_answers_its_commander_alone(
    slack: FakeSlack, bolt: Bolt, ana: User, ben: User, atlas: Channel
) -> None:
    """What a slash command acks with is seen by the one who typed it, in that channel."""

    @bolt.app.command("/pulse")
    async def on_pulse(ack: AsyncAck, command: dict[str, Any]) -> None:
        await ack(f"you typed {command['text']}")

    outcome = await slack.command(ana, atlas, "/pulse", "ask nps #atlas @ben.ode a<b")

    assert outcome.ok
    assert [m.text for m in slack.ephemerals(ana, atlas)] == [
        "you typed ask nps <#C0ATLAS|atlas> <@U0BEN|ben.ode> a&lt;b"
    ]
    assert slack.ephemerals(ben) == []


async def test_a_form_is_checked_by_slack_then_sent(
    slack: FakeSlack, bolt: Bolt, client: AsyncWebClient, ana: User, atlas: Channel
) -> None:
    """A required input left empty never reaches the bot; filled in, it does, and the form closes."""

    @bolt.app.command("/pulse")
    async def on_pulse(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=modal(text_input("why", max_length=5)))

    @bolt.app.view("form")
    async def on_form(ack: AsyncAck, view: dict[str, Any]) -> None:
        bolt.received.append(view["state"]["values"])
        await ack()

    await slack.command(ana, atlas, "/pulse")
    (view,) = slack.views(ana)

    assert "why" in (await slack.submit(ana, view)).errors
    assert "why" in (await slack.submit(ana, view, {"why": "too long"})).errors
    assert bolt.received == []
    assert (await slack.submit(ana, view, {"why": "short"})).ok
    assert bolt.received == [{"why": {"text": {"type": "plain_text_input", "value": "short"}}}]
    assert slack.views(ana) == []


async def test_an_answer_by_response_url(
    slack: FakeSlack, bolt: Bolt, client: AsyncWebClient, ana: User, atlas: Channel
) -> None:
    """respond() is a private message first, and may later replace and delete itself."""

    @bolt.app.action("nine")
    async def on_nine(ack: AsyncAck, respond: AsyncRespond) -> None:
        await ack()
        await respond("Saved", blocks=[actions(button("undo"))], replace_original=False)

    @bolt.app.action("undo")
    async def on_undo(ack: AsyncAck, respond: AsyncRespond) -> None:
        await ack()
        await respond("Gone", replace_original=True)

    message = await posted(client, atlas, button("nine"))
    await slack.click(ana, message, "nine")
    (receipt,) = slack.ephemerals(ana, atlas)
    assert receipt.text == "Saved"

    await slack.click(ana, receipt, "undo")
    assert [m.text for m in slack.ephemerals(ana, atlas)] == ["Gone"]
    with pytest.raises(CannotActError):
        await slack.click(ana, receipt, "undo")


async def test_a_button_that_asks_first(
    slack: FakeSlack, bolt: Bolt, client: AsyncWebClient, ana: User, atlas: Channel
) -> None:
    """A confirmation must be answered; No sends nothing."""

    @bolt.app.action("gone")
    async def on_gone(ack: AsyncAck) -> None:
        bolt.received.append({})
        await ack()

    message = await posted(client, atlas, button("gone", confirm=CONFIRM))
    with pytest.raises(CannotActError, match="Sure"):
        await slack.click(ana, message, "gone")
    assert not (await slack.click(ana, message, "gone", confirm=False)).sent
    assert bolt.received == []
    assert (await slack.click(ana, message, "gone", confirm=True)).ok


async def test_what_a_client_would_not_let_a_person_do(
    slack: FakeSlack, bolt: Bolt, client: AsyncWebClient, ana: User, ben: User, eve: User, atlas: Channel
) -> None:
    """Buttons that are not there, channels one is not in, commands for strangers: all refused."""
    message = await posted(client, atlas, button("nine"))
    with pytest.raises(CannotActError, match="ten"):
        await slack.click(ana, message, "ten")
    with pytest.raises(CannotActError, match="not in that channel"):
        await slack.click(eve, message, "nine")
    atlas.members.append(eve.id)
    with pytest.raises(CannotActError, match="another company"):
        await slack.command(eve, atlas, "/pulse")
    with pytest.raises(CannotActError, match="not a valid command"):
        await slack.command(ana, atlas, "/poll")
    before = message.snapshot()
    await client.chat_update(channel=atlas.id, ts=message.ts, text="Closed")
    with pytest.raises(CannotActError):
        await slack.click(ana, message, "nine")
    assert (await slack.click(ana, before, "nine")).status == 404
    ben.deleted = True
    with pytest.raises(CannotActError):
        await slack.click(ben, before, "nine")
