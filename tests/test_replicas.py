"""Two bots on one SQLite file: whatever happens, a due time is posted at most once (rule 3)."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox import FakeSlack, SteppedClock
from bot.sandbox.api.faults import Dropped, Fault, LostAnswer, RateLimited, ServerError, Silence
from jobs import cadence
from jobs.pulses.open_waves import open_one
from storage.records import OccasionState, PostState
from storage.store import Store
from tests.conftest import Company, Running
from tests.migrated import new_database
from tests.processes import PATIENCE, BotProcess
from tests.replicas import keys, outbox, two
from tests.standing import TEAM, a_digest, a_pulse, give_news, this_minute
from tests.storage.scene import all_waves

WEEKLY = [
    ("weekly mon 09:00", "Europe/Berlin"),
    ("weekly mon 09:00", "America/New_York"),
    ("weekly tue 00:15", "Asia/Tokyo"),
]
WEEKS = 3
BEGIN = datetime(2026, 11, 1, tzinfo=UTC)


async def standing(store: Store, company: Company) -> dict[str, tuple[str, str]]:
    """A pulse and a digest for each weekly rule, in channels of their own; the rule and zone by owner."""
    owners: dict[str, tuple[str, str]] = {}
    for rule, zone in WEEKLY:
        common: dict[str, Any] = {"rule": rule, "zone": zone, "lead_id": company.lead.id, "now": BEGIN}
        pulse = await a_pulse(store, channel_id=company.channel.id, **common)
        digest = await a_digest(store, channel_id=company.team.id, product=f"Atlas {zone}", **common)
        owners |= {pulse.id: (rule, zone), digest.id: (rule, zone)}
    return owners


@pytest.mark.parametrize(
    "fault",
    [
        None,
        RateLimited(retry_after=7),
        Dropped(),
        LostAnswer(),
        ServerError(503),
        ServerError(500, accepted=True),
    ],
    ids=lambda fault: type(fault).__name__ if fault else "no fault",
)
async def test_each_due_time_is_posted_once(
    fault: Fault | None, slack: FakeSlack, clock: SteppedClock, company: Company, tmp_path: Path
) -> None:
    """Weeks of two bots ticking at once: each time has one row, and one post or an owner told."""
    store = await Store.open(new_database(tmp_path / "bifocal.db"))
    owners = await standing(store, company)
    async with two(slack, clock, tmp_path) as (one, other):
        for due in due_times(owners):
            clock.set(due)
            for digest in await store.digests.everywhere():
                await give_news(store, digest, due)
            if fault:
                slack.faults.add("chat.postMessage", fault)
            for _ in range(3):
                await asyncio.gather(one.tick(clock()), other.tick(clock()))
                clock.step(timedelta(seconds=8))
    for owner, (rule, zone) in owners.items():
        ledger = [occasion.local for occasion in await store.ledger.occasions_of(TEAM, owner)]
        expected = cadence.occasions(cadence.read(rule), zone, BEGIN, BEGIN + timedelta(weeks=WEEKS))
        assert ledger == [due.local for due in expected]
    await store.close()
    posted = keys(company.channel, company.team)
    assert set(posted.values()) == {1}
    rows = outbox(tmp_path)
    assert len(rows) == len(owners) * WEEKS
    assert {key for key, state in rows.items() if state is PostState.SENT} <= set(posted)
    doubtful = sum(state is PostState.UNKNOWN for state in rows.values())
    assert set(rows.values()) <= {PostState.SENT, PostState.UNKNOWN}
    told = [message for message in slack.dms(company.lead) if "did not say whether" in message.text]
    assert len(told) == doubtful
    certain = fault is None or isinstance(fault, RateLimited)
    assert (doubtful == 0) is certain


def due_times(owners: dict[str, tuple[str, str]]) -> list[datetime]:
    """Every moment at which something is due, in order."""
    dues = {
        due.at
        for rule, zone in owners.values()
        for due in cadence.occasions(cadence.read(rule), zone, BEGIN, BEGIN + timedelta(weeks=WEEKS))
    }
    return sorted(dues)


async def test_two_bots_wake_after_three_weeks(
    slack: FakeSlack, clock: SteppedClock, company: Company, tmp_path: Path
) -> None:
    """The latest time is posted once, if it is not too long ago; the older ones leave a row that says why."""
    store = await Store.open(new_database(tmp_path / "bifocal.db"))
    owners = await standing(store, company)
    for digest in await store.digests.everywhere():
        await give_news(store, digest, BEGIN)
    clock.set(datetime(2026, 11, 17, 7, 30, tzinfo=UTC))  # Tuesday: the latest of each is under a day old
    async with two(slack, clock, tmp_path) as (one, other):
        await asyncio.gather(one.tick(clock()), other.tick(clock()))
        clock.step(timedelta(seconds=8))
        await asyncio.gather(one.tick(clock()), other.tick(clock()))
    for owner in owners:
        *older, latest = await store.ledger.occasions_of(TEAM, owner)
        assert len(older) == 2
        assert {occasion.state for occasion in older} == {OccasionState.SKIPPED}
        assert all("missed while down" in (occasion.reason or "") for occasion in older)
        assert latest.state is OccasionState.DONE
    await store.close()
    posted = keys(company.channel, company.team)
    assert set(posted.values()) == {1}
    assert len(posted) == len(owners)


@pytest.mark.parametrize("accepted", [True, False], ids=["shown", "not shown"])
async def test_a_bot_that_dies_while_it_posts(
    accepted: bool,  # noqa: FBT001 - a parameter of the test
    slack: FakeSlack,
    clock: SteppedClock,
    company: Company,
    tmp_path: Path,
) -> None:
    """The other one leaves its post alone until the lease ends, never repeats it, and tells the owner."""
    store = await Store.open(new_database(tmp_path / "bifocal.db"))
    for channel, rule in ((company.channel, "weekly mon 09:00"), (company.team, "weekly mon 09:01")):
        await a_pulse(
            store, rule=rule, zone="UTC", channel_id=channel.id, lead_id=company.lead.id, now=clock()
        )
    async with two(slack, clock, tmp_path) as (one, other):
        slack.faults.add("chat.postMessage", Silence(accepted=accepted))
        dying = one.tick(clock())
        await slack.feed.happens("fault", within=PATIENCE)
        dying.cancel()
        await asyncio.wait({dying})
        if accepted:  # else it never arrives
            slack.faults.release()
        clock.step(timedelta(seconds=60))
        await other.tick(clock())
        clock.step(timedelta(seconds=59))
        await other.tick(clock())
        assert sorted(outbox(tmp_path).values()) == [PostState.SENDING, PostState.SENT]
        assert not slack.dms(company.lead)
        clock.step(timedelta(seconds=2))
        await other.tick(clock())
        await other.tick(clock())
    await store.close()
    assert sorted(outbox(tmp_path).values()) == [PostState.SENT, PostState.UNKNOWN]
    assert sum(keys(company.channel, company.team).values()) == 1 + accepted
    assert ["did not say whether" in message.text for message in slack.dms(company.lead)] == [True]


async def test_a_late_look_does_not_close_what_the_other_opened(running: Running, company: Company) -> None:
    """A bot that saw a pulse due before the other opened its wave opens none, and leaves that one open."""
    store, now = running.bot.store, running.clock()
    channel_id, lead_id = company.channel.id, company.lead.id
    await a_pulse(store, rule="weekly mon 09:00", zone="UTC", channel_id=channel_id, lead_id=lead_id, now=now)
    (seen,) = await store.pulses.due(now)
    await open_one(store, running.bot.context.directory, seen, now=now)
    await open_one(store, running.bot.context.directory, seen, now=now)
    (wave,) = await all_waves(store, seen)
    assert wave.closed_at is None


async def test_two_processes_on_one_file(tmp_path: Path) -> None:
    """Two real processes that start at once, with all of twenty times due, post each of them once."""

    def now() -> datetime:
        return datetime.now(UTC)

    async with (
        FakeSlack(clock=now) as slack,
        BotProcess(slack, tmp_path) as one,
        BotProcess(slack, tmp_path) as other,
    ):
        slack.limits.on = False
        lead = slack.workspace.add_user("Priya Nair")
        channels = [slack.add_channel(f"atlas-{number}", lead) for number in range(10)]
        store = await Store.open(new_database(tmp_path / "bifocal.db"))
        at = now().replace(second=0, microsecond=0)
        common: dict[str, Any] = {"rule": this_minute(at), "zone": "UTC", "lead_id": lead.id, "now": at}
        for channel in channels:
            await a_pulse(store, channel_id=channel.id, **common)
            digest = await a_digest(store, channel_id=channel.id, **common)
            await give_news(store, digest, at)
        await store.close()
        await asyncio.gather(one.start(), other.start())
        with slack.feed.follow(past=True) as queue:
            async with asyncio.timeout(PATIENCE):
                while len(keys(*channels)) < 2 * len(channels):
                    await queue.get()
        ends = await asyncio.gather(one.stop(), other.stop())
        assert set(ends) == {0}
    assert set(keys(*channels).values()) == {1}
    assert [len(channel.messages) for channel in channels] == [2] * len(channels)
    # a question's renewal, wanted since its people were counted, may wait for the next start
    assert set(outbox(tmp_path).values()) <= {PostState.SENT, PostState.PENDING}
