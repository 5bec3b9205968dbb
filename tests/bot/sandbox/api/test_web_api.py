import json
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import FakeSlack
from bot.sandbox.api import arguments, methods, web_api
from bot.sandbox.api.methods import METHODS, Tier
from bot.sandbox.model.channels import Channel
from bot.sandbox.model.errors import RefusedError, invalid
from bot.sandbox.model.people import User
from tests.bot.sandbox.conftest import actions, button, modal, refusal, text_input


async def raw(slack: FakeSlack, method: str, **how: Any) -> Any:
    """A call by plain HTTP with the bot's token."""
    headers = {"Authorization": f"Bearer {slack.app.token}", **how.pop("headers", {})}
    async with (
        aiohttp.ClientSession() as session,
        session.post(slack.api_url + method, headers=headers, **how) as response,
    ):
        return await response.json()


async def test_unknown_methods_and_arguments_are_refused(
    slack: FakeSlack, client: AsyncWebClient, atlas: Channel
) -> None:
    """Slack passes over an argument that it does not know; this fake says so."""
    assert await refusal(client.api_call("chat.shout", json={})) == "unknown_method"
    answer = await raw(slack, "chat.postMessage", json={"channel": atlas.id, "text": 1, "link_names": True})
    assert answer["error"] == "invalid_arguments"
    assert answer["response_metadata"]["messages"] == [
        "[ERROR] invalid additional property: link_names [json-pointer:/]",
        "[ERROR] must be a string [json-pointer:/text]",
    ]
    missing = await raw(slack, "chat.postMessage", json={"text": "x"})
    assert missing["response_metadata"]["messages"] == [
        "[ERROR] missing required field: channel [json-pointer:/]"
    ]


async def test_forms_carry_json_in_strings(slack: FakeSlack, ana: User, atlas: Channel) -> None:
    """Blocks and views arrive in a form as JSON text, flags and numbers as words."""
    blocks = json.dumps([actions(button("go"))])
    fields = {"channel": atlas.id, "text": "x", "blocks": blocks, "unfurl_links": "false", "token": "unused"}
    assert (await raw(slack, "chat.postMessage", data=fields))["ok"]
    assert atlas.messages[0].blocks == [actions(button("go"))]
    trigger = slack.world.triggers.issue(ana.id)
    view = json.dumps(modal(text_input("why")))
    assert (await raw(slack, "views.open", data={"trigger_id": trigger, "view": view}))["ok"]
    page = await raw(slack, "conversations.members", data={"channel": atlas.id, "limit": "1"})
    assert len(page["members"]) == 1


@pytest.mark.parametrize(
    "how,error",
    [
        ({"data": b"{", "headers": {"Content-Type": "application/json"}}, "invalid_json"),
        ({"json": [1]}, "json_not_object"),
        ({"data": b"x", "headers": {"Content-Type": "text/plain"}}, "invalid_post_type"),
        ({"json": {}, "headers": {"Authorization": ""}}, "not_authed"),
        ({"json": {}, "headers": {"Authorization": "Bearer xoxb-other"}}, "invalid_auth"),
        ({"json": {}, "headers": {"Authorization": "Bearer xapp-sandbox"}}, "not_allowed_token_type"),
    ],
)
async def test_malformed_and_unauthorized_calls(slack: FakeSlack, how: dict[str, Any], error: str) -> None:
    """Body and token are checked before the method."""
    assert (await raw(slack, "auth.test", **how))["error"] == error


async def test_a_connection_wants_the_app_token(slack: FakeSlack, client: AsyncWebClient) -> None:
    """apps.connections.open takes no bot token and gives a websocket address."""
    assert await refusal(client.apps_connections_open(app_token=slack.app.token)) == "not_allowed_token_type"
    opened = await client.apps_connections_open(app_token=slack.app.app_token)
    assert opened["url"].startswith("ws://127.0.0.1:")
    assert methods.connections_open(slack.world)["url"] != opened["url"]


async def test_every_method_wants_its_scope(slack: FakeSlack, atlas: Channel) -> None:
    """Without its scope a method does nothing and names it."""
    slack.app.scopes = frozenset()
    for name, method in METHODS.items():
        if method.scopes:
            answer = await raw(slack, name, json={})
            assert (answer["error"], answer["needed"]) == ("missing_scope", method.scopes[0])
    assert atlas.messages == []


async def test_a_team_id_from_bolt_is_let_pass(slack: FakeSlack, atlas: Channel) -> None:
    """Bolt's client sends the team with each call."""
    answer = await raw(
        slack, "chat.postMessage", json={"channel": atlas.id, "text": "x", "team_id": "T0SANDBOX"}
    )
    assert answer["ok"]
    assert "team_id" in arguments.ALWAYS


def test_arguments_are_read_by_signature() -> None:
    """Strings for flags and numbers become them; what is neither is pointed at."""

    def call(world: None, *, name: str, many: int = 1, on: bool = False, view: Any = None) -> None:
        """A method."""

    given = {"name": "x", "many": "3", "on": "1", "view": "[1]", "token": "t"}
    assert arguments.read(call, given) == {"name": "x", "many": 3, "on": True, "view": [1]}
    with pytest.raises(RefusedError) as refused:
        arguments.read(call, {"name": None, "many": True, "on": "yes", "view": "["})
    assert (
        refused.value.body()
        == invalid(
            "invalid_arguments",
            "must be a string [json-pointer:/name]",
            "must be an integer [json-pointer:/many]",
            "must be a boolean [json-pointer:/on]",
            "must be valid JSON [json-pointer:/view]",
        ).body()
    )


def test_tiers_are_slacks() -> None:
    """The table holds the tier that Slack documents for each method."""
    assert METHODS["views.open"].tier is Tier.FOUR
    assert METHODS["conversations.list"].tier is Tier.TWO
    assert "trigger_id" in web_api.SECRETS
