"""The path of a newcomer, from the first click to the digest."""

import re

import pytest
from playwright.async_api import Page as Tab
from playwright.async_api import expect

from bot.sandbox.model.people import User
from tests.bot.sandbox.page.conftest import House, Visit

pytestmark = pytest.mark.asyncio(loop_scope="session")

DIGEST = "digest Atlas from #atlas weekly mon 09:00 Europe/Berlin"


async def ready(house: House, *, answers: int) -> None:
    """A digest is set, NPS is asked, and this many other people have answered."""
    slack = house.stage.slack
    await slack.command(house.lead, house.team, "/pulse", DIGEST)
    await house.stage.settle()
    await slack.click(house.lead, slack.ephemerals(house.lead, house.team)[-1], "digest_set")
    await slack.command(house.lead, house.channel, "/pulse", "ask nps about Atlas until fri 17:00")
    await house.stage.settle()
    for user in house.people[1 : answers + 1]:
        await slack.click(user, house.channel.messages[-1], "point/9")
        await house.stage.settle()
    await house.stage.seconds(6)
    for user in house.people:
        for view in slack.views(user):
            await slack.close_view(user, view)


async def read_digest(tab: Tab, house: House, user: User) -> None:
    """What the newcomer finds on Monday, in the channel and in the thread."""
    heading = tab.locator("#messages .header")
    await expect(heading).to_have_text("Atlas: customers are happy; users are not asked here", timeout=20_000)
    await expect(tab.locator("#messages")).to_contain_text("10 of 12 answered")
    assert user.id in house.team.members


async def test_click_comment_count_score_monday_digest(house: House, visit: Visit) -> None:
    """Click 9, write a comment, see the count rise, ask for the score, step to Monday, read the digest."""
    await ready(house, answers=9)
    me = house.people[0]
    tab = await visit(me, house.channel)
    question = tab.locator("#messages article").first
    await expect(question).to_contain_text("9 answered")

    await question.get_by_role("button", name="9 of 10").click()
    form = tab.get_by_role("dialog", name="Saved, thank you")
    await form.get_by_role("textbox", name="What is the main reason").fill("The invoices are <b>clear</b>.")
    await form.get_by_role("button", name="Send").click()
    await expect(form).to_be_hidden()
    await expect(question).to_contain_text("10 answered")
    await expect(tab.locator("#messages article").last).to_contain_text("You chose 9.")

    box = tab.get_by_role("combobox", name="Message #atlas as Person 0")
    await box.fill("/pulse score nps")
    await box.press("Enter")
    await expect(tab.locator("#messages article.private").last).to_contain_text("It closes 20 Nov 2026")

    await tab.get_by_role("button", name="Skip to Monday 09:00").click()
    await tab.get_by_role("link", name=re.compile("atlas-team")).click()
    await read_digest(tab, house, me)


async def test_the_same_by_keyboard_alone(house: House, visit: Visit) -> None:
    """Tab, arrows, Enter and Escape do it all, and the focus is never lost."""
    await ready(house, answers=9)
    me = house.people[0]
    tab = await visit(me, house.channel)
    keys = tab.keyboard
    focus = tab.locator(":focus")

    await tab_to(tab, "#messages")
    await keys.press("ArrowUp")
    await expect(focus).to_have_attribute("aria-label", re.compile("Bifocal, 09:00"))
    await tab_to(tab, "[aria-label='9 of 10']")
    await keys.press("Enter")

    await expect(focus).to_have_role("textbox")  # the comment, in the form that opened
    await keys.type("Clear invoices.")
    await tab_to(tab, "[type=submit]:focus")
    await keys.press("Enter")
    await expect(tab.locator("#modal")).to_be_hidden()
    await expect(focus).to_have_attribute("aria-label", "9 of 10")  # back where it was opened
    await expect(tab.locator("#messages article").first).to_contain_text("10 answered")

    await tab_to(tab, "#composer-text")
    await keys.type("/pulse sc")
    await keys.press("ArrowDown")
    await keys.press("ArrowDown")
    await keys.press("Enter")
    await expect(focus).to_have_value("/pulse score nps")
    await keys.press("Enter")
    await expect(tab.locator("#messages article.private").last).to_contain_text("It closes 20 Nov 2026")

    await tab_to(tab, "[data-step=monday]")
    await keys.press("Enter")
    await expect(tab.locator("#now")).to_have_text("Mon 23 Nov 2026, 09:00", timeout=20_000)
    await tab_to(tab, f"#channels a[href='#{house.team.id}']")
    await keys.press("Enter")
    await read_digest(tab, house, me)


async def tab_to(tab: Tab, selector: str, *, most: int = 60) -> None:
    """Press Tab until the focus is on what the selector names."""
    for _ in range(most):
        await tab.keyboard.press("Tab")
        if await tab.evaluate("one => document.activeElement.matches(one)", selector):
            return
    raise AssertionError(f"Tab does not reach {selector}")
