"""Somebody who knows nothing types `/pulse help`, and does what it says until a digest is set up."""

import re

import pytest
from playwright.async_api import Locator, expect
from playwright.async_api import Page as Tab

from tests.bot.sandbox.page.conftest import House, Visit

pytestmark = pytest.mark.asyncio(loop_scope="session")

NEW = "Lumen"  # a name that nobody has used, in the place of the one in the help


async def test_help_leads_to_a_digest_in_three_commands_and_one_click(house: House, visit: Visit) -> None:
    """The three lines as they stand, one press; the digest reads both channels, and nothing came unseen."""
    slack, store, lead = house.stage.slack, house.stage.bot.store, house.lead
    team_id = slack.workspace.team.id
    places = {name: slack.add_channel(name, lead, *house.people) for name in ("customers", "users")}
    tab = await visit(lead, house.team)
    page = await typed(tab, "/pulse help", "atlas-team")
    lines = [line.replace("Atlas", NEW) for line in await page.locator("code").all_inner_texts()][:3]
    await expect(page).to_contain_text(f"In your team’s channel: {lines[0].replace(NEW, 'Atlas')}")

    offer = await typed(tab, lines[0], "atlas-team")
    await expect(offer).to_contain_text(f"{NEW} is new here")
    await expect(offer).to_contain_text("Nothing is set up yet.")
    assert await store.products.find(team_id, NEW) is None
    await offer.get_by_role("button", name="Set it up").click()
    await expect(last(tab)).to_contain_text(f"The digest about {NEW} is set up.")

    for line, name in zip(lines[1:], places, strict=True):
        await tab.locator("#channels a", has_text=name).click()
        await expect(await typed(tab, line, name)).to_contain_text(re.compile(f"Asked in #{name}"))
        await house.stage.settle()
        await expect(tab.locator("#messages article:not(.private)").last).to_contain_text(NEW)

    product = await store.products.find(team_id, NEW)
    assert product is not None
    digests = await store.digests.in_channel(team_id, house.team.id)
    assert [each.sources for each in digests] == [tuple(each.id for each in places.values())]


def last(tab: Tab) -> Locator:
    """The newest message that this person alone sees here."""
    return tab.locator("#messages article.private").last


async def typed(tab: Tab, words: str, place: str) -> Locator:
    """What is answered to a line that is typed and sent."""
    box = tab.get_by_role("combobox", name=re.compile(f"Message #{place} as"))
    await box.fill(words)  # once that channel is the one that is shown
    seen = await tab.locator("#messages article.private").count()
    await box.press("Enter")
    await expect(tab.locator("#messages article.private")).to_have_count(seen + 1)
    return last(tab)
