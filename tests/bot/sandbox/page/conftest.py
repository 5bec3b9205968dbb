"""A real browser before the real page: a small company on the demo's stage, and people in tabs.

Without Chromium these tests are skipped, and say why; on CI (`CI=true`) that is a failure.
"""

import os
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import Browser
from playwright.async_api import Page as Tab

from bot.sandbox import FakeSlack, SteppedClock
from bot.sandbox.demo.stage import Stage
from bot.sandbox.model.channels import Channel
from bot.sandbox.model.people import User
from bot.sandbox.page.page_server import Page as PageServer
from bot.sandbox.page.three_steps import ThreeSteps
from tests.browser import chromium, launched, opened
from tests.conftest import composed

Visit = Callable[..., Awaitable[Tab]]

MONDAY = datetime(2026, 11, 16, 9, 0, tzinfo=ZoneInfo("Europe/Berlin"))


@dataclass(kw_only=True)
class House:
    """The page and who is behind it. `url(user)` is the address of a tab that acts as somebody."""

    page: PageServer
    stage: Stage
    lead: User
    people: list[User]
    guest: User
    channel: Channel
    team: Channel

    def url(self, user: User, place: Channel | None = None) -> str:
        """The address of a tab of this person."""
        return f"{self.page.url}?as={user.id}" + (f"#{place.id}" if place else "")


@pytest_asyncio.fixture(loop_scope="session")
async def house(tmp_path: Path) -> AsyncIterator[House]:
    """A lead, ten people and a guest in one channel, a team channel, and the page of them."""
    clock = SteppedClock(MONDAY)
    async with FakeSlack(clock=clock) as slack, composed(slack, clock, tmp_path) as running:
        lived = Stage(slack=slack, bot=running.bot, clock=clock)
        add = slack.workspace.add_user
        lead = add("Priya Nair", id="U0LEAD")
        people = [add(f"Person {number}", id=f"U0P{number:02d}") for number in range(10)]
        company = slack.workspace.add_team("Client Co")
        guest = add("Gil Guest", id="U0GUEST", team_id=company.id, tz="America/New_York")
        channel = slack.add_channel("atlas", lead, *people, guest, id="C0ATLAS")
        team = slack.add_channel("atlas-team", lead, people[0], id="C0TEAM")
        roles = {lead.id: "lead", guest.id: "external"} | {user.id: "buyer" for user in people}

        async def ask_anew() -> None:
            await slack.command(lead, channel, "/pulse", "ask csat about Atlas: your last invoice for 3 days")
            await lived.settle()

        steps = ThreeSteps(lead=lead, customer=people[0], customers=channel, team=team, ask_anew=ask_anew)
        async with PageServer(lived, roles=roles, first=people[0], steps=steps) as page:
            yield House(
                page=page, stage=lived, lead=lead, people=people, guest=guest, channel=channel, team=team
            )


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def browser() -> AsyncIterator[Browser]:
    """The installed Chromium, one for all these tests."""
    if chromium() is None:
        why = "no Chromium is installed (Debian: apt-get install chromium; or set CHROMIUM)"
        if os.environ.get("CI") == "true":
            pytest.fail(f"the page was not tested: {why}")
        pytest.skip(why)
    async with launched() as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def visit(browser: Browser, house: House) -> AsyncIterator[Visit]:
    """Opens tabs. A script's error or a resource that the policy refuses, in any of them, fails the test."""
    tabs: list[Tab] = []
    faults: list[str] = []

    async def go(user: User, place: Channel | None = None, **traits: object) -> Tab:
        tab = await opened(browser, house.url(user, place), faults=faults, **traits)
        tabs.append(tab)
        return tab

    yield go
    for tab in tabs:
        await tab.context.close()
    assert not faults


@pytest_asyncio.fixture(loop_scope="session")
async def client(house: House) -> AsyncIterator[aiohttp.ClientSession]:
    """A client that has opened the page, as a browser does, and holds its cookie."""
    jar = aiohttp.CookieJar(unsafe=True)  # cookies of an address that is a number
    async with aiohttp.ClientSession(house.page.url, cookie_jar=jar) as session:
        async with session.get("/") as page:
            assert page.status == 200
        yield session
