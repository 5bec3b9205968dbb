"""The door: half-open, slow and too many connections keep nobody else out."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from slack_bolt.async_app import AsyncAck

from bot.connection.connection_limits import ConnectionLimits
from bot.connection.http_server import Server
from tests.bot.serving import CLICK, FORM, bolt_app, get, interaction, post, serving, signed

Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]
HEAD = 0.05  # seconds
HALF = b"POST /slack/events HTTP/1.1\r\nHost: bot\r\nX-Half: "
WHOLE = b"GET /healthz HTTP/1.1\r\nHost: bot\r\n\r\n"


@asynccontextmanager
async def connections(
    server: Server, number: int, *, peer: str = "127.0.0.1"
) -> AsyncIterator[list[Connection]]:
    """That many connections to the server, from one address of the loopback network."""
    opened = [
        await asyncio.open_connection("127.0.0.1", server.port, local_addr=(peer, 0)) for _ in range(number)
    ]
    try:
        yield opened
    finally:
        for _, writer in opened:
            writer.close()


async def ended(connection: Connection) -> bool:
    """Waits until the server has closed a connection; whether it did so without an answer."""
    try:
        return await connection[0].read() == b""
    except ConnectionError:
        return True


async def test_a_head_that_never_ends_is_cut_off() -> None:
    """Whoever sends half of a head, or nothing, is cut off at the deadline, and all others are served."""
    async with (
        serving(bolt_app([]), limits=ConnectionLimits(head=HEAD)) as server,
        connections(server, 20) as half,
        connections(server, 5),
    ):
        for _, writer in half:
            writer.write(HALF)
        assert await get(server, "/healthz") == (200, "ok\n")
        assert all([await ended(connection) for connection in half])
        assert await get(server, "/healthz") == (200, "ok\n")


async def test_one_byte_after_the_other_does_not_move_the_deadline() -> None:
    """The time for a head counts from its first byte."""
    async with (
        serving(bolt_app([]), limits=ConnectionLimits(head=HEAD)) as server,
        connections(server, 1) as slow,
    ):
        reader, writer = slow[0]

        async def trickle() -> None:
            while not writer.transport.is_closing():
                writer.write(b"x")
                await asyncio.sleep(0)

        writer.write(HALF)
        trickling = asyncio.create_task(trickle())
        async with asyncio.timeout(100 * HEAD):
            assert await ended((reader, writer))
        trickling.cancel()


async def test_the_second_head_of_a_connection_has_a_deadline_too() -> None:
    """A connection that was served once, and then sends half a head, is cut off as well."""
    async with (
        serving(bolt_app([]), limits=ConnectionLimits(head=HEAD)) as server,
        connections(server, 1) as kept,
    ):
        reader, writer = kept[0]
        writer.write(WHOLE)
        assert (await reader.readuntil(b"ok\n")).startswith(b"HTTP/1.1 200")
        writer.write(HALF)
        assert await ended((reader, writer))


async def test_a_request_that_takes_its_time_is_not_cut_off() -> None:
    """The deadline is one for the head: an answer may take longer."""
    go_on = asyncio.Event()
    app = bolt_app([])

    async def slowly(ack: AsyncAck) -> None:
        await go_on.wait()
        await ack()

    app._async_listeners.clear()
    app.action("point/9")(slowly)
    body = interaction(CLICK)
    async with serving(app, limits=ConnectionLimits(head=HEAD)) as server:
        click = asyncio.create_task(post(server, body, FORM | signed(body)))
        async with connections(server, 1) as later:
            assert await ended(later[0])  # its deadline came after that of the click
        go_on.set()
        assert await click == 200


async def test_requests_in_one_piece_are_all_answered() -> None:
    """Two requests that arrive together, and half a third, get two answers and an end."""
    async with (
        serving(bolt_app([]), limits=ConnectionLimits(head=HEAD)) as server,
        connections(server, 1) as one,
    ):
        reader, writer = one[0]
        writer.write(WHOLE + WHOLE + HALF)
        assert (await reader.readuntil(b"ok\n")).startswith(b"HTTP/1.1 200")
        assert (await reader.readuntil(b"ok\n")).startswith(b"HTTP/1.1 200")
        writer.close()


async def test_no_peer_takes_all_connections(caplog: pytest.LogCaptureFixture) -> None:
    """Connections beyond those of one peer end at once, others come in, and the log has one line."""
    limits = ConnectionLimits(in_all=12, of_one_peer=8, head=100)
    with caplog.at_level(logging.WARNING):
        async with serving(bolt_app([]), limits=limits) as server, connections(server, 8) as first:
            for _, writer in first:
                writer.write(HALF)
            async with connections(server, 30) as too_many:
                assert all([await ended(connection) for connection in too_many])
            async with connections(server, 1, peer="127.0.0.2") as other:
                other[0][1].write(WHOLE)
                assert (await other[0][0].readuntil(b"ok\n")).startswith(b"HTTP/1.1 200")
    assert [record.getMessage() for record in caplog.records] == [
        "connections were refused: as many are open as are kept at a time (1 since the last such line)"
    ]


async def test_a_connection_that_ends_makes_room() -> None:
    """After all have gone as many may come in as before."""
    limits = ConnectionLimits(in_all=2, of_one_peer=2, head=100)
    async with serving(bolt_app([]), limits=limits) as server:
        for _ in range(3):
            async with connections(server, 2) as both:
                for reader, writer in both:
                    writer.write(WHOLE.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
                    assert (await reader.read()).startswith(b"HTTP/1.1 200")
    assert not limits.peers
