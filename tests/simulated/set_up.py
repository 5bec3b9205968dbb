"""What stands in the database before the first process starts."""

from pathlib import Path

from storage.store import Store
from tests.simulated.plan import OPEN_FOR, Plan
from tests.standing import a_digest, a_pulse


async def set_up(plan: Plan, path: Path, lead_id: str) -> dict[str, str]:
    """Two questions and a digest; their ids by what is due: the channel of a question, or "digest"."""
    store, owners = await Store.open(f"sqlite:///{path}"), {}
    for schedule in plan.questions:
        pulse = await a_pulse(
            store,
            rule=schedule.rule,
            zone=schedule.zone,
            channel_id=schedule.channel_id,
            lead_id=lead_id,
            now=plan.start,
            open_for=OPEN_FOR,
            instrument=schedule.instrument,
            product=schedule.product,
        )
        owners[schedule.channel_id] = pulse.id
    schedule = plan.digest
    digest = await a_digest(
        store,
        rule=schedule.rule,
        zone=schedule.zone,
        channel_id=schedule.channel_id,
        lead_id=lead_id,
        now=plan.start,
        product=schedule.product,
    )
    owners["digest"] = digest.id
    await store.close()
    return owners
