"""The screen as a whole: what moves with the clock, how wide messages are, how large buttons on a phone."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from playwright.async_api import Page as Tab
from playwright.async_api import expect

from bot.sandbox.live import posting
from tests.bot.sandbox.page.conftest import MONDAY, House, Visit
from tests.bot.sandbox.page.everything import EVERY_BLOCK, EVERY_INPUT, mrkdwn

pytestmark = pytest.mark.asyncio(loop_scope="session")

TOO_SMALL = """() => {
  const seen = (one) => one.checkVisibility({ visibilityProperty: true });
  const inWords = (one) => one.closest(".text, .rich, .skip, .choice");
  const shape = (one) => [one.outerHTML.slice(0, 90), one.getBoundingClientRect()];
  const touched = [...document.querySelectorAll("button, select, textarea, input, a[href], summary")];
  return [...touched.filter((one) => !inWords(one)), ...document.querySelectorAll(".choice")]
    .filter(seen).map(shape).filter(([, { width, height }]) => width < 43.9 || height < 43.9)
    .map(([words, { width, height }]) => `${words} ${width} x ${height}`);
}"""
DAY_OF = """async ([now, then]) => {
  const [{ state }, { dayOf }] = await Promise.all([import("/static/state.js"), import("/static/times.js")]);
  state.now = now;
  return dayOf(then);
}"""
WIDEST = "Math.max(...[...document.querySelectorAll('.message > .body')].map(one => one.offsetWidth))"


async def test_it_opens_on_the_newest_digest_as_a_lead(house: House, visit: Visit) -> None:
    """Without a place in the address: not on what was said later, and not for somebody who cannot see it."""
    digest = posting.post(house.stage.slack.world, house.team, posting.content("Digest", EVERY_BLOCK[:1]))
    house.stage.slack.say(house.lead, house.team, "Look at this")
    tab = await visit(house.lead)
    await expect(tab.locator("#place-name")).to_have_text("# atlas-team")
    await expect(tab.locator("#tour")).to_be_visible()
    screens = [await screen_of(tab, user.id) for user in (house.lead, house.people[1])]
    assert [screen["opens"] for screen in screens] == [f"{house.team.id}/{digest.ts}", ""]


async def screen_of(tab: Tab, user_id: str) -> dict[str, Any]:
    """What the page loads for somebody."""
    told: dict[str, Any] = await tab.evaluate(
        "async (id) => (await fetch(`/screen?as=${id}`)).json()", user_id
    )
    return told


async def test_today_moves_with_the_clock(house: House, visit: Visit) -> None:
    """Separators and moments in messages change their words in their place; the focus stays."""
    stamp = int(MONDAY.timestamp())
    token = mrkdwn(f"Closes <!date^{stamp}^{{date_short_pretty}} at {{time}}|then>")
    blocks = [{"type": "section", "text": token}, EVERY_BLOCK[6]]
    posting.post(house.stage.slack.world, house.channel, posting.content("A moment", blocks))
    tab = await visit(house.people[1], house.channel)
    button = tab.get_by_role("button", name="Plain")
    await button.focus()
    for now, day, moment in (
        ("", "Today", "today"),
        ("It is Tue 17 Nov", "Yesterday", "yesterday"),
        ("It is Wed 18 Nov", "Monday 16 November 2026", "16 Nov 2026"),
    ):
        await expect(tab.locator("#said")).to_contain_text(now, timeout=20_000)  # the skip is over
        await expect(tab.locator("#messages .day")).to_have_text(day)
        await expect(tab.locator("#messages article")).to_contain_text(f"Closes {moment} at 09:00")
        await expect(button).to_be_focused()
        await tab.get_by_role("button", name="Skip 1 day").evaluate("one => one.click()")


async def test_tomorrow_comes_after_a_long_day_too(house: House, visit: Visit) -> None:
    """Where a day has 25 hours or 23, yesterday, today and tomorrow go by dates all the same."""
    tab = await visit(house.people[1], house.channel)
    for moment in ("2026-10-25 00:30", "2026-10-25 23:30", "2027-03-28 23:30"):
        now = datetime.fromisoformat(moment).replace(tzinfo=MONDAY.tzinfo)
        told = [await tab.evaluate(DAY_OF, [now.timestamp(), noon(now, days)]) for days in (-1, 0, 1)]
        assert told == ["Yesterday", "Today", "Tomorrow"], moment


def noon(now: datetime, days: int) -> float:
    """Twelve o'clock on the wall, so many days on."""
    return datetime.combine(now.date() + timedelta(days=days), time(12), now.tzinfo).timestamp()


async def test_messages_are_no_wider_than_in_slack(house: House, visit: Visit) -> None:
    """On a wide screen too, whatever stands in them."""
    posting.post(house.stage.slack.world, house.channel, posting.content("Everything", EVERY_BLOCK))
    house.stage.slack.say(house.lead, house.channel, "word " * 200)
    tab = await visit(house.people[1], house.channel, viewport={"width": 1800, "height": 900})
    assert 600 <= await tab.evaluate(WIDEST) <= 700


async def test_buttons_of_a_phone_are_large_enough(house: House, visit: Visit) -> None:
    """44 pixels each way for whatever is touched: bar, drawer, messages, thread, Home, form."""
    slack, me = house.stage.slack, house.people[0]
    parent = posting.post(slack.world, house.channel, posting.content("Everything", EVERY_BLOCK))
    posting.post(slack.world, house.channel, posting.content("Reply", None, thread_ts=parent.ts))
    await slack.command(house.lead, house.channel, "/pulse", "ask nps about Atlas")
    await house.stage.settle()
    tab = await visit(me, house.channel, viewport={"width": 360, "height": 740}, has_touch=True)
    assert await tab.evaluate(TOO_SMALL) == []
    await tab.get_by_role("button", name="1 reply").click()
    assert await tab.evaluate(TOO_SMALL) == []
    await tab.get_by_role("button", name="Close thread").click()
    await tab.get_by_role("button", name="People and channels").click()
    assert await tab.evaluate(TOO_SMALL) == []
    await tab.get_by_role("link", name="Bifocal").click()
    await expect(tab.locator("#home")).to_contain_text("For you")
    assert await tab.evaluate(TOO_SMALL) == []
    view = {"type": "modal", "title": {"type": "plain_text", "text": "Every input"}, "blocks": EVERY_INPUT}
    slack.world.screens.open(me.id, view | {"submit": {"type": "plain_text", "text": "Send"}})
    await expect(tab.locator("#modal")).to_be_visible()
    assert await tab.evaluate(TOO_SMALL) == []
