"""The server: how the bot is, and how it stops."""

import asyncio

import pytest
from slack_bolt.async_app import AsyncAck

from bot.config.settings import Settings
from bot.connection.http_server import AddressTaken, Server
from tests.bot.serving import CLICK, FORM, HTTP, NOW, bolt_app, get, interaction, post, serving, signed

BODY = interaction(CLICK)


async def test_alive_and_ready() -> None:
    """A bot that lacks nothing is alive and ready."""
    async with serving(bolt_app([])) as server:
        assert await get(server, "/healthz") == (200, "ok\n")
        assert await get(server, "/readyz") == (200, "ready\n")


async def test_alive_and_not_ready() -> None:
    """What is missing is one line and a 503; the process is alive all the same."""
    async with serving(bolt_app([]), missing="the database is away") as server:
        assert await get(server, "/healthz") == (200, "ok\n")
        assert await get(server, "/readyz") == (503, "the database is away\n")


async def test_nothing_else_is_served() -> None:
    """Slack's path takes only POST, other paths are not there."""
    async with serving(bolt_app([])) as server:
        assert (await get(server, "/slack/events"))[0] == 405
        assert (await get(server, "/"))[0] == 404


async def test_what_is_in_flight_is_finished_at_the_stop() -> None:
    """A click that was taken before the stop is answered, and nothing is taken after it."""
    begun, go_on = asyncio.Event(), asyncio.Event()
    app = bolt_app([])

    async def slowly(ack: AsyncAck) -> None:
        begun.set()
        await go_on.wait()
        await ack()

    app._async_listeners.clear()
    app.action("point/9")(slowly)
    async with serving(app) as server:
        click = asyncio.create_task(post(server, BODY, FORM | signed(BODY)))
        await begun.wait()
        stopping = asyncio.create_task(server.stop())
        await asyncio.sleep(0)
        go_on.set()
        assert await click == 200
        await stopping
        with pytest.raises(OSError, match="Connect"):
            await get(server, "/healthz")


async def test_a_taken_address_is_one_sentence() -> None:
    """A port in use ends the start with a sentence that names it and shows another."""
    async with serving(bolt_app([])) as server:
        taken = Settings.load(HTTP | {"PORT": str(server.port)})
        second = Server(bolt_app([]), taken, clock=lambda: NOW, not_ready=_ready)
        with pytest.raises(
            AddressTaken, match=rf"PORT cannot be listened on \(127.0.0.1, {server.port}: .*PORT=3001"
        ):
            await second.start()


async def test_an_address_of_version_six_stands_in_brackets() -> None:
    """The URL of an IPv6 host can be used as it is."""
    server = Server(bolt_app([]), Settings.load(HTTP | {"HOST": "::1"}), clock=lambda: NOW, not_ready=_ready)
    assert server.url == "http://[::1]:0"


async def _ready() -> str | None:
    return None
