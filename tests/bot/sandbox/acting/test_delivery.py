import asyncio
from typing import Any
from urllib.parse import parse_qs

import pytest
from aiohttp import web
from slack_bolt.async_app import AsyncAck
from slack_sdk.signature import SignatureVerifier

from bot.sandbox import FakeSlack, SteppedClock
from bot.sandbox.acting.delivery import Courier, Delivery, sign
from bot.sandbox.model.channels import Channel
from bot.sandbox.model.clock import unix
from bot.sandbox.model.people import User
from tests.bot.sandbox.conftest import Bolt


class _At:
    """The verifier's clock."""

    def __init__(self, at: float) -> None:
        self._at = at

    def now(self) -> float:
        return self._at


def test_the_signature_is_slacks_own_example() -> None:
    """The documented vector (docs.slack.dev/authentication/verifying-requests-from-slack)."""
    body = (
        b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
        b"&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
        b"&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F"
        b"96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
    )
    assert sign("8f742231b10e8888abcd99yyyzzz85a5", body, "1531420618") == (
        "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
    )


async def test_requests_are_signed_by_the_shared_clock(
    slack: FakeSlack, clock: SteppedClock, ana: User, atlas: Channel
) -> None:
    """The SDK's verifier, at the sandbox's time, accepts what the bot receives."""
    seen: list[tuple[bytes, dict[str, str]]] = []

    async def bot(request: web.Request) -> web.Response:
        seen.append((await request.read(), dict(request.headers)))
        return web.Response()

    runner = await _serve(slack, bot)
    assert (await slack.command(ana, atlas, "/pulse", "help & more")).ok
    (body, headers) = seen[0]
    verifier = SignatureVerifier(slack.app.signing_secret, clock=_At(unix(clock())))  # type: ignore[arg-type]  # duck
    assert verifier.is_valid_request(body, headers)
    assert parse_qs(body.decode())["text"] == ["help &amp; more"]
    await runner.cleanup()


async def test_an_ack_too_late_is_a_timeout(slack: FakeSlack, ana: User, atlas: Channel) -> None:
    """After the ack time the person reads that the command timed out."""
    never = asyncio.Event()

    async def bot(request: web.Request) -> web.Response:
        await never.wait()
        return web.Response(text=request.path)

    runner = await _serve(slack, bot)
    slack.courier.ack_seconds = 0.05
    outcome = await slack.command(ana, atlas, "/pulse")
    assert outcome.trouble == '/pulse failed with the error "operation_timeout"'
    never.set()
    await runner.cleanup()
    assert (
        await slack.command(ana, atlas, "/pulse")
    ).trouble == '/pulse failed with the error "dispatch_failed"'


async def test_the_same_payload_can_come_twice(
    slack: FakeSlack, bolt: Bolt, ana: User, atlas: Channel
) -> None:
    """A repeat is the same to the byte; only events say that they are one."""

    @bolt.app.command("/pulse")
    async def on_pulse(ack: AsyncAck, body: dict[str, Any]) -> None:
        bolt.received.append(body)
        await ack()

    @bolt.app.event("app_home_opened")
    async def on_home(request: Any) -> None:
        bolt.received.append({"retry": request.headers.get("x-slack-retry-num")})

    await slack.redeliver(await slack.command(ana, atlas, "/pulse"))
    assert bolt.received[0] == bolt.received[1]
    await slack.redeliver(await slack.event({"type": "app_home_opened", "user": ana.id, "tab": "home"}))
    assert bolt.received[2:] == [{"retry": None}, {"retry": ["1"]}]


async def test_a_knock_can_be_forged(slack: FakeSlack, clock: SteppedClock) -> None:
    """Any bytes with any signature and timestamp, for the tests of the guard."""
    seen: list[tuple[str | None, str | None]] = []

    async def bot(request: web.Request) -> web.Response:
        seen.append(
            (request.headers.get("X-Slack-Signature"), request.headers.get("X-Slack-Request-Timestamp"))
        )
        return web.Response(status=401, text="no")

    runner = await _serve(slack, bot)
    answer = await slack.courier.knock(b"x", signature="v0=0", timestamp="abc")
    assert (answer.status, answer.body, answer.ok) == (401, "no", False)
    await slack.courier.knock(b"x")
    now = str(unix(clock()))
    assert seen == [("v0=0", "abc"), (sign(slack.app.signing_secret, b"x", now), now)]
    await runner.cleanup()


async def test_without_an_address_there_is_no_knocking(slack: FakeSlack) -> None:
    """The mistake is named."""
    with pytest.raises(ValueError, match="bot_url"):
        await Courier(slack.world).knock(b"x")


def test_events_go_as_json_the_rest_as_forms() -> None:
    """Each kind has Slack's content type."""
    assert Delivery("events_api", {"a": 1}).encoded() == (b'{"a": 1}', "application/json")
    assert Delivery("interactive", {"a": 1}).encoded()[0] == b"payload=%7B%22a%22%3A+1%7D"
    assert Delivery("slash_commands", {"a": 1, "token": "t"}).shown() == {"a": 1}


async def _serve(slack: FakeSlack, handler: Any) -> web.AppRunner:
    app = web.Application()
    app.router.add_post("/slack/events", handler)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    slack.bot_url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    return runner
