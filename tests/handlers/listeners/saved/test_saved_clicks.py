"""Words said in passing and saved messages, by the buttons under them, through the real bot."""

from datetime import timedelta
from pathlib import Path

from bot.sandbox.model.channels import Kind
from jobs.messages.layout.saved_ids import CORRECT, REMOVE, SAY_IN_FORM
from jobs.messages.saved import saved_words
from jobs.saved.keep_message import MOST_SAID
from storage.records import SavedMessage
from tests.conftest import Company, Running
from tests.handlers.pressing import Press, pressed
from tests.handlers.scene import rows


async def kept(running: Running, product: str = "Atlas") -> list[SavedMessage]:
    """What is kept about a product."""
    found = await running.bot.store.products.find(running.slack.workspace.team.id, product)
    assert found is not None
    return await running.bot.store.saved.about(found.team_id, found.id)


async def test_what_is_said_in_passing(running: Running, company: Company) -> None:
    """Which product it is about, in one table: the words that are kept, or what is asked instead."""
    person, channel = company.people[0], company.channel
    await running.ask(company.lead, channel)
    said = {
        "say I never know which invoice is which": ("Atlas", "I never know which invoice is which"),
        "say The export is slow about Atlas": ("Atlas", "The export is slow"),
        "say About Atlas: it is slow": ("Atlas", "it is slow"),
        "say about atlas: it is slow again": ("Atlas", "it is slow again"),
        'say ux about "Borea": where is it?': ("Borea", "where is it?"),
        "say about time you fixed it": ("Atlas", "about time you fixed it"),
        "say About Atlas it is quick": ("Atlas", "it is quick"),
        "say the Atlas page is about the Atlas team": ("Atlas", "the Atlas page is about the Atlas team"),
        "say a < b & c, please": ("Atlas", "a < b & c, please"),
    }
    for words, (product, text) in said.items():
        answer = await running.type(person, channel, words)
        assert answer is not None
        assert answer.text.startswith(f"Kept about {product}"), words
        assert text in [each.text for each in await kept(running, product)], words
    number, asked_last = len(await kept(running)), answer
    secret = running.slack.add_channel("secret", company.lead, id="G0SECRET", kind=Kind.PRIVATE)
    await running.ask(company.lead, secret, "nps about Calypso")
    asked = {
        "say it is slow about Altas": "Did you mean Atlas?",
        "say about Altas: it is slow": "Did you mean Atlas?",
        "say it is slow about beacon": "Did you mean Beacon?",
        "say it is about borea": "Did you mean Borea?",
        "say about Zephyr: it is slow": "Which product is it about?",
        "say ux about Zephyr: it is slow": "Which product is it about?",
        "say about Calypso: it is slow": "Which product is it about?",
        "say it is slow about Zephyr": "Which product is it about?",
        "say it is slow about Calypso": "Which product is it about?",
        "say About Calypso it is slow": "Which product is it about?",
    }
    for words, question in asked.items():
        answer = await running.type(person, channel, words)
        assert answer is not None
        assert answer.text.startswith(f"{question} Nothing is kept yet."), words
        assert "Button: About Calypso" not in answer.text
        asked_last = answer if "borea" in words else asked_last
    assert len(await kept(running)) == number
    assert asked_last is not None
    await running.slack.click(person, asked_last, "again/1")
    await running.bot.finish()
    assert {each.text for each in await kept(running, "Borea")} == {"where is it?", "it is about borea"}
    too_long = await running.type(person, channel, f"say {'x' * 1_001}")
    assert too_long is not None
    assert "1,001 characters" in too_long.text
    await running.type(person, channel, "say it is slow about beacon")
    await running.slack.click(person, running.slack.ephemerals(person)[-1], SAY_IN_FORM)
    await running.bot.finish()
    form = running.slack.views(person)[-1]
    assert form.blocks[0]["element"]["initial_value"] == "it is slow about beacon"
    await running.slack.submit(person, form, {"words": "it is slow about beacons", "lens": "ux"})
    await running.bot.finish()
    assert "Kept about Atlas, UX." in running.slack.ephemerals(person)[-1].text
    assert not running.slack.troubles


async def test_without_words_or_a_product_a_form_is_opened(running: Running, company: Company) -> None:
    """Also in a direct message; a workspace without products says what to do first."""
    person = company.people[0]
    for user, words, typed in (
        (person, "say", None),
        (company.people[1], "say it is slow", "it is slow"),
        (company.people[3], "say about Atlas", None),
        (company.people[4], "say about Atlas's invoices", "about Atlas's invoices"),
    ):
        await running.type(user, company.channel, words)
        form = running.slack.views(user)[-1]
        assert form.title == "Say something"
        assert form.blocks[0]["element"].get("initial_value") == typed, words
    dm = running.slack.workspace.open_dm(company.people[2].id, running.slack.app.bot_user_id)
    await running.type(company.people[2], dm, "say it is slow")
    view = running.slack.views(company.people[2])[-1]
    beacon = next(each["value"] for each in view.blocks[1]["element"]["options"] if "Beacon" in str(each))
    await running.slack.submit(company.people[2], view, {"subject": beacon})
    await running.bot.finish()
    assert running.slack.dms(company.people[2])[-1].text.startswith("Kept about Beacon.")


