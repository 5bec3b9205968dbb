from typing import Any

import pytest
from slack_bolt.async_app import AsyncAck, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import FakeSlack
from bot.sandbox.acting import payloads, presence
from bot.sandbox.acting.people_at_work import Acting
from bot.sandbox.model.channels import Channel, Kind
from bot.sandbox.model.errors import CannotActError
from bot.sandbox.model.people import User
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
    slack: FakeSlack, bolt: Bolt, ana: User, atlas: Channel
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
    slack: FakeSlack, client: AsyncWebClient, ana: User, eve: User, atlas: Channel
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
    ana.deleted = True
    with pytest.raises(CannotActError):
        await slack.click(ana, message, "nine")


async def test_a_button_that_went_can_be_pressed_on_an_old_screen(
    slack: FakeSlack, bolt: Bolt, ana: User, atlas: Channel
) -> None:
    """The message without it refuses the click, a snapshot of before sends it; nobody listens here."""
    message = await posted(bolt.app.client, atlas, button("nine"))
    before = message.snapshot()
    await bolt.app.client.chat_update(channel=atlas.id, ts=message.ts, text="Closed")
    with pytest.raises(CannotActError):
        await slack.click(ana, message, "nine")
    outcome = await slack.click(ana, before, "nine")
    assert (outcome.status, [event["words"] for event in slack.troubles]) == (404, [outcome.trouble])


async def test_choices_outside_of_inputs(
    slack: FakeSlack, bolt: Bolt, client: AsyncWebClient, ana: User, atlas: Channel
) -> None:
    """A menu reports the option chosen, and the state of the message holds it."""

    @bolt.app.action("menu")
    async def on_menu(ack: AsyncAck, body: dict[str, Any]) -> None:
        bolt.received.append(body)
        await ack()

    options = [{"text": {"type": "plain_text", "text": word}, "value": word} for word in ("a", "b")]
    for kind in ("overflow", "static_select"):
        message = await posted(client, atlas, {"type": kind, "action_id": "menu", "options": options})
        assert (await slack.select(ana, message, "menu", "b")).ok
        assert bolt.received[-1]["actions"][0]["selected_option"] == options[1]
        with pytest.raises(CannotActError, match="not offered"):
            await slack.select(ana, message, "menu", "c")
    assert bolt.received[-1]["state"]["values"]["row"]["menu"]["selected_option"] == options[1]
    message = await posted(client, atlas, button("nine"))
    with pytest.raises(CannotActError, match="use click"):
        await slack.select(ana, message, "nine", "x")


async def test_a_button_in_a_form(slack: FakeSlack, bolt: Bolt, ana: User) -> None:
    """It tells of the view with what was typed so far; its trigger can push; closing tells who asked."""

    @bolt.app.action("more")
    async def on_more(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        bolt.received.append(body)
        await ack()
        await client.views_push(
            trigger_id=body["trigger_id"], view=modal(text_input("more"), notify_on_close=True)
        )

    @bolt.app.view_closed("form")
    async def on_closed(ack: AsyncAck, body: dict[str, Any]) -> None:
        bolt.received.append(body)
        await ack()

    root = slack.world.screens.open(ana.id, modal(text_input("why"), actions(button("more"))))
    slack.fill(ana, root, {"why": "typed"})
    assert (await slack.click(ana, root, "more")).ok
    clicked = bolt.received[0]
    assert clicked["container"] == {"type": "view", "view_id": root.id}
    assert clicked["view"]["state"]["values"]["why"]["text"]["value"] == "typed"
    assert not {"message", "channel", "response_url"} & set(clicked)

    with pytest.raises(CannotActError, match="does not see"):
        await slack.submit(ana, root)
    assert (await slack.close_view(ana, slack.views(ana)[-1])).ok
    assert (bolt.received[1]["type"], bolt.received[1]["is_cleared"]) == ("view_closed", False)
    assert not (await slack.close_view(ana, root, everything=True)).sent
    assert slack.views(ana) == []


async def test_a_choice_in_an_input_waits_for_submit(slack: FakeSlack, ana: User) -> None:
    """It is kept on the screen; nothing is sent until the form is."""
    options = [{"text": {"type": "plain_text", "text": word}, "value": word} for word in ("a", "b")]
    radio = text_input("pick") | {
        "element": {"type": "radio_buttons", "action_id": "point", "options": options}
    }
    view = slack.world.screens.open(ana.id, modal(radio))
    assert not (await slack.select(ana, view, "point", "b")).sent
    assert view.state["pick"]["point"]["selected_option"] == options[1]


async def test_a_view_without_submit_is_not_sent(slack: FakeSlack, ana: User) -> None:
    """There is no button to press."""
    body = modal({"type": "divider"})
    del body["submit"]
    view = slack.world.screens.open(ana.id, body)
    with pytest.raises(CannotActError, match="no button"):
        await slack.submit(ana, view)


async def test_what_nobody_else_may_touch(
    slack: FakeSlack, bolt: Bolt, ana: User, ben: User, atlas: Channel
) -> None:
    """Another's private message, a message in an archived channel, one that is gone, a bot as person."""
    await bolt.app.client.chat_postEphemeral(
        channel=atlas.id, user=ana.id, text="x", blocks=[actions(button("go"))]
    )
    (private,) = slack.ephemerals(ana)
    with pytest.raises(CannotActError, match="somebody else"):
        presence.facing(slack.world, ben, private)
    with pytest.raises(CannotActError, match="cannot act"):
        presence.somebody(slack.world, slack.bot)
    public = slack.say(ana, atlas, "hi")
    public.deleted = True
    with pytest.raises(CannotActError, match="gone"):
        presence.facing(slack.world, ben, public)
    atlas.is_archived = True
    with pytest.raises(CannotActError, match="archived"):
        presence.facing(slack.world, ben, private)
    with pytest.raises(CannotActError, match="nothing was sent"):
        await slack.redeliver(
            await Acting.close_view(slack, ana, slack.world.screens.open(ana.id, modal(text_input("x"))))
        )


def test_private_channels_are_not_named() -> None:
    """Payloads call a private channel "privategroup" and direct messages "directmessage"."""
    names = [payloads.shown_name(Channel("C1", "secret", kind)) for kind in Kind]
    assert names == ["secret", "privategroup", "directmessage"]


async def test_a_private_message_comes_without_its_content(
    slack: FakeSlack, bolt: Bolt, ana: User, atlas: Channel
) -> None:
    """A click on it says that it is ephemeral; the message itself is not in the payload."""

    @bolt.app.action("go")
    async def on_go(ack: AsyncAck, body: dict[str, Any]) -> None:
        bolt.received.append(body)
        await ack()

    await bolt.app.client.chat_postEphemeral(
        channel=atlas.id, user=ana.id, text="x", blocks=[actions(button("go"))]
    )
    await slack.click(ana, slack.ephemerals(ana)[0], "go")
    assert bolt.received[0]["container"]["is_ephemeral"]
    assert "message" not in bolt.received[0]
