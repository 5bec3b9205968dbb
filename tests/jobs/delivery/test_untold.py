"""A bot that dies between two writes leaves no owner untold of a message in doubt."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy.exc import OperationalError

from bot.sandbox.api.faults import LostAnswer
from jobs.delivery.send import LEASE
from storage.delivery.doubts import Doubts
from storage.delivery.outbox import Outbox
from tests.conftest import Company, Running
from tests.standing import a_pulse


def dies_after(verb: str, patch: pytest.MonkeyPatch) -> None:
    """The bot ends as soon as this is in the database."""
    part = Doubts if verb == "expire" else Outbox
    kept: Callable[..., object] = getattr(part, verb)

    async def die(*args: object, **named: object) -> None:
        await kept(*args, **named)  # type: ignore[misc]
        raise OperationalError("killed", None, Exception())

    patch.setattr(part, verb, die)


@pytest.mark.parametrize("verb", ["lost", "expire"])
async def test_its_owner_is_told_before_it_is_kept(
    verb: str, running: Running, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever write was the last one; and once, when the bot is there again."""
    channel_id, lead_id, now = company.channel.id, company.lead.id, running.clock()
    await a_pulse(
        running.bot.store,
        rule="weekly mon 09:00",
        zone="UTC",
        channel_id=channel_id,
        lead_id=lead_id,
        now=now,
    )
    with monkeypatch.context() as patch:
        running.slack.faults.add("chat.postMessage", LostAnswer())
        if verb == "expire":
            patch.setattr(Outbox, "lost", fails)
            await running.settle()
            patch.undo()
        dies_after(verb, patch)
        await running.step(LEASE + timedelta(seconds=1) if verb == "expire" else timedelta(0))
    for _ in range(3):
        await running.step(timedelta(seconds=11))
    told = [message for message in running.slack.dms(company.lead) if "did not say whether" in message.text]
    assert len(told) == 1
    assert len(company.channel.messages) == 1


async def fails(*_: object, **__: object) -> None:
    """The database is away."""
    raise OperationalError("away", None, Exception())
