"""What a digest would read and when it would be posted first, for whoever is about to set it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from jobs import cadence
from jobs.digests.find_digest import hidden_sources
from jobs.messages.digest_setup.digest_draft import DigestDraft
from jobs.messages.digest_setup.digest_offer import AskedThere, DigestOffer
from jobs.messages.wording import lead_refusals, why_not
from jobs.permissions.known_names import NewName, known_product
from jobs.permissions.leads import is_lead
from jobs.permissions.may_post import may_post
from jobs.permissions.refusal import Refused
from jobs.permissions.requester import Requester
from jobs.slack.directory import Directory
from storage.records import Digest, Lens, Product, Pulse, Wave
from storage.store import Store

MOST_A_SIDE = 3  # questions that are named


async def foresee(
    store: Store, directory: Directory, requester: Requester, draft: DigestDraft
) -> DigestOffer:
    """The digest of a draft as it would be set; nothing is kept.

    Raises Refused where it may not be posted, for a channel in which the requester is not, and for one that
    is archived. Of channels in which Bifocal is not, that is said in what is given back. Also raises Refused
    where somebody else leads the digest that would be changed.
    """
    await may_post(directory, requester, draft.channel_id)
    missing = [each for each in draft.sources if not await _is_there(directory, requester, each)]
    product: Product | None = None
    near: tuple[str, ...] = ()
    try:
        product = await known_product(store, directory, requester, draft.product)
        draft = replace(draft, product=product.name)
    except NewName as new:
        near = new.near
    sources = [each for each in draft.sources if each not in missing]
    first = cadence.next_after(cadence.read(draft.cadence), draft.zone, requester.now).at
    old = await _as_it_is(store, requester, draft)
    if old and not await is_lead(directory, old, requester.user_id):
        raise Refused(why_not.not_a_lead_of_digest(old, "change"))
    return DigestOffer(
        draft=draft,
        first=first.astimezone(ZoneInfo(draft.zone)).date(),
        asked=await _asked(store, requester, product, sources) if product else {},
        missing=missing,
        newly_read=[
            each for each in sources if each not in (draft.channel_id, *(old.sources if old else ()))
        ],
        is_new_name=product is None,
        near=near,
        before=DigestDraft.of(old) if old else None,
        hidden=await hidden_sources(directory, requester, [old]) if old else (),
    )


async def _as_it_is(store: Store, requester: Requester, draft: DigestDraft) -> Digest | None:
    """The digest of this product as it is now, if one is posted in the channel of the draft."""
    posted = await store.digests.in_channel(requester.team_id, draft.channel_id)
    return next((each for each in posted if each.product.is_called(draft.product)), None)


async def _is_there(directory: Directory, requester: Requester, channel_id: str) -> bool:
    """Whether Bifocal is in a source; raises Refused where it is archived or the requester is not in it."""
    channel = await directory.channel(requester.team_id, channel_id)
    if channel is None or not channel.member:
        return False
    if channel.archived:
        raise Refused(why_not.archived(channel_id))
    here = channel_id == requester.channel_id
    if not here and requester.user_id not in await directory.members(requester.team_id, channel_id):
        if channel.private:  # nobody learns of it who reads what somebody else had set
            raise Refused(lead_refusals.asker_not_in_private())
        raise Refused(why_not.asker_not_in_channel(channel_id))
    return True


async def _asked(
    store: Store, requester: Requester, product: Product, sources: Sequence[str]
) -> dict[Lens, list[AskedThere]]:
    """What is asked about a product in these channels, by side: what is open comes first."""
    found: dict[Lens, dict[tuple[str, str], AskedThere]] = {lens: {} for lens in Lens}
    for channel_id in sources:
        for pulse, wave in await store.pulses.in_channel(requester.team_id, channel_id, now=requester.now):
            beside = product.whole and pulse.lens is Lens.UX
            if not (beside or pulse.product.id == product.id):
                continue
            question, asked = (pulse.instrument, channel_id), _asked_there(pulse, wave, requester.now)
            known = found[pulse.lens].get(question)
            if known is None or _rank(asked) < _rank(known):
                found[pulse.lens][question] = asked
    return {lens: sorted(each.values(), key=_rank)[:MOST_A_SIDE] for lens, each in found.items()}


def _rank(asked: AskedThere) -> tuple[bool, bool]:
    return asked.closes is None, asked.asked_next is None


def _asked_there(pulse: Pulse, wave: Wave | None, now: datetime) -> AskedThere:
    here = ZoneInfo(pulse.zone)
    is_open = wave is not None and wave.open_at(now)
    runs = pulse.next_at is not None and not pulse.paused
    return AskedThere(
        instrument=pulse.instrument,
        channel_id=pulse.channel_id,
        answered=wave.answered if wave and is_open else 0,
        closes=wave.closes_at.astimezone(here).date() if wave and is_open else None,
        asked_next=pulse.next_at.astimezone(here).date() if pulse.next_at and runs else None,
    )
