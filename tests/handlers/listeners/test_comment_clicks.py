"""A lead corrects what a program read; the correction wins."""

from copy import deepcopy
from dataclasses import replace

import pytest

from jobs.messages.layout import ids
from jobs.messages.lead.comments_page import HIDE
from jobs.messages.respondent import receipts
from storage.records import Sentiment, Touchpoint
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
    assert shown.blocks[2]["elements"][0]["text"].startswith("positive")
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


async def test_a_hidden_comment_is_read_no_more(written: Running, company: Company) -> None:
    """Hiding takes a comment out of the pages."""
    page = await written.type(company.lead, company.channel, "comments")
    assert page is not None
    block = page.blocks[1]
    comment_id, _ = ids.read_correction(block["accessory"]["options"][0]["value"])
    choice = f"{comment_id}/{HIDE}"
    await written.slack.select(company.lead, page, "correct", choice, block_id=block["block_id"])
    await written.bot.background.drain()
    shown = written.slack.ephemerals(company.lead, company.channel)[-1]
    assert "Atlas: 5 comments" in shown.text
    assert comment_id not in str(shown.blocks)


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
