"""The one reminder of a question: who gets it, when, with which words, and who does not."""

import logging
from collections import Counter
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.sandbox.api.faults import RateLimited
from bot.sandbox.model.channels import Channel
from bot.sandbox.model.messages import Message
from bot.sandbox.model.people import User
from tests.conftest import Company, Running
from tests.standing import a_pulse

BERLIN = ZoneInfo("Europe/Berlin")
EVE = datetime(2026, 11, 26, 10, 0, tzinfo=BERLIN)  # a Thursday; what is asked closes on Friday at 17:00
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
WORDS = "nps about Atlas until 27 nov 17:00"


def reminders(running: Running, user: User) -> list[Message]:
    """The reminders that somebody has had, in any channel."""
    return [each for each in running.slack.world.whispers if each.viewer == user.id and _is_one(each)]


def _is_one(message: Message) -> bool:
    return "there is no second reminder" in message.text


def reminded(running: Running) -> Counter[str]:
    """How many reminders each person has had, by their id."""
    return Counter(str(each.viewer) for each in running.slack.world.whispers if _is_one(each))


async def opened(
    running: Running,
    company: Company,
    channel: Channel,
    *,
    named: bool = False,
    instrument: str = "nps",
    weeks: int = 0,
) -> None:
    """A question about Atlas that closes on Friday at 17:00, that one or so many weeks later."""
    store, now = running.bot.store, running.clock()
    lead = company.lead.id
    pulse = await a_pulse(
        store,
        rule=None,
        zone="UTC",
        channel_id=channel.id,
        lead_id=lead,
        now=now,
        named=named,
        instrument=instrument,
    )
    closes = EVE.replace(hour=17) + timedelta(days=1, weeks=weeks)
    await store.waves.open(pulse=pulse, question="?", ui_version=1, opened_at=now, closes_at=closes)


async def until(running: Running, moment: datetime) -> None:
    """Let the time come, and what is due be done."""
    running.clock.set(moment)
    await running.settle()


async def test_one_reminder_to_each_who_has_not_answered(
    running: Running, company: Company, caplog: pytest.LogCaptureFixture
) -> None:
    """At 10:00 on their own clock on the last working day before the close, once, privately, by no name."""
    caplog.set_level(logging.INFO)
    company.people[1].tz, company.people[2].tz = "America/New_York", "Asia/Kolkata"
    company.people[3].tz = "Mars/Olympus"
    company.people[4].deleted = True
    question = await running.ask(company.lead, company.channel, WORDS)
    await running.click(company.people[0], question, 9)
    company.channel.members.remove(company.people[5].id)
    await until(running, EVE - SECOND)
    assert set(reminded(running)) == {company.people[2].id}
    await until(running, EVE)
    here = {company.lead.id, company.admin.id, company.guest.id, *(each.id for each in company.people[6:])}
    assert reminded(running) == Counter({*here, company.people[2].id})
    await until(running, EVE + timedelta(hours=6))
    await until(running, EVE + timedelta(hours=6))
    assert reminded(running) == Counter({*here, company.people[1].id, company.people[2].id})
    (one,) = reminders(running, company.people[6])
    assert one.text == (
        "A question about Atlas closes tomorrow. One click, in this channel. Only you see this; "
        "there is no second reminder. Buttons: Go to the question, Not now, Stop asking me."
    )
    assert question.ts.replace(".", "") in str(one.blocks)
    said = [each.getMessage() for each in caplog.records if "reminders" in each.getMessage()]
    assert len(said) == 3
    assert not [user for user in running.slack.workspace.users if user in caplog.text]


async def test_a_bot_that_was_down_reminds_until_five_o_clock(running: Running, company: Company) -> None:
    """What was missed at 10:00 comes later that day, and after 17:00 never."""
    company.people[1].tz = "Asia/Kolkata"
    await running.ask(company.lead, company.channel, WORDS)
    await until(running, EVE.replace(hour=16, minute=59))
    assert reminders(running, company.people[0])
    assert not reminders(running, company.people[1])


@pytest.mark.parametrize("how", ["close", "takedown", "pause", "answers", "stops", "stops here", "not now"])
async def test_no_reminder_of_what_somebody_has_done_with(
    running: Running, company: Company, how: str
) -> None:
    """Nothing comes of a question that has ended meanwhile, nor to who has answered or wants nothing."""
    question = await running.ask(company.lead, company.channel, WORDS)
    person = company.people[0]
    running.clock.set(EVE - SECOND)
    if how in ("close", "takedown"):
        await running.type(company.lead, company.channel, f"{how} 1")
        if how == "takedown":
            shown = running.slack.ephemerals(company.lead, company.channel)[-1]
            await running.slack.click(company.lead, shown, "take_down")
    elif how == "pause":
        wave = (await running.bot.store.reminders.closing(EVE, EVE + timedelta(days=4)))[0]
        await running.bot.store.pulses.pause(wave.team_id, wave.pulse.id, reason=None)
    elif how == "answers":
        await running.click(person, question, 9)
    elif how == "stops":
        await running.type(person, company.channel, "mute")
    else:
        await running.slack.click(person, question, {"stops here": "stop_asking", "not now": "not_now"}[how])
    await running.bot.finish()
    await until(running, EVE)
    assert not reminders(running, person)
    assert bool(reminded(running)) is (how not in ("close", "takedown", "pause"))


