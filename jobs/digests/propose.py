"""What the form of a digest proposes: a product, the channels where it is asked, and Mondays 09:00."""

from dataclasses import replace

from jobs.digests.configure import WEEKLY
from jobs.digests.find_digest import hidden_sources
from jobs.messages.digest_setup.digest_draft import DigestDraft
from jobs.messages.digest_setup.digest_view import MOST_CHOSEN
from jobs.messages.wording import why_not
from jobs.permissions.leads import is_lead
from jobs.permissions.refusal import Refused
from jobs.permissions.requester import Requester
from jobs.permissions.scope import scope
from jobs.slack.directory import Directory
from storage.records import Product
from storage.store import Store


async def propose(
    store: Store, directory: Directory, requester: Requester, product: str | None, *, zone: str
) -> tuple[DigestDraft, list[str]]:
    """A draft for the form, and the names of the products that are spoken of here.

    Without a `product` it is the only one of them. Its channels are those where it is asked and where both
    Bifocal and the requester are. Outside of channels nothing is proposed for them.
    """
    here = await scope(store, directory, team_id=requester.team_id, channel_id=requester.channel_id)
    named = await store.products.find(requester.team_id, product) if product else None
    if product is None and len(here.products) == 1:
        named = here.products[0]
    draft = DigestDraft(
        product=named.name if named else product or "",
        channel_id=requester.channel_id,
        sources=await _asked_in(store, directory, requester, named),
        cadence=WEEKLY,
        zone=zone,
    )
    return draft, [each.name for each in here.products]


async def _asked_in(
    store: Store, directory: Directory, requester: Requester, product: Product | None
) -> tuple[str, ...]:
    here = (requester.channel_id,) if requester.channel_id else ()
    if product is None:
        return here
    found: list[str] = []
    asked = await store.products.channels(requester.team_id, product_id=product.id, whole=product.whole)
    for channel_id in asked:
        channel = await directory.channel(requester.team_id, channel_id)
        if channel is None or not channel.member or channel.archived or len(found) == MOST_CHOSEN:
            continue
        if requester.user_id in await directory.members(requester.team_id, channel_id):
            found.append(channel_id)
    return tuple(found) or here


async def of_digest(store: Store, directory: Directory, requester: Requester, digest_id: str) -> DigestDraft:
    """The digest as its form shows it to a lead; raises Refused for others, and where it has ended.

    Channels of which the lead may not know are left out: they cannot set a digest that reads them.
    """
    digest = await store.digests.get(requester.team_id, digest_id)
    if digest is None:
        raise Refused(why_not.no_digest())
    if not await is_lead(directory, digest, requester.user_id):
        raise Refused(why_not.not_a_lead_of_digest(digest, "change"))
    hidden = await hidden_sources(directory, requester, [digest])
    draft = DigestDraft.of(digest)
    return replace(draft, sources=tuple(each for each in draft.sources if each not in hidden))
