"""Receipts wait in a line of their own, and go where Slack takes none: nothing else waits for them."""

import asyncio
import logging

import pytest

from bot.connection import response_url
from bot.connection.response_url import AT_ONCE, MOST_WAITING, ReceiptLine
from bot.sandbox.api.faults import Silence
from handlers.replies import Dropped
from tests.conftest import Company, Running


async def silence() -> None:
    """A call that is never answered."""
    await asyncio.Event().wait()


async def test_the_oldest_of_too_many_are_dropped(caplog: pytest.LogCaptureFixture) -> None:
    """So many are under way and so many wait, the newest; the log has one line at once, the rest in sum."""
    line, more = ReceiptLine(), 50
    with caplog.at_level(logging.WARNING):
        waiting = [asyncio.create_task(line.run(silence)) for _ in range(AT_ONCE + MOST_WAITING + more)]
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        gone = [task.done() for task in waiting]
        assert gone == [False] * AT_ONCE + [True] * more + [False] * MOST_WAITING
        with pytest.raises(Dropped):
            waiting[AT_ONCE].result()
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
    assert len(caplog.records) == 1


async def test_each_gets_its_turn() -> None:
    """When one is over the next begins, also where one that waited has gone."""
    line, ended = ReceiptLine(), asyncio.Event()
    first = [asyncio.create_task(line.run(ended.wait)) for _ in range(AT_ONCE)]
    await asyncio.sleep(0)
    gone, last = (asyncio.create_task(line.run(ended.wait)) for _ in range(2))
    await asyncio.sleep(0)
    gone.cancel()
    ended.set()
    assert await asyncio.gather(*first, last) == [True] * (AT_ONCE + 1)


async def test_a_lone_receipt_that_slack_does_not_answer_may_go_another_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where no other waits it is no flood: whoever said it decides."""
    monkeypatch.setattr(response_url, "RECEIPT_LIMIT", 0.01)
    with pytest.raises(TimeoutError):
        await ReceiptLine().run(silence)


async def test_a_flood_of_receipts_loses_no_form_and_no_command(
    running: Running, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Slack takes no receipt of any click: everybody gets the form, and a command is answered in time."""
    monkeypatch.setattr(response_url, "AT_ONCE", 1)
    monkeypatch.setattr(response_url, "MOST_WAITING", 2)
    question = await running.ask(company.lead, company.channel)
    running.slack.faults.add("response_url", Silence(), times=len(company.people))
    for person in company.people:
        seen = len(running.slack.feed)
        await running.slack.click(person, question, "point/9")
        await running.slack.feed.happens("view.opened", since=seen)
    seen = len(running.slack.feed)
    running.slack.faults.clear()
    await running.slack.command(company.lead, company.channel, "/pulse", "list")
    await running.slack.feed.happens("ephemeral.posted", since=seen, user=company.lead.id)
    running.slack.faults.release()
    assert all(running.slack.views(person) for person in company.people)
