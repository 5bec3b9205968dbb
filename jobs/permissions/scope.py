"""What a channel may see, and who leads what."""

from dataclasses import dataclass

from jobs.slack.directory import Directory
from storage.records import Digest, Product, Pulse
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


async def is_lead(directory: Directory, owned: Pulse | Digest, user_id: str) -> bool:
    """Whether this person may pause, close and read comments: a lead, or an admin of the workspace."""
    return user_id in owned.leads or (await directory.person(user_id)).admin
