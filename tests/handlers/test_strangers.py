"""People whom Slack does not know, people from outside and members press the buttons of leads."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.sandbox.acting.outcomes import Outcome
from tests.conftest import Company, Running
from tests.handlers.scene import rows
from tests.handlers.test_who_may import again_as
from tests.jobs.scheduling import schedule
from tests.storage.scene import all_waves


def aimed_at(act: Outcome, value: str) -> Outcome:
    """The same act on another pulse or question."""
    assert act.delivery is not None
    payload = dict(act.delivery.payload)
    payload["actions"] = [payload["actions"][0] | {"value": value}]
    return replace(act, delivery=replace(act.delivery, payload=payload))


async def led(running: Running, company: Company) -> list[Outcome]:
    """A lead takes one question down and ends one schedule; the same acts, aimed at the others that stand."""
    lead, made = company.lead, []
    for words in ("nps about Atlas", "seq about Atlas: send an invoice"):
        await running.ask(lead, company.channel, words)
    for day in ("mon", "fri"):
        await schedule(running, company, day=day)
    newest = next(wave for wave in await all_waves(running.bot.store) if wave.pulse.instrument == "seq")
    others = (("takedown 1", "take_down", newest.id), ("end 3", "end_schedule", "4"))
    for words, button, other in others:
        asked = await running.type(lead, company.channel, words)
        assert asked is not None
        made.append(aimed_at(await running.slack.click(lead, asked, button), other))
    await running.settle()
    return made


@pytest.mark.parametrize("who", ["unknown", "guest", "member"])
async def test_the_buttons_of_leads_change_nothing_for_others(
    who: str, running: Running, company: Company, tmp_path: Path
) -> None:
    """What the lead may do to another question in the same way is answered, and changes nothing."""
    acts = await led(running, company)
    nobody = replace(company.people[7], id="U0NOBODY")
    pressing = {"unknown": nobody, "guest": company.guest, "member": company.people[7]}[who]
    before = rows(tmp_path)
    for act in acts:
        assert (await again_as(running, act, pressing)).ok
        assert rows(tmp_path) == before
    for act in acts:
        before = rows(tmp_path)
        await again_as(running, act, company.lead)
        assert rows(tmp_path) != before
