"""A lead corrects what a program read; the correction wins."""

from copy import deepcopy
from dataclasses import replace

import pytest

from bot.sandbox.model.messages import Message
from bot.sandbox.model.people import User
from jobs.comments.correct import CORRECTED_SINCE
from jobs.messages.layout import ids
from jobs.messages.layout.comment_ids import UNDO, WISH, WISH_BLOCK, Undo, write_undo
from jobs.messages.lead.comments_page import HIDE, STAYS
from jobs.messages.respondent import receipts
from jobs.messages.wording.vocabulary import tone_word
from storage.records import Comment, Correction, Sentiment, Touchpoint
from tests.conftest import Company, Running
from tests.handlers.scene import clicked, forged, told

WORDS = [
    "The invoices are wrong.",
    "I cannot find my invoice.",
    "Billed twice.",
    "Support is quick.",
    "It is easy to use.",
    "The price is too high.",
]


@pytest.fixture
async def written(running: Running, company: Company) -> Running:
    """Six people have answered and written, and their answers count."""
    question = await running.ask(company.lead, company.channel)
    for user, words in zip(company.people, WORDS, strict=False):
        await running.click(user, question, 3)
        await running.slack.submit(user, running.slack.views(user)[-1], {"comment": words})
    await running.count()
    return running


async def press_undo(running: Running, user: User, page: Message) -> None:
    """Press Undo under a private page, as it was when it was shown."""
    await running.slack.click(user, page, UNDO)
    await running.bot.background.drain()


async def corrected(running: Running, company: Company, words: str, tone: str) -> tuple[str, Message]:
    """The lead sets the tone of the first comment of a list: its id, and what they read then."""
    page = await running.type(company.lead, company.channel, words)
    assert page is not None
    block = page.blocks[1]
    comment_id, _ = ids.read_correction(block["accessory"]["options"][0]["value"])
    await running.slack.select(
        company.lead, page, "correct", f"{comment_id}/{tone}", block_id=block["block_id"]
    )
    await running.bot.background.drain()
    return comment_id, running.slack.ephemerals(company.lead, company.channel)[-1].snapshot()


async def kept(running: Running, comment_id: str) -> Comment:
    """The comment as it is kept now."""
    found = await running.bot.store.comments.get(running.slack.workspace.team.id, comment_id)
    assert found is not None
    return found


async def test_a_corrected_comment_stays_in_a_list_that_it_fits_no_more(
    written: Running, company: Company
) -> None:
    """In a list of one tone it stays where it was, with what changed; Undo, even twice, sets it back."""
    before = await written.type(company.lead, company.channel, "comments negative")
    assert before is not None
    comment_id, shown = await corrected(written, company, "comments negative", "positive")
    was = tone_word((await kept(written, comment_id)).label.sentiment)  # type: ignore[union-attr]
    assert shown.blocks[1]["accessory"]["options"][0]["value"].startswith(f"{comment_id}/")
    assert shown.blocks[2]["elements"][0]["text"].startswith(f"now *positive* (was {was})")
    assert STAYS in shown.text
    total = int(before.text.split(": ")[1].split()[0])
    assert f"Atlas: {total - 1} negative comment" in shown.text
    await press_undo(written, company.lead, shown)
    back = written.slack.ephemerals(company.lead, company.channel)[-1]
    assert back.blocks[2]["elements"][0]["text"].startswith(f"*{was}* again")
    assert f"Atlas: {total} negative comment" in back.text
    assert (await kept(written, comment_id)).correction == Correction()
    await press_undo(written, company.lead, shown)
    assert f"*{was}* again" in str(written.slack.ephemerals(company.lead, company.channel)[-1].blocks)
    assert (await kept(written, comment_id)).correction == Correction()
    assert not written.slack.troubles


async def test_undo_pressed_late_leaves_what_was_said_since(written: Running, company: Company) -> None:
    """It sets back to the tone before, not to the label; where more was said since, it changes nothing."""
    comment_id, _ = await corrected(written, company, "comments", "neutral")
    team_id = written.slack.workspace.team.id
    page = await written.type(company.lead, company.channel, "comments")
    assert page is not None
    undo = Undo(comment_id=comment_id, said="positive", before="neutral", page=ids.Page("", 0, 7))
    await written.bot.store.comments.correct(team_id, comment_id, Correction(sentiment=Sentiment.POSITIVE))
    await written.bot.store.comments.correct(team_id, comment_id, Correction(touchpoint=Touchpoint.BRAND))
    question = await written.ask(company.lead, company.channel, "csat about Atlas")
    outcome = await clicked(written, company.lead, question, 3)
    late = {"type": "button", "action_id": UNDO, "value": write_undo(undo), "block_id": "comments/3"}
    await forged(written, outcome, **late)
    found = await kept(written, comment_id)
    assert (found.sentiment, found.touchpoints) == (Sentiment.NEUTRAL, (Touchpoint.BRAND,))
    await written.bot.store.comments.correct(team_id, comment_id, Correction(sentiment=Sentiment.NEGATIVE))
    await forged(written, outcome, **late)
    assert told(written, company.lead) == CORRECTED_SINCE
    assert (await kept(written, comment_id)).sentiment is Sentiment.NEGATIVE


