"""Only the browser that opened the page may use it."""

import aiohttp
import pytest

from bot.sandbox.page.gate import Gate
from tests.bot.sandbox.page.conftest import House

pytestmark = pytest.mark.asyncio(loop_scope="session")

SAY = '{"kind": "say", "channel": "C0ATLAS", "text": "Hello"}'
JSON = {"Content-Type": "application/json"}


def said(house: House) -> list[str]:
    """What stands in the channel."""
    return [message.text for message in house.channel.messages]


async def test_the_own_page_may_act(house: House, client: aiohttp.ClientSession) -> None:
    """With the cookie, from its own origin, as JSON."""
    origin = {"Origin": house.page.url.rstrip("/"), "Sec-Fetch-Site": "same-origin"}
    async with client.post("/act?as=U0LEAD", data=SAY, headers=JSON | origin) as answer:
        assert (answer.status, said(house)) == (200, ["Hello"])


STRANGERS = (
    {"Origin": "https://evil.example"},
    {"Origin": "http://127.0.0.1:1"},
    {"Origin": "null"},
    {"Host": "evil.example"},
    {"Host": "127.0.0.1:1"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Content-Type": "text/plain"},
    {"Content-Type": "application/x-www-form-urlencoded"},
)


async def test_another_page_may_not(house: House, client: aiohttp.ClientSession) -> None:
    """Not from another origin, under another name, without the cookie, nor as a form that needs no leave."""
    before = house.stage.clock()
    tries = [JSON | headers for headers in STRANGERS]
    for headers in [*tries, JSON]:
        if headers is JSON:
            client.cookie_jar.clear()
        for path, body in (("/act?as=U0LEAD", SAY), ("/step", '{"to": "hour"}')):
            async with client.post(path, data=body, headers=headers) as answer:
                assert answer.status == 403, headers
    assert said(house) == []
    assert house.stage.clock() == before


async def test_nothing_is_read_without_the_cookie(client: aiohttp.ClientSession) -> None:
    """What stands in channels is not for whoever finds the port, nor for a page that was rebound to it."""
    for path in ("/screen", "/news"):
        async with client.get(path, headers={"Host": "evil.example"}) as answer:
            assert answer.status == 403
    client.cookie_jar.clear()
    for path in ("/screen", "/news"):
        async with client.get(path) as answer:
            assert (answer.status, await answer.text()) == (403, "Open the page's address first.\n")


async def test_every_answer_says_what_the_page_may_load(house: House, client: aiohttp.ClientSession) -> None:
    """No script or style in the page, nothing from elsewhere, in no frame; refusals and 404 say so too."""
    for path in ("/", "/static/main.js", "/screen", "/none", "/static/none.js"):
        async with client.get(path) as answer:
            policy = answer.headers["Content-Security-Policy"]
            assert "default-src 'none'; script-src 'self'; style-src 'self'" in policy
            assert "frame-ancestors 'none'" in policy
            assert "unsafe" not in policy
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
    async with aiohttp.ClientSession() as fresh, fresh.get(house.page.url) as answer:
        assert "HttpOnly" in answer.headers["Set-Cookie"]
        assert "SameSite=Strict" in answer.headers["Set-Cookie"]


async def test_two_runs_do_not_share_a_cookie() -> None:
    """Each run draws its own, under a name of its port."""
    one, other = Gate(4747, images=""), Gate(4747, images="")
    assert one._token != other._token
    assert Gate(4748, images="")._cookie != one._cookie
