"""axe-core, the checker of the accessibility rules, finds no serious fault anywhere, light or dark."""

from collections.abc import Awaitable, Callable
from typing import Literal

import pytest
from axe_playwright_python.async_playwright import Axe  # type: ignore[import-untyped]  # ships no types
from playwright.async_api import Page as Tab
from playwright.async_api import expect

from bot.sandbox.live import posting
from bot.sandbox.model.people import User
from tests.bot.sandbox.page.conftest import House, Visit
from tests.bot.sandbox.page.everything import EVERY_BLOCK, EVERY_INPUT

pytestmark = pytest.mark.asyncio(loop_scope="session")

QUICK = {"resultTypes": ["violations"], "preload": False, "selectors": False}
GRAVE = {"serious", "critical"}
VIEWS: tuple[tuple[Literal["light", "dark"], int], ...] = (("light", 1280), ("dark", 360))
Place = Callable[[Tab, House], Awaitable[None]]


async def channel(tab: Tab, house: House) -> None:
    """A question, a receipt, somebody's message, and every block there is."""
    posting.post(house.stage.slack.world, house.channel, posting.content("Everything", EVERY_BLOCK))
    await expect(tab.locator("#messages article")).to_have_count(4)


async def modal(tab: Tab, _: House) -> None:
    """The comment form."""
    await tab.get_by_role("button", name="My answer and comment").click()
    await expect(tab.locator("#modal")).to_be_visible()


async def faulty_modal(tab: Tab, house: House) -> None:
    """A form with every kind of input, and errors under those that must be filled in."""
    view = {
        "type": "modal",
        "title": {"type": "plain_text", "text": "Every input"},
        "submit": {"type": "plain_text", "text": "Send"},
        "blocks": EVERY_INPUT,
    }
    house.stage.slack.world.screens.open(house.people[0].id, view)
    await tab.locator("#modal [type=submit]").click()
    await expect(tab.get_by_text("Please complete this required field.").first).to_be_visible()


async def thread(tab: Tab, house: House) -> None:
    """A digest with its thread beside it."""
    world = house.stage.slack.world
    parent = posting.post(world, house.channel, posting.content("Digest", EVERY_BLOCK[:3]))
    for words in ("*Figures*", "_Method_"):
        posting.post(world, house.channel, posting.content(words, None, thread_ts=parent.ts))
    await tab.get_by_role("button", name="2 replies").click()
    await expect(tab.get_by_role("complementary", name="Thread")).to_contain_text("Method")


async def panel(tab: Tab, _: House) -> None:
    """The calls, one of them open."""
    await tab.get_by_role("button", name="Developer log", exact=True).click()
    await tab.locator("#calls-list summary").last.click()


async def commands(tab: Tab, _: House) -> None:
    """The message box with its list of commands."""
    await tab.locator("#composer-text").fill("/pu")
    await tab.keyboard.press("ArrowDown")


async def steps(tab: Tab, _: House) -> None:
    """The strip of three steps, one of them done."""
    await tab.get_by_role("button", name="Skip to Monday 09:00").click()
    await expect(tab.locator("#steps")).to_contain_text("done")


async def settled(house: House, user: User) -> None:
    """A question that this person has answered, and a message of somebody."""
    slack = house.stage.slack
    await slack.command(house.lead, house.channel, "/pulse", "ask nps about Atlas")
    await house.stage.settle()
    await slack.click(user, house.channel.messages[-1], "point/9")
    await house.stage.settle()
    await slack.close_view(user, slack.views(user)[-1])
    slack.say(house.lead, house.channel, "See <#C0TEAM>, `code`, *bold* and <https://example.com|a page>")


async def home(tab: Tab) -> None:
    """The Home tab, as the bot has just made it."""
    await tab.get_by_role("link", name="Bifocal").click()
    await tab.get_by_role("tab", name="Home").click()
    await expect(tab.locator("#home[aria-busy]")).to_have_count(0)


async def grave_faults(tab: Tab) -> list[tuple[str, str, str]]:
    """What axe calls serious or critical, wide and light, then as narrow as a phone and dark."""
    found: list[tuple[str, str, str]] = []
    for theme, width in VIEWS:
        await tab.emulate_media(color_scheme=theme)
        await tab.set_viewport_size({"width": width, "height": 800})
        told = await Axe().run(tab, options=QUICK)
        grave = [rule for rule in told.response["violations"] if rule["impact"] in GRAVE]
        found += [(theme, rule["id"], node["html"]) for rule in grave for node in rule["nodes"]]
    return found


async def test_no_serious_fault(house: House, visit: Visit) -> None:
    """Channel, form, errors, digest and thread, log, commands and steps pass axe's rules in both themes."""
    me = house.people[0]
    await settled(house, me)
    found: dict[str, list[tuple[str, str, str]]] = {}
    for place in (channel, modal, faulty_modal, thread, panel, commands, steps):
        tab = await visit(me, house.channel)
        await place(tab, house)
        found[place.__name__] = await grave_faults(tab)
        house.stage.slack.world.screens.clear(me.id, why="test")
        await tab.context.close()
    assert found == {place: [] for place in found}


async def test_no_serious_fault_in_a_home_tab(house: House, visit: Visit) -> None:
    """Neither while nothing was asked, nor for a new lead, one with a digest, one who answers."""
    slack, lead = house.stage.slack, house.lead
    found: dict[str, list[tuple[str, str, str]]] = {}
    tab = await visit(lead, house.channel)
    await home(tab)
    await expect(tab.locator("#home")).to_contain_text("Bifocal is installed.")
    found["welcome"] = await grave_faults(tab)
    await settled(house, house.people[0])
    for kind, words, user in (
        ("new lead", "not yet", lead),
        ("lead", "Next", lead),
        ("answers", "For you", house.people[0]),
    ):
        if kind == "lead":
            await slack.command(lead, house.team, "/pulse", "digest Atlas from #atlas")
            await house.stage.settle()
            await slack.click(lead, slack.ephemerals(lead, house.team)[-1], "digest_set")
        tab = await visit(user, house.channel)
        await home(tab)
        await expect(tab.locator("#home")).to_contain_text(words)
        found[kind] = await grave_faults(tab)
        await tab.context.close()
    assert found == {kind: [] for kind in found}
