"""Replicas on one database go by its clock, whatever their own machines' clocks say."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.app import Bifocal, build
from bot.config.settings import Settings
from bot.sandbox import FakeSlack
from bot.shared_clock import SharedClock
from storage.records import PostState
from storage.store import Store
from tests.conftest import Company, settings_for
from tests.databases import databases
from tests.standing import TEAM

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
FIVE_MINUTES = timedelta(minutes=5)


class Fixed(Store):
    """A database whose clock stands at noon, and takes a while to say so."""

    def __init__(self, *, elapsed: list[float], takes: float = 0.0, at: datetime | None = NOON) -> None:
        self.elapsed, self.takes, self.at = elapsed, takes, at

    async def now(self) -> datetime | None:
        """Noon."""
        self.elapsed[0] += self.takes
        return self.at


def clock_on(store: Fixed, own: datetime = NOON) -> SharedClock:
    """A clock that has not looked yet, on a machine that thinks it is `own`."""
    return SharedClock(lambda: own, store, elapsed=lambda: store.elapsed[0])


async def test_time_goes_on_from_the_databases(caplog: pytest.LogCaptureFixture) -> None:
    """A machine's own clock moves nothing between two looks, and is said once where it is far off."""
    store = Fixed(elapsed=[100.0])
    clock = clock_on(store, NOON + FIVE_MINUTES)
    assert clock() == NOON + FIVE_MINUTES
    for _ in range(2):
        await clock.look()
    store.elapsed[0] += 7
    assert clock() == NOON + timedelta(seconds=7)
    assert clock.off == "this machine's clock is 300 s ahead of the database's, which is used instead"
    assert caplog.text.count("set it right") == 1


async def test_a_slow_reading_is_never_ahead() -> None:
    """It counts from its arrival; where there is a better one before, it is not taken at all."""
    store = Fixed(elapsed=[0.0], takes=4.0)
    clock = clock_on(store)
    await clock.look()
    assert clock() == NOON
    store.at = NOON + timedelta(hours=1)
    await clock.look()
    assert clock() == NOON + timedelta(seconds=4)


async def test_a_file_has_the_machines_clock() -> None:
    """On SQLite all replicas are on one machine, and go by its clock."""
    store = Fixed(elapsed=[0.0], at=None)
    clock = clock_on(store, NOON + FIVE_MINUTES)
    await clock.look()
    assert (clock(), clock.off, clock.whose) == (NOON + FIVE_MINUTES, None, "this machine's")


async def replica(settings: Settings, off: timedelta = timedelta(0)) -> Bifocal:
    """A bot on one machine of several, whose clock is off by so much."""
    return await build(settings, clock=lambda: datetime.now(UTC) + off, shared=True)


@pytest.mark.parametrize("off", [FIVE_MINUTES, -FIVE_MINUTES], ids=["ahead", "behind"])
async def test_a_replica_that_is_off_takes_over_nothing_early(
    off: timedelta, slack: FakeSlack, company: Company, tmp_path: Path
) -> None:
    """It posts nothing before its time, ends no lease of another, and gives none that ends too late."""
    settings = settings_for(slack, tmp_path, DATABASE_URL=databases().migrated())
    right, wrong = await replica(settings), await replica(settings, off)
    outbox = right.store.outbox
    lead_id = company.lead.id
    soon = right.context.clock() + timedelta(minutes=4)
    await outbox.notice(team_id=TEAM, key="later", user_id=lead_id, text="later", not_before=soon)
    await outbox.notice(team_id=TEAM, key="held", user_id=lead_id, text="held")
    lease = timedelta(seconds=120)
    await outbox.claim(now=right.context.clock(), lease=lease, limit=1)
    await wrong.tick(wrong.context.clock())
    for key, state in (("later", PostState.PENDING), ("held", PostState.SENDING)):
        post = await outbox.get(TEAM, key)
        assert post is not None
        assert post.state is state
    assert not slack.dms(company.lead)
    assert abs(wrong.context.clock() - right.context.clock()) < timedelta(seconds=5)
    assert wrong.readiness.odd()
    for bot in (right, wrong):
        await bot.close()
