"""Gathers what the comments on a side show: the cuts of their blocks, and what may be quoted of them."""

from collections.abc import Collection

from jobs.contrast import SideComments, side_comments
from storage.records import Lens, Product
from storage.store import Store


async def gather_comments(
    store: Store,
    *,
    team_id: str,
    product: Product,
    lens: Lens,
    channels: Collection[str],
    quoted: Collection[str] = (),
) -> SideComments:
    """What is shown of the comments on all questions of a side in some channels.

    `quoted` are the ids of comments that were quoted before, and are not again.
    """
    listed = store.listed_comments
    batches = await listed.batches(team_id, channels, product_id=product.id, lens=lens)
    cuts = await listed.cuts(team_id, channels, product_id=product.id, lens=lens)
    return side_comments(batches, cuts, quoted=quoted)
