"""Blocks are drawn as Slack draws them, and touching them tells the bot what Slack would."""

from base64 import b64decode

import pytest
from playwright.async_api import expect

from bot.sandbox.live import posting
from tests.bot.sandbox.page.conftest import House, Visit
from tests.bot.sandbox.page.everything import EVERY_BLOCK, EVERY_INPUT, plain

pytestmark = pytest.mark.asyncio(loop_scope="session")
ONE_DOT = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)  # a PNG of one pixel


async def test_every_block_is_drawn(house: House, visit: Visit) -> None:
    """Markup becomes elements, dates the viewer's own, pictures from elsewhere a sentence; nothing lacks."""
    posting.post(house.stage.slack.world, house.channel, posting.content("Everything", EVERY_BLOCK))
    tab = await visit(house.guest, house.channel)
    body = tab.locator("#messages article .body")
    assert await body.locator("> .block").count() == len(EVERY_BLOCK)
    await expect(body.locator(".undrawn")).to_have_count(0)
    for tag, words in {
        "strong": "bold",
        "em": "italic",
        "s": "struck",
        "blockquote": "quoted",
        "pre": "as typed",
    }.items():
        await expect(body.locator(tag).filter(has_text=words).first).to_be_visible()
    await expect(body.locator("time")).to_have_text("today at 11:30")  # 17:30 in Berlin
    await expect(body).to_contain_text("a private channel")
    await expect(body).to_contain_text("not loaded: A picture of nothing")
    await expect(body.get_by_role("link", name="link", exact=True)).to_have_attribute(
        "rel", "noopener noreferrer"
    )


async def test_touching_tells_the_bot_what_slack_would(house: House, visit: Visit) -> None:
    """Overflow, select, radio buttons, checkboxes and dates send block_actions with the choice."""
    posting.post(house.stage.slack.world, house.channel, posting.content("Everything", EVERY_BLOCK))
    tab = await visit(house.people[0], house.channel)
    body = tab.locator("#messages article .body")

    feed = house.stage.slack.feed
    since = 0

    async def sent() -> dict[str, object]:
        nonlocal since
        told = await feed.happens("bot.request", since=since)
        since = told.number + 1
        action = told["payload"]["actions"][0]
        return {key: action[key] for key in action if key.startswith(("selected", "action_id"))}

    await body.get_by_role("button", name="More actions").press("Enter")
    await tab.keyboard.press("ArrowDown")
    await tab.keyboard.press("Enter")
    assert (await sent())["selected_option"] == {"text": plain("Stop"), "value": "stop"}
    await body.get_by_label("Pick one").select_option("Two")
    assert (await sent())["action_id"] == "s"
    await body.get_by_label("Right").check()
    assert (await sent())["selected_option"] == {"text": plain("Right"), "value": "right"}
    await body.get_by_label("Second").check()
    assert (await sent())["selected_options"] == [{"text": plain("Second"), "value": "second"}]
    await body.get_by_label("A day").fill("2026-11-20")
    await body.get_by_label("A day").blur()
    assert (await sent())["selected_date"] == "2026-11-20"


async def test_every_input_reports_what_was_entered(house: House, visit: Visit) -> None:
    """A form's values reach the bot under block_id and action_id, untouched ones as they stood."""
    view = {"type": "modal", "title": plain("Every input"), "submit": plain("Send"), "blocks": EVERY_INPUT}
    me = house.people[0]
    tab = await visit(me, house.channel)
    house.stage.slack.world.screens.open(me.id, view, channel_id=house.channel.id)
    form = tab.get_by_role("dialog", name="Every input")
    await expect(form.get_by_label("One line")).to_be_focused()
    await form.get_by_label("One line").fill("a < b")
    await form.get_by_label("Several lines").fill("one\ntwo")
    await form.get_by_label("High").check()
    await form.get_by_label("Blue").check()
    await form.get_by_label("From a list", exact=True).select_option("One")
    await form.get_by_role("button", name="Send").click()
    told = await house.stage.slack.feed.happens("bot.request")
    values = told["payload"]["view"]["state"]["values"]
    assert values["line"]["line"]["value"] == "a < b"
    assert values["lines"]["lines"]["value"] == "one\ntwo"
    assert values["radio"]["radio"]["selected_option"]["value"] == "high"
    assert [one["value"] for one in values["ticks"]["ticks"]["selected_options"]] == ["blue"]
    assert values["select"]["select"]["selected_option"]["value"] == "one"
    assert values["channel"]["channel"]["selected_conversation"] == house.channel.id
    assert values["time"]["time"]["selected_time"] == "09:00"
    assert values["day"]["day"]["selected_date"] is None


