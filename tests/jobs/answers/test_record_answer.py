"""Answers are checked against scale and state, then committed."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection

from bot.sandbox.model.messages import Message
from jobs.answers.record_answer import (
    Answerer,
    find,
    new_comment,
    own_answer,
    record_click,
    send_form,
    take_back,
    within_time_limit,
)
from jobs.answers.unanswerable import TooLate, Unanswerable
from jobs.comments.load_classifier import read_classifier
from storage.engine.writer import Writer
from storage.records import Label, Sentiment
from tests.conftest import MONDAY, Company, Running


def answerer(running: Running, company: Company, question: Message, user_id: str = "U0P00") -> Answerer:
    """Somebody who answers a question now."""
    wave_id = next(block["block_id"].split("/")[1] for block in question.blocks if block["type"] == "actions")
    return Answerer(team_id=company.lead.team_id, user_id=user_id, wave_id=wave_id, at=running.clock())


async def test_what_is_not_on_offer(running: Running, company: Company) -> None:
    """Another item, a point off the scale, a form for buttons and buttons for a form are all refused."""
    bot, now = running.bot, running.clock()
    keys = bot.context.respondents
    one = answerer(running, company, await running.ask(company.lead, company.channel))
    two = answerer(running, company, await running.ask(company.lead, company.channel, "umux about Atlas"))
    for item, point in ((1, 11), (1, -1), (2, 5), (0, 5)):
        with pytest.raises(Unanswerable):
            await record_click(bot.store, keys, one, item=item, point=point, now=now)
    with pytest.raises(Unanswerable):
        await record_click(bot.store, keys, two, item=1, point=3, now=now)
    for points in ({1: 3}, {1: 3, 2: 3, 3: 3}, {1: 0, 2: 3}, {1: 8, 2: 3}, {}):
        with pytest.raises(Unanswerable):
            await send_form(bot.store, keys, two, points=points, comment=None, now=now)
    with pytest.raises(Unanswerable):
        await send_form(bot.store, keys, one, points={1: 3}, comment=None, now=now)
    assert (await find(bot.store, one)).answered == 0
    await bot.store.erasure.take_down(one.team_id, one.wave_id, at=now)
    with pytest.raises(Unanswerable):
        await find(bot.store, one)


async def test_what_is_remembered_of_a_wave_is_not_its_state(running: Running, company: Company) -> None:
    """A click after others is refused all the same at the close, and once the question was taken down."""
    bot, keys, now = running.bot, running.bot.context.respondents, running.clock()
    me = answerer(running, company, await running.ask(company.lead, company.channel))
    wave = (await record_click(bot.store, keys, me, item=1, point=9, now=now)).wave
    with pytest.raises(TooLate) as late:
        await record_click(bot.store, keys, me, item=1, point=2, now=wave.closes_at)
    assert late.value.wave.closes_at == wave.closes_at
    _, response = await own_answer(bot.store, keys, me)
    assert response is not None
    assert response.points == {1: 9}
    await bot.store.erasure.take_down(me.team_id, me.wave_id, at=now)
    with pytest.raises(Unanswerable):
        await record_click(bot.store, keys, me, item=1, point=2, now=now)
    with pytest.raises(Unanswerable):
        await record_click(bot.store, keys, replace(me, wave_id="0" * 16), item=1, point=2, now=now)


async def test_after_the_close_nothing_is_taken_back(running: Running, company: Company) -> None:
    """What was answered stays answered, and the person is told when it closed."""
    question = await running.ask(company.lead, company.channel)
    me = answerer(running, company, question)
    await running.click(company.people[0], question, 9)
    later = running.clock() + timedelta(days=7)
    with pytest.raises(TooLate):
        await take_back(running.bot.store, running.bot.context.respondents, me, now=later)
    assert (await find(running.bot.store, me)).answered == 1


@pytest.mark.parametrize("skew", [-5, 0, 5])
async def test_clocks_that_differ_do_not_keep_a_form(skew: int, running: Running, company: Company) -> None:
    """Statements that were just sent can be taken back and sent again, though our clock is not Slack's."""
    bot, keys = running.bot, running.bot.context.respondents
    me = answerer(running, company, await running.ask(company.lead, company.channel, "umux about Atlas"))
    ours = MONDAY + timedelta(minutes=1)
    for turn in range(2):
        now = ours + timedelta(seconds=2 * turn)
        await send_form(bot.store, keys, _at(me, now), points={1: 4, 2: 4}, comment=None, now=now)
        wave = await find(bot.store, me)
        assert wave.answered == 1
        now += timedelta(seconds=1)
        await take_back(bot.store, keys, _at(me, now + timedelta(seconds=skew)), now=now)
        assert (await find(bot.store, me)).answered == 0


def _at(me: Answerer, at: datetime) -> Answerer:
    return replace(me, at=at)


async def test_a_comment_is_kept_when_classifying_fails(caplog: pytest.LogCaptureFixture) -> None:
    """It goes without its label, and the log has the kind of fault and none of its words."""

    def fail(text: str) -> Label:
        raise RuntimeError(text)

    kept = new_comment("Secret words.", may_quote=True, classify=fail, now=MONDAY)
    assert (kept.text, kept.may_quote, kept.label) == ("Secret words.", True, None)
    assert "RuntimeError" in caplog.text
    assert "Secret" not in caplog.text


def test_an_empty_comment_may_not_be_quoted() -> None:
    """There is nothing to quote and nothing to read."""
    kept = new_comment("", may_quote=True, classify=read_classifier().classify, now=MONDAY)
    assert (kept.may_quote, kept.label) == (False, None)
    read = new_comment("I love it, great!", may_quote=True, classify=read_classifier().classify, now=MONDAY)
    assert read.label is not None
    assert read.label.sentiment is Sentiment.POSITIVE


async def test_a_write_that_hangs_is_given_up_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """The person reads in time that it was not saved; what is being committed then is not cut off."""
    monkeypatch.setattr("jobs.answers.record_answer.WRITE_LIMIT", 0.01)
    committed, release = list[object](), asyncio.Event()

    async def commit(works: Sequence[object]) -> list[object]:
        await release.wait()
        committed.extend(works)
        return [None] * len(works)

    def work(_connection: Connection) -> None:
        pass

    def late(_connection: Connection) -> None:
        pass

    writer = Writer(commit)
    with pytest.raises(TimeoutError):
        await within_time_limit(writer.write(work))
    with pytest.raises(TimeoutError):
        await within_time_limit(writer.write(late))
    release.set()
    await writer.close()
    assert committed == [work]  # the other had only waited for its turn
