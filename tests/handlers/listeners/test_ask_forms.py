"""A lead asks or schedules, by words and by form."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.sandbox.api.faults import Refusal, ServerError
from bot.sandbox.model.channels import Kind
from bot.sandbox.model.messages import Message
from handlers.syntax import check_ask
from jobs.messages.lead.ask_draft import AskDraft, write_draft
from jobs.permissions.known_names import confirmed_product
from jobs.permissions.requester import Requester
from tests.conftest import MONDAY, Company, Running
from tests.handlers.listeners.test_slash_command import away
from tests.handlers.scene import dialog, lifeless, refused, rows, told
from tests.jobs.scheduling import WEEKLY


async def test_asking_by_words_says_where_it_goes(running: Running, company: Company) -> None:
    """The answer repeats channel, number and end, and brings the way to take it down."""
    await confirmed_product(running.bot.store, a_lead(running, company), "R&D")
    question = await running.ask(company.lead, company.channel, "nps about R&D until fri 17:00")
    assert "recommend R&amp;D to a friend" in question.text
    shown = told(running, company.lead)
    assert shown.startswith("Goes to <#C0ATLAS> now, pulse 1, open until Friday 6 November at 17:00 CET.")
    assert "Small channel: you see nothing unless 5 of the 13 answer; a score needs 10." in shown
    assert "Some members may have been asked elsewhere lately; their answers would not count again." in shown
    assert shown.endswith("Button: Take it down.")
    assert (
        "Asked by Priya Nair. Confidential: a word only from 5 people on, scores from 10; " in question.text
    )
    assert "comments are read by Priya Nair and workspace admins." in question.text
    assert "answered" not in question.text
    await running.type(company.lead, company.channel, "ask nps about R&D")
    assert told(running, company.lead).startswith("The same question is open here until Friday 6 November")
    assert len(company.channel.messages) == 1
    await running.count()
    await running.ask(company.lead, company.channel, "nps about R&D")
    advice, asked = [each.text for each in running.slack.ephemerals(company.lead)[-2:]]
    assert advice == "NPS was asked here on 2 Nov. Asking again within 90 days tires people."
    assert asked.startswith("Goes to <#C0ATLAS> now, pulse 2")
    assert not running.slack.troubles
    assert not refused(running.slack)


def a_lead(running: Running, company: Company) -> Requester:
    """The lead in the channel, now."""
    return Requester(
        team_id=company.lead.team_id, user_id=company.lead.id, channel_id="C0ATLAS", now=running.clock()
    )


async def test_an_order_that_comes_twice_asks_once(running: Running, company: Company) -> None:
    """Slack or a network may repeat a command or a form; there is one question all the same."""
    outcome = await running.slack.command(company.lead, company.channel, "/pulse", "ask nps about Atlas")
    await running.slack.redeliver(outcome)
    await running.settle()
    await running.slack.redeliver(outcome)
    await running.settle()
    assert len(company.channel.messages) == 1
    await running.type(company.lead, company.channel, "ask")
    form = running.slack.views(company.lead)[-1]
    await running.slack.submit(company.lead, form, {"product": "Atlas", "instrument": "csat"})
    await running.bot.background.drain()
    outcome = await running.slack.submit(company.lead, running.slack.views(company.lead)[-1])
    await running.settle()
    await running.slack.redeliver(outcome)
    await running.settle()
    assert len(company.channel.messages) == 2


async def test_the_preview_is_filled_in_with_people_and_cautions(running: Running, company: Company) -> None:
    """At once the question as it will be read; then how many it reaches, and what should be known before."""
    await running.ask(company.lead, company.channel)
    await running.slack.click(company.lead, await _help(running, company), "ask")
    await running.bot.background.drain()
    form = running.slack.views(company.lead)[-1]
    assert form.state["product"]["product"]["value"] == "Atlas"
    sent = await running.slack.submit(company.lead, form, {"subject": "the new editor"})
    assert "recommend the new editor" in str(sent.answer.body if sent.answer else "")
    await running.bot.background.drain()
    page = str(dialog(running, company.lead))
    assert "Goes to *<#C0ATLAS>* now, to about 13 people." in page
    assert "The channel is shared with another company." in page
    assert "*Small channel:* you see nothing unless 5 of the 13 answer; a score needs 10." in page
    assert "Some members may have been asked elsewhere lately" in page
    assert "NPS was asked here on 2 Nov." in page
    assert "Asked by Priya Nair" in page
    await running.slack.submit(company.lead, running.slack.views(company.lead)[-1])
    await running.settle()
    assert not running.slack.views(company.lead)
    assert "recommend the new editor" in company.channel.messages[-1].text
    assert told(running, company.lead).startswith("Goes to <#C0ATLAS> now, pulse 2, open until")
    assert not running.slack.troubles
    assert not refused(running.slack)


async def _help(running: Running, company: Company) -> Message:
    answer = await running.type(company.lead, company.channel, "help")
    assert answer is not None
    return answer


async def test_a_form_with_wrong_words_stays_open(running: Running, company: Company, tmp_path: Path) -> None:
    """Each wrong field has its sentence, and nothing is kept."""
    await running.type(company.lead, company.channel, "schedule")
    form = running.slack.views(company.lead)[-1]
    before = rows(tmp_path)
    wrong = {"product": "*Atlas*", "subject": "two `ticks`", "zone": "Mars/Olympus", "often": "weekly mon"}
    sent = await running.slack.submit(company.lead, form, wrong)
    assert set(sent.errors) == {"product", "subject", "zone"}
    for often in ("weekly someday", "61 9 * * 1", "* * *", "every 5 weeks mon", "monthly 32", "dayly", ""):
        sent = await running.slack.submit(
            company.lead,
            form,
            {"product": "Atlas", "subject": None, "zone": "Europe/Berlin", "often": often or None},
        )
        assert list(sent.errors) == ["often"], often
        assert all(len(words) < 300 for words in sent.errors.values())
    assert rows(tmp_path) == before
    assert running.slack.views(company.lead) == [form]
    assert not running.slack.troubles


async def test_where_nothing_can_be_asked_the_page_says_why(
    running: Running, company: Company, tmp_path: Path
) -> None:
    """Bot or asker not in the channel, archived: one sentence instead of a preview, by words one answer."""
    slack = running.slack
    outside = slack.add_channel("outside", company.lead, bot=False, id="C0OUT")
    foreign = slack.add_channel("foreign", company.admin, id="C0FOREIGN")
    old = slack.add_channel("old", company.lead, id="C0OLD", is_archived=True)
    hidden = slack.add_channel("hidden", company.lead, id="C0HID", bot=False, kind=Kind.PRIVATE)
    sentences = {
        outside.id: "Bifocal is not in <#C0OUT>. Type `/invite @Bifocal` there, then send this again.",
        foreign.id: "You are not in <#C0FOREIGN>. Join it, then send this again.",
        old.id: "<#C0OLD> is archived: nobody can answer there.",
        hidden.id: "Bifocal is not in <#C0HID>.",
    }
    before = rows(tmp_path)
    for place, sentence in sentences.items():
        await running.type(company.lead, company.channel, "ask")
        form = slack.views(company.lead)[-1]
        await slack.submit(company.lead, form, {"product": "Atlas", "channel": place})
        await running.bot.background.drain()
        page = dialog(running, company.lead)
        assert sentence in page["blocks"][0]["text"]["text"]
        assert "submit" not in page
        await slack.close_view(company.lead, slack.views(company.lead)[-1], everything=True)
    for channel in (outside, foreign):
        answer = await running.type(company.lead, company.channel, f"ask nps #{channel.name} about Atlas")
        assert answer is not None
        assert sentences[channel.id] in answer.blocks[0]["text"]["text"]
    here = await running.type(company.lead, outside, "ask nps about Atlas")
    assert here is not None
    assert sentences[outside.id] in here.blocks[0]["text"]["text"]
    assert rows(tmp_path) == before
    assert not slack.troubles


async def test_a_schedule_says_its_next_three_times(running: Running, company: Company) -> None:
    """The preview and the answer name rule, zone and dates; with names it cannot be switched later."""
    await running.type(company.lead, company.channel, "schedule")
    fields = {"product": "Atlas", "often": "every 2 weeks mon from 2026-11-09", "at": "09:30"}
    await running.slack.submit(company.lead, running.slack.views(company.lead)[-1], fields)
    await running.bot.background.drain()
    page = str(dialog(running, company.lead))
    assert "very 2 weeks on Mondays 09:30, from 9 Nov 2026" in page
    assert page.count("<!date^") == 4
    await running.slack.submit(company.lead, running.slack.views(company.lead)[-1])
    await running.settle()
    assert "Monday 9 November at 09:30 CET; Monday 23 November at 09:30 CET" in told(running, company.lead)
    assert not company.channel.messages
    await running.step(timedelta(days=7))
    assert len(company.channel.messages) == 1
    assert not running.slack.troubles
    assert not refused(running.slack)


async def test_asking_by_form_that_fails_is_said(running: Running, company: Company, tmp_path: Path) -> None:
    """The page is gone by then, so the sentence comes in private, by direct message where it must."""
    await running.type(company.lead, company.channel, "ask")
    form = running.slack.views(company.lead)[-1]
    await running.slack.submit(company.lead, form, {"product": "Atlas"})
    await running.bot.background.drain()
    away(tmp_path, "pulse")
    running.slack.faults.add("chat.postEphemeral", Refusal("user_not_in_channel"))
    await running.slack.submit(company.lead, running.slack.views(company.lead)[-1])
    await running.bot.background.drain()
    (word,) = running.slack.dms(company.lead)
    assert word.text == "Bifocal cannot reach its database. Please try again in a minute."
    assert not company.channel.messages


async def test_a_forged_draft_asks_nothing(running: Running, company: Company, tmp_path: Path) -> None:
    """What no preview has shown is not asked, and the page says so."""
    wrong: list[dict[str, Any]] = [
        {"instrument": "xyz"},
        {"product": "<!channel>*"},
        {"cadence": "never"},
        {},
    ]
    for changed in wrong:
        await running.type(company.lead, company.channel, "ask")
        form = running.slack.views(company.lead)[-1]
        await running.slack.submit(company.lead, form, {"product": "Atlas"})
        await running.bot.background.drain()
        page = running.slack.views(company.lead)[-1]
        good = AskDraft(instrument="nps", product="Atlas", channel_id=company.channel.id, zone="UTC")
        page.body["private_metadata"] = write_draft(replace(good, **changed)) if changed else "[]"
        before = rows(tmp_path)
        await running.slack.submit(company.lead, page)
        await running.settle()
        assert "This button is no longer in use." in str(dialog(running, company.lead))
        assert rows(tmp_path) == before
        await running.slack.close_view(company.lead, running.slack.views(company.lead)[-1], everything=True)
    assert not company.channel.messages
    assert not running.slack.troubles


def test_a_draft_is_brought_into_its_own_words() -> None:
    """Spaces go, the cadence gets its canonical text, an empty zone becomes the given one."""
    draft = AskDraft(
        instrument="nps", product="  Atlas ", channel_id="C1", zone="", cadence="mondays 9:00 every week"
    )
    good, problems = check_ask(draft, zone="Europe/Berlin", now=MONDAY)
    assert problems in ({}, {"often": problems.get("often")})
    assert good.product == "Atlas"
    assert good.zone == "Europe/Berlin"


async def test_hostile_names_stay_text(running: Running, company: Company) -> None:
    """A product's name that looks like a mention is refused or shown as text, never live."""
    for words in (
        "nps about <!channel>",
        "nps about @here",
        'csat about "#atlas"',
        "seq about https://x.example",
    ):
        await running.type(company.lead, company.channel, f"ask {words}")
        await running.settle()
    assert all(lifeless(message) for message in running.slack.ephemerals(company.lead))
    assert all(lifeless(message) for message in company.channel.messages)
    assert not running.slack.troubles
    assert not refused(running.slack)


async def test_a_preview_says_when_slack_does_not_tell(running: Running, company: Company) -> None:
    """The page that came with the ack does not stay half done: it says why nothing can be asked now."""
    await running.type(company.lead, company.channel, "schedule")
    running.slack.faults.add("conversations.members", ServerError(503), times=9)
    await running.slack.submit(company.lead, running.slack.views(company.lead)[-1], WEEKLY)
    await running.bot.background.drain()
    page = str(dialog(running, company.lead))
    assert "Slack does not answer Bifocal at the moment. Please try again in a minute." in page