async def test_a_thread_opens_beside_and_gives_the_focus_back(house: House, visit: Visit) -> None:
    """Replies stand under their parent, come in live, and Escape goes back to where one was."""
    world = house.stage.slack.world
    parent = posting.post(world, house.channel, posting.content("Digest", EVERY_BLOCK[:3]))
    tab = await visit(house.people[0], house.channel)
    posting.post(world, house.channel, posting.content("*Figures*", None, thread_ts=parent.ts))
    replies = tab.get_by_role("button", name="1 reply in the thread")
    await replies.press("Enter")
    thread = tab.get_by_role("complementary", name="Thread")
    await expect(thread).to_contain_text("Figures")
    posting.post(world, house.channel, posting.content("Method", None, thread_ts=parent.ts))
    await expect(thread).to_contain_text("Method")
    await tab.keyboard.press("Escape")
    await expect(thread).to_be_hidden()
    await expect(tab.get_by_role("button", name="2 replies in the thread")).to_be_focused()


async def test_a_change_touches_only_what_changed(house: House, visit: Visit) -> None:
    """A change leaves buttons and focus where they are; edited words are marked; what is deleted goes."""
    world = house.stage.slack.world
    question = posting.post(world, house.channel, posting.content("Question", EVERY_BLOCK))
    words = posting.post(world, house.channel, posting.content("First", None))
    tab = await visit(house.people[0], house.channel)
    plain_button = tab.get_by_role("button", name="Plain")
    await plain_button.focus()
    await tab.evaluate("document.activeElement.dataset.mark = 'same'")
    changed = [plain_header("A new title"), *EVERY_BLOCK[1:]]
    posting.rewrite(world, question, posting.content("Question", changed))
    await expect(tab.get_by_role("heading", name="A new title")).to_be_visible()
    await expect(plain_button).to_be_focused()
    await expect(plain_button).to_have_attribute("data-mark", "same")
    posting.rewrite(world, words, posting.content("Second", None))
    await expect(tab.locator("#messages article").last).to_contain_text("(edited)")
    await expect(tab.locator("#messages article").last).to_contain_text("Second")
    posting.remove(world, words)
    await expect(tab.locator("#messages article")).to_have_count(1)


async def test_five_hundred_messages_are_drawn_in_parts(house: House, visit: Visit) -> None:
    """The newest sixty come first, at their foot; a button shows the earlier ones without a jump."""
    for number in range(500):
        house.stage.slack.say(house.lead, house.channel, f"Message {number}")
    tab = await visit(house.people[0], house.channel)
    articles = tab.locator("#messages article")
    await expect(articles).to_have_count(60)
    await expect(articles.last).to_be_in_viewport()
    await tab.get_by_role("button", name="Show 60 earlier messages").click()
    await expect(articles).to_have_count(120)
    await expect(articles.filter(has_text="Message 440")).to_be_in_viewport()


async def test_the_list_follows_what_the_viewer_says(house: House, visit: Visit) -> None:
    """Who reads further up is not disturbed by others, and sees what they themselves have said."""
    me, slack = house.people[0], house.stage.slack
    for number in range(60):
        slack.say(house.lead, house.channel, f"Message {number}")
    tab = await visit(me, house.channel)
    articles = tab.locator("#messages article")
    await articles.first.scroll_into_view_if_needed()
    slack.say(house.lead, house.channel, "By somebody else")
    await expect(articles.last).to_contain_text("By somebody else")
    await expect(articles.last).not_to_be_in_viewport()
    slack.say(me, house.channel, "By the viewer")
    await expect(articles.last).to_contain_text("By the viewer")
    await expect(articles.last).to_be_in_viewport()


def plain_header(words: str) -> dict[str, object]:
    """A header block."""
    return {"type": "header", "text": plain(words)}


async def test_a_picture_in_slack_is_shown_with_its_words(house: House, visit: Visit) -> None:
    """A picture that the bot has brought to the fake Slack is loaded; its alternative text is there."""
    world = house.stage.slack.world
    file = world.files.announce("strips.png", len(ONE_DOT), "")
    file.received, file.complete_at = ONE_DOT, world.clock()
    shown = {"type": "image", "slack_file": {"id": file.id}, "alt_text": "Two scales from poor to good."}
    posting.post(world, house.channel, posting.content("A picture", [shown]))
    tab = await visit(house.guest, house.channel)
    picture = tab.get_by_role("img", name="Two scales from poor to good.")
    await expect(picture).to_be_visible()
    assert await picture.evaluate("image => image.naturalWidth") == 1
