"""Closed waves are counted in rounds once the last forms are in, if they make a group."""

from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from bot.sandbox import FakeSlack, SteppedClock
from jobs.pulses.close_waves import close_due
from jobs.pulses.count_rounds import count_due, count_question
from jobs.pulses.open_waves import open_wave
from storage.records import GRACE, Lean, RoundKind, Wave
from tests.conftest import Company, Running, composed
from tests.jobs.scheduling import schedule
from tests.standing import a_pulse
from tests.storage.scene import all_waves


async def waves(running: Running, company: Company) -> list[Wave]:
    """The waves of the first pulse, oldest first."""
    store = running.bot.store
    ((pulse, _), *_) = await store.pulses.in_channel(
        company.lead.team_id, company.channel.id, now=running.clock()
    )
    return (await all_waves(store, pulse))[::-1]


async def test_a_group_counts_after_the_grace(running: Running, company: Company) -> None:
    """Closed at its time, counted 15 minutes later, also when the tick comes late; and never again."""
    question = await running.ask(company.lead, company.channel)
    for person in company.people[:5]:
        await running.click(person, question, 9)
    (wave,) = await waves(running, company)
    await running.step(timedelta(days=7, minutes=14))
    (wave,) = await waves(running, company)
    assert wave.closed_at == wave.closes_at
    assert wave.counted_at is None
    await running.step(timedelta(hours=3))
    (wave,) = await waves(running, company)
    assert wave.counted_at == wave.closes_at + GRACE
    assert wave.round_id is not None
    made = await running.bot.store.rounds.find(wave.team_id, wave.round_id)
    assert made is not None
    assert (made.kind, made.lean, made.n) == (RoundKind.WORD, Lean.GOOD, 5)
    await count_question(running.bot.store, wave, now=running.clock() + timedelta(days=1), k=5, weeks=4)
    assert (await waves(running, company)) == [wave]


async def test_nine_wait_and_join_the_next(running: Running, company: Company) -> None:
    """Waves of a schedule count together, at one moment, once ten people have answered."""
    await schedule(running, company, open_for="1d")
    await running.step(timedelta(days=7))
    for person in company.people[:9]:
        await running.click(person, company.channel.messages[-1], 9)
    await running.step(timedelta(days=2))
    (first,) = await waves(running, company)
    assert first.settled_at is not None
    assert first.counted_at is None
    await running.step(timedelta(days=5))
    await running.click(company.people[9], company.channel.messages[-1], 3)
    await running.step(timedelta(days=2))
    first, second = await waves(running, company)
    assert first.counted_at == second.counted_at == second.closes_at + GRACE
    assert first.round_id == second.round_id is not None


async def test_the_same_few_people_are_no_group(running: Running, company: Company) -> None:
    """Six who answer twice are six; their lead is told how many a score needs."""
    await schedule(running, company, open_for="1d")
    for _ in range(2):
        await running.step(timedelta(days=7))
        for person in company.people[:6]:
            await running.click(person, company.channel.messages[-1], 9)
    await running.step(timedelta(days=2))
    assert [wave.counted_at for wave in await waves(running, company)] == [None, None]
    notice = running.slack.dms(company.lead)[-1].text
    assert "with 6 answers in all, and scores are shown from 10" in notice


async def test_what_waits_for_its_four_weeks_is_counted_when_they_are_over(
    running: Running, company: Company
) -> None:
    """Of a weekly question that all answer a round is made every four weeks; its lead is told of no wait."""
    await schedule(running, company, open_for="1d")
    until_counted = timedelta(days=1, minutes=20)
    await running.step(until_counted)
    for _ in range(9):
        await running.step(timedelta(days=7) - until_counted)
        for person in company.people:
            await running.click(person, company.channel.messages[-1], 9)
        await running.step(until_counted)
    (wave, *_) = await waves(running, company)
    made = await running.bot.store.rounds.about(
        wave.team_id, [company.channel.id], product_id=wave.pulse.product.id
    )
    assert [each.askings for each in made] == [1, 3, 4]
    days = [each.counted_on for each in made]
    assert all(later - earlier >= timedelta(days=27) for earlier, later in pairwise(days))
    assert running.slack.dms(company.lead) == []


async def test_nothing_is_due(running: Running) -> None:
    """Without a wave there is nothing to do."""
    await close_due(running.bot.store, running.bot.runner, now=running.clock())
    await count_due(running.bot.store, running.bot.runner, now=running.clock())


async def test_a_question_asked_again_by_hand_takes_in_those_who_waited(
    running: Running, company: Company
) -> None:
    """Two pulses that ask the same in the same channel are one question: three and three make a group."""
    first = await running.ask(company.lead, company.channel)
    for user in company.people[:3]:
        await running.click(user, first, 9)
    await running.count()
    second = await running.ask(company.lead, company.channel)
    for user in company.people[3:6]:
        await running.click(user, second, 9)
    await running.count()
    asked = await all_waves(running.bot.store)
    assert len({wave.pulse.id for wave in asked}) == 2
    assert len({wave.counted_at for wave in asked}) == 1
    assert asked[0].counted_at is not None


@pytest.mark.parametrize("groups", [(5, 7), (7, 5)])
async def test_the_strictest_promise_of_a_joined_round_holds(
    groups: tuple[int, int], running: Running, company: Company
) -> None:
    """Six people are no group of seven: those who were promised seven wait, asked first or last."""
    channel, now = company.channel, running.clock()
    for group, people in zip(groups, (company.people[:4], company.people[4:6]), strict=True):
        pulse = await a_pulse(
            running.bot.store,
            rule=None,
            zone="UTC",
            channel_id=channel.id,
            lead_id=company.lead.id,
            now=now + timedelta(weeks=9),
            min_group=group,
        )
        await open_wave(running.bot.store, pulse, now=running.clock())
        await running.settle()
        for person in people:
            await running.click(person, channel.messages[-1], 9)
        await running.count()
    counted = await all_waves(running.bot.store)
    assert [(wave.settled_at is None, wave.counted_at) for wave in counted] == [(False, None)] * 2


async def test_the_settings_reach_the_count(
    slack: FakeSlack, clock: SteppedClock, company: Company, tmp_path: Path
) -> None:
    """With two weeks between scores there are three in five weeks; a group raised later holds at once."""
    until_counted = timedelta(days=1, minutes=20)
    numbers: list[list[int]] = []
    for group in ("5", "11"):
        settings = {"BIFOCAL_ROUND_WEEKS": "2", "BIFOCAL_MIN_GROUP": group}
        async with composed(slack, clock, tmp_path, **settings) as running:
            if not numbers:
                await schedule(running, company, open_for="1d")
                await running.step(until_counted)
            for _ in range(5):
                await running.step(timedelta(days=7) - until_counted)
                for person in company.people:
                    await running.click(person, company.channel.messages[-1], 9)
                await running.step(until_counted)
            wave, *_ = await waves(running, company)
            made = await running.bot.store.rounds.about(
                wave.team_id, [company.channel.id], product_id=wave.pulse.product.id
            )
            numbers.append([each.askings for each in made])
    assert numbers == [[1, 1, 2], [1, 1, 2]]
