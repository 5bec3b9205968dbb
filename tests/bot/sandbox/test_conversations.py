from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import FakeSlack
from bot.sandbox.api import methods_conversations, methods_people, pages
from bot.sandbox.model.channels import Channel, Kind
from bot.sandbox.model.errors import RefusedError
from bot.sandbox.model.people import User
from tests.bot.sandbox.conftest import refusal


async def test_a_channel_tells_what_it_is(client: AsyncWebClient, atlas: Channel, slack: FakeSlack) -> None:
    """conversations.info counts members when asked; a private channel without the bot does not exist."""
    shown = (await client.conversations_info(channel=atlas.id, include_num_members=True))["channel"]
    assert (shown["name"], shown["is_member"], shown["num_members"]) == ("atlas", True, 3)
    assert (shown["is_private"], shown["is_ext_shared"], shown["is_archived"]) == (False, False, False)
    hidden = slack.add_channel("hidden", bot=False, kind=Kind.PRIVATE)
    assert await refusal(client.conversations_info(channel=hidden.id)) == "channel_not_found"
    assert await refusal(client.conversations_info(channel="#atlas")) == "channel_not_found"


async def test_members_come_in_pages(client: AsyncWebClient, slack: FakeSlack) -> None:
    """Each page names the next until there is none; a made-up cursor is refused."""
    people = [slack.workspace.add_user(f"Person {number}") for number in range(5)]
    channel = slack.add_channel("big", *people)
    found: list[str] = []
    cursor = ""
    while True:
        page: Any = await client.conversations_members(channel=channel.id, limit=2, cursor=cursor)
        found += page["members"]
        cursor = page["response_metadata"]["next_cursor"]
        if not cursor:
            break
    assert found == channel.members
    assert await refusal(client.conversations_members(channel=channel.id, cursor="no")) == "invalid_cursor"
    assert await refusal(client.conversations_members(channel=channel.id, limit=0)) == "invalid_limit"


async def test_the_list_holds_what_the_bot_may_know(client: AsyncWebClient, slack: FakeSlack) -> None:
    """Public channels, private ones from inside, archived ones unless left out."""
    slack.add_channel("open", bot=False)
    slack.add_channel("inside", kind=Kind.PRIVATE)
    slack.add_channel("hidden", bot=False, kind=Kind.PRIVATE)
    slack.add_channel("old", is_archived=True)
    both = await client.conversations_list(types="public_channel,private_channel", exclude_archived=True)
    assert [channel["name"] for channel in both["channels"]] == ["open", "inside"]
    assert [c["name"] for c in (await client.conversations_list())["channels"]] == ["open", "old"]
    assert await refusal(client.conversations_list(types="im")) == "missing_scope"


async def test_history_needs_its_scope_and_gives_metadata_when_asked(
    client: AsyncWebClient, slack: FakeSlack, atlas: Channel
) -> None:
    """Top-level messages, newest first, between two moments."""
    assert await refusal(client.conversations_history(channel=atlas.id)) == "missing_scope"
    slack.app.scopes |= {"channels:history"}
    meta = {"event_type": "post", "event_payload": {"key": "1"}}
    first = (await client.chat_postMessage(channel=atlas.id, text="first", metadata=meta))["ts"]
    await client.chat_postMessage(channel=atlas.id, text="reply", thread_ts=first)
    await client.chat_postMessage(channel=atlas.id, text="second")
    plain = await client.conversations_history(channel=atlas.id)
    assert [m["text"] for m in plain["messages"]] == ["second", "first"]
    assert "metadata" not in plain["messages"][1]
    found = await client.conversations_history(
        channel=atlas.id, oldest=first, inclusive=True, include_all_metadata=True, limit=999
    )
    assert found["messages"][-1]["metadata"] == meta
    after = await client.conversations_history(channel=atlas.id, oldest=first)
    assert [m["text"] for m in after["messages"]] == ["second"]
    assert await refusal(client.conversations_history(channel=atlas.id, oldest="now")) == "invalid_ts_oldest"


