"""Pictures of the demo's page: `make screenshots`.

Those of the README are of the seeded story and go to docs/pictures; those of every state of a digest go to
build/screenshots, to be looked at. `python -m tests.screenshots FOLDER` writes the first ones elsewhere.
"""

import asyncio
import sys
from pathlib import Path

from playwright.async_api import Browser, Page, expect
from rich.console import Console

from bot.sandbox.demo.company import Company
from bot.sandbox.demo.stage import stage
from bot.sandbox.demo.story import BEGIN
from bot.sandbox.page.open_house import settle_in
from bot.sandbox.page.page_server import Page as PageServer
from tests.browser import chromium, launched, opened
from tests.state_pictures import picture_states

PICTURES = Path(__file__).parent.parent / "docs" / "pictures"
STATES = Path(__file__).parent.parent / "build" / "screenshots"
SHARP = 1.5  # pixels of the picture for one of the page
COMMENT = "Easy to use every day. The invoices I still have to check by hand."


class Camera:
    """Opens tabs of the page and writes pictures of them into a folder."""

    def __init__(self, browser: Browser, page: PageServer, folder: Path) -> None:
        self._browser = browser
        self._page = page
        self._folder = folder

    async def tab(
        self, user: str, place: str, *, size: tuple[int, int], theme: str = "light", sharp: float = SHARP
    ) -> Page:
        """A tab of this person at this channel."""
        width, height = size
        return await opened(
            self._browser,
            f"{self._page.url}?as={user}#{place}",
            viewport={"width": width, "height": height},
            color_scheme=theme,
            device_scale_factor=sharp,
            reduced_motion="reduce",
        )

    async def take(self, tab: Page, name: str) -> None:
        """A picture of what the tab shows now."""
        await tab.mouse.move(0, 0)
        await tab.screenshot(path=self._folder / f"{name}.png", animations="disabled", caret="hide")


async def question_and_comment(camera: Camera, company: Company) -> None:
    """The open question as a customer finds it, and the form after a click."""
    tab = await camera.tab(company.visitor.id, company.customers.id, size=(1080, 660))
    await expect(tab.locator("#messages article").last).to_contain_text("12 answered")
    await camera.take(tab, "question")
    await tab.get_by_role("button", name="9 of 10").last.click()
    form = tab.get_by_role("dialog", name="Saved, thank you")
    await form.get_by_role("textbox").fill(COMMENT)
    await form.get_by_role("checkbox").check()
    await camera.take(tab, "comment")
    await tab.context.close()


async def digest(camera: Camera, company: Company, theme: str) -> None:
    """The last digest with its thread, as a lead reads it."""
    tab = await camera.tab(company.jonas.id, company.team.id, size=(1104, 700), theme=theme, sharp=1.1)
    await tab.locator("#messages .replies:visible").last.click()
    await expect(tab.locator("#thread article").last).to_be_attached()
    await tab.evaluate("document.activeElement.blur()")
    await tab.locator("#messages article").last.evaluate(
        "one => { const list = one.parentElement;"
        " list.scrollTop += one.getBoundingClientRect().top - list.getBoundingClientRect().top; }"
    )
    await camera.take(tab, f"digest-{theme}")
    await tab.context.close()


async def phone(camera: Camera, company: Company) -> None:
    """The question on a narrow screen."""
    tab = await camera.tab(company.someone.id, company.customers.id, size=(360, 640), theme="dark")
    await tab.locator("#messages article:has([aria-label='5 of 10'])").last.scroll_into_view_if_needed()
    await camera.take(tab, "phone-dark")
    await tab.context.close()


async def take_all(folder: Path) -> None:
    """Live the story and take every picture of it."""
    async with stage(BEGIN) as lived, launched() as browser:
        company = await settle_in(lived, Console(stderr=True))
        async with PageServer(lived, roles=company.roles(), first=company.visitor) as page:
            camera = Camera(browser, page, folder)
            await digest(camera, company, "light")
            await digest(camera, company, "dark")
            await question_and_comment(camera, company)
            await phone(camera, company)
        await picture_states(browser, STATES)


def main() -> None:
    """Take the pictures, and say which there are."""
    if chromium() is None:
        sys.exit("No Chromium is installed (Debian: apt-get install chromium; or set CHROMIUM).")
    folder = Path(sys.argv[1]) if sys.argv[1:] else PICTURES
    for needed in (folder, STATES):
        needed.mkdir(parents=True, exist_ok=True)
    asyncio.run(take_all(folder))
    for path in sorted(folder.glob("*.png")):
        sys.stdout.write(f"{path.name:<20}{path.stat().st_size / 1000:>6.0f} kB\n")
    sys.stdout.write(f"{len(list(STATES.glob('*.png')))} of the states of a digest in build/screenshots\n")


if __name__ == "__main__":
    main()
