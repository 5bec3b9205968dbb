from datetime import timedelta
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import FakeSlack, SteppedClock
from bot.sandbox.api import methods_views
from bot.sandbox.live import screens
from bot.sandbox.live.tickets import ResponseUrls, Triggers
from bot.sandbox.model.errors import RefusedError
from bot.sandbox.model.people import User
from bot.sandbox.model.views import View
from tests.bot.sandbox.conftest import MONDAY, actions, button, modal, refusal, text_input


def trigger(slack: FakeSlack, user: User, view: View | None = None) -> str:
    """A trigger_id as an act of this person would bring it."""
    return slack.world.triggers.issue(user.id, channel_id="C0ATLAS", view_id=view.id if view else None)


async def opened(slack: FakeSlack, client: AsyncWebClient, user: User, body: dict[str, Any]) -> View:
    """The modal, open."""
    await client.views_open(trigger_id=trigger(slack, user), view=body)
    return slack.views(user)[-1]


async def test_a_trigger_works_once_and_for_three_seconds(
    slack: FakeSlack, client: AsyncWebClient, clock: SteppedClock, ana: User
) -> None:
    """Unknown, used and expired triggers are told apart, by the clock."""
    body = modal(text_input("why"))
    first, late = trigger(slack, ana), trigger(slack, ana)
    clock.step(timedelta(seconds=3))
    await client.views_open(trigger_id=first, view=body)
    assert await refusal(client.views_open(trigger_id=first, view=body)) == "exchanged_trigger_id"
    clock.step(timedelta(milliseconds=1))
    assert await refusal(client.views_open(trigger_id=late, view=body)) == "expired_trigger_id"
    assert await refusal(client.views_open(trigger_id="1.2.x", view=body)) == "invalid_trigger_id"


async def test_a_stack_holds_three_views(slack: FakeSlack, client: AsyncWebClient, ana: User) -> None:
    """A fourth is refused; a trigger from outside the modal cannot push."""
    body = modal(actions(button("more")))
    root = await opened(slack, client, ana, body)
    assert await refusal(client.views_push(trigger_id=trigger(slack, ana), view=body)) == "not_found"
    for _ in range(2):
        await client.views_push(trigger_id=trigger(slack, ana, root), view=body)
    assert await refusal(client.views_push(trigger_id=trigger(slack, ana, root), view=body)) == (
        "push_limit_reached"
    )
    payloads = [slack.world.screens.payload(view) for view in slack.views(ana)]
    assert [p["root_view_id"] for p in payloads] == [root.id] * 3
    assert [p["previous_view_id"] for p in payloads] == [None, payloads[0]["id"], payloads[1]["id"]]


async def test_a_new_modal_takes_the_place_of_the_old(
    slack: FakeSlack, client: AsyncWebClient, ana: User
) -> None:
    """A person has one modal; the one before is closed."""
    before = await opened(slack, client, ana, modal(text_input("why")))
    after = await opened(slack, client, ana, modal(text_input("how")))
    assert slack.views(ana) == [after]
    assert not before.is_open
    assert await refusal(client.views_update(view_id=before.id, view=modal(text_input("x")))) == "not_found"


async def test_an_update_keeps_what_was_typed_where_ids_stay(
    slack: FakeSlack, client: AsyncWebClient, ana: User
) -> None:
    """Values survive as long as block_id and action_id do; a stale hash is refused."""
    view = await opened(slack, client, ana, modal(text_input("why"), text_input("how")))
    slack.fill(ana, view, {"why": "typed", "how": "lost"})
    seen = view.hash
    await client.views_update(view_id=view.id, hash=seen, view=modal(text_input("why"), text_input("who")))
    assert view.state["why"]["text"]["value"] == "typed"
    assert view.state["who"]["text"]["value"] is None
    assert "how" not in view.state
    assert await refusal(client.views_update(view_id=view.id, hash=seen, view=modal(text_input("x")))) == (
        "hash_conflict"
    )


async def test_external_ids_are_unique_while_open(
    slack: FakeSlack, client: AsyncWebClient, ana: User
) -> None:
    """A view is found by its external_id, which no second open view may have."""
    body = modal(text_input("why"), external_id="mine")
    view = await opened(slack, client, ana, body)
    ben = slack.workspace.add_user("Ben Ode")
    assert (
        await refusal(client.views_open(trigger_id=trigger(slack, ben), view=body)) == "duplicate_external_id"
    )
    await client.views_update(external_id="mine", view=body)
    await slack.close_view(ana, view)
    await opened(slack, client, ben, body)


@pytest.mark.parametrize(
    "body,error",
    [
        ({"type": "home", "blocks": [{"type": "divider"}]}, "invalid_arguments"),
        (modal(), "invalid_arguments"),
        (modal({"type": "divider"}, private_metadata="x" * 250_000), "view_too_large"),
    ],
)
async def test_views_that_slack_does_not_take(
    slack: FakeSlack, client: AsyncWebClient, ana: User, body: dict[str, Any], error: str
) -> None:
    """Only a valid modal of less than 250 kB opens."""
    assert await refusal(client.views_open(trigger_id=trigger(slack, ana), view=body)) == error
    assert slack.views(ana) == []


async def test_update_wants_an_id(client: AsyncWebClient) -> None:
    """views.update without view_id and external_id is refused."""
    call = client.api_call("views.update", json={"view": modal(text_input("x"))})
    assert await refusal(call) == "invalid_arguments"
    assert (screens.STACK, screens.VIEW_BYTES) == (3, 250_000)
    assert "trigger_id" in methods_views.open_.__annotations__


def test_a_response_url_lives_half_an_hour_and_five_uses() -> None:
    """Used up and expired are told apart, by the clock."""
    clock = SteppedClock(MONDAY)
    urls = ResponseUrls(clock, "T1")
    path = urls.issue("U1", "C1", None)
    assert path.startswith("/commands/T1/")
    for _ in range(5):
        assert urls.spend(path).channel_id == "C1"
    with pytest.raises(RefusedError, match="used_url"):
        urls.spend(path)
    fresh = urls.issue("U1", "C1", None)
    clock.step(timedelta(minutes=30, seconds=1))
    with pytest.raises(RefusedError, match="expired_url"):
        urls.spend(fresh)
    with pytest.raises(RefusedError, match="not_found"):
        urls.spend("/commands/T1/9/x")


def test_a_clock_set_back_does_not_expire_a_trigger() -> None:
    """A trigger from the clock's future is still good."""
    clock = SteppedClock(MONDAY)
    triggers = Triggers(clock)
    name = triggers.issue("U1")
    clock.step(timedelta(minutes=-5))
    assert triggers.spend(name).user_id == "U1"
