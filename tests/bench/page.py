"""How fast the page is with 500 messages: `python -m tests.bench.page` (or `make bench-page`).

Prints, each as the median and the worst of several rounds: the first paint and the first whole screen after
opening the address anew; and, with all 500 drawn (60 are at first), from a click on an answer until the
button shows it, until the receipt stands, until the count has risen. The bot is the real one.
"""

import asyncio
import statistics
import sys
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from playwright.async_api import Browser, Page

from bot.sandbox.demo.stage import Stage, stage
from bot.sandbox.model.people import User
from bot.sandbox.page.page_server import Page as PageServer
from tests.browser import chromium, launched, opened

MONDAY = datetime(2026, 11, 16, 9, 0, tzinfo=ZoneInfo("Europe/Berlin"))
MESSAGES = 500
ROUNDS = 10

ALL = "() => { let more; while ((more = document.querySelector('#messages .earlier'))) more.click(); }"
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
WHOLE = "performance.getEntriesByName('screen')[0].startTime"
CLICK = """async (name) => {
  const until = async (test) => { while (!test()) await new Promise(requestAnimationFrame); return performance.now(); };
  const seen = () => document.querySelectorAll("#messages .private").length;
  const question = [...document.querySelectorAll("#messages article")].findLast((one) => one.querySelector("[aria-label='9 of 10']"));
  const button = question.querySelector(`[aria-label='${name} of 10']`);
  const count = question.innerText, receipts = seen(), start = performance.now();
  button.click();
  const shown = await until(() => button.hasAttribute("aria-busy"));
  const receipt = await until(() => seen() > receipts);
  const counted = await until(() => question.innerText !== count);
  return [shown - start, receipt - start, counted - start];
}"""  # noqa: E501  a program of its own


async def furnished(lived: Stage) -> list[User]:
    """A channel with 500 messages, questions and words in turn, the last one an open question."""
    slack = lived.slack
    lead = slack.workspace.add_user("Priya Nair")
    people = [slack.workspace.add_user(f"Person {number}") for number in range(ROUNDS + 1)]
    channel = slack.add_channel("atlas", lead, *people)
    for number in range(MESSAGES - 1):
        slack.say(
            people[number % ROUNDS], channel, f"Message {number}: *the export* is `slow` today.\nSecond line."
        )
    await slack.command(lead, channel, "/pulse", "ask nps about Atlas")
    await lived.settle()
    return people


async def paints(browser: Browser, url: str) -> tuple[float, float]:
    """Milliseconds from opening the address to the first paint, and to the whole screen."""
    tab = await opened(browser, url)
    times = await tab.evaluate(PAINTED), await tab.evaluate(WHOLE)
    await tab.context.close()
    return times


async def click(tab: Page) -> Sequence[float]:
    """Milliseconds from a click to the button that shows it, the receipt, the risen count."""
    times: Sequence[float] = await tab.evaluate(CLICK, "9")
    return times


def row(name: str, times: Sequence[float]) -> str:
    """One line of the table."""
    return f"{name:<42}{statistics.median(times):>9.0f}{max(times):>9.0f}"


async def measure() -> str:
    """The table."""
    async with stage(MONDAY) as lived, launched() as browser:
        people = await furnished(lived)
        async with PageServer(lived, roles={}, first=people[0]) as page:
            opening = [await paints(browser, page.url) for _ in range(ROUNDS)]
            clicks = []
            for user in people[:ROUNDS]:
                tab = await opened(browser, f"{page.url}?as={user.id}")
                await tab.evaluate(ALL)
                clicks.append(await click(tab))
                await tab.context.close()
    names = ("click to the button that shows it", "click to the receipt", "click to the risen count")
    lines = [f"{MESSAGES} messages, {ROUNDS} rounds, milliseconds{'median':>12}{'worst':>9}"]
    lines += [row("opening to the first paint", [one for one, _ in opening])]
    lines += [row("opening to the whole screen", [one for _, one in opening])]
    lines += [row(name, times) for name, times in zip(names, zip(*clicks, strict=True), strict=True)]
    return "\n".join(lines)


def main() -> None:
    """Measure and print; says so when there is no browser."""
    if chromium() is None:
        sys.exit("No Chromium is installed (Debian: apt-get install chromium; or set CHROMIUM).")
    sys.stdout.write(asyncio.run(measure()) + "\n")


if __name__ == "__main__":
    main()
