"""Pictures of every state of a digest and its thread: wide and at 360 pixels, light and dark.

Each is one message as the demo's page draws it, or a thread below it.
"""

from itertools import product
from pathlib import Path

from playwright.async_api import Browser, Page, expect

from bot.sandbox.demo.stage import Stage, stage
from bot.sandbox.demo.story import END
from bot.sandbox.model.channels import Channel
from bot.sandbox.page.page_server import Page as PageServer
from jobs.figures.picture_sides import Drawn, draw_story, draw_strips
from storage.records import Picture
from tests.browser import opened
from tests.digest_states import STATES, State

WIDTHS, THEMES = (1104, 360), ("light", "dark")
SECONDS_TO_PROCESS = 5  # a file that was sent, by Slack
TALL = 2600  # pixels: the longest thread is seen whole


async def picture_states(browser: Browser, folder: Path) -> None:
    """Post every state to a channel of its own, and take its pictures; the folder is there."""
    async with stage(END) as lived:
        reader = lived.slack.workspace.add_user("Priya Nair", id="U0LEAD")
        lived.slack.add_channel("atlas-customers", reader, id="C0ATLAS")
        places = {name: lived.slack.add_channel(name.replace("_", "-"), reader) for name in STATES}
        for name, state in STATES.items():
            await _post(lived, places[name], state)
        async with PageServer(lived, roles={reader.id: "lead"}, first=reader) as page:
            for width, theme in product(WIDTHS, THEMES):
                tab = await opened(
                    browser,
                    page.url,
                    viewport={"width": width, "height": TALL},
                    color_scheme=theme,
                    reduced_motion="reduce",
                )
                for name, place in places.items():
                    await _take(tab, place, folder, f"{name}-{width}-{theme}")
                await tab.context.close()


async def _post(lived: Stage, place: Channel, state: State) -> None:
    """The first message with its picture, and the others under it, one a second as Slack takes them."""
    parent, of = None, state.drawn_of
    strips = await _brought(lived, draw_strips(of) if of else None)
    history = await _brought(lived, draw_story((of.cx, of.ux), of.product) if of else None)
    for message in state.messages(strips, history):
        sent = await lived.bot.client.chat_postMessage(channel=place.id, thread_ts=parent, **message)
        parent = parent or sent["ts"]
        await lived.seconds(2)


async def _brought(lived: Stage, drawn: Drawn | None) -> Picture | None:
    """A picture in Slack, as soon as a message can show it."""
    if drawn is None:
        return None
    picture, words = drawn
    file = await lived.bot.context.uploads.upload(picture, name="picture", words=words)
    await lived.seconds(SECONDS_TO_PROCESS)
    return Picture(file=file, words=words)


async def _take(tab: Page, place: Channel, folder: Path, name: str) -> None:
    await tab.evaluate("id => { location.hash = id; }", place.id)
    await expect(tab.locator("#place-name")).to_contain_text(place.name)
    post = tab.locator("#messages article").last
    await post.screenshot(path=folder / f"{name}.png", animations="disabled", caret="hide")
    if await post.locator(".replies:visible").count():
        await post.locator(".replies:visible").click()
        thread = tab.locator("#thread-messages")
        await expect(thread.locator("article").last).to_be_visible()
        await thread.evaluate("one => { one.style.flex = 'none'; }")  # as tall as what is in it
        await thread.screenshot(path=folder / f"{name}-thread.png", animations="disabled", caret="hide")
        await tab.locator("#thread-close").click()
