"""The form of a digest: filled with what is known, checked at its fields, shown before it is set, changed."""

from pathlib import Path

from bot.sandbox.model.messages import Message
from bot.sandbox.model.views import View
from tests.conftest import Company, Running
from tests.handlers.scene import dialog, refused, rows, told
from tests.standing import TEAM

ERRORS: list[tuple[dict[str, object], str, str]] = [  # what is chosen or typed, at which field, what is said
    ({"product": "*Atlas*"}, "product", "Leave out the * in the name."),
    ({"product": "stop"}, "product", '"stop" is a word of the commands; a product has a name of its own.'),
    ({"product": "Atlas 9am"}, "product", '"Atlas 9am" has a time in it; a product has a name of its own.'),
    ({"day": "d31"}, "day", "Choose a day of the week, or every month above."),
    ({"often": "monthly"}, "day", "Choose a day of the month: the first, the 15th or the last."),
    ({"words": "every fornight"}, "words", "Not understood: every fornight. For example: every 2 weeks mon"),
    ({"words": "weekly mon 25:00"}, "words", '"25:00" is not a time. For example: weekly mon 09:00.'),
    ({"words": "cron 0 9 31 * *"}, "words", "There is no 31st in every month: choose Last day of the month."),
    ({"words": "weekly mon 09:00 GMT+5:30"}, "words", '"gmt+5:30" does not say when clocks change'),
]  # fmt: skip


async def pressed(running: Running, company: Company, message: Message, action: str) -> View:
    """Press a button that opens a form; the form."""
    await running.slack.click(company.lead, message, action)
    await running.bot.finish()
    return running.slack.views(company.lead)[-1]


async def test_the_form_from_a_question_to_a_digest_that_is_changed(
    running: Running, company: Company, tmp_path: Path
) -> None:
    """One bot: opened beside a question, wrong at its fields, shown, set, and changed by the same form."""
    slack, lead, here = running.slack, company.lead, company.channel
    asked = await running.type(lead, here, "ask nps about Atlas for 5 days")
    assert asked is not None
    assert "No digest reads it yet." in asked.text
    form = await pressed(running, company, asked, "digest")
    assert form.state["product"]["product"]["value"] == "Atlas"
    assert form.state["sources"]["sources"]["selected_conversations"] == ["C0ATLAS"]
    assert form.state["zone"]["zone"]["selected_option"]["value"] == "Europe/Berlin"
    right = {"product": "Atlas", "channel": "C0TEAM", "words": None, "often": "weekly", "day": "mon"}
    before = rows(tmp_path)
    for wrong, field, said in ERRORS:
        sent = await slack.submit(lead, form, right | wrong)
        assert list(sent.errors) == [field], wrong
        assert sent.errors[field].startswith(said), (wrong, sent.errors)
        assert "/pulse" not in str(sent.errors)
    sent = await slack.submit(lead, form, right | {"words": "dayly", "product": "*Atlas*"})
    assert "product" in sent.errors
    assert form.state["words"]["words"]["value"] == "dayly"
    assert form.state["product"]["product"]["value"] == "*Atlas*"
    assert rows(tmp_path) == before

    await slack.submit(lead, form, right | {"sources": ["C0ATLAS"], "day": "tue"})
    await running.bot.finish()
    shown = str(dialog(running, lead)["blocks"])
    assert "*Atlas*, in <#C0TEAM>, Tuesdays 09:00 Europe/Berlin. First: " in shown
    assert "*Customers:* NPS in <#C0ATLAS>." in shown
    assert "The next question in <#C0ATLAS> will say that <#C0TEAM> sees the scores." in shown
    assert await running.bot.store.digests.in_channel(TEAM, "C0TEAM") == []
    await slack.submit(lead, slack.views(lead)[-1])
    await running.bot.finish()
    (digest,) = await running.bot.store.digests.in_channel(TEAM, "C0TEAM")
    assert (digest.sources, digest.cadence, digest.zone) == (
        ("C0ATLAS",),
        "weekly tue 09:00",
        "Europe/Berlin",
    )
    done = slack.ephemerals(lead, company.team)[-1]
    assert done.text.startswith(
        "The digest about Atlas is set up. In <#C0TEAM>, Tuesdays 09:00 Europe/Berlin"
    )

    change = await pressed(running, company, done, "edit")
    assert change.body["title"]["text"] == "Change the digest"
    assert change.state["day"]["day"]["selected_option"]["value"] == "tue"
    await slack.submit(lead, change, {"words": "monthly 1 08:30 Asia/Tokyo"})
    await running.bot.finish()
    assert "will say that" not in str(dialog(running, lead)["blocks"])
    await slack.submit(lead, slack.views(lead)[-1])
    await running.bot.finish()
    (changed,) = await running.bot.store.digests.in_channel(TEAM, "C0TEAM")
    assert (changed.id, changed.cadence, changed.zone) == (digest.id, "monthly 1 08:30", "Asia/Tokyo")
    assert "The digest about Atlas is changed." in told(running, lead)
    assert not slack.troubles
    assert not refused(slack)


async def test_a_channel_without_bifocal_and_a_new_name_are_said_before_anything_is_set(
    running: Running, company: Company
) -> None:
    """A channel that cannot be read is said at its field; a near name is offered before anything is set."""
    slack, lead = running.slack, company.lead
    slack.add_channel("outside", lead, bot=False, id="C0OUT")
    listing = await running.type(lead, company.channel, "list")
    assert listing is not None
    form = await pressed(running, company, listing, "digest")
    fields = {"product": "Altas", "sources": ["C0ATLAS", "C0OUT"], "channel": "C0ATLAS", "day": "mon"}
    sent = await slack.submit(lead, form, fields | {"often": "weekly", "at": "09:00"})
    assert list(sent.errors) == ["sources"]
    assert "Bifocal is not in" in sent.errors["sources"]
    await slack.submit(lead, form, {"sources": ["C0ATLAS"]})
    await running.bot.finish()
    page = dialog(running, lead)
    assert "*Altas* is new here: nothing was asked about it yet. Did you mean *Atlas*?" in str(page["blocks"])
    assert {each.name for each in await running.bot.store.products.everywhere(TEAM)} >= {"Atlas"}
    assert await running.bot.store.products.find(TEAM, "Altas") is None


async def test_the_own_zone_of_slack_stands_first_and_is_read(running: Running, company: Company) -> None:
    """The zone that Slack tells of a person is proposed, and a distance from UTC is taken for it."""
    lead = company.lead
    lead.tz = "Asia/Kolkata"
    listing = await running.type(lead, company.channel, "list")
    assert listing is not None
    form = await pressed(running, company, listing, "digest")
    first = next(block for block in form.body["blocks"] if block.get("block_id") == "zone")
    assert first["element"]["options"][0]["text"]["text"] == "Mumbai (yours)"
    fields = {"product": "Atlas", "sources": ["C0ATLAS"], "channel": "C0ATLAS", "day": "mon", "at": "09:00"}
    await running.slack.submit(lead, form, fields | {"often": "weekly", "words": "weekly wed 10:00 GMT+5:30"})
    await running.bot.finish()
    assert "Wednesdays 10:00 Asia/Kolkata" in str(dialog(running, lead)["blocks"])
