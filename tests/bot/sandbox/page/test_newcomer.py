"""The path of a newcomer, from the first click to the digest."""

import re
from time import perf_counter

import pytest
from playwright.async_api import Page as Tab
from playwright.async_api import expect

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


async def read_digest(tab: Tab) -> None:
    """What the newcomer finds on Monday."""
    heading = tab.locator("#messages .header")
    await expect(heading).to_have_text("Atlas: customers are happy; users are not asked here", timeout=20_000)
    await expect(tab.locator("#messages")).to_contain_text("10 of 12 answered")


async def test_three_steps_by_mouse(house: House, visit: Visit, capsys: pytest.CaptureFixture[str]) -> None:
    """Answer as a customer and see the count rise, skip to Monday, read the digest: under a minute."""
    await ready(house, answers=9)
    began = perf_counter()
    tab = await visit(house.lead, house.team)
    await expect(tab.locator("#who")).to_have_text("You are Priya Nair, a lead.")
    said = tab.locator("#said")

    await tab.get_by_role("button", name="Answer as a customer").click()
    await expect(tab.locator("#who")).to_have_text("You are Person 0, a customer.")
    question = tab.locator("#messages article").first
    await expect(question).to_contain_text("9 answered")
    await question.get_by_role("button", name="9 of 10").click()
    form = tab.get_by_role("dialog", name="Saved, thank you")
    await form.get_by_role("textbox", name="What is the main reason").fill("The invoices are <b>clear</b>.")
    await form.get_by_role("button", name="Send").click()
    await expect(form).to_contain_text("Your answer and your comment are saved.")
    await form.get_by_role("button", name="Close").last.click()
    await expect(form).to_be_hidden()
    await expect(question).to_contain_text("10 answered")
    await expect(said).to_contain_text("10 people have answered now")

    await tab.locator("#tour").get_by_role("button", name="Skip to Monday").click()
    await expect(said).to_contain_text("It is Mon 23 Nov 2026, 09:00. The new digest", timeout=20_000)

    await tab.get_by_role("button", name="Read the digest").click()
    await expect(tab.locator("#who")).to_have_text("You are Priya Nair, a lead.")
    await read_digest(tab)
    await expect(tab.locator("#steps button")).to_have_text([re.compile("done$")] * 3)
    tell(capsys, "mouse", began)


async def test_three_steps_by_keyboard(
    house: House, visit: Visit, capsys: pytest.CaptureFixture[str]
) -> None:
    """Tab, Enter and Escape do it all, F6 shortens the way, and the focus is never lost."""
    await ready(house, answers=9)
    began = perf_counter()
    tab = await visit(house.lead, house.team)
    keys, focus = tab.keyboard, tab.locator(":focus")

    await tab_to(tab, "[data-number='1']")
    await keys.press("Enter")
    await expect(focus).to_have_attribute("aria-label", re.compile("0 of 10"))
    await tab_to(tab, "[aria-label='9 of 10']")
    await keys.press("Enter")
    await expect(focus).to_have_role("textbox")  # the comment, in the form that opened
    await keys.press("Escape")
    await expect(tab.locator("#modal")).to_be_hidden()
    await expect(focus).to_have_attribute("aria-label", "9 of 10")  # back where it was opened
    await expect(tab.locator("#said")).to_contain_text("10 people have answered now")

    await part_to(tab, "#tour")
    await expect(focus).to_contain_text("Answer as a customer")
    await tab_to(tab, "[data-number='2']")
    await keys.press("Enter")
    await expect(tab.locator("#said")).to_contain_text("It is Mon 23 Nov 2026", timeout=20_000)
    await tab_to(tab, "[data-number='3']")
    await keys.press("Space")
    await read_digest(tab)
    await expect(focus).to_have_attribute("aria-label", re.compile("Bifocal, 09:00"))
    tell(capsys, "keyboard", began)


async def test_commands_by_keyboard(house: House, visit: Visit) -> None:
    """Arrows go from message to message and choose a command; its answer is private."""
    await ready(house, answers=2)
    tab = await visit(house.people[0], house.channel)
    keys, focus = tab.keyboard, tab.locator(":focus")
    await part_to(tab, "#messages")
    await keys.press("ArrowUp")
    await expect(focus).to_have_attribute("aria-label", re.compile("Bifocal, 09:00"))
    await part_to(tab, "#composer-text")
    await keys.type("/pulse sc")
    await keys.press("ArrowDown")
    await keys.press("ArrowDown")
    await keys.press("Enter")
    await expect(focus).to_have_value("/pulse score nps")
    await keys.press("Enter")
    await expect(tab.locator("#messages article.private").last).to_contain_text("It closes 20 Nov 2026")


async def test_the_steps_can_be_repeated(house: House, visit: Visit) -> None:
    """With no question open one is asked first, and the strip says so; marks of later steps go."""
    await ready(house, answers=0)
    tab = await visit(house.lead, house.team)
    await tab.get_by_role("button", name="Skip to Monday 09:00").click()
    said = tab.locator("#said")
    await expect(said).to_contain_text("It is Mon 23 Nov 2026, 09:00.", timeout=20_000)
    await expect(tab.locator("#steps button").nth(1)).to_contain_text("done")
    await tab.get_by_role("button", name="Answer as a customer").click()
    await expect(said).to_contain_text("Priya Nair asked something new")
    await expect(tab.locator("#steps button").nth(1)).not_to_contain_text("done")
    await tab.get_by_role("button", name="4 of 5").click()
    await expect(tab.locator("#modal")).to_be_visible()
    await tab.keyboard.press("Escape")
    await expect(tab.locator("#modal")).to_be_hidden()
    await expect(said).to_contain_text("1 person has answered now")
    await tab.get_by_role("button", name="Answer as a customer").click()
    await expect(said).to_contain_text("You are now Person 0. Press an answer.")
    await tab.go_back()  # the browser's own way back leads to whom one acted as before
    await expect(tab.locator("#who")).to_have_text("You are Priya Nair, a lead.")
    await expect(tab.locator("#place-name")).to_have_text("# atlas-team")


def tell(capsys: pytest.CaptureFixture[str], how: str, began: float) -> None:
    """Print how long the three steps took; a person takes longer than a test."""
    seconds = perf_counter() - began
    with capsys.disabled():
        print(f"\nthree steps by {how}: {seconds:.1f} s")  # noqa: T201
    assert seconds < 60


async def part_to(tab: Tab, selector: str) -> None:
    """Press F6 until the focus is in the part of the page that the selector names."""
    for _ in range(6):
        await tab.keyboard.press("F6")
        if await tab.evaluate("one => !!document.activeElement.closest(one)", selector):
            return
    raise AssertionError(f"F6 does not reach {selector}")


async def tab_to(tab: Tab, selector: str, *, most: int = 60) -> None:
    """Press Tab until the focus is on what the selector names."""
    for _ in range(most):
        await tab.keyboard.press("Tab")
        if await tab.evaluate("one => document.activeElement.matches(one)", selector):
            return
    raise AssertionError(f"Tab does not reach {selector}")
