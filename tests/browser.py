"""Chromium for tests, pictures and benchmarks: the installed one, driven by Playwright."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from playwright.async_api import Browser, Page, async_playwright

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome")
"""The first of them that is installed is taken; the shell needs less than half of what a whole one does."""


def chromium() -> str | None:
    """Where the browser is: `CHROMIUM`, else what is installed; None without one."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


@asynccontextmanager
async def launched() -> AsyncIterator[Browser]:
    """The browser, headless, until the block ends."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        try:
            yield browser
        finally:
            await browser.close()


async def opened(browser: Browser, url: str, *, faults: list[str] | None = None, **traits: Any) -> Page:
    """A tab of its own at this address, once it shows its person's screen; `traits` of the browser context.

    What the page's scripts or its policy complain of is added to `faults`.
    """
    context = await browser.new_context(**{"viewport": {"width": 1280, "height": 800}} | traits)
    tab = await context.new_page()
    tab.set_default_timeout(5_000)
    if faults is not None:
        tab.on("pageerror", lambda error: faults.append(str(error)))
        tab.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    await tab.goto(url)
    await tab.locator("body[data-ready]").wait_for()
    return tab
