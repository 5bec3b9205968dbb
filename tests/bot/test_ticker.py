"""Each step has a rhythm of its own, and none waits for another."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest

from bot.sandbox.api.faults import Silence
from bot.ticker import Step, Ticker
from tests.conftest import Company, Running
from tests.jobs.scheduling import schedule
from tests.storage.scene import all_waves

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)


class Held:
    """Work that says when it begins and goes on until it is let go."""

    def __init__(self) -> None:
        self.runs = 0
        self.begun, self.let_go = asyncio.Event(), asyncio.Event()

    async def __call__(self, now: datetime) -> None:
        """Begin, and end when let go."""
        assert now == NOW
        self.runs += 1
        self.begun.set()
        await self.let_go.wait()


def step(name: str, work: Callable[[datetime], Awaitable[object]], *, listens: bool = False) -> Step:
    """A step whose own rhythm does not matter."""
    return Step(name=name, every=timedelta(hours=1), work=work, listens=listens)


async def round_of(ticker: Ticker) -> None:
    """Let the time of every step come round once."""
    for job in ticker.scheduler.get_jobs():
        await job.func()


async def test_each_step_is_a_job_of_its_own(running: Running) -> None:
    """One job a step with its own interval, never two at once, and nothing of what is due in it."""
    ticker = Ticker(running.bot.steps, clock=running.clock)
    jobs = {job.id: job for job in ticker.scheduler.get_jobs()}
    assert list(jobs) == [step.name for step in running.bot.steps]
    assert {"open", "close", "count", "digests", "expire", "label", "send"} <= set(jobs)
    for each in running.bot.steps:
        assert jobs[each.name].trigger.interval == each.every
        assert (jobs[each.name].max_instances, jobs[each.name].coalesce) == (1, True)


async def test_a_slow_step_holds_up_no_other(caplog: pytest.LogCaptureFixture) -> None:
    """It runs once however often its time comes round, without a word, while another runs each time."""
    slow, quick = Held(), Held()
    quick.let_go.set()
    ticker = Ticker([step("slow", slow), step("quick", quick)], clock=lambda: NOW)
    with caplog.at_level(logging.WARNING):
        ticker.start()
        for _ in range(3):
            async with asyncio.timeout(5):
                await asyncio.gather(slow.begun.wait(), quick.begun.wait())
            quick.begun.clear()
            await round_of(ticker)
        assert (slow.runs, quick.runs) == (1, 3)
        slow.let_go.set()
        await ticker.stop()
    assert (slow.runs, quick.runs) == (1, 3)
    assert not caplog.records


async def test_a_step_that_listens_is_woken_while_it_runs() -> None:
    """What is new when a run ends is found by one run more."""
    held = Held()
    sending = step("send", held, listens=True)
    ticker = Ticker([sending], clock=lambda: NOW)
    ticker.start()
    async with asyncio.timeout(5):
        await held.begun.wait()
        held.begun.clear()
        await round_of(ticker)
        held.let_go.set()
        await held.begun.wait()
    await ticker.stop()
    assert held.runs == 2


async def test_the_end_waits_for_what_is_under_way() -> None:
    """A step that runs is neither cancelled nor begun again; a step that waits for its time ends at once."""
    held, other = Held(), Held()
    ended = []

    async def work(now: datetime) -> None:
        await held(now)
        ended.append(now)

    idle = step("idle", other)
    ticker = Ticker([step("busy", work), idle], clock=lambda: NOW)
    ticker.start()
    idle.due.clear()
    async with asyncio.timeout(5):
        await held.begun.wait()
        stopping = asyncio.create_task(ticker.stop())
        await asyncio.sleep(0)
        assert not stopping.done()
        held.let_go.set()
        await stopping
    assert (ended, held.runs, other.runs) == ([NOW], 1, 0)


async def test_the_end_of_a_step_that_listens() -> None:
    """A step that looks for new work until its end is over with that end, though it has seen the call."""
    held = Held()

    async def listening(now: datetime) -> None:
        await held(now)
        sending.due.clear()

    sending = step("send", listening, listens=True)
    ticker = Ticker([sending], clock=lambda: NOW)
    ticker.start()
    async with asyncio.timeout(5):
        await held.begun.wait()
        stopping = asyncio.create_task(ticker.stop())
        await asyncio.sleep(0)
        held.let_go.set()
        await stopping
    assert held.runs == 1


async def test_a_step_that_fails_is_logged_when_it_begins_and_when_it_is_over(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """One trace for a whole outage, one line when it works again."""
    away = True

    async def work(_: datetime) -> None:
        if away:
            raise OSError("the database is away")

    failing = step("close", work)
    with caplog.at_level(logging.INFO):
        for _ in range(5):
            await failing.run(NOW)
        away = False
        await failing.run(NOW)
        await failing.run(NOW)
    assert [record.getMessage() for record in caplog.records] == [
        "step close failed; it is tried again every 1:00:00",
        "step close works again",
    ]
    assert caplog.records[0].exc_info


async def test_a_slow_slack_stops_neither_opening_closing_nor_counting(
    running: Running, company: Company
) -> None:
    """While a digest waits for Slack, questions are posted, closed and counted by the ticker."""
    await running.digest(
        company.lead, company.team, "digest Atlas from #atlas weekly mon 09:00 Europe/Berlin"
    )
    await schedule(running, company, open_for="1d")
    old = await running.ask(company.lead, company.channel, "csat about Atlas until fri 17:00")
    for person in company.people[:5]:
        await running.click(person, old, 4)
    running.clock.step(timedelta(days=7))  # the digest, the question, the close and the count are due
    running.slack.faults.add("conversations.members", Silence(), times=9)
    counted = asyncio.Event()
    for each in running.bot.steps:
        if each.name == "count":
            each.work = _and_then(each.work, counted.set)
    ticker = Ticker(running.bot.steps, clock=running.clock)
    seen = len(running.slack.feed)
    ticker.start()
    happens = running.slack.feed.happens
    await happens("fault", since=seen, method="conversations.members")
    await happens("message.posted", since=seen, channel=company.channel.id)
    await happens("message.updated", since=seen, channel=company.channel.id)
    counted.clear()
    await round_of(ticker)
    async with asyncio.timeout(5):
        await counted.wait()
    waves = await all_waves(running.bot.store)
    (wave,) = [wave for wave in waves if wave.pulse.instrument == "csat"]
    assert wave.counted_at is not None
    assert not company.team.messages
    running.slack.faults.release()
    await ticker.stop()


def _and_then(
    work: Callable[[datetime], Awaitable[object]], then: Callable[[], None]
) -> Callable[[datetime], Awaitable[object]]:
    async def both(now: datetime) -> None:
        await work(now)
        then()

    return both
