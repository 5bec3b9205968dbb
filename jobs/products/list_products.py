"""The products that a person may know of, with the channels that they may know of."""

from jobs.messages.products.product_list import ListedProduct
from jobs.permissions.known_names import may_know, may_see
from jobs.permissions.may_post import require_full_member
from jobs.permissions.requester import Requester
from jobs.slack.directory import Directory
from storage.store import Store


async def list_products(store: Store, directory: Directory, requester: Requester) -> list[ListedProduct]:
    """By name; never one that is spoken of only in channels that the person cannot read.

    Raises Refused for guests, and SlackUnavailable when Slack does not tell who may read what: a list that
    leaves out in silence what it could not look up would be taken for the whole.
    """
    await require_full_member(directory, requester.team_id, requester.user_id)
    found = []
    for product in await store.products.everywhere(requester.team_id):
        if await may_know(store, directory, requester, product):
            places = await store.products.places(product.team_id, product_id=product.id)
            seen = [each for each in places if await may_see(directory, requester, each)]
            found.append(ListedProduct(name=product.name, channels=tuple(seen), whole=product.whole))
    return found
