"""What is due is opened, each local time once; what was missed leaves a row that says why."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from jobs.pulses.open_waves import open_one
from storage.records import Pulse
from storage.schema.question_tables import PULSE
from tests.conftest import Company, Running
from tests.jobs.scheduling import schedule

BERLIN = ZoneInfo("Europe/Berlin")


async def pulse_of(running: Running, company: Company) -> Pulse:
    """The first pulse of the channel."""
    (first, _), *_ = await running.bot.store.pulses.in_channel(
        company.lead.team_id, company.channel.id, now=running.clock()
    )
    return first


async def ledger(running: Running, company: Company) -> list[tuple[str, str, str | None]]:
    """The rows of the first pulse: local time, state, reason."""
    pulse = await pulse_of(running, company)
    found = await running.bot.store.ledger.occasions_of(pulse.team_id, pulse.id)
    return [(each.local, each.state.value, each.reason) for each in found]


async def test_missed_while_down(running: Running, company: Company) -> None:
    """After three weeks down the latest time is kept if it is fresh; older ones have a row and a reason."""
    await schedule(running, company, open_for="1d")
    await running.step(timedelta(days=21, hours=5))
    assert len(company.channel.messages) == 1
    assert await ledger(running, company) == [
        ("2026-11-09T09:00", "skipped", "missed while down; a later one was kept"),
        ("2026-11-16T09:00", "skipped", "missed while down; a later one was kept"),
        ("2026-11-23T09:00", "done", None),
    ]
    await running.step(timedelta(days=9))
    assert len(company.channel.messages) == 1
    assert (await ledger(running, company))[-1] == (
        "2026-11-30T09:00",
        "skipped",
        "missed while down, too late",
    )
    await running.step(timedelta(days=5))
    assert len(company.channel.messages) == 2


@pytest.mark.parametrize(
    "rule, expected",
    [
        ("weekly mon 09:00", ["2026-11-09", "2026-11-16", "2026-11-23"]),
        ("every 2 weeks mon 09:00 from 2026-11-09", ["2026-11-09", "2026-11-23", "2026-12-07"]),
        ("monthly 31 09:00", ["2026-11-30", "2026-12-31"]),
        ("quarterly 31 09:00", ["2027-01-31"]),
        ("cron 0 9 * * 1", ["2026-11-09", "2026-11-16", "2026-11-23"]),
    ],
)
async def test_every_rule_keeps_its_days(
    rule: str, expected: list[str], running: Running, company: Company
) -> None:
    """Weekly, two-weekly, monthly, quarterly and cron: asked at nine in Berlin on exactly these days."""
    await schedule(running, company, words=rule, open_for="1d")
    await running.settle()
    for day in map(date.fromisoformat, expected):
        for near in (day - timedelta(days=1), day, day + timedelta(days=1)):
            running.clock.set(datetime.combine(near, time(9, 5), BERLIN).astimezone(UTC))
            await running.settle()
    due = [(local[:10], state) for local, state, _ in await ledger(running, company)]
    assert due == [(day, "done") for day in expected]  # a day on which nobody looked would be missed here
    assert len(company.channel.messages) == len(expected)


async def test_an_open_question_closes_when_the_next_is_asked(running: Running, company: Company) -> None:
    """A weekly question that is open for a week gives way to its successor, also with two processes."""
    await schedule(running, company, open_for="7d")
    await running.step(timedelta(days=7))
    stale = await pulse_of(running, company)
    await running.step(timedelta(days=7))
    first, second = company.channel.messages
    await running.step(timedelta(seconds=6))
    assert "Closed" in first.text
    late = running.clock()
    store, directory = running.bot.store, running.bot.context.directory
    await open_one(store, directory, stale, now=late)
    await open_one(
        store,
        directory,
        _with_next(stale, late - timedelta(seconds=6)),
        now=late,
    )
    await running.step(timedelta(seconds=6))
    assert company.channel.messages == [first, second]
    assert "Closed" not in second.text


async def test_who_pauses_a_pulse_that_was_seen_due_is_obeyed(running: Running, company: Company) -> None:
    """A pulse that was paused after it was seen due asks and skips nothing, and its next time stays."""
    await schedule(running, company)
    running.clock.step(timedelta(days=7))
    stale = await pulse_of(running, company)
    await running.type(company.lead, company.channel, "pause 1")
    await open_one(running.bot.store, running.bot.context.directory, stale, now=running.clock())
    await running.settle()
    assert not company.channel.messages
    assert (await pulse_of(running, company)).next_at == stale.next_at
    assert await ledger(running, company) == []


def _with_next(pulse: Pulse, next_at: datetime) -> Pulse:
    return replace(pulse, next_at=next_at)


async def test_one_that_fails_holds_up_no_other(
    running: Running, company: Company, caplog: pytest.LogCaptureFixture
) -> None:
    """A pulse that fails is logged by its id, tried again, and told to its lead once; others are asked."""
    await schedule(running, company)
    await schedule(running, company, instrument="csat")
    broken = await pulse_of(running, company)
    await _set_rule(running, broken, "no rule")
    await running.step(timedelta(days=7))
    assert len(company.channel.messages) == 1
    assert f"asking pulse {broken.id} of team {broken.team_id} failed" in caplog.text
    for _ in range(100):
        await running.step(timedelta(minutes=1))
    (told,) = running.slack.dms(company.lead)
    assert told.text.startswith("Question 1 (NPS about Atlas) in <#C0ATLAS> could not be asked so far.")
    assert caplog.text.count("Traceback") == 1
    assert broken.cadence is not None
    await _set_rule(running, broken, broken.cadence)
    await running.step(timedelta(hours=1))
    assert len(company.channel.messages) == 2


async def _set_rule(running: Running, pulse: Pulse, rule: str) -> None:
    mine = (PULSE.c.team_id == pulse.team_id, PULSE.c.id == pulse.id)
    await running.bot.store.database.write(
        lambda connection: connection.execute(PULSE.update().where(*mine).values(cadence=rule))
    )
