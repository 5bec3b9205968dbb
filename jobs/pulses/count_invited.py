"""Finds out how many people a question reaches, once it is asked: what is optional holds nothing up."""

from datetime import datetime
from functools import partial

from jobs.privacy.round_rule import is_small
from jobs.slack.directory import Directory, SlackUnavailable
from jobs.steps import Item, StepRunner
from storage.records import Wave
from storage.store import Store


async def count_invited_due(store: Store, directory: Directory, runner: StepRunner, *, now: datetime) -> None:
    """Count the people whom each open question reaches, where that is not known yet."""
    items = [
        Item(
            name=f"counting the people whom wave {wave.id} of team {wave.team_id} reaches",
            run=partial(count_invited, store, directory, wave),
            optional=True,
        )
        for wave in await store.waves.without_invited(now)
    ]
    await runner.run_all(items, now=now)


async def count_invited(store: Store, directory: Directory, wave: Wave) -> None:
    """Ask Slack how many people a question reaches, and keep it; during a pause of Slack's, do nothing.

    In a small channel the question says from how many people on a word is shown, so it is renewed. Raises
    SlackUnavailable when Slack does not tell.
    """
    try:
        invited = await directory.count_people(wave.team_id, wave.pulse.channel_id)
    except SlackUnavailable as unavailable:
        if unavailable.failed.limited:
            return
        raise
    await store.waves.set_invited(wave.team_id, wave.id, invited, renew=is_small(invited))
