"""Finds out how many people a question reaches, once it is asked: what is optional holds nothing up."""

from datetime import datetime
from functools import partial

from jobs.privacy.round_rule import is_small
from jobs.slack.directory import Directory, SlackUnavailable
from jobs.steps import Item, StepRunner
from storage.records import Lens, People, Pulse, Wave
from storage.store import Store

MOST_CHANNELS = 20  # that are compared with that of a question


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

    With it is kept whether they are the people of the channels in which the other side is asked.

    In a small channel the question says from how many people on a word is shown, so it is renewed. Raises
    SlackUnavailable when Slack does not tell.
    """
    try:
        people = await directory.people_in(wave.team_id, wave.pulse.channel_id)
    except SlackUnavailable as unavailable:
        if unavailable.failed.limited:
            return
        raise
    invited, elsewhere = len(people), await _elsewhere(store, directory, wave, people)
    await store.waves.set_invited(
        wave.team_id, wave.id, invited, elsewhere=elsewhere, renew=is_small(invited)
    )


async def _elsewhere(
    store: Store, directory: Directory, wave: Wave, here: frozenset[str]
) -> dict[str, People]:
    """Whether the people here are those of the channels of the other side, as far as Slack tells."""
    pulse = wave.pulse
    channels = await _of_other_side(store, pulse)
    found = {}
    for channel_id in channels[:MOST_CHANNELS]:
        try:
            there = await directory.people_in(wave.team_id, channel_id)
        except SlackUnavailable:  # what digests say of it can be left out
            continue
        in_both = People.SOME if here & there else People.DIFFERENT
        found[channel_id] = People.SAME if here == there else in_both
    return found


async def _of_other_side(store: Store, pulse: Pulse) -> list[str]:
    """The channels of the other side, and of what it stands beside in the digest of an organisation.

    That are for users the customers of the organisation, and for these the users of every product.
    """
    about, other = pulse.product, pulse.lens.other
    beside = about.whole and other is Lens.UX
    found = await store.products.channels(about.team_id, product_id=about.id, lens=other, whole=beside)
    if other is Lens.CX and (whole := await store.products.whole(about.team_id)):
        found += await store.products.channels(about.team_id, product_id=whole.id, lens=other)
    return list(dict.fromkeys(found))
