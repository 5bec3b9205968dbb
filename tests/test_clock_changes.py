"""Schedules on the wall clock of their zone, lived through the nights on which clocks change (rule 8).

The times of day that are expected in UTC were written down by hand.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.sandbox.model.channels import Channel
from storage.records import Digest, OccasionState
from tests.conftest import Company, Running
from tests.standing import TEAM, a_digest, a_pulse, give_news

MON_NINE, MON_AFTER_MIDNIGHT, SUN_NIGHT = "weekly mon 09:00", "weekly mon 00:15", "weekly sun 02:30"
BERLIN, NEW_YORK = "Europe/Berlin", "America/New_York"
SPRING = {  # New York on 14 March 2027, Berlin on 28 March
    (MON_NINE, BERLIN): ["03-08 08:00", "03-15 08:00", "03-22 08:00", "03-29 07:00", "04-05 07:00"],
    (MON_NINE, NEW_YORK): ["03-08 14:00", "03-15 13:00", "03-22 13:00", "03-29 13:00", "04-05 13:00"],
    (MON_AFTER_MIDNIGHT, BERLIN): [
        "03-07 23:15",
        "03-14 23:15",
        "03-21 23:15",
        "03-28 22:15",
        "04-04 22:15",
    ],
    (SUN_NIGHT, BERLIN): ["03-07 01:30", "03-14 01:30", "03-21 01:30", "03-28 01:00", "04-04 00:30"],
    (SUN_NIGHT, NEW_YORK): ["03-07 07:30", "03-14 07:00", "03-21 06:30", "03-28 06:30", "04-04 06:30"],
}
AUTUMN = {  # Berlin on 31 October 2027, New York on 7 November
    (MON_NINE, BERLIN): ["10-25 07:00", "11-01 08:00", "11-08 08:00"],
    (MON_NINE, NEW_YORK): ["10-25 13:00", "11-01 13:00", "11-08 14:00"],
    (MON_AFTER_MIDNIGHT, BERLIN): ["10-24 22:15", "10-31 23:15", "11-07 23:15"],
    (SUN_NIGHT, BERLIN): ["10-24 00:30", "10-31 00:30", "11-07 01:30"],
    ("weekly sun 01:30", NEW_YORK): ["10-24 05:30", "10-31 05:30", "11-07 05:30"],
}
NIGHTS = (0, 1, 5, 6, 7, 22, 23)
"""The hours (UTC) in which the night of Berlin or New York has its times, or had them without the change."""
SUNDAY = (3, 12, 18)
MONDAY = (0, 6, 7, 8, 9, 12, 13, 14, 15, 16)
"""The hours around nine in both, and some in which nothing is due."""
Expected = dict[tuple[str, str], list[str]]


def weekends(first: datetime, last: datetime) -> Iterator[datetime]:
    """Hours of each Sunday and Monday until it is long over, and the quarters of those in a night.

    Some too in which nothing is due: what goes out late or twice goes out then.
    """
    moment = first
    while moment <= last:
        sunday, monday = moment.weekday() == 6, moment.weekday() == 0
        full = moment.minute == 0 and (
            (sunday and moment.hour in SUNDAY) or (monday and moment.hour in MONDAY)
        )
        if full or (sunday and moment.hour in NIGHTS):
            yield moment
        moment += timedelta(minutes=15)


def times(channel: Channel) -> list[str]:
    """When each message was posted, by the clock of Slack in UTC; replies are left out."""
    stamps = [float(message.ts) for message in channel.messages if message.thread_ts is None]
    return [f"{datetime.fromtimestamp(stamp, UTC):%m-%d %H:%M}" for stamp in stamps]


@pytest.mark.parametrize(
    "expected,first",
    [
        pytest.param(SPRING, datetime(2027, 3, 7, tzinfo=UTC), id="spring"),
        pytest.param(AUTUMN, datetime(2027, 10, 24, tzinfo=UTC), id="autumn"),
    ],
)
async def test_over_both_changes_of_the_clock(
    expected: Expected, first: datetime, running: Running, company: Company
) -> None:
    """Nine stays nine, a quarter past midnight is not lost, and half past two fires once on every night."""
    slack, store = running.slack, running.bot.store
    running.clock.set(first)
    channels, owners = {}, {}
    digests: list[tuple[Digest, Channel]] = []
    for number, (rule, zone) in enumerate(expected):
        asked, told = (slack.add_channel(f"{kind}-{number}", company.lead) for kind in ("asked", "told"))
        pulse = await a_pulse(
            store, rule=rule, zone=zone, channel_id=asked.id, lead_id=company.lead.id, now=first
        )
        digest = await a_digest(
            store, rule=rule, zone=zone, channel_id=told.id, lead_id=company.lead.id, now=first
        )
        channels[rule, zone], owners[rule, zone] = (asked, told), (pulse.id, digest.id)
        digests.append((digest, told))
    last = datetime.strptime(max(max(expected.values())), "%m-%d %H:%M").replace(year=first.year, tzinfo=UTC)
    told_already = dict.fromkeys(owners, -1)
    for moment in weekends(first, last + timedelta(hours=2)):
        running.clock.set(moment)
        for schedule, (digest, told) in zip(owners, digests, strict=True):
            if len(told.messages) != told_already[schedule]:  # an edition has said all, or none was yet
                told_already[schedule] = len(told.messages)
                await give_news(store, digest, moment)
        await running.settle()
    for schedule, at in expected.items():
        asked, told = channels[schedule]
        assert times(asked) == at, schedule
        assert times(told) == at, schedule
        for owner in owners[schedule]:
            ledger = await store.ledger.occasions_of(TEAM, owner)
            assert {occasion.local[-5:] for occasion in ledger} == {schedule[0][-5:]}
            assert {occasion.state for occasion in ledger} == {OccasionState.DONE}
