"""A whole channel answers at once."""

import asyncio
from pathlib import Path

import pytest

from bot.sandbox.acting.outcomes import Outcome
from bot.sandbox.model.people import User
from storage.records import AnswerKey
from tests.conftest import Company, Running
from tests.databases import run_in
from tests.storage.scene import all_waves

PEOPLE = 200
BUSY = 30.0  # seconds; how long it takes on a busy machine is not what is tested here


async def test_two_hundred_click_at_once(
    running: Running, company: Company, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A third click twice, a third are delivered twice: one response each, and the last choice is kept."""
    slack = running.slack
    slack.courier.ack_seconds = BUSY
    monkeypatch.setattr("jobs.answers.record_answer.WRITE_LIMIT", BUSY)
    slack.limits.on = False
    people = [slack.workspace.add_user(f"Crowd {number}") for number in range(PEOPLE)]
    company.channel.members += [user.id for user in people]
    question = await running.ask(company.lead, company.channel)

    async def choose(user: User, number: int) -> tuple[str, int, Outcome]:
        """The clicks of one person: who, their last choice, and what became of the first click."""
        first, last = number % 11, (number * 7 + 3) % 11
        if number % 3 == 0:
            done = await asyncio.gather(*(slack.click(user, question, f"point/{p}") for p in (first, last)))
            assert all(outcome.ok for outcome in done)
            return user.id, last, done[0]
        outcome = await slack.click(user, question, f"point/{last}")
        if number % 3 == 1:
            assert (await slack.redeliver(outcome)).ok
        return user.id, last, outcome

    chosen = await asyncio.gather(*(choose(user, number) for number, user in enumerate(people)))
    assert all(outcome.ok for _, _, outcome in chosen)
    late = [slack.redeliver(outcome) for _, _, outcome in chosen[::3]]  # the older click of two, once more
    assert all(outcome.ok for outcome in await asyncio.gather(*late))
    await running.bot.background.drain()

    (wave,) = await all_waves(running.bot.store)
    for user_id, last, _ in chosen:
        respondent = running.bot.context.respondents.of(wave.pulse, user_id)
        key = AnswerKey(team_id=wave.team_id, wave_id=wave.id, respondent=respondent)
        response = await running.bot.store.responses.response_of(key)
        assert response is not None
        assert response.points == {1: last}
    counted = "select count(*), count(distinct respondent) from rating"
    assert run_in(tmp_path / "bifocal.db", counted) == [(PEOPLE, PEOPLE)]
    assert wave.answered == PEOPLE
    assert not slack.troubles
