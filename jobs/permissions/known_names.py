"""Names of products: which are known to whoever says them, and what becomes of one that is not.

No product is made in passing: a new name is refused with the names that may be meant, and only
`confirmed_product`, which a button behind that name calls, makes one.
"""

from collections.abc import Iterable

from jobs.messages.wording import naming_words
from jobs.permissions.leads import is_admin
from jobs.permissions.near_names import near_names
from jobs.permissions.refusal import Refused
from jobs.permissions.requester import Requester
from jobs.slack.directory import Directory, SlackUnavailable
from storage.records import ConfirmedName, Product
from storage.store import Store

MOST_NEAR = 3


class NewName(Refused):
    """Raised for a name that this person does not know as a product of the workspace.

    `name` is as it was typed. `near` are the products that may be meant, nearest first: only those that the
    person may know of.
    """

    def __init__(self, name: str, near: Iterable[str]) -> None:
        self.name = name
        self.near = tuple(near)
        super().__init__(naming_words.new_name(self.name, self.near))


async def known_product(store: Store, directory: Directory, requester: Requester, name: str) -> Product:
    """The product of that name, however it is spelt; raises NewName where the person may know of none.

    A product that is spoken of only in channels that they cannot read is as good as new to them. Raises
    SlackUnavailable when Slack does not tell whether they can.
    """
    found = await store.products.find(requester.team_id, name)
    if found and await may_know(store, directory, requester, found):
        return found
    raise NewName(name, [each.name for each in await products_near(store, directory, requester, name)])


async def confirmed_product(store: Store, team_id: str, name: str) -> Product:
    """The product of a name that a person has read and confirmed; a new one if there is none.

    Nothing else makes a product, but an import with what it keeps, where the operator has said that its name
    is a new one. It is called for a button or a page that has shown this very name.
    """
    return await store.products.create(team_id, ConfirmedName(name))


async def products_near(store: Store, directory: Directory, requester: Requester, name: str) -> list[Product]:
    """The products that may be meant by a name, of those that the person may know of."""
    everything = {each.name: each for each in await store.products.everywhere(requester.team_id)}
    found: list[Product] = []
    for near in near_names(name, everything):
        if len(found) < MOST_NEAR and await _may_hint(store, directory, requester, everything[near]):
            found.append(everything[near])
    return found


async def may_know(store: Store, directory: Directory, requester: Requester, product: Product) -> bool:
    """Whether a person may be told that there is a product.

    They may where it is spoken of in this channel, in a public channel or in one that they are in, or nowhere
    yet, and workspace admins always. Raises SlackUnavailable when Slack does not tell.
    """
    places = await store.products.places(product.team_id, product_id=product.id)
    if not places or requester.channel_id in places:
        return True
    for place in places:
        if await may_see(directory, requester, place):
            return True
    return await is_admin(directory, product.team_id, requester.user_id)


async def may_see(directory: Directory, requester: Requester, channel_id: str) -> bool:
    """Whether a person may be told of a channel: this one, a public one, or one that they are in."""
    if channel_id == requester.channel_id:
        return True
    channel = await directory.channel(requester.team_id, channel_id)
    return channel is not None and (
        not channel.private or requester.user_id in await directory.members(requester.team_id, channel_id)
    )


async def _may_hint(store: Store, directory: Directory, requester: Requester, product: Product) -> bool:
    try:
        return await may_know(store, directory, requester, product)
    except SlackUnavailable:
        return False