async def test_one_click_corrects_a_tone(written: Running, company: Company) -> None:
    """The menu changes the tone that is shown, and it stays beside the label."""
    page = await written.type(company.lead, company.channel, "comments")
    assert page is not None
    menu = page.blocks[1]["accessory"]["options"]
    comment_id, _ = ids.read_correction(menu[0]["value"])
    block_id = page.blocks[1]["block_id"]
    await written.slack.select(company.lead, page, "correct", f"{comment_id}/positive", block_id=block_id)
    await written.bot.background.drain()
    shown = written.slack.ephemerals(company.lead, company.channel)[-1]
    assert "positive" in shown.blocks[2]["elements"][0]["text"]
    kept = await written.bot.store.comments.get(written.slack.workspace.team.id, comment_id)
    assert kept is not None
    assert kept.correction is not None
    assert kept.sentiment is Sentiment.POSITIVE
    assert kept.label is not None
    assert not written.slack.troubles


async def test_a_form_corrects_a_topic(written: Running, company: Company) -> None:
    """Another topic asks which, and the one that is chosen is the only one that counts."""
    page = await written.type(company.lead, company.channel, "comments")
    assert page is not None
    block = page.blocks[1]
    comment_id, _ = ids.read_correction(block["accessory"]["options"][0]["value"])
    await written.slack.select(
        company.lead, page, "correct", f"{comment_id}/topic", block_id=block["block_id"]
    )
    await written.bot.background.drain()
    form = written.slack.views(company.lead)[-1]
    await written.slack.submit(company.lead, form, {"topic": "brand"})
    await written.bot.background.drain()
    kept = await written.bot.store.comments.get(written.slack.workspace.team.id, comment_id)
    assert kept is not None
    assert kept.touchpoints == (Touchpoint.BRAND,)
    shown = written.slack.ephemerals(company.lead, company.channel)[-1]
    assert "now *brand* (was " in str(shown.blocks)
    await press_undo(written, company.lead, shown)
    kept = await written.bot.store.comments.get(written.slack.workspace.team.id, comment_id)
    assert kept is not None
    assert kept.label is not None
    assert kept.touchpoints == kept.label.touchpoints


async def test_the_form_corrects_a_wish(written: Running, company: Company) -> None:
    """Ticking the box marks a wish and leaves tone and topics; with another topic both are kept; Undo."""
    page = await written.type(company.lead, company.channel, "comments")
    assert page is not None
    block = page.blocks[1]
    comment_id, _ = ids.read_correction(block["accessory"]["options"][0]["value"])
    before = await kept(written, comment_id)
    topic = str(before.touchpoints[0])
    for chosen, box, now, says in (
        (topic, [WISH], Correction(wish=True), "now *a wish* (was no wish)"),
        ("brand", [], Correction(wish=False, touchpoint=Touchpoint.BRAND), "now *no wish* (was a wish)"),
    ):
        await written.slack.select(
            company.lead, page, "correct", f"{comment_id}/topic", block_id=block["block_id"]
        )
        await written.bot.background.drain()
        form = written.slack.views(company.lead)[-1]
        await written.slack.submit(company.lead, form, {"topic": chosen, WISH_BLOCK: box})
        await written.bot.background.drain()
        shown = written.slack.ephemerals(company.lead, company.channel)[-1]
        assert says in str(shown.blocks)
        assert (await kept(written, comment_id)).correction == now
    await press_undo(written, company.lead, shown)
    after = await kept(written, comment_id)
    assert (after.is_wish, after.touchpoints) == (True, before.touchpoints)
    listed = await written.type(company.lead, company.channel, "comments wishes")
    assert listed is not None
    assert "Atlas: 1 wish, shuffled." in listed.text
    assert not written.slack.troubles


