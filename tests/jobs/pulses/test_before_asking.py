"""What a lead is told before asking: each thing once, and not too many."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.sandbox.api.faults import RateLimited, Silence
from jobs.messages.lead import asking_notes
from jobs.messages.lead.ask_draft import AskDraft
from jobs.permissions.requester import Requester
from jobs.pulses.before_asking import cautions
from jobs.pulses.second_yes import tires
from tests.conftest import Company, Running
from tests.standing import TEAM, a_pulse

DRAFT = AskDraft(instrument="nps", product="Atlas", channel_id="C0ATLAS", zone="Europe/Berlin")


async def test_cautions_come_once(running: Running, company: Company) -> None:
    """Still open, a small channel, asked the same lately, perhaps elsewhere: each said once."""
    for _ in range(3):
        await running.ask(company.lead, company.channel)
    lead = Requester(
        team_id=company.lead.team_id, user_id=company.lead.id, channel_id="", now=running.clock()
    )
    said = await cautions(running.bot.store, running.bot.context.directory, DRAFT, lead, min_group=5)
    assert said[0].startswith("*The same question is open here* until")
    assert said[1:] == [
        "*Small channel:* you see nothing unless 5 of the 13 answer; a score needs 10.",
        asking_notes.asked_the_same(13, 4),
        "Some members may have been asked elsewhere lately; their answers would not count again.",
    ]


@pytest.mark.parametrize("method", ["conversations.members", "users.list"])
async def test_a_count_that_slack_does_not_tell_is_no_caution(
    method: str, running: Running, company: Company
) -> None:
    """Nothing is said of a small channel where nobody knows how small it is, and asking goes on."""
    running.slack.faults.add(method, RateLimited(60), times=9)
    await running.ask(company.lead, company.channel)
    assert len(company.channel.messages) == 1
    assert "Small channel" not in running.slack.ephemerals(company.lead)[-1].text


async def test_nobody_waits_long_for_a_caution(
    running: Running, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While Slack is silent about who is in the workspace the asker is answered, and the question posted."""
    monkeypatch.setattr("jobs.pulses.second_yes.PATIENCE", 0)
    running.slack.faults.add("users.list", Silence())
    await running.type(company.lead, company.channel, "ask nps about Atlas")
    assert len(company.channel.messages) == 1
    assert running.slack.ephemerals(company.lead)[-1].text.startswith("Asked in <#C0ATLAS>")


PAUSES = {"nps": 90, "sus": 90, "csat": 30, "ces": 30, "umux_lite": 30, "seq": 7}


@pytest.mark.parametrize("shared, anything", [(False, 14), (True, 30)])
async def test_every_pause_is_said_before_asking(
    running: Running, company: Company, *, shared: bool, anything: int
) -> None:
    """The same instrument by its own pause, SEQ also thrice in 30 days, anything within 14 or 30 days."""
    again, other = "Asking again within {} days tires people.", "anything within {} days tires them."
    for instrument, pause in PAUSES.items():
        place = running.slack.add_channel(instrument, company.lead, id=f"C0{instrument[:3].upper()}")
        place.is_ext_shared = shared
        await _asked(running, place.id, instrument, times=3 if instrument == "seq" else 1)
        another = "csat" if instrument == "nps" else "nps"
        assert again.format(pause) in await _advice(running, place.id, instrument, pause - 0.1)
        assert other.format(anything) in await _advice(running, place.id, another, anything - 0.1)
        assert not await _advice(running, place.id, another, anything + 0.1)
        late = await _advice(running, place.id, instrument, pause + 0.1)
        assert ("SEQ was asked here 3 times in 30 days" in late) is (instrument == "seq")
        assert bool(late) is (instrument == "seq")


async def _asked(running: Running, channel_id: str, instrument: str, *, times: int) -> None:
    """A question that was asked in a channel now, and eight days earlier each time before."""
    store, now = running.bot.store, running.clock()
    given: dict[str, Any] = {"rule": None, "zone": "UTC", "channel_id": channel_id, "lead_id": "U0LEAD"}
    pulse = await a_pulse(store, now=now, instrument=instrument, **given)
    for earlier in range(times):
        opened = now - earlier * timedelta(days=8)
        await store.waves.open(
            pulse=pulse, question="?", ui_version=1, opened_at=opened, closes_at=opened + timedelta(days=1)
        )


async def _advice(running: Running, channel_id: str, instrument: str, days: float) -> str:
    """What is said to somebody who asks so many days from now."""
    draft = replace(DRAFT, instrument=instrument, channel_id=channel_id)
    at = running.clock() + timedelta(days=days)
    lead = Requester(team_id=TEAM, user_id="U0LEAD", channel_id="", now=at)
    return await tires(running.bot.store, running.bot.context.directory, draft, lead) or ""
