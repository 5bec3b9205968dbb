"""Whoever types or presses reads something soon, however long Slack takes to say who and where."""

import asyncio
from datetime import timedelta

import pytest

from bot.sandbox.api.faults import Silence
from handlers.commands.command_table import SUBCOMMANDS
from tests.conftest import Company, Running

NOT_NOW = "Slack does not answer Bifocal at the moment. Please try again in a minute."
LOOKUPS = ("users.info", "users.list", "conversations.info", "conversations.members")
NEEDED = {"users.info", "conversations.info"}  # to ask in the channel in which it is typed
WORDS = {
    "ask": ["ask", "ask nps about Atlas", "ask nps about Altas"],
    "schedule": ["schedule", "schedule nps about Atlas weekly mon 09:00"],
    "digest": ["digest", "digest Atlas weekly mon 09:00", "digest now", "digest preview", "digest off"],
    "leads": ["leads 1 add @ada"],
    "score": ["score nps", "score nps about Altas"],
}
"""More than the bare command, where that does more."""
MUTE = 60  # calls; more than anybody makes


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """The time that a person waits at most, in tenths."""
    for name, seconds in {"EXTRAS": 0.05, "LOOKUPS": 0.1, "ANSWER": 0.14}.items():
        monkeypatch.setattr(f"jobs.slack.pacing.{name}", seconds)
    monkeypatch.setattr("handlers.replies.FORM_LIMIT", 0.2)


async def _typed(running: Running, company: Company, words: str) -> list[str]:
    """What comes of a command in time: the private words, and "a form" for each form."""
    slack, lead = running.slack, company.lead
    before, forms = len(slack.ephemerals(lead)), len(slack.views(lead))
    await slack.command(lead, company.channel, "/pulse", words)
    async with asyncio.timeout(5):  # the client of Slack alone would wait for ten
        await running.bot.finish()
    said = [each.text for each in slack.ephemerals(lead)[before:]]
    return [*said, *["a form"] * (len(slack.views(lead)) - forms)]


@pytest.mark.usefixtures("hurried")
async def test_every_command_is_answered_while_slack_says_nothing(running: Running, company: Company) -> None:
    """One sentence or one form each, and nothing is asked or set meanwhile."""
    running.slack.limits.on = False
    for method in LOOKUPS:
        running.slack.faults.add(method, Silence(accepted=False), times=MUTE)
    for name in SUBCOMMANDS:
        for words in WORDS.get(name, [name]):
            got = await _typed(running, company, words)
            assert len(got) == 1, (words, got)
            assert "Asked in" not in got[0]
    running.slack.faults.release()
    assert not company.channel.messages


@pytest.mark.usefixtures("hurried")
async def test_a_zone_that_slack_does_not_tell_costs_no_answer(
    running: Running, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading goes by the zone of the settings then, soon, and has time left for what it has to know."""
    monkeypatch.setattr("jobs.slack.pacing.LOOKUPS", 20.0)
    monkeypatch.setattr("handlers.context.ZONE_LIMIT", 0.05)
    await running.ask(company.lead, company.channel)
    running.clock.step(timedelta(hours=2))
    running.slack.faults.add("users.info", Silence(accepted=False), times=MUTE)
    (said,) = await _typed(running, company, "score nps about Atlas")
    running.slack.faults.release()
    assert said.startswith("Atlas, NPS: No answers so far.")


@pytest.mark.parametrize("method", LOOKUPS)
@pytest.mark.usefixtures("hurried")
async def test_a_question_does_without_what_it_can_do_without(
    method: str, running: Running, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    """How many read it is not needed; who asks, and where, is, and without it nothing is asked."""
    monkeypatch.setattr("jobs.slack.pacing.LOOKUPS", 1.0)
    monkeypatch.setattr("jobs.slack.pacing.ANSWER", 5.0)
    running.slack.faults.add(method, Silence(accepted=False), times=MUTE)
    (said,) = await _typed(running, company, "ask nps about Atlas")
    running.slack.faults.release()
    assert said.startswith(NOT_NOW if method in NEEDED else "Asked in <#C0ATLAS> (number 1).")
    assert len(company.channel.messages) == (method not in NEEDED)
