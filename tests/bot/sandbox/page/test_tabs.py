"""What happens is seen at once by everybody who may see it, in every tab, and does nothing but be seen."""

import re

import pytest
from playwright.async_api import expect

from bot.sandbox.live import posting
from tests.bot.sandbox.page.conftest import House, Visit

pytestmark = pytest.mark.asyncio(loop_scope="session")

NASTY = "<img src=x onerror=alert(1)> <script>alert(1)</script> &lt;b&gt; *bold* <javascript:alert(1)|click>"


async def test_two_people_in_two_tabs_see_each_others_effects(house: House, visit: Visit) -> None:
    """A count that one makes rise rises for the other; what one is told in private the other is not."""
    await house.stage.slack.command(house.lead, house.channel, "/pulse", "ask nps about Atlas")
    await house.stage.settle()
    one = await visit(house.people[0], house.channel)
    other = await visit(house.people[1], house.channel)
    await one.get_by_role("button", name="9 of 10").click()
    await expect(other.locator("#messages article").first).to_contain_text("1 answered")
    await expect(one.locator("#messages")).to_contain_text("Only visible to you")
    await expect(other.locator("#messages .private")).to_have_count(0)
    await one.keyboard.press("Escape")

    await other.locator("#composer-text").fill("Thanks for asking, all.")
    await other.locator("#composer-text").press("Enter")
    await expect(one.locator("#messages article").last).to_contain_text("Thanks for asking, all.")
    await other.get_by_role("button", name="3 of 10").click()
    await expect(one.locator("#messages article").first).to_contain_text("2 answered")


async def test_what_comes_to_another_channel_is_marked(house: House, visit: Visit) -> None:
    """A channel that is not on the screen says that it holds something new, until it is opened."""
    tab = await visit(house.people[0], house.channel)
    house.stage.slack.say(house.lead, house.team, "Hello")
    link = tab.get_by_role("link", name=re.compile("atlas-team ?, new messages"))
    await link.click()
    await expect(tab.locator("#messages article").last).to_contain_text("Hello")
    await expect(link).to_have_count(0)


async def test_whatever_is_typed_stays_words(house: House, visit: Visit) -> None:
    """Markup of the web is shown as typed, by the writer and by everybody else."""
    tab = await visit(house.people[0], house.channel)
    other = await visit(house.lead, house.channel)
    await tab.locator("#composer-text").fill(NASTY)
    await tab.locator("#composer-text").press("Enter")
    for seen in (tab, other):
        last = seen.locator("#messages article").last
        await expect(last).to_contain_text("<script>alert(1)</script>")
        await expect(last).to_contain_text("&lt;b&gt;")
        await expect(last.locator(".body img, .body script, .body a")).to_have_count(0)
        await expect(last.locator("strong").last).to_have_text("bold")


async def test_a_bot_cannot_smuggle_anything_in_either(house: House, visit: Visit) -> None:
    """Raw markup in a posted text, block or option, and addresses that run scripts, are words on the page."""
    evil = "<img src=x onerror=alert(1)>"
    quote = {"type": "rich_text_quote", "elements": [{"type": "text", "text": evil}]}
    blocks = [
        {"type": "header", "text": {"type": "plain_text", "text": evil}},
        {"type": "section", "text": {"type": "mrkdwn", "text": f"{evil} <javascript:alert(1)|here>"}},
        {"type": "rich_text", "elements": [quote]},
    ]
    posting.post(house.stage.slack.world, house.channel, posting.content(evil, blocks))
    tab = await visit(house.people[0], house.channel)
    last = tab.locator("#messages article").last
    await expect(last.locator("blockquote")).to_have_text(evil)
    await expect(last.locator(".header")).to_have_text(evil)
    await expect(last.locator("img, script, a")).to_have_count(0)


async def test_acting_as_somebody_else_shows_their_slack(house: House, visit: Visit) -> None:
    """The switch changes channels, private messages and the zone; a guest is told of no commands."""
    posting.whisper(
        house.stage.slack.world, house.channel.id, house.lead.id, posting.content("For Priya.", None)
    )
    tab = await visit(house.lead, house.channel)
    await expect(tab.locator("#messages")).to_contain_text("For Priya.")
    await expect(tab.locator("#now")).to_have_text("Mon 16 Nov 2026, 09:00")
    await tab.get_by_label("You act as").select_option("Gil Guest")
    await expect(tab.locator("#composer-hint")).to_contain_text("no slash commands")
    await expect(tab.locator("#messages")).not_to_contain_text("For Priya.")
    await expect(tab.locator("#now")).to_have_text("Mon 16 Nov 2026, 03:00")
    await expect(tab.get_by_role("link", name="# atlas-team")).to_have_count(0)
    await tab.locator("#composer-text").fill("/pulse help")
    await tab.locator("#composer-text").press("Enter")
    await expect(tab.get_by_role("status")).to_contain_text(
        "People of another company have no slash commands"
    )


async def test_calls_are_shown_as_they_happen(house: House, visit: Visit) -> None:
    """The panel is closed at first; opened, it lists requests, acks and Web API calls, without a token."""
    tab = await visit(house.lead, house.channel)
    panel = tab.get_by_role("complementary", name="Developer log")
    await expect(panel).to_be_hidden()
    await tab.get_by_role("button", name="Developer log", exact=True).click()
    await tab.locator("#composer-text").fill("/pulse ask nps about Atlas")
    await tab.locator("#composer-text").press("Enter")
    for words in ("/pulse ask nps about Atlas", "ack 200 in", "chat.postMessage", "chat.postMessage: ok"):
        await expect(panel).to_contain_text(words)
    everything = await panel.inner_text() + (await panel.text_content() or "")
    assert house.stage.slack.app.token not in everything
    await tab.keyboard.press("Escape")
    await panel.get_by_role("button", name="Close developer log").press("Escape")
    await expect(panel).to_be_hidden()


async def test_the_theme_is_the_systems_until_it_is_chosen(house: House, visit: Visit) -> None:
    """Dark where the system is dark; the switch overrules it and is kept over a reload."""
    tab = await visit(house.lead, house.channel, color_scheme="dark")
    ground = "getComputedStyle(document.body).backgroundColor"
    assert await tab.evaluate(ground) == "rgb(22, 25, 29)"
    await tab.get_by_role("button", name="Light theme").click()
    assert await tab.evaluate(ground) == "rgb(255, 255, 255)"
    await tab.reload()
    await tab.locator("body[data-ready]").wait_for()
    assert await tab.evaluate(ground) == "rgb(255, 255, 255)"


async def test_nothing_is_wider_than_a_phone(house: House, visit: Visit) -> None:
    """At 360 pixels nothing scrolls sideways, and the side opens as a drawer and closes by Escape."""
    await house.stage.slack.command(house.lead, house.channel, "/pulse", "ask nps about Atlas")
    await house.stage.settle()
    tab = await visit(house.lead, house.channel, viewport={"width": 360, "height": 740})
    wide = "[...document.querySelectorAll('body, #messages, #bar')].map(one => one.scrollWidth)"
    assert max(await tab.evaluate(wide)) <= 360
    await expect(tab.get_by_role("navigation")).to_be_hidden()
    await tab.get_by_role("button", name="People and channels").click()
    await expect(tab.get_by_label("You act as")).to_be_focused()
    await tab.keyboard.press("Escape")
    await expect(tab.get_by_role("navigation")).to_be_hidden()
    await expect(tab.get_by_role("button", name="People and channels")).to_be_focused()
