from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import FakeSlack
from bot.sandbox.api import methods_chat
from bot.sandbox.model.channels import Channel
from bot.sandbox.model.people import User
from tests.bot.sandbox.conftest import actions, button, refusal


async def test_a_message_is_posted_threaded_changed_and_deleted(
    slack: FakeSlack, client: AsyncWebClient, atlas: Channel
) -> None:
    """The four ways of a message, by the real SDK client."""
    blocks = [actions(button("go"))]
    posted = await client.chat_postMessage(
        channel=atlas.id, text="Question", blocks=blocks, unfurl_links=False
    )
    reply = await client.chat_postMessage(channel=atlas.id, text="Reply", thread_ts=posted["ts"])
    assert [m.text for m in atlas.thread(posted["ts"])] == ["Reply"]
    assert await refusal(client.chat_postMessage(channel=atlas.id, text="x", thread_ts=reply["ts"])) == (
        "cannot_reply_to_message"
    )
    await client.chat_update(channel=atlas.id, ts=posted["ts"], text="Closed")
    assert (atlas.messages[0].text, atlas.messages[0].blocks) == ("Closed", [])
    await client.chat_delete(channel=atlas.id, ts=posted["ts"])
    assert [m.text for m in atlas.messages] == ["Reply"]
    assert [e.kind for e in slack.feed.of("message")] == [
        "message.posted",
        "message.posted",
        "message.updated",
        "message.deleted",
    ]


async def test_a_message_to_a_person_opens_their_direct_messages(
    slack: FakeSlack, client: AsyncWebClient, ana: User
) -> None:
    """A user id will do to post, not to update."""
    posted = await client.chat_postMessage(channel=ana.id, text="To you")
    assert posted["channel"].startswith("D")
    assert [m.text for m in slack.dms(ana)] == ["To you"]
    assert await refusal(client.chat_update(channel=ana.id, ts=posted["ts"], text="x")) == "channel_not_found"


async def test_only_what_is_there_and_ones_own_can_be_changed(
    slack: FakeSlack, client: AsyncWebClient, ana: User, atlas: Channel
) -> None:
    """Gone, somebody else's, too long, archived: each has Slack's own word."""
    theirs = slack.say(ana, atlas, "hello")
    ours = (await client.chat_postMessage(channel=atlas.id, text="ours"))["ts"]
    assert (
        await refusal(client.chat_update(channel=atlas.id, ts=theirs.ts, text="x")) == "cant_update_message"
    )
    assert await refusal(client.chat_delete(channel=atlas.id, ts=theirs.ts)) == "cant_delete_message"
    assert await refusal(client.chat_update(channel=atlas.id, ts="1.000001", text="x")) == "message_not_found"
    assert await refusal(client.chat_update(channel=atlas.id, ts=ours, text="x" * 4001)) == "msg_too_long"
    atlas.is_archived = True
    assert await refusal(client.chat_update(channel=atlas.id, ts=ours, text="x")) == "is_inactive"


async def test_metadata_stays_until_it_is_taken_away(client: AsyncWebClient, atlas: Channel) -> None:
    """An update without metadata keeps it, an empty object removes it, another form is refused."""
    kept = {"event_type": "pulse_post", "event_payload": {"key": "wave/1"}}
    ts = (await client.chat_postMessage(channel=atlas.id, text="x", metadata=kept))["ts"]
    await client.chat_update(channel=atlas.id, ts=ts, text="y")
    assert atlas.messages[0].metadata == kept
    await client.chat_update(channel=atlas.id, ts=ts, text="y", metadata={})
    assert atlas.messages[0].metadata is None
    for wrong in ({"event_type": "x"}, {**kept, "more": 1}):
        assert await refusal(client.chat_postMessage(channel=atlas.id, text="x", metadata=wrong)) == (
            "invalid_metadata_format"
        )


async def test_a_private_message_needs_its_reader_in_the_channel(
    slack: FakeSlack, client: AsyncWebClient, ana: User, eve: User, atlas: Channel
) -> None:
    """chat.postEphemeral reaches one member; it cannot be updated later."""
    sent = await client.chat_postEphemeral(channel=atlas.id, user=ana.id, text="psst")
    assert [m.text for m in slack.ephemerals(ana, atlas)] == ["psst"]
    assert await refusal(client.chat_postEphemeral(channel=atlas.id, user=eve.id, text="x")) == (
        "user_not_in_channel"
    )
    assert await refusal(client.chat_update(channel=atlas.id, ts=sent["message_ts"], text="x")) == (
        "message_not_found"
    )


async def test_a_permalink_names_channel_moment_and_thread(client: AsyncWebClient, atlas: Channel) -> None:
    """A reply's link also names its parent."""
    parent = (await client.chat_postMessage(channel=atlas.id, text="x"))["ts"]
    reply = (await client.chat_postMessage(channel=atlas.id, text="y", thread_ts=parent))["ts"]
    link = (await client.chat_getPermalink(channel=atlas.id, message_ts=reply))["permalink"]
    assert link == (
        f"https://sandbox.slack.com/archives/C0ATLAS/p{reply.replace('.', '')}?thread_ts={parent}&cid=C0ATLAS"
    )
    assert await refusal(client.chat_getPermalink(channel=atlas.id, message_ts="1.2")) == "message_not_found"


def test_the_arguments_are_those_of_the_bot() -> None:
    """`link_names` and `attachments`, which this bot must not send, are unknown here."""
    assert methods_chat.PARSE == ("none", "full")
    for call in (methods_chat.post_message, methods_chat.update):
        assert not {"link_names", "attachments", "as_user"} & set(call.__annotations__)
