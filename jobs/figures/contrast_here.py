"""The contrast that somebody asks for in a channel: as its digest would show it."""

from collections.abc import Sequence
from dataclasses import replace

from slack_sdk.web.async_client import AsyncWebClient

from jobs.contrast import Contrast
from jobs.figures.load_contrast import load_contrast
from jobs.permissions.requester import Requester
from jobs.permissions.scope import Subject, WhichProduct, sources_of, subjects
from jobs.privacy.look import CountSettings
from jobs.slack.directory import Directory
from storage.records import Digest, Lens, Period, Product
from storage.store import Store


async def load_contrast_here(
    store: Store,
    directory: Directory,
    client: AsyncWebClient,
    requester: Requester,
    *,
    product: str | None,
    period: Period | None,
    counting: CountSettings,
) -> tuple[Contrast, tuple[str, ...]]:
    """The contrast of a product as the digest of this channel would show it, else as this channel sees it.

    With it come sentences about sources that may not be read now. Raises Refused where nothing was asked, and
    WhichProduct where several products could be meant.
    """
    found = await subjects(store, directory, requester, product)
    about, channels, digest = await _one(store, requester, found.found)
    sources = await sources_of(directory, digest) if digest else None
    result = await load_contrast(
        store,
        client,
        team_id=requester.team_id,
        product=about,
        channels=sources.readable if sources else channels,
        period=period,
        min_group=counting.k,
        counting=counting,
        now=requester.now,
        metrics={Lens.CX: digest.cx_metric, Lens.UX: digest.ux_metric} if digest else None,
    )
    notes = sources.notes() if sources else found.said
    first = digest is not None and await store.editions.last(digest.team_id, digest.id) is None
    return replace(result.contrast, first=first), notes


async def _one(
    store: Store, requester: Requester, found: Sequence[Subject]
) -> tuple[Product, tuple[str, ...], Digest | None]:
    """The only product there is, else that of this channel's only digest; a group has none. WhichProduct."""
    here = await store.digests.in_channel(requester.team_id, requester.channel_id)
    here = here if requester.group is None else []
    told = {digest.product.id: digest for digest in here}
    wanted = found if len(found) == 1 else [each for each in found if each[0].id in told]
    if len(wanted) != 1:
        raise WhichProduct([product for product, _ in found])
    product, channels = wanted[0]
    return product, channels, told.get(product.id)
