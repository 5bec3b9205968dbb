"""Waves close when their time is up, each by itself."""

from datetime import datetime, timedelta

import pytest

from tests.conftest import Company, Running
from tests.storage.scene import all_waves


async def test_one_that_cannot_be_closed_holds_up_no_other(
    running: Running, company: Company, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The other closes in time; the lead reads once that this one is tried again, and it closes later."""
    for words in ("nps about Atlas", "csat about Atlas"):
        await running.ask(company.lead, company.channel, words)
    broken = next(wave for wave in await all_waves(running.bot.store) if wave.pulse.instrument == "nps")
    close = running.bot.store.waves.close

    async def fail(team_id: str, wave_id: str, *, at: datetime) -> bool:
        if wave_id == broken.id:
            raise RuntimeError
        return await close(team_id, wave_id, at=at)

    monkeypatch.setattr(running.bot.store.waves, "close", fail)
    await running.step(timedelta(days=7))
    for _ in range(100):
        await running.step(timedelta(minutes=1))
    closed = {wave.pulse.instrument: wave.closed_at for wave in await all_waves(running.bot.store)}
    assert closed == {"nps": None, "csat": broken.closes_at}
    (told,) = running.slack.dms(company.lead)
    assert told.text.startswith("Question 1 (NPS about Atlas) in <#C0ATLAS> could not be closed so far.")
    assert caplog.text.count("Traceback") == 1
    monkeypatch.undo()
    await running.step(timedelta(hours=1))
    closed = {wave.pulse.instrument: wave.closed_at for wave in await all_waves(running.bot.store)}
    assert closed == {"nps": broken.closes_at, "csat": broken.closes_at}
