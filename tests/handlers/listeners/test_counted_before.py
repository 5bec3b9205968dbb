"""Somebody who was counted lately reads, when they answer the same again, from when on it counts."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.sandbox import FakeSlack, SteppedClock
from bot.sandbox.model.messages import Message
from bot.sandbox.model.people import User
from jobs.messages.lead.ask_draft import AskDraft
from jobs.permissions.requester import Requester
from jobs.pulses.before_asking import look_ahead
from tests.conftest import Company, Running, composed
from tests.handlers.scene import dialog, refused, told
from tests.jobs.scheduling import schedule

NOTICE = "You were counted on 9 Nov. An answer now counts only if this question is counted on 6 Dec or later."
ALOUD = NOTICE.replace("9 Nov", "9 November").replace("6 Dec", "6 December")
WORD_ONLY = (
    "You were counted on 9 Nov. Before 6 Dec an answer now counts only in a score, "
    "which needs 10 people, and not in a word for fewer."
)


async def counted(running: Running, company: Company) -> User:
    """NPS about Atlas is counted on 9 November; somebody who was counted."""
    question = await running.ask(company.lead, company.channel)
    for person in company.people:
        await running.click(person, question, 9)
    await running.count()
    return company.people[0]


async def answered(running: Running, user: User, question: Message) -> tuple[str, str]:
    """A click on 3: the words of the receipt, and of the form."""
    await running.click(user, question, 3)
    return told(running, user), str(dialog(running, user))


async def test_who_was_counted_reads_from_when_on_an_answer_counts(
    running: Running, company: Company
) -> None:
    """In the receipt and in the form of the first answer, not at a change of mind, and nobody else does."""
    person = await counted(running, company)
    question = await running.ask(company.lead, company.channel)
    receipt, form = await answered(running, person, question)
    assert ALOUD in receipt
    assert NOTICE in form
    await running.click(person, question, 4)
    assert "You were counted" not in str(dialog(running, person))
    receipt, form = await answered(running, company.guest, question)
    assert "You were counted" not in receipt + form
    assert not running.slack.troubles
    assert not refused(running.slack)


async def test_it_is_said_in_any_channel_and_however_the_product_is_spelt(
    running: Running, company: Company
) -> None:
    """The same question to other people still finds those who were counted."""
    person = await counted(running, company)
    other = running.slack.add_channel("others", company.lead, *company.people[:3], id="C0OTHER")
    receipt, _ = await answered(running, person, await running.ask(company.lead, other, "nps about ATLAS"))
    assert ALOUD in receipt
    receipt, _ = await answered(running, person, await running.ask(company.lead, other, "nps about Beacon"))
    assert "You were counted" not in receipt


async def test_another_question_about_the_product_may_still_count_for_a_score(
    running: Running, company: Company
) -> None:
    """Where a word may be shown, it does not count for that word; where none is, nothing is said."""
    person = await counted(running, company)
    question = await running.ask(company.lead, company.channel, "csat about Atlas")
    assert WORD_ONLY in (await answered(running, person, question))[1]
    await schedule(running, company, instrument="ces", subject="the support of Atlas")
    await running.step(timedelta(days=7))
    assert "You were counted" not in (await answered(running, person, company.channel.messages[-1]))[1]


async def test_of_a_word_nothing_is_said_where_none_is_made(
    slack: FakeSlack, clock: SteppedClock, tmp_path: Path, company: Company
) -> None:
    """With a smallest group of ten a word needs as many as a score, so that only a score is made."""
    async with composed(slack, clock, tmp_path, BIFOCAL_MIN_GROUP="10") as running:
        person = await counted(running, company)
        question = await running.ask(company.lead, company.channel, "csat about Atlas")
        assert "You were counted" not in "".join(await answered(running, person, question))


async def test_after_the_four_weeks_nothing_is_said(running: Running, company: Company) -> None:
    """From the day on which an answer may count again, it is like any other."""
    person = await counted(running, company)
    await running.step(timedelta(days=26))
    question = await running.ask(company.lead, company.channel)
    assert NOTICE in (await answered(running, person, question))[1]
    await running.step(timedelta(days=1))
    question = await running.ask(company.lead, company.channel)
    assert "You were counted" not in (await answered(running, person, question))[1]


async def test_a_form_of_statements_says_it_when_it_is_sent(running: Running, company: Company) -> None:
    """The page that follows the statements has the sentence."""
    for asking in range(2):
        question = await running.ask(company.lead, company.channel, "umux about Atlas")
        for person in company.people:
            await running.slack.click(person, question, "open_form")
            await running.bot.background.drain()
            form = running.slack.views(person)[-1]
            await running.slack.submit(person, form, {"item/1": "4", "item/2": "2"})
            assert (NOTICE in str(dialog(running, person))) is bool(asking)
        if not asking:
            await running.count()


@pytest.mark.parametrize("setting", [("2", "22 Nov"), ("3", "29 Nov")])
async def test_the_time_is_as_it_is_set(
    setting: tuple[str, str], slack: FakeSlack, clock: SteppedClock, company: Company, tmp_path: Path
) -> None:
    """With fewer weeks between two counts an answer counts earlier."""
    weeks, day = setting
    async with composed(slack, clock, tmp_path, BIFOCAL_ROUND_WEEKS=weeks) as running:
        person = await counted(running, company)
        question = await running.ask(company.lead, company.channel)
        _, form = await answered(running, person, question)
        assert NOTICE.replace("6 Dec", day) in form


async def test_a_channel_that_grew_promises_what_is_made_of_what_waits(
    running: Running, company: Company
) -> None:
    """As long as answers wait from when it was small, form, receipt and notes speak of a word."""
    person = await counted(running, company)
    few = running.slack.add_channel("few", company.lead, *company.people[:7], id="C0FEW")
    await schedule(running, company, channel=few.id, open_for="3d", instrument="umux_lite")
    await running.step(timedelta(days=7))
    await running.slack.click(company.people[1], few.messages[-1], "open_form")
    await running.bot.finish()
    await send(running, company.people[1])
    await running.step(timedelta(days=3, minutes=20))
    for number in range(5):
        few.members.append(running.slack.workspace.add_user(f"New {number}", id=f"U0NEW{number}").id)
    await running.step(timedelta(days=4))
    await running.step(timedelta(minutes=1))
    await running.slack.click(person, few.messages[-1], "open_form")
    await running.bot.finish()
    assert "Confidential: a word only from 5 people on, scores from 10" in str(dialog(running, person))
    await send(running, person)
    assert WORD_ONLY in str(dialog(running, person))
    draft = AskDraft(
        instrument="umux_lite",
        product="Atlas",
        channel_id=few.id,
        zone="Europe/Berlin",
        cadence="weekly mon 09:00",
    )
    lead = Requester(
        team_id=company.lead.team_id, user_id=company.lead.id, channel_id=few.id, now=running.clock()
    )
    found = await look_ahead(running.bot.store, running.bot.context.directory, draft, lead, min_group=5)
    assert (found.people, found.first) == (13, 8)
    assert found.small == "*Small channel:* you see nothing unless 5 of the 13 answer; a score needs 10."


async def send(running: Running, user: User) -> None:
    """Choose 6 and 6 in the form that is open, and send it."""
    await running.slack.submit(user, running.slack.views(user)[-1], {"item/1": "6", "item/2": "6"})
    await running.bot.finish()