async def test_direct_messages_are_opened_with_their_scope(
    client: AsyncWebClient, slack: FakeSlack, ana: User
) -> None:
    """conversations.open wants im:write; posting to a person does not."""
    assert await refusal(client.conversations_open(users=ana.id)) == "missing_scope"
    slack.app.scopes |= {"im:write"}
    opened = await client.conversations_open(users=ana.id)
    assert opened["channel"]["id"] == (await client.chat_postMessage(channel=ana.id, text="x"))["channel"]
    assert await refusal(client.conversations_open(users="U404")) == "user_not_found"
    ana.deleted = True
    assert await refusal(client.conversations_open(users=ana.id)) == "user_disabled"


async def test_who_somebody_is_and_who_the_bot_is(
    client: AsyncWebClient, slack: FakeSlack, ana: User, eve: User
) -> None:
    """users.info gives the locale of our own people when asked; auth.test names bot and team."""
    shown = (await client.users_info(user=ana.id, include_locale=True))["user"]
    assert (shown["locale"], shown["tz"], shown["profile"]["display_name"]) == (
        "en-US",
        "Europe/Berlin",
        "Ana Lima",
    )
    assert (await client.users_info(user=eve.id))["user"]["is_stranger"] is False
    assert await refusal(client.users_info(user="U404")) == "user_not_found"
    me = await client.auth_test()
    assert (me["user_id"], me["team_id"], me["bot_id"]) == (slack.bot.id, "T0SANDBOX", slack.app.bot_id)
    assert me.headers["x-oauth-scopes"].split(",") == sorted(slack.app.scopes)


@pytest.mark.parametrize(
    "traits, flags",
    [
        ({}, {"is_restricted": False, "is_ultra_restricted": False, "is_bot": False, "deleted": False}),
        ({"is_guest": True}, {"is_restricted": True, "is_ultra_restricted": False}),
        ({"is_single_channel_guest": True}, {"is_restricted": True, "is_ultra_restricted": True}),
        ({"is_bot": True}, {"is_bot": True}),
        ({"deleted": True}, {"deleted": True}),
    ],
)
async def test_what_somebody_may_is_told_by_flags(
    client: AsyncWebClient, slack: FakeSlack, traits: dict[str, Any], flags: dict[str, bool]
) -> None:
    """Guests of both kinds, bots and people who left have the flags that Slack gives them."""
    user = slack.workspace.add_user("Gil Guest", **traits)
    shown = (await client.users_info(user=user.id))["user"]
    assert {name: shown[name] for name in flags} == flags


async def test_everybody_of_the_team_is_listed_in_pages(
    client: AsyncWebClient, slack: FakeSlack, ana: User, eve: User
) -> None:
    """Bots and those who left are in it, people of another company are not; a limit must be given."""
    ana.deleted = True
    listed = (await client.users_list(limit=200))["members"]
    assert [(user["id"], user["is_bot"], user["deleted"]) for user in listed] == [
        (slack.bot.id, True, False),
        (ana.id, False, True),
    ]
    assert eve.id not in {user["id"] for user in listed}
    assert (await client.users_list(limit=1))["response_metadata"]["next_cursor"]
    assert await refusal(client.users_list()) == "limit_required"


async def test_a_revoked_token_opens_nothing(client: AsyncWebClient, slack: FakeSlack) -> None:
    """Once the app is removed every call says so."""
    slack.app.revoked = True
    with pytest.raises(SlackApiError, match="token_revoked"):
        await client.auth_test()


@given(st.lists(st.integers(), max_size=12), st.integers(1, 5))
def test_pages_add_up(items: list[int], limit: int) -> None:
    """Read to the end, the pages hold every item once, in order."""
    found: list[int] = []
    cursor = ""
    while True:
        some, onward = pages.page(items, limit, cursor)
        found += some
        cursor = onward["response_metadata"]["next_cursor"]
        if not cursor:
            break
    assert found == items


@pytest.mark.parametrize("limit", [0, -1, pages.LARGEST + 1])
def test_a_page_has_a_size(limit: int) -> None:
    """At least one item, at most a thousand."""
    with pytest.raises(RefusedError, match="invalid_limit"):
        pages.page([1], limit, "")


def test_a_person_s_profile_needs_only_their_id() -> None:
    """users.info and conversations.info ask for one id each."""
    assert set(methods_people.users_info.__annotations__) == {"world", "user", "include_locale", "return"}
    assert "channel" in methods_conversations.info.__annotations__
