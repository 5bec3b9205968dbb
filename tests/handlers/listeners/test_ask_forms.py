"""A lead asks or schedules, by words and by form."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

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
from tests.jobs.scheduling import WEEKLY, schedule


async def test_asking_by_words_says_where_it_goes(running: Running, company: Company) -> None:
    """The answer repeats channel, number and end, and brings the way to take it down."""
    await confirmed_product(running.bot.store, a_lead(running, company).team_id, "R&D")
    question = await running.ask(company.lead, company.channel, "nps about R&D until fri 17:00")
    assert "recommend R&amp;D to a friend" in question.text
    shown = told(running, company.lead)
    assert shown.startswith("Asked in <#C0ATLAS> (number 1). Open until Friday 6 November at 17:00 CET.")
    assert "Small channel: you see nothing unless 5 of the 13 answer; a score needs 10." in shown
    assert "Some members may have been asked elsewhere lately; their answers would not count again." in shown
    assert shown.endswith("Buttons: Set up a digest, Take it down.")
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
    assert asked.startswith("Asked in <#C0ATLAS> (number 2)")
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
    assert "Goes to <#C0ATLAS> now, 13 people." in page
    assert "People from another company are in this channel and see it too." in page
    assert "*Small channel:* you see nothing unless 5 of the 13 answer; a score needs 10." in page
    assert "Some members may have been asked elsewhere lately" in page
    assert "NPS was asked here on 2 Nov." in page
    assert "Asked by Priya Nair" in page
    await running.slack.submit(company.lead, running.slack.views(company.lead)[-1])
    await running.settle()
    assert not running.slack.views(company.lead)
    assert "recommend the new editor" in company.channel.messages[-1].text
    assert told(running, company.lead).startswith("Asked in <#C0ATLAS> (number 2). Open until")
    assert not running.slack.troubles
    assert not refused(running.slack)


async def _help(running: Running, company: Company) -> Message:
    answer = await running.type(company.lead, company.channel, "help")
    assert answer is not None
    return answer


FORM_ERRORS: list[tuple[dict[str, str | None], str, str]] = [  # what is typed, at which field, what is said
    ({"product": "*Atlas*"}, "product", "Leave out the * in the name."),
    ({"product": "stop"}, "product", '"stop" is a word of the commands; a product has a name of its own.'),
    ({"subject": "two `ticks`"}, "subject", "Leave out the backtick in the name."),
    (
        {"instrument": "seq", "subject": None},
        "subject",
        "SEQ asks about a task. Name it, for example: send an invoice.",
    ),
    (
        {"instrument": "ces", "subject": "Atlas"},
        "subject",
        "CES asks about an issue that was solved. For example: the support of Atlas.",
    ),
    ({"day": "d31"}, "day", "Choose a day of the week, or every month above."),
    ({"often": "monthly"}, "day", "Choose a day of the month: the first, the 15th or the last."),
    (
        {"words": "every fornight"},
        "words",
        "Not understood: every fornight. For example: every 2 weeks mon 09:00.",
    ),
    (
        {"words": "weekly mon 25:00"},
        "words",
        '"25:00" is not a time. For example: weekly mon 09:00.',
    ),
    (
        {"words": "cron 0 9 31 * *"},
        "words",
        "There is no 31st in every month: choose Last day of the month.",
    ),
    ({"words": '"'}, "words", "These words are not a schedule. For example: weekly mon 09:00."),
    ({"words": "\u200b"}, "words", "These words are not a schedule. For example: weekly mon 09:00."),
    ({"words": "every 5 weeks mon"}, "words", "Not understood: every 5 weeks mon."),
    ({"words": "61 9 * * 1"}, "words", "Not understood: 61 9 * * 1."),
    ({"words": "weekly someday 09:00"}, "words", '"someday" is not a day of the week.'),
    ({"words": "weekly mon 09:00 Mars/Olympus"}, "words", '"mars/olympus" is not a time zone.'),
    ({"open_for": "14d"}, "open_for", "It is asked again after 1 week. Choose 1 week or less."),
]


async def test_a_form_with_wrong_words_stays_open(running: Running, company: Company, tmp_path: Path) -> None:
    """Each wrong field has its sentence, which works there; nothing is kept and nothing typed is lost."""
    await running.type(company.lead, company.channel, "schedule")
    form = running.slack.views(company.lead)[-1]
    before = rows(tmp_path)
    for typed, field, said in FORM_ERRORS:
        right = {"product": "Atlas", "subject": None, "instrument": "nps", "words": None, "often": "weekly"}
        right |= {"day": "mon", "open_for": "3d"}
        sent = await running.slack.submit(company.lead, form, right | typed)
        assert list(sent.errors) == [field], typed
        assert sent.errors[field].startswith(said), typed
        assert "/pulse" not in str(sent.errors)
        assert "`" not in str(sent.errors)
    wrong = {"product": "*Atlas*", "subject": "two `ticks`", "words": "dayly"}
    sent = await running.slack.submit(company.lead, form, wrong | {"instrument": "nps"})
    assert set(sent.errors) == {"product", "subject", "words"}
    assert form.state["product"]["product"]["value"] == "*Atlas*"
    assert form.state["words"]["words"]["value"] == "dayly"
    assert rows(tmp_path) == before
    assert running.slack.views(company.lead) == [form]
    assert not running.slack.troubles


async def test_where_nothing_can_be_asked_the_page_says_why(
    running: Running, company: Company, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Bot or asker not in the channel, archived: where Slack is slow, a page says it instead."""
    monkeypatch.setattr("jobs.permissions.may_post.FIELD_LIMIT", 0)
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
    fields = {"product": "Atlas", "words": "every 2 weeks mon 09:30 from 2026-11-09"}
    await running.slack.submit(company.lead, running.slack.views(company.lead)[-1], fields)
    await running.bot.background.drain()
    page = str(dialog(running, company.lead))
    assert "Goes to <#C0ATLAS>, 13 people, every 2 weeks on Monday, 09:30 (Berlin)." in page
    assert "Next: Mon 9 Nov, Mon 23 Nov, Mon 7 Dec." in page
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