async def test_a_named_question_looks_for_answers_under_names(running: Running, company: Company) -> None:
    """Whoever answered with their name gets no reminder; what is kept of the others is no id."""
    await opened(running, company, company.channel, named=True)
    await running.settle()
    await running.click(company.people[0], company.channel.messages[-1], 9)
    await until(running, EVE)
    assert not reminders(running, company.people[0])
    assert reminders(running, company.people[1])
    code = running.bot.context.respondents.confidential("T0SANDBOX", company.people[1].id)
    assert await running.bot.store.pauses.of_person("T0SANDBOX", code)


async def test_who_has_just_landed_elsewhere_is_not_woken(running: Running, company: Company) -> None:
    """The zone is asked for anew right before a reminder, also where it was known a minute ago."""
    traveller = company.people[0]
    await running.ask(company.lead, company.channel, WORDS)
    await until(running, EVE - MINUTE)
    traveller.tz = "America/Los_Angeles"
    await until(running, EVE)
    assert reminders(running, company.people[1])
    assert not reminders(running, traveller)


async def test_an_instrument_and_another_company_rest_longer(running: Running, company: Company) -> None:
    """NPS comes to a person once in 90 days, another instrument in 14, to another company any in 30."""
    person, outsider = company.people[:2]
    outsider.team_id = "T0OTHER"
    for weeks, instrument, had in [
        (0, "nps", (1, 1)),
        (3, "nps", (1, 1)),
        (4, "seq", (2, 1)),
        (5, "ces", (2, 2)),
    ]:
        eve = EVE + timedelta(weeks=weeks)
        running.clock.set(eve - timedelta(days=2))
        await opened(running, company, company.channel, instrument=instrument, weeks=weeks)
        await running.settle()
        await until(running, eve + MINUTE)
        assert (len(reminders(running, person)), len(reminders(running, outsider))) == had, (weeks, had)


async def test_a_reminder_names_what_the_question_names(running: Running, company: Company) -> None:
    """Of a product that has another name by now it uses the one that people read in the question."""
    await running.ask(company.lead, company.channel, WORDS)
    running.clock.set(EVE - MINUTE)
    (wave,) = await running.bot.store.reminders.closing(EVE, EVE + timedelta(days=4))
    await running.bot.store.product_changes.rename(wave.pulse.product, "Globe")
    await until(running, EVE)
    (one,) = reminders(running, company.people[0])
    assert "A question about Atlas closes tomorrow." in one.text


async def test_somebody_in_forty_channels_gets_one(running: Running, company: Company) -> None:
    """However many questions close, a person is reminded of one, and not again within 14 days."""
    person = company.people[0]
    for number in range(40):
        place = running.slack.add_channel(f"more-{number}", company.lead, person, id=f"C0M{number:02d}")
        await opened(running, company, place)
    await running.settle()
    await until(running, EVE)
    assert len(reminders(running, person)) == 1
    await until(running, EVE + timedelta(hours=1))
    assert len(reminders(running, person)) == 1


async def test_slack_that_has_enough_is_let_be(running: Running, company: Company) -> None:
    """After "too many requests" none is claimed until the pause is over; then others get theirs."""
    await running.ask(company.lead, company.channel, WORDS)
    running.slack.faults.add("chat.postEphemeral", RateLimited(90))
    await until(running, EVE)
    assert not reminded(running)
    await until(running, EVE + MINUTE)
    assert not reminded(running)
    await until(running, EVE + 2 * MINUTE)
    everybody = [each for each in company.channel.members if each != running.slack.app.bot_user_id]
    assert len(reminded(running)) == len(everybody) - 1


async def test_a_large_channel_is_reminded_bit_by_bit(running: Running, company: Company) -> None:
    """Of many at once some are reminded a minute, so that there is room for receipts; nobody gets two."""
    more = [running.slack.workspace.add_user(f"More {number}") for number in range(60)]
    company.channel.members += [each.id for each in more]
    await running.ask(company.lead, company.channel, WORDS)
    counts = []
    for minute in range(4):
        await until(running, EVE + minute * MINUTE)
        counts.append(sum(reminded(running).values()))
    assert counts[:3] == [20, 40, 60]
    assert set(reminded(running).values()) == {1}
    listed = [each for each in running.slack.feed.of("api.request") if each["method"] == "users.info"]
    assert len(listed) < sum(reminded(running).values()) + 10
