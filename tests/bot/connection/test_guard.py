"""Hostile requests against the real Bolt app behind the real server."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import aiohttp
import pytest

from bot.connection.guard import LARGEST, Guard
from bot.connection.http_server import Server
from tests.bot.serving import (
    CLICK,
    COMMAND,
    EVENT,
    FORM,
    JSON,
    NOW,
    SUBMISSION,
    bolt_app,
    get,
    interaction,
    post,
    serving,
    signed,
)

BODY = interaction(CLICK)
BIG = 20 * 1024 * 1024


@pytest.fixture
def received() -> list[dict[str, Any]]:
    """What the listeners were given."""
    return []


@pytest.fixture
async def server(received: list[dict[str, Any]]) -> AsyncIterator[Server]:
    """The server with the small Bolt app behind it."""
    async with serving(bolt_app(received)) as running:
        yield running


def changed(base: dict[str, Any], **parts: Any) -> dict[str, Any]:
    return {key: value for key, value in (deepcopy(base) | parts).items() if value != "absent"}


def action(**parts: Any) -> bytes:
    return interaction(changed(CLICK, actions=[CLICK["actions"][0] | parts]))


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Slack-Signature": "v0=" + "0" * 64},
        signed(BODY) | {"X-Slack-Signature": "v0=" + "0" * 64},
        signed(BODY) | {"X-Slack-Signature": ""},
        signed(BODY) | {"X-Slack-Signature": "é"},
        signed(BODY, secret="another-signing-secret"),
        signed(BODY, at=NOW - timedelta(minutes=6)),
        signed(BODY, at=NOW + timedelta(minutes=6)),
        signed(BODY) | {"X-Slack-Request-Timestamp": "abc"},
        signed(BODY) | {"X-Slack-Request-Timestamp": "-1"},
        signed(BODY) | {"X-Slack-Request-Timestamp": "1e9"},
        signed(BODY) | {"X-Slack-Request-Timestamp": "9" * 400},
        signed(BODY + b"&x=1"),
    ],
)
async def test_what_slack_did_not_sign_just_now_is_401(
    server: Server, received: list[dict[str, Any]], headers: dict[str, str]
) -> None:
    """Forged, unsigned, signed with another secret, stale, early and timeless requests reach no listener."""
    assert await post(server, BODY, FORM | headers) == 401
    assert received == []


@pytest.mark.parametrize("body", [b"{", b"[1]", b"\xff\xfe", b"null", b"[" * 100_000, b""])
async def test_unsigned_rubbish_is_401_and_never_parsed(server: Server, body: bytes) -> None:
    """The signature comes before the shape: nobody but Slack has a body parsed."""
    assert await post(server, body, JSON) == 401


@pytest.mark.parametrize("minutes", [-5, 0, 5])
async def test_five_minutes_of_difference_pass(server: Server, minutes: int) -> None:
    """Clocks may differ by five minutes; a replay within them is handled again, which the store allows."""
    headers = FORM | signed(BODY, at=NOW + timedelta(minutes=minutes))
    assert await post(server, BODY, headers) == 200
    assert await post(server, BODY, headers) == 200


async def test_slacks_own_example_passes() -> None:
    """The secret, time and body of Slack's documentation give its signature."""
    body = (
        "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
        "&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
        "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
        "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
    )
    signature = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
    at = datetime.fromtimestamp(1531420618, UTC)
    assert signed(body.encode(), at=at)["X-Slack-Signature"] == signature


async def test_a_large_body_is_413_before_it_is_read(server: Server) -> None:
    """20 MB are refused by their announced length, signed or not."""
    assert await post(server, BytesIO(bytes(BIG)), JSON) == 413


async def test_a_long_stream_is_413_while_it_is_read(server: Server) -> None:
    """A stream without a length is refused as soon as it grows too long."""

    async def stream() -> AsyncIterator[bytes]:
        for _ in range(20):
            yield b"x" * 65536

    assert await post(server, stream(), JSON) == 413


@pytest.mark.parametrize("over, status", [(0, 200), (1, 413)])
async def test_the_limit_is_256_kilobytes(server: Server, over: int, status: int) -> None:
    """The largest body that passes has 256 kB."""
    frame = interaction(changed(CLICK, trigger_id=""))
    body = interaction(changed(CLICK, trigger_id="x" * (LARGEST - len(frame) + over)))
    assert len(body) == LARGEST + over
    assert await post(server, body, FORM | signed(body)) == status


@pytest.mark.parametrize(
    "body, headers",
    [
        (b"{", JSON),
        (b"[]", JSON),
        (b"null", JSON),
        (b"\xff\xfe", JSON),
        (b'{"a":' * 60 + b"1" + b"}" * 60, JSON),
        (b"[" * 100_000, JSON),
        (b'{"type": ' + b"9" * 5000 + b"}", JSON),
        (b"{}", JSON),
        (b'{"type": "unheard_of"}', JSON),
        (b'{"type": ["block_actions"]}', JSON),
        (json.dumps(CLICK).encode(), JSON),
        (json.dumps(changed(EVENT, event=5)).encode(), JSON),
        (b"", FORM),
        (b"a=1", FORM),
        (b"payload=", FORM),
        (b"payload=%7B", FORM),
        (b"payload=5", FORM),
        (b"&".join(b"a=1" for _ in range(5000)), FORM),
        (b"payload=%ff", FORM),
        (BODY, {"Content-Type": "text/plain"}),
        (interaction(changed(CLICK, actions="absent")), FORM),
        (interaction(changed(CLICK, actions=[])), FORM),
        (interaction(changed(CLICK, actions=None)), FORM),
        (action(action_id=9), FORM),
        (interaction(changed(CLICK, team=5)), FORM),
        (interaction(changed(CLICK, event=None)), FORM),
        (interaction(changed(CLICK, authorizations=[5])), FORM),
        (interaction(changed(SUBMISSION, view="absent")), FORM),
        (interaction(changed(SUBMISSION, view={"callback_id": "x"})), FORM),
        (interaction(changed(SUBMISSION, response_urls=None)), FORM),
        (interaction(changed(SUBMISSION, response_urls=[{}, {}])), FORM),
        (interaction(EVENT), FORM),
    ],
)
async def test_signed_rubbish_is_400(
    server: Server, received: list[dict[str, Any]], body: bytes, headers: dict[str, str]
) -> None:
    """What is not JSON, not an object, too deep, of an unknown type or without what Bolt needs is refused."""
    assert await post(server, body, headers | signed(body)) == 400
    assert received == []


