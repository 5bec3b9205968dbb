from typing import Any

import pytest
from slack_bolt.async_app import AsyncAck
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import FakeSlack
from bot.sandbox.acting import app_surfaces
from bot.sandbox.model.channels import Channel
from bot.sandbox.model.errors import CannotActError
from bot.sandbox.model.people import User
from tests.bot.sandbox.conftest import Bolt, actions, button, modal, text_input

DIVIDER = {"type": "divider"}
EVENTS = frozenset({"app_home_opened", "member_joined_channel", "message.im"})


def home(*blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A Home tab."""
    return {"type": "home", "blocks": list(blocks), **more}


@pytest.fixture(autouse=True)
def subscribed(slack: FakeSlack) -> None:
    """An app with everything switched on."""
    slack.app.events = EVENTS
    slack.app.home_tab = slack.app.takes_messages = True
    slack.app.shortcuts = {"save": "Save as feedback"}
    slack.app.scopes |= {"im:history"}


async def test_opening_home_tells_the_bot_and_shows_what_it_publishes(
    slack: FakeSlack, bolt: Bolt, client: AsyncWebClient, ana: User
) -> None:
    """The first time the event has no view; the next time it has the one that stands there."""

    @bolt.app.event("app_home_opened")
    async def on_home(event: dict[str, Any]) -> None:
        bolt.received.append(event)
        await client.views_publish(user_id=event["user"], view=home(actions(button("more"))))

    assert slack.home(ana) is None
    await slack.open_home(ana)
    await slack.open_home(ana)
    assert [(event["tab"], "view" in event) for event in bolt.received] == [("home", False), ("home", True)]
    shown = slack.home(ana)
    assert shown is not None
    assert shown.blocks[0]["type"] == "actions"


async def test_a_click_in_home_comes_with_its_view_and_opens_a_form(
    slack: FakeSlack, bolt: Bolt, client: AsyncWebClient, ana: User, ben: User
) -> None:
    """It has no channel, no message and no response_url; nothing can be pushed onto Home."""

    @bolt.app.action("more")
    async def on_more(ack: AsyncAck, body: dict[str, Any]) -> None:
        bolt.received.append(body)
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=modal(text_input("why")))

    await client.views_publish(user_id=ana.id, view=home(actions(button("more"))))
    view = slack.home(ana)
    assert view is not None
    assert (await slack.click(ana, view, "more")).ok
    (body,) = bolt.received
    assert body["view"]["type"] == "home"
    assert not {"channel", "message", "response_url"} & set(body)
    assert [form.title for form in slack.views(ana)] == ["A form"]
    with pytest.raises(CannotActError, match="does not see"):  # a form stands before it
        await slack.click(ana, view, "more")
    with pytest.raises(CannotActError, match="does not see"):
        await slack.click(ben, view, "more")


async def test_a_form_cannot_be_pushed_onto_home(
    slack: FakeSlack, bolt: Bolt, client: AsyncWebClient, ana: User
) -> None:
    """A view is pushed onto a modal only."""

    @bolt.app.action("more")
    async def on_more(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        with pytest.raises(SlackApiError, match="not_found"):
            await client.views_push(trigger_id=body["trigger_id"], view=modal(text_input("why")))
        bolt.received.append(body)

    await client.views_publish(user_id=ana.id, view=home(actions(button("more"))))
    view = slack.home(ana)
    assert view is not None
    await slack.click(ana, view, "more")
    assert len(bolt.received) == 1


async def test_a_stale_home_is_not_published(slack: FakeSlack, client: AsyncWebClient, ana: User) -> None:
    """With the hash of a view that has changed meanwhile Slack refuses; with the newest one it does not."""
    first = await client.views_publish(user_id=ana.id, view=home(actions(button("a"))))
    second = await client.views_publish(user_id=ana.id, view=home(actions(button("b"))))
    assert first["view"]["id"] == second["view"]["id"]
    with pytest.raises(SlackApiError, match="hash_conflict"):
        await client.views_publish(user_id=ana.id, view=home(DIVIDER), hash=first["view"]["hash"])
    await client.views_publish(user_id=ana.id, view=home(DIVIDER), hash=second["view"]["hash"])
    view = slack.home(ana)
    assert view is not None
    assert [block["type"] for block in view.blocks] == ["divider"]


@pytest.mark.parametrize(
    "body", [modal(text_input("why")), {"type": "home"}, {"type": "home", "blocks": [{}]}]
)
async def test_what_is_no_home_is_refused(
    body: dict[str, Any], slack: FakeSlack, client: AsyncWebClient, ana: User
) -> None:
    """A modal, or a view without valid blocks, is no Home tab."""
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        await client.views_publish(user_id=ana.id, view=body)
    assert slack.home(ana) is None


async def test_home_is_for_people_of_the_workspace(
    slack: FakeSlack, client: AsyncWebClient, ana: User, eve: User
) -> None:
    """Nobody of another company has one; without `home_tab_enabled` nobody at all."""
    with pytest.raises(CannotActError):
        await slack.open_home(eve)
    slack.app.home_tab = False
    with pytest.raises(CannotActError):
        await slack.open_home(ana)
    with pytest.raises(SlackApiError, match="not_enabled"):
        await client.views_publish(user_id=ana.id, view=home(DIVIDER))


async def test_an_invitation_says_who_invited(slack: FakeSlack, bolt: Bolt, ana: User, ben: User) -> None:
    """The bot hears when it comes into a channel, and of others where it is in already."""

    @bolt.app.event("member_joined_channel")
    async def on_join(event: dict[str, Any]) -> None:
        bolt.received.append(event)

    channel = slack.add_channel("buyers", ana, bot=False)
    assert not (await slack.invite(ana, channel, ben)).sent
    assert (await slack.invite(ana, channel)).ok
    carl = slack.workspace.add_user("Carl Ek")
    await slack.invite(ben, channel, carl)
    assert [(event["user"], event["inviter"]) for event in bolt.received] == [
        (slack.bot.id, ana.id),
        (carl.id, ben.id),
    ]
    with pytest.raises(CannotActError, match="already"):
        await slack.invite(ana, channel)


async def test_writing_to_the_bot_needs_a_writable_tab_and_a_scope(
    slack: FakeSlack, bolt: Bolt, ana: User
) -> None:
    """The bot hears of it with `im:history`; where its Messages tab is read-only nobody can write."""

    @bolt.app.event("message")
    async def on_message(event: dict[str, Any]) -> None:
        bolt.received.append(event)

    await slack.write(ana, "hello")
    assert [(event["channel_type"], event["text"]) for event in bolt.received] == [("im", "hello")]
    slack.app.scopes -= {"im:history"}
    assert not (await slack.write(ana, "anybody?")).sent
    slack.app.takes_messages = False
    with pytest.raises(CannotActError, match="turned off"):
        await slack.write(ana, "hello")


async def test_a_shortcut_brings_its_message(
    slack: FakeSlack, bolt: Bolt, client: AsyncWebClient, ana: User, atlas: Channel
) -> None:
    """The message as it stands, and a trigger; not for what one person alone sees."""

    @bolt.app.shortcut("save")
    async def on_save(ack: AsyncAck, body: dict[str, Any]) -> None:
        bolt.received.append(body)
        await ack()

    message = slack.say("U0BEN", atlas, "The invoice is wrong again")
    assert (await slack.shortcut(ana, message, "save")).ok
    (body,) = bolt.received
    assert (body["type"], body["message"]["text"]) == ("message_action", "The invoice is wrong again")
    assert body["message"]["user"] == "U0BEN"
    await client.chat_postEphemeral(channel=atlas.id, user=ana.id, text="between us")
    with pytest.raises(CannotActError, match="no shortcuts"):
        await slack.shortcut(ana, slack.ephemerals(ana)[-1], "save")
    with pytest.raises(CannotActError, match="no shortcut 'other'"):
        await slack.shortcut(ana, message, "other")


async def test_without_a_subscription_nothing_is_told(slack: FakeSlack, bolt: Bolt, ana: User) -> None:
    """An app hears of the events that it has subscribed to, and of no other."""
    slack.app.events = frozenset()
    channel = slack.add_channel("buyers", ana, bot=False)
    assert not (await slack.open_home(ana)).sent
    assert not (await slack.open_messages(ana)).sent
    assert not (await slack.write(ana, "hello")).sent
    assert not (await slack.invite(ana, channel)).sent
    assert bolt.received == []
    assert set(app_surfaces.LETTERS.values()) == {"C", "G"}
