"""Which products somebody may choose for a message, and which one is chosen beforehand."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass

from jobs.permissions.known_names import may_know
from jobs.permissions.leads import is_admin
from jobs.permissions.requester import Requester
from jobs.slack.channels_of_person import channels_of_person
from jobs.slack.directory import Directory, SlackUnavailable
from storage.records import Product
from storage.store import Store

MOST_LOOKED_AT = 20  # channels that are asked about one by one
LOOK_LIMIT = 0.6  # seconds; the form does without the products of channels that Slack is slow about


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """The products by name, and the one that is spoken of here; `none_at_all` says that there is none."""

    products: list[Product]
    chosen: Product | None
    none_at_all: bool


async def offered_products(store: Store, directory: Directory, requester: Requester) -> Offer:
    """The products that the requester may know of, as `may_choose` has it.

    Of channels that they are not in only a few are looked at, as long as Slack tells quickly whether they are
    public. Raises SlackUnavailable where Slack does not tell who they are.
    """
    products = await store.products.everywhere(requester.team_id)
    places = await store.products.all_places(requester.team_id)
    here = {requester.channel_id} | await _channels_of(directory, requester)
    if not await directory.is_full_member(requester.team_id, requester.user_id):
        known = [each for each in products if places.get(each.id, frozenset()) & here]
    elif not await is_admin(directory, requester.team_id, requester.user_id):
        unseen = {id_: found - here for id_, found in places.items() if not found & here}
        here |= await _public(directory, requester, set().union(*unseen.values()))
        known = [each for each in products if each.id not in places or places[each.id] & here]
    else:
        known = products
    spoken_of = [each for each in known if requester.channel_id in places.get(each.id, ())]
    only = spoken_of if len(spoken_of) == 1 else known if len(known) == 1 else []
    return Offer(products=known, chosen=next(iter(only), None), none_at_all=not products)


async def may_choose(store: Store, directory: Directory, requester: Requester, product: Product) -> bool:
    """Whether a person may be told of a product to choose it; guests only of those of channels they are in.

    Raises SlackUnavailable where Slack does not tell.
    """
    if await directory.is_full_member(requester.team_id, requester.user_id):
        return await may_know(store, directory, requester, product)
    places = await store.products.places(product.team_id, product_id=product.id)
    return bool(set(places) & ({requester.channel_id} | await _channels_of(directory, requester)))


async def _channels_of(directory: Directory, requester: Requester) -> frozenset[str]:
    try:
        return await channels_of_person(directory, requester.user_id)
    except SlackUnavailable:
        return frozenset()


async def _public(directory: Directory, requester: Requester, channel_ids: Collection[str]) -> set[str]:
    """Those of some channels that are known to be public."""
    asked = sorted(channel_ids)[:MOST_LOOKED_AT]
    found: set[str] = set()

    async def look(channel_id: str) -> None:
        channel = await directory.channel(requester.team_id, channel_id)
        if channel is not None and not channel.private:
            found.add(channel_id)

    try:
        async with asyncio.timeout(LOOK_LIMIT):
            await asyncio.gather(*map(look, asked), return_exceptions=True)
    except TimeoutError:
        pass
    return found
