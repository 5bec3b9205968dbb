"""What a channel may see: the channels and products about which a query in it may speak."""

from collections.abc import Sequence
from dataclasses import dataclass

from jobs.messages.wording import why_not
from jobs.permissions.leads import is_admin
from jobs.permissions.refusal import Refused
from jobs.permissions.requester import Requester
from jobs.permissions.sources import sources_of
from jobs.slack.directory import Directory
from storage.records import Digest, Product, Wave
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Scope:
    """The channels about whose pulses a query may speak, and the products found there.

    `notes` are sentences of mrkdwn about sources that may not be read now.
    """

    channels: tuple[str, ...]
    products: tuple[Product, ...]
    notes: tuple[str, ...] = ()


async def scope(store: Store, directory: Directory, *, team_id: str, channel_id: str) -> Scope:
    """The channel itself and those sources of its digests that may be read at this moment."""
    digests = await store.digests.in_channel(team_id, channel_id)
    sources = [await sources_of(directory, digest) for digest in digests if not digest.paused]
    readable = {source for each in sources for source in each.readable}
    channels = (channel_id, *sorted(readable - {channel_id}))
    notes = dict.fromkeys(note for each in sources for note in each.notes())
    products = await store.products.in_channels(team_id, channels)
    return Scope(channels, tuple(products), tuple(notes))


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Subjects:
    """What a query is about; `notes` are sentences of mrkdwn about sources that may not be read now."""

    found: list[Subject]
    notes: tuple[str, ...] = ()


async def only_product(store: Store, directory: Directory, requester: Requester) -> str | None:
    """The name of the product that is spoken of in this channel; None where there is none, or a choice."""
    here = await scope(store, directory, team_id=requester.team_id, channel_id=requester.channel_id)
    return here.products[0].name if len(here.products) == 1 else None


async def subjects(store: Store, directory: Directory, requester: Requester, name: str | None) -> Subjects:
    """What a query in this channel is about: the product with this name, else every product in its scope.

    A workspace admin may name any product of the workspace. Raises Refused where nothing was asked, or
    nothing about that product, or where it may not be read now.
    """
    team_id = requester.team_id
    here = await scope(store, directory, team_id=team_id, channel_id=requester.channel_id)
    found: list[Subject] = [
        (product, here.channels) for product in here.products if name is None or product.is_called(name)
    ]
    if found:
        return Subjects(found=found, notes=here.notes)
    if name is None:
        raise Refused(_nothing(None, here))
    elsewhere = await store.products.find(team_id, name)
    if elsewhere is not None and await is_admin(directory, team_id, requester.user_id):
        channels = await store.products.channels(team_id, product_id=elsewhere.id)
        return Subjects(found=[(elsewhere, tuple(channels))])
    raise Refused(_nothing(name, here))


def _nothing(name: str | None, here: Scope) -> str:
    return why_not.nothing_read(name, here.notes) if here.notes else why_not.nothing_asked(name)
