"""The app's own place on the page: its Home tab and its messages, as the bot makes them."""

import pytest
from playwright.async_api import expect

from tests.bot.sandbox.page.conftest import House, Visit

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_home_is_made_by_the_bot_and_its_buttons_work(house: House, visit: Visit) -> None:
    """It opens with the way to a digest, opens forms, and follows what happens."""
    tab = await visit(house.lead, house.channel)
    await tab.get_by_role("link", name="Bifocal").click()
    home = tab.locator("#home")
    await expect(home).to_contain_text("Bifocal is installed.")
    await home.get_by_role("button", name="Ask a channel").click()
    await expect(tab.locator("#modal")).to_contain_text("Ask a channel")
    await tab.keyboard.press("Escape")

    await house.stage.slack.command(house.lead, house.channel, "/pulse", "ask nps about Atlas")
    await house.stage.settle()
    await tab.get_by_role("link", name="atlas-team").click()
    await tab.get_by_role("link", name="Bifocal").click()
    await tab.get_by_role("tab", name="Home").click()
    await expect(home).to_contain_text("What you run")
    await home.get_by_role("button", name="More actions").first.click()
    await tab.get_by_role("menuitem", name="Close now").click()
    await expect(tab.locator("#modal")).to_contain_text("closed")


async def test_what_is_written_to_the_bot_is_answered(house: House, visit: Visit) -> None:
    """Its messages have a box to write in; the answer is the help."""
    tab = await visit(house.people[0], house.channel)
    await tab.get_by_role("link", name="Bifocal").click()
    await tab.get_by_role("tab", name="Messages").click()
    await tab.locator("#composer-text").fill("hello")
    await tab.locator("#composer-text").press("Enter")
    await expect(tab.locator("#messages")).to_contain_text("This is what there is.")


async def test_people_of_other_companies_have_no_home(house: House, visit: Visit) -> None:
    """As in Slack, and the page says why."""
    tab = await visit(house.guest, house.channel)
    await tab.get_by_role("link", name="Bifocal").click()
    await expect(tab.locator("#home")).to_contain_text(
        "People from other companies do not see Bifocal's pages."
    )
    await expect(tab.locator("#composer")).to_be_hidden()
