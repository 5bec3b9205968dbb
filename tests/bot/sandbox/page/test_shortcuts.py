"""The message shortcut on the page, by keyboard and by mouse."""

import pytest
from playwright.async_api import expect

from tests.bot.sandbox.page.conftest import House, Visit

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_message_is_saved_as_feedback(house: House, visit: Visit) -> None:
    """By keyboard the form opens and is sent, by mouse it says that the message is saved already."""
    await house.stage.slack.command(house.lead, house.channel, "/pulse", "ask nps about Atlas")
    await house.stage.settle()
    house.stage.slack.say(house.people[0], house.channel, "The invoice is wrong again.")
    tab = await visit(house.lead, house.channel)
    message = tab.locator("article", has_text="The invoice is wrong again.")
    menu = message.get_by_role("button", name="Message shortcuts")
    await menu.focus()
    await tab.keyboard.press("Enter")
    await tab.keyboard.press("Enter")
    modal = tab.locator("#modal")
    await expect(modal).to_contain_text("About which product?")
    await modal.get_by_role("button", name="Save").focus()
    await tab.keyboard.press("Enter")
    saved = "Saved. It joins the comments about Atlas, and is in no score."
    await expect(tab.locator("#messages")).to_contain_text(saved)
    await menu.click()
    await tab.get_by_role("menuitem", name="Save as feedback").click()
    await expect(tab.locator("#messages")).to_contain_text("Already saved.")
    author = await visit(house.people[0], house.channel)
    await author.get_by_role("link", name="Bifocal").click()
    await author.get_by_role("tab", name="Messages").click()
    await author.get_by_role("button", name="Remove it").click()
    await expect(author.locator("#messages")).to_contain_text("Removed.")


async def test_people_of_other_companies_have_no_shortcut(house: House, visit: Visit) -> None:
    """As in Slack, and the menu says so."""
    house.stage.slack.say(house.people[0], house.channel, "The invoice is wrong again.")
    tab = await visit(house.guest, house.channel)
    await tab.get_by_role("button", name="Message shortcuts").last.click()
    await expect(tab.get_by_text("People from other companies have no shortcuts")).to_be_visible()