async def test_a_day_takes_twenty(running: Running, company: Company) -> None:
    """The next one is refused with a sentence, and goes the day after; the same twice is kept once."""
    person = company.people[0]
    await running.ask(company.lead, company.channel)
    for number in [*range(MOST_SAID), 0]:
        await running.type(person, company.channel, f"say it is slow {number}")
    assert len(await kept(running)) == MOST_SAID
    answer = await running.type(person, company.channel, "say it is slow still")
    assert answer is not None
    assert answer.text == saved_words.enough_said(MOST_SAID)
    running.clock.step(timedelta(days=1))
    await running.type(person, company.channel, "say it is slow still")
    assert len(await kept(running)) == MOST_SAID + 1


async def test_removed_under_what_is_kept_and_under_the_receipt(
    running: Running, company: Company, tmp_path: Path
) -> None:
    """What held the button shows what is left; who did not write it reads that only its author can."""
    person, other = company.people[0], company.people[1]
    await running.ask(company.lead, company.channel)
    receipt = await running.type(person, company.channel, "say it is slow")
    await running.type(person, company.channel, "say it is ugly")
    mine = await running.type(person, company.channel, "me")
    assert receipt is not None
    assert mine is not None
    saved_id = next(each.id for each in await kept(running) if each.text == "it is ugly")
    press = Press(action=REMOVE, value=saved_id, block="any")
    assert await pressed(running, company, other, press) == saved_words.NOT_YOURS
    assert await pressed(running, company, other, press.of_nothing_here()) != saved_words.NOT_YOURS
    await running.slack.click(person, mine, REMOVE, value=saved_id)
    await running.bot.finish()
    assert "it is slow" in running.slack.ephemerals(person)[-1].text
    assert "it is ugly" not in running.slack.ephemerals(person)[-1].text
    await running.slack.click(person, receipt, REMOVE)
    await running.bot.finish()
    assert "Removed." in str([each.text for each in running.slack.ephemerals(person)])
    assert rows(tmp_path)["saved"] == []


async def test_a_lead_hides_one_and_nobody_else_can(running: Running, company: Company) -> None:
    """The list is shown as it is then; a person who may not read it changes nothing."""
    person = company.people[0]
    await running.ask(company.lead, company.channel)
    await running.type(person, company.channel, "say The invoice is wrong")
    (saved,) = await kept(running)
    press = Press(action=CORRECT, value=f"{saved.id}/hide", block="kept/0/0/1764/")
    assert await pressed(running, company, person, press) == saved_words.NOT_A_READER
    shown = await running.type(company.lead, company.channel, "comments saved")
    assert shown is not None
    await running.slack.select(company.lead, shown, CORRECT, f"{saved.id}/positive")
    await running.bot.finish()
    shown = running.slack.ephemerals(company.lead)[-1]
    assert "Said in passing, positive" in shown.text
    await running.slack.select(company.lead, shown, CORRECT, f"{saved.id}/wish")
    await running.bot.finish()
    shown = await running.type(company.lead, company.channel, "comments saved wishes")
    assert shown is not None
    assert "Said in passing, positive, a wish" in shown.text
    await running.slack.select(company.lead, shown, CORRECT, f"{saved.id}/nowish")
    await running.bot.finish()
    shown = await running.type(company.lead, company.channel, "comments saved")
    assert shown is not None
    assert "a wish" not in shown.text
    await running.slack.select(company.lead, shown, CORRECT, f"{saved.id}/hide")
    await running.bot.finish()
    assert running.slack.ephemerals(company.lead)[-1].text == saved_words.NOTHING_SAVED
    assert saved_words.GONE in await pressed(
        running, company, company.lead, Press(action=CORRECT, value="0/hide", block="kept/0/0/1764/")
    )


async def test_every_lead_reads_what_has_no_side_of_its_own(running: Running, company: Company) -> None:
    """Only a side that a person chose binds, once a question of that side is asked."""
    person, lead = company.people[0], company.lead
    await running.ask(lead, company.channel, "csat about Atlas: the support you just received")
    for words in ("say The search is slow and crashes", "say ux: I never find the export button"):
        answer = await running.type(person, company.channel, words)
    assert answer is not None
    assert "leads of UX questions about Atlas" in answer.text
    shown = await running.type(lead, company.channel, "comments saved")
    assert shown is not None
    assert "The search is slow" in shown.text
    assert "the export button" in shown.text
    await running.ask(company.admin, company.team, "umux_lite about Atlas")
    shown = await running.type(lead, company.channel, "comments saved")
    assert shown is not None
    assert "The search is slow" in shown.text
    assert "the export button" not in shown.text


async def test_forget_takes_it_along(running: Running, company: Company) -> None:
    """From the list at once; the receipt counts it, and its button has nothing left to remove."""
    person = company.people[0]
    await running.ask(company.lead, company.channel)
    receipt = await running.type(person, company.channel, "say it is slow")
    assert receipt is not None
    asked = await running.type(person, company.channel, "forget")
    assert asked is not None
    await running.slack.click(person, asked, "forget", confirm=True)
    await running.bot.finish()
    assert "1 saved message erased" in running.slack.ephemerals(person)[-1].text
    await running.slack.click(person, receipt, REMOVE)
    await running.bot.finish()
    assert saved_words.NOT_KEPT in str([each.text for each in running.slack.ephemerals(person)])
    assert not await kept(running)
