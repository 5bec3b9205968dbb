"""Moments and zones from what is typed to what is kept and shown, through the whole bot."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from storage.records import Wave
from tests.conftest import MONDAY, Company, Running
from tests.standing import a_digest

SETTING = "Europe/Berlin"  # the zone of the settings in tests
PART = timedelta(milliseconds=350)
BEFORE_THE_CHANGE = datetime(2026, 10, 19, 7, 0, tzinfo=UTC)  # Monday 09:00 in Berlin


async def open_here(running: Running, company: Company) -> Wave:
    """The one open question of the channel."""
    found = await running.bot.store.pulses.in_channel(
        running.slack.workspace.team.id, company.channel.id, now=running.clock()
    )
    [wave] = [wave for _, wave in found if wave]
    return wave


def assert_named(shown: str) -> None:
    """17:00 is shown, and no minute beside it."""
    assert "17:00" in shown
    assert "16:59" not in shown


async def test_until_is_kept_to_the_second_and_shown_so(running: Running, company: Company) -> None:
    """A clock that stands at :00.350 moves no moment that was named: 17:00 is 17:00 wherever it stands."""
    running.clock.set(MONDAY + PART)
    answer = await running.type(company.lead, company.channel, "ask nps about Atlas until fri 17:00")
    assert answer is not None
    assert_named(str(answer.payload()))
    wave = await open_here(running, company)
    assert wave.closes_at == datetime(2026, 11, 6, 16, 0, tzinfo=UTC)
    await running.settle()
    assert_named(str(company.channel.messages[-1].payload()))
    await running.type(company.lead, company.channel, "close 1")
    found = await running.bot.store.waves.get(wave.team_id, wave.id)
    assert found is not None
    assert found.closes_at == found.opened_at == MONDAY


async def test_a_week_ends_at_the_same_time_of_day(running: Running, company: Company) -> None:
    """Over a change of the clock "for 1 week" still ends at 09:00."""
    running.clock.set(BEFORE_THE_CHANGE + PART)
    await running.type(company.lead, company.channel, "ask nps about Atlas for 1 week")
    wave = await open_here(running, company)
    assert wave.closes_at == datetime(2026, 10, 26, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize("told", ["Asia/Nowhere", "", "Etc/GMT-3"])
async def test_a_zone_that_this_machine_lacks(running: Running, company: Company, told: str) -> None:
    """Whoever has a zone that is unknown here is answered in the zone of the settings, in every command."""
    lead = replace(company.lead, tz=told)
    running.slack.workspace.users[lead.id] = lead
    await running.type(lead, company.channel, "ask nps about Atlas until fri 17:00")
    wave = await open_here(running, company)
    assert (wave.pulse.zone, wave.closes_at) == (SETTING, datetime(2026, 11, 6, 16, 0, tzinfo=UTC))
    for words in (
        "score nps 30d",
        "contrast 6w",
        "comments",
        "digest Atlas weekly mon 09:00",
        "trend",
        "why",
    ):
        answer = await running.digest(lead, company.channel, words)
        assert answer is not None, words
        assert "went wrong" not in answer.text, words
    [digest] = await running.bot.store.digests.in_channel(wave.team_id, company.channel.id)
    assert digest.zone == SETTING


UNTRUE = ("once the question has closed", "when the question has closed", "fewer than 5", "not counted")
AFTER_THE_CLOSE = ("score", "score nps", "contrast", "digest preview", "comments", "trend", "why")


async def test_a_minute_after_the_close(running: Running, company: Company) -> None:
    """Nothing says that a question is still to close, or that its answers do not count."""
    message = await running.ask(company.lead, company.channel, "nps about Atlas until mon 17:00")
    for person in company.people:
        await running.click(person, message, 9)
    await running.slack.submit(
        company.people[0], running.slack.views(company.people[0])[-1], {"comment": "Good."}
    )
    await a_digest(
        running.bot.store,
        rule="weekly mon 09:00",
        zone=SETTING,
        channel_id=company.channel.id,
        lead_id=company.lead.id,
        now=MONDAY,
    )
    running.clock.set(datetime(2026, 11, 2, 16, 1, 0, 350_000, tzinfo=UTC))
    await running.settle()
    for words in AFTER_THE_CLOSE:
        answer = await running.type(company.lead, company.channel, words)
        assert answer is not None, words
        assert not [untrue for untrue in UNTRUE if untrue in answer.text.lower()], words
        assert "17:16" in answer.text, words