@pytest.mark.parametrize(
    "body",
    [
        BODY,
        interaction(changed(CLICK, user="absent")),
        action(value="ten"),
        action(value="99"),
        action(value=None),
        action(block_id="'; drop table rating; --"),
        action(action_id="never/heard/of/it"),
        action(value="a\x00b"),
        action(value="\ud800"),
        interaction(SUBMISSION),
        urlencode(COMMAND).encode(),
        urlencode(COMMAND | {"text": "ask nps about payload and payload=1"}).encode(),
        urlencode(COMMAND | {"text": "\x00 <!channel> ☃"}).encode(),
        b"command=%2Fpulse&text=%ff&team_id=T1&user_id=U1&channel_id=C1",
        b"ssl_check=1&token=x",
    ],
)
async def test_what_has_a_shape_is_let_in(server: Server, body: bytes) -> None:
    """Odd content is the listeners' to judge, so that the person gets an answer; none of it is a 500."""
    assert await post(server, body, FORM | signed(body)) == 200


async def test_a_command_may_speak_of_payloads(server: Server, received: list[dict[str, Any]]) -> None:
    """A word that Bolt's own parser trips over reaches the listener with everything else."""
    fields = COMMAND | {"text": "ask nps about payload api"}
    body = urlencode(fields).encode()
    assert await post(server, body, FORM | signed(body)) == 200
    assert received == [fields]


async def test_slacks_challenge_is_answered(server: Server) -> None:
    """The check of an address gets its challenge back."""
    body = b'{"type": "url_verification", "token": "x", "challenge": "abc"}'
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{server.url}/slack/events", data=body, headers=JSON | signed(body)) as answer,
    ):
        assert await answer.json() == {"challenge": "abc"}


async def test_an_encoded_body_is_refused_unread(server: Server) -> None:
    """A packed body is no body of Slack's, and might unpack to any size."""
    assert await post(server, BODY, FORM | signed(BODY) | {"Content-Encoding": "gzip"}) == 400


async def test_afterwards_it_lives(server: Server) -> None:
    """After large, forged and invalid requests a good one is answered."""
    deep = b"[" * 100_000
    assert await post(server, BytesIO(bytes(BIG)), JSON) == 413
    assert await post(server, BODY, FORM) == 401
    assert await post(server, deep, JSON | signed(deep)) == 400
    assert await get(server, "/healthz") == (200, "ok\n")
    assert await post(server, BODY, FORM | signed(BODY)) == 200


async def test_the_log_has_the_reason_and_nothing_of_the_body(
    server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    """A refused request leaves a line with status and reason; no comment, no token, no header."""
    caplog.set_level(logging.DEBUG)
    body = b'{"type": "unheard_of", "token": "tok-1234", "text": "a private comment"}'
    assert await post(server, body, JSON | signed(body)) == 400
    assert await post(server, body, JSON | signed(body, secret="another-signing-secret")) == 401
    lines = [record.getMessage() for record in caplog.records if record.name == "bot.connection.guard"]
    assert lines == ["refused with 400: an unknown type", "refused with 401: another signature"]
    assert "tok-1234" not in caplog.text
    assert "private" not in caplog.text


def test_a_guard_needs_a_secret() -> None:
    """Without a secret everybody could sign."""
    with pytest.raises(ValueError, match="signing secret"):
        Guard("", lambda: NOW)


@pytest.mark.parametrize(
    "raw, status",
    [
        (b"Transfer-Encoding: chunked\r\n\r\nzz tok-1234\r\n", b"400"),
        (b"Content-Length: tok-1234\r\n\r\n", b"400"),
        (b"Content-Length: 999999999999\r\n\r\n{", b"413"),
    ],
)
async def test_broken_http_is_4xx_and_one_line(
    server: Server, caplog: pytest.LogCaptureFixture, raw: bytes, status: bytes
) -> None:
    """A body that lies about its length is the caller's fault, and nothing of it is in the log."""
    caplog.set_level(logging.INFO)
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    writer.write(b"POST /slack/events HTTP/1.1\r\nHost: x\r\n" + raw)
    assert (await reader.readexactly(12))[9:] == status
    writer.close()
    assert [record.getMessage().split(":")[0] for record in caplog.records] == [
        f"refused with {status.decode()}"
    ]
    assert "tok-1234" not in caplog.text


async def test_a_body_that_breaks_off_harms_nobody(server: Server, caplog: pytest.LogCaptureFixture) -> None:
    """Who hangs up in the middle gets no answer, leaves no traceback, and the next is served."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    writer.write(b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{")
    writer.write_eof()
    assert await reader.read() == b""
    writer.close()
    assert await post(server, BODY, FORM | signed(BODY)) == 200
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


async def test_a_slow_body_is_408(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who never finishes a body does not hold a place for ever."""
    monkeypatch.setattr("bot.connection.guard.READING", 0.01)
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    writer.write(b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{")
    assert (await reader.read(12))[9:] == b"408"
    writer.close()
