"""The page's server: its port, its answers to what makes no sense, one person's screen."""

import re
import socket
from pathlib import Path

import aiohttp
import pytest

from bot.sandbox.page.acts import Act
from bot.sandbox.page.page_server import STATIC, Page
from bot.sandbox.page.shown import everything, messages, named
from tests.bot.sandbox.page.conftest import House

in_session = pytest.mark.asyncio(loop_scope="session")

JSON = {"Content-Type": "application/json"}


@in_session
async def test_a_busy_port_gives_way_to_the_next_free_one(house: House) -> None:
    """The page says that it has moved; its own port is free again after it."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        async with Page(house.stage, roles={}, first=house.lead, port=port) as page:
            assert page.moved
            assert page.port > port
            moved = page.port
    with socket.create_server(("127.0.0.1", moved)):
        pass


@in_session
async def test_it_listens_on_loopback_only(house: House) -> None:
    """Nobody on the network can open it."""
    assert house.page.url.startswith("http://127.0.0.1:")


NONSENSE = (
    ("/act", "no json"),
    ("/act", "[]"),
    ("/act", '{"kind": "fly"}'),
    ("/act", '{"kind": "say", "more": 1}'),
    ("/step", '{"to": "year"}'),
    ("/step", '{"to": ["hour"]}'),
    ("/step", "7"),
)


@in_session
async def test_nonsense_is_refused_and_changes_nothing(house: House, client: aiohttp.ClientSession) -> None:
    """With status 400 and a sentence."""
    before = len(house.stage.slack.feed)
    for path, body in NONSENSE:
        async with client.post(path, data=body, headers=JSON) as answer:
            assert answer.status == 400, body
            assert (await answer.json())["cannot"]
    assert len(house.stage.slack.feed) == before


IMPOSSIBLE = (
    Act(kind="say", channel="C0ATLAS", text="  "),
    Act(kind="say", channel="C0NONE", text="Hello"),
    Act(kind="command", channel="C0ATLAS", text="/other"),
    Act(kind="click", channel="C0ATLAS", ts="1.2", action_id="a"),
    Act(kind="click", channel="C0NONE", ts="1.2", action_id="a"),
    Act(kind="submit", view="V1"),
    Act(kind="close", view="V1"),
)


@in_session
async def test_what_no_client_would_let_a_person_do_is_said(
    house: House, client: aiohttp.ClientSession
) -> None:
    """A sentence for the person, and no request to the bot."""
    for act in IMPOSSIBLE:
        async with client.post("/act?as=U0P01", data=act.model_dump_json(), headers=JSON) as answer:
            assert (await answer.json())["cannot"], act
    assert not house.stage.slack.feed.of("bot.request")


@in_session
async def test_a_screen_holds_what_its_person_may_see(house: House) -> None:
    """Their channels, what is public, what is private to them; of another company only what is shared."""
    slack = house.stage.slack
    await slack.command(house.lead, house.channel, "/pulse", "help")
    await house.stage.settle()
    assert [channel["id"] for channel in everything(slack, house.lead)["channels"]] == ["C0ATLAS", "C0TEAM"]
    assert [channel["id"] for channel in everything(slack, house.guest)["channels"]] == ["C0ATLAS"]
    assert named(slack, house.people[5]) == {"C0ATLAS": "atlas", "C0TEAM": "atlas-team"}
    assert named(slack, house.guest) == {"C0ATLAS": "atlas"}
    assert [one["private"] for one in messages(slack, house.lead, house.channel)] == [True]
    assert messages(slack, house.guest, house.channel) == []


def files() -> list[Path]:
    """What the browser loads."""
    return sorted(STATIC.iterdir())


@pytest.mark.parametrize("path", files(), ids=lambda path: path.name)
def test_no_file_of_the_page_reads_content_as_markup_or_leaves_home(path: Path) -> None:
    """No innerHTML and its like, no inline script or style, no address of elsewhere."""
    text = path.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
    for word in (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "http://",
        "https://",
    ):
        assert word not in text
    if path.suffix == ".html":
        assert not re.search(r"\s(?:style|on\w+)=|<style|<script(?! type=.module. src=)", text)