async def test_a_hidden_comment_is_read_no_more(written: Running, company: Company) -> None:
    """Hiding takes a comment out of the pages; it stays in view once, so that it can be undone."""
    page = await written.type(company.lead, company.channel, "comments")
    assert page is not None
    block = page.blocks[1]
    comment_id, _ = ids.read_correction(block["accessory"]["options"][0]["value"])
    choice = f"{comment_id}/{HIDE}"
    await written.slack.select(company.lead, page, "correct", choice, block_id=block["block_id"])
    await written.bot.background.drain()
    shown = written.slack.ephemerals(company.lead, company.channel)[-1]
    assert "Atlas: 5 comments" in shown.text
    assert "now *hidden*" in str(shown.blocks)
    later = await written.type(company.lead, company.channel, "comments")
    assert later is not None
    assert comment_id not in str(later.blocks)
    await press_undo(written, company.lead, shown)
    assert "Atlas: 6 comments" in shown.text
    assert "shown again" in str(shown.blocks)


async def test_a_forged_choice_changes_nothing(written: Running, company: Company) -> None:
    """A tone that the menu does not offer is told to be no longer in use."""
    page = await written.type(company.lead, company.channel, "comments")
    assert page is not None
    forged = page.snapshot()
    option = forged.blocks[1]["accessory"]["options"][0]
    comment_id, _ = ids.read_correction(option["value"])
    option["value"] = f"{comment_id}/lovely"
    await written.slack.select(
        company.lead, forged, "correct", option["value"], block_id=forged.blocks[1]["block_id"]
    )
    await written.bot.background.drain()
    shown = written.slack.ephemerals(company.lead, company.channel)[-1]
    assert shown.text == "This button is no longer in use."
    kept = await written.bot.store.comments.get(written.slack.workspace.team.id, comment_id)
    assert kept is not None
    assert kept.correction is None


async def test_only_leads_open_the_topic_form(written: Running, company: Company) -> None:
    """Whoever has the id of a comment and leads nothing is refused in words, and sees nothing of it."""
    page = await written.type(company.lead, company.channel, "comments")
    assert page is not None
    block = page.blocks[1]
    comment_id, _ = ids.read_correction(block["accessory"]["options"][0]["value"])
    stranger = company.people[9]
    outcome = await clicked(written, stranger, await written.ask(company.lead, company.channel), 9)
    forms = len(written.slack.views(stranger))
    await forged(
        written,
        outcome,
        type="overflow",
        action_id=ids.CORRECT,
        block_id=block["block_id"],
        selected_option={"value": f"{comment_id}/topic"},
    )
    assert len(written.slack.views(stranger)) == forms
    assert told(written, stranger).startswith("Only Priya Nair, other leads")


async def test_only_leads_send_the_topic_form(written: Running, company: Company) -> None:
    """Whoever sends it and may not name topics is told so by a direct message, and nothing is kept."""
    page = await written.type(company.lead, company.channel, "comments")
    assert page is not None
    block = page.blocks[1]
    comment_id, _ = ids.read_correction(block["accessory"]["options"][0]["value"])
    await written.slack.select(
        company.lead, page, "correct", f"{comment_id}/topic", block_id=block["block_id"]
    )
    await written.bot.background.drain()
    outcome = await written.slack.submit(
        company.lead, written.slack.views(company.lead)[-1], {"topic": "brand"}
    )
    await written.bot.background.drain()
    team_id, stranger = written.slack.workspace.team.id, company.people[9]
    assert outcome.delivery is not None
    payload = deepcopy(outcome.delivery.payload) | {"user": {"id": stranger.id, "team_id": team_id}}
    payload["view"]["state"]["values"]["topic"]["topic"]["selected_option"]["value"] = "support"
    await written.slack.courier.deliver(replace(outcome.delivery, payload=payload))
    await written.bot.background.drain()
    assert written.slack.dms(stranger)[-1].text.startswith("Only Priya Nair, other leads")
    kept = await written.bot.store.comments.get(team_id, comment_id)
    assert kept is not None
    assert kept.touchpoints == (Touchpoint.BRAND,)


async def test_the_topic_of_a_comment_that_went_meanwhile(written: Running, company: Company) -> None:
    """Who names the topic of a comment that its writer has erased by then is told, and nothing is kept."""
    page = await written.type(company.lead, company.channel, "comments")
    assert page is not None
    block = page.blocks[1]
    comment_id, _ = ids.read_correction(block["accessory"]["options"][0]["value"])
    await written.slack.select(
        company.lead, page, "correct", f"{comment_id}/topic", block_id=block["block_id"]
    )
    await written.bot.background.drain()
    team_id = written.slack.workspace.team.id
    wave = await written.bot.store.comments.wave_of(team_id, comment_id)
    assert wave is not None
    await written.bot.store.erasure.take_down(team_id, wave.id, at=written.clock())
    await written.slack.submit(company.lead, written.slack.views(company.lead)[-1], {"topic": "brand"})
    await written.bot.background.drain()
    assert written.slack.dms(company.lead)[-1].text == receipts.old_button()["text"]