JOURNEY_CHANGE = {"often": "weekly", "day": "tue", "at": "11:00", "subject": "the new editor"}


async def test_a_schedule_is_changed_in_its_form(running: Running, company: Company) -> None:
    """Only by its leads; other words start a new question, and Back keeps what was typed."""
    slack, lead, channel = running.slack, company.lead, company.channel
    await schedule(running, company)
    for word in ("change 1", "edit 1"):
        refusal = await running.type(company.people[0], channel, word)
        assert refusal is not None
        assert refusal.text.startswith("Only Priya Nair, other leads of this question")
    await running.type(lead, channel, "change 1")
    form = slack.views(lead)[-1]
    assert form.body["title"]["text"] == "Change the schedule"
    assert form.state["often"]["often"]["selected_option"]["value"] == "weekly"
    await slack.submit(lead, form, JOURNEY_CHANGE)
    await running.bot.background.drain()
    page = str(dialog(running, lead))
    assert "every week on Tuesday, 11:00 (Berlin)" in page
    assert "Changes from Tue 3 Nov on." in page
    assert "Other words are a new question: its scores start anew" in page
    assert dialog(running, lead)["submit"]["text"] == "Save"
    await slack.close_view(lead, slack.views(lead)[-1])
    assert slack.views(lead) == [form]
    assert form.state["subject"]["subject"]["value"] == "the new editor"
    await slack.submit(lead, form, JOURNEY_CHANGE)
    await running.bot.background.drain()
    await slack.submit(lead, slack.views(lead)[-1])
    await running.settle()
    assert told(running, lead).startswith(
        "The schedule of question 1 is changed. Tuesdays 11:00 Europe/Berlin."
    )
    assert not slack.views(lead)
    await running.step(timedelta(days=1, hours=3))
    (question,) = channel.messages
    assert "recommend the new editor" in question.text
    await _changed_while_open(running, company, question)
    await _removed(running, company)
    assert not slack.troubles
    assert not refused(slack)


async def _changed_while_open(running: Running, company: Company, question: Message) -> None:
    """Its words stay while it is open, and it stays open when only its days change."""
    slack, lead, channel = running.slack, company.lead, company.channel
    await running.type(lead, channel, "change 1")
    await slack.submit(lead, slack.views(lead)[-1], {"subject": "the old editor"})
    await running.bot.background.drain()
    page = str(dialog(running, lead))
    assert "its words stay while it is open" in page
    assert "Back leads to the form, with everything that you typed." in page
    assert "submit" not in dialog(running, lead)
    await slack.close_view(lead, slack.views(lead)[-1])
    await slack.submit(lead, slack.views(lead)[-1], {"subject": "the new editor", "day": "fri"})
    await running.bot.background.drain()
    assert "The question that is open stays as it is." in str(dialog(running, lead))
    await slack.submit(lead, slack.views(lead)[-1])
    await running.settle()
    assert "Next: Friday 6 November. The question that is open stays as it is." in told(running, lead)
    assert channel.messages == [question]


async def _removed(running: Running, company: Company) -> None:
    """By any of its words, after a yes; then it can be changed no more."""
    slack, lead, channel = running.slack, company.lead, company.channel
    for word in ("remove", "delete", "end"):
        confirmation = await running.type(lead, channel, f"{word} 1")
        assert confirmation is not None
        assert "End the schedule of question 1?" in confirmation.text
    await slack.click(lead, slack.ephemerals(lead)[-1], "end_schedule")
    await running.settle()
    gone = await running.type(lead, channel, "change 1")
    assert gone is not None
    assert "has no schedule" in gone.text
    assert "Take down question 1?" in str(await running.type(lead, channel, "remove 1"))


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
