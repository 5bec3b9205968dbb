"""A small workspace, a real SDK client and a small real Bolt app around the fake Slack."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import web
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import FakeSlack, SteppedClock
from bot.sandbox.model.channels import Channel
from bot.sandbox.model.people import User

MONDAY = datetime(2026, 11, 2, 9, tzinfo=UTC)


@pytest.fixture
def clock() -> SteppedClock:
    """A clock that stands on a Monday morning."""
    return SteppedClock(MONDAY)


@pytest.fixture
async def slack(clock: SteppedClock) -> AsyncIterator[FakeSlack]:
    """A running fake Slack with nobody in it but the bot."""
    async with FakeSlack(clock=clock) as running:
        yield running


@pytest.fixture
def ana(slack: FakeSlack) -> User:
    """A person of the installing team."""
    return slack.workspace.add_user("Ana Lima", id="U0ANA")


@pytest.fixture
def ben(slack: FakeSlack) -> User:
    """Another person of the installing team, an admin."""
    return slack.workspace.add_user("Ben Ode", id="U0BEN", is_admin=True)


@pytest.fixture
def eve(slack: FakeSlack) -> User:
    """A person of another company."""
    return slack.workspace.add_user("Eve Roy", id="U0EVE", team_id=slack.workspace.add_team("Client Co").id)


@pytest.fixture
def atlas(slack: FakeSlack, ana: User, ben: User) -> Channel:
    """A public channel with Ana, Ben and the bot in it."""
    return slack.add_channel("atlas", ana, ben, id="C0ATLAS")


@pytest.fixture
def client(slack: FakeSlack) -> AsyncWebClient:
    """The SDK's client with the bot's token and no retries of its own."""
    return AsyncWebClient(token=slack.app.token, base_url=slack.api_url, retry_handlers=[])


@dataclass
class Bolt:
    """A small Bolt app and what its listeners have received."""

    app: AsyncApp
    received: list[dict[str, Any]] = field(default_factory=list)


def bolt_app(slack: FakeSlack, client: AsyncWebClient) -> AsyncApp:
    """A Bolt app set up as the real bot is."""
    return AsyncApp(
        client=client,
        signing_secret=slack.app.signing_secret,
        process_before_response=True,
        request_verification_enabled=False,  # the guard's business; Bolt would read the wall clock
    )


@pytest.fixture
async def bolt(slack: FakeSlack, client: AsyncWebClient) -> AsyncIterator[Bolt]:
    """The app served over HTTP, known to the fake Slack."""
    app = bolt_app(slack, client)
    runner = web.AppRunner(app.server(path="/slack/events").web_app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0]
    slack.bot_url = f"http://{host}:{port}"
    yield Bolt(app)
    await runner.cleanup()


async def refusal(call: Any) -> str:
    """The error word of a call that Slack refuses."""
    with pytest.raises(SlackApiError) as refused:
        await call
    return str(refused.value.response["error"])


def button(action_id: str, text: str = "Go", **more: Any) -> dict[str, Any]:
    """A button element."""
    return {"type": "button", "action_id": action_id, "text": {"type": "plain_text", "text": text}, **more}


def actions(*elements: dict[str, Any], block_id: str = "row") -> dict[str, Any]:
    """An actions block."""
    return {"type": "actions", "block_id": block_id, "elements": list(elements)}


def modal(*blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A modal with a submit button."""
    plain = {"title": "A form", "submit": "Send", "close": "Cancel"}
    texts = {name: {"type": "plain_text", "text": words} for name, words in plain.items()}
    return {"type": "modal", "callback_id": "form", **texts, "blocks": list(blocks), **more}


def text_input(block_id: str, **more: Any) -> dict[str, Any]:
    """An input block with one line of text, required unless told otherwise."""
    optional = more.pop("optional", False)
    return {
        "type": "input",
        "block_id": block_id,
        "label": {"type": "plain_text", "text": block_id.title()},
        "element": {"type": "plain_text_input", "action_id": "text", **more},
        "optional": optional,
    }
