"""Forms as people fill them in: what Slack complains of, what stays, what asks first, what lies on top."""

import re

import pytest
from playwright.async_api import Page as Tab
from playwright.async_api import expect

from tests.bot.sandbox.page.conftest import House, Visit

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def ask_nps(house: House) -> None:
    """NPS stands open in the channel."""
    await house.stage.slack.command(house.lead, house.channel, "/pulse", "ask nps about Atlas")
    await house.stage.settle()


async def command(tab: Tab, words: str) -> None:
    """Type a command and send it."""
    await tab.locator("#composer-text").fill(words)
    await tab.locator("#composer-text").press("Enter")


async def test_a_required_field_left_empty_shows_slacks_error(house: House, visit: Visit) -> None:
    """Slack's own sentence stands under the field, which takes the focus; the bot is not asked."""
    tab = await visit(house.lead, house.channel)
    await command(tab, "/pulse ask")
    form = tab.get_by_role("dialog", name="Ask a channel")
    product = form.get_by_label("Which product", exact=False)
    await product.fill("")
    asked = len(house.stage.slack.feed.of("bot.request"))
    await form.get_by_role("button", name="Preview").click()
    await expect(form.get_by_text("Please complete this required field.")).to_be_visible()
    await expect(product).to_be_focused()
    await expect(product).to_have_attribute("aria-invalid", "true")
    assert len(house.stage.slack.feed.of("bot.request")) == asked


async def test_what_the_bot_complains_of_stands_under_its_field(house: House, visit: Visit) -> None:
    """An error in the ack is shown where it belongs, and what was typed stays."""
    tab = await visit(house.lead, house.channel)
    await command(tab, "/pulse ask")
    form = tab.get_by_role("dialog", name="Ask a channel")
    product = form.get_by_label("Which product", exact=False)
    await product.fill("*Atlas*")
    await form.get_by_role("button", name="Preview").click()
    await expect(form.locator(".error:not(:empty)")).to_have_count(1)
    await expect(product).to_have_value("*Atlas*")


async def test_a_form_becomes_its_preview_and_then_a_question(house: House, visit: Visit) -> None:
    """The ack's update changes the form in place; sending that closes it and posts the question."""
    tab = await visit(house.lead, house.channel)
    await command(tab, "/pulse ask")
    form = tab.locator("#modal")
    await form.get_by_label("Which product", exact=False).fill("Atlas")
    await form.get_by_role("button", name="Preview").click()
    await expect(form).to_contain_text("12 people")
    await form.get_by_role("button", name=re.compile("^Ask")).click()
    await expect(form).to_be_hidden()
    await expect(tab.locator("#messages article", has_text="recommend Atlas")).to_be_visible()


@pytest.mark.parametrize("way", ["Escape", "Skip", "Close"])
async def test_a_modal_closed_keeps_the_score(house: House, visit: Visit, way: str) -> None:
    """However the comment form is closed, the answer is kept and counted."""
    await ask_nps(house)
    tab = await visit(house.people[0], house.channel)
    await tab.get_by_role("button", name="3 of 10").click()
    form = tab.get_by_role("dialog", name="Saved, thank you")
    await expect(form).to_be_visible()
    if way == "Escape":
        await tab.keyboard.press("Escape")
    else:
        await form.get_by_role("button", name=way).click()
    await expect(form).to_be_hidden()
    await expect(tab.locator("#messages article").first).to_contain_text("1 answered")
    assert not house.stage.slack.views(house.people[0])


async def test_a_view_on_top_keeps_what_was_typed_below(house: House, visit: Visit) -> None:
    """What is kept of me lies over the comment form; going back finds the sentence that was begun."""
    await ask_nps(house)
    tab = await visit(house.people[0], house.channel)
    await tab.get_by_role("button", name="9 of 10").click()
    modal = tab.locator("#modal")
    await modal.get_by_role("textbox").fill("Half a sentence")
    await modal.get_by_role("button", name="What is kept of me").click()
    await expect(modal.get_by_role("heading", name="What is kept of you")).to_be_visible()
    await modal.get_by_role("button", name="Back to Saved, thank you").click()
    await expect(modal.get_by_role("textbox")).to_have_value("Half a sentence")


async def test_a_button_that_asks_first_does_nothing_until_it_is_told_to(house: House, visit: Visit) -> None:
    """Escape means no and sends nothing; going on does it."""
    await ask_nps(house)
    me = house.people[0]
    await house.stage.slack.click(me, house.channel.messages[-1], "point/9")
    await house.stage.settle()
    await house.stage.slack.close_view(me, house.stage.slack.views(me)[-1])
    tab = await visit(me, house.channel)
    take_back = tab.get_by_role("button", name="Take it back")
    asking = tab.get_by_role("alertdialog")
    sent = len(house.stage.slack.feed.of("bot.request"))
    await take_back.click()
    await expect(asking).to_contain_text("Take back your answer?")
    await tab.keyboard.press("Escape")
    await expect(asking).to_be_hidden()
    assert len(house.stage.slack.feed.of("bot.request")) == sent
    await take_back.click()
    await asking.get_by_role("button").last.click()
    await expect(tab.locator("#messages")).to_contain_text("Your answer is erased.")
