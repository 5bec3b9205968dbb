"""What a channel may see: the channels and products about which a query in it may speak."""

from collections.abc import Sequence
from dataclasses import dataclass

from jobs.messages.wording import why_not
from jobs.permissions.leads import is_admin
from jobs.permissions.refusal import Refused
from jobs.permissions.requester import Requester
from jobs.slack.directory import Directory
from storage.records import Digest, Product, Wave
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Scope:
    """The channels about whose pulses a query may speak, and the products found there."""

    channels: tuple[str, ...]
    products: tuple[Product, ...]


async def scope(store: Store, *, team_id: str, channel_id: str) -> Scope:
    """The channel itself and the sources that its digests name."""
    digests = await store.digests.in_channel(team_id, channel_id)
    sources = {source for digest in digests if not digest.paused for source in digest.sources}
    channels = (channel_id, *sorted(sources - {channel_id}))
    return Scope(channels, tuple(await store.products.in_channels(team_id, channels)))


async def readers_of(store: Store, *, team_id: str, wave_id: str) -> tuple[Wave | None, list[Digest]]:
    """A question (None when there is no such one), and the digests that read what is answered to it."""
    wave = await store.waves.get(team_id, wave_id)
    if wave is None:
        return None, []
    readers = await store.digests.reading(team_id, wave.pulse.channel_id)
    return wave, [digest for digest in readers if digest.product.id == wave.pulse.product.id]


class WhichProduct(Exception):
    """Raised when it is not clear which product is meant; `names` are those that may be."""

    def __init__(self, products: Sequence[Product]) -> None:
        super().__init__("which product")
        self.names = [product.name for product in products]


Subject = tuple[Product, tuple[str, ...]]
"""A product with the channels whose pulses may be read about it."""


async def only_product(store: Store, requester: Requester) -> str | None:
    """The name of the product that is spoken of in this channel; None where there is none, or a choice."""
    here = await scope(store, team_id=requester.team_id, channel_id=requester.channel_id)
    return here.products[0].name if len(here.products) == 1 else None


async def subjects(
    store: Store, directory: Directory, requester: Requester, name: str | None
) -> list[Subject]:
    """What a query in this channel is about: the product with this name, else every product in its scope.

    A workspace admin may name any product of the workspace. Raises Refused where nothing was asked, or
    nothing about that product.
    """
    team_id = requester.team_id
    here = await scope(store, team_id=team_id, channel_id=requester.channel_id)
    if name is None:
        if not here.products:
            raise Refused(why_not.nothing_asked(None))
        return [(product, here.channels) for product in here.products]
    for product in here.products:
        if product.is_called(name):
            return [(product, here.channels)]
    elsewhere = await store.products.find(team_id, name)
    if elsewhere is not None and await is_admin(directory, team_id, requester.user_id):
        channels = await store.products.channels(team_id, product_id=elsewhere.id)
        return [(elsewhere, tuple(channels))]
    raise Refused(why_not.nothing_asked(name))
