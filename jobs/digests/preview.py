"""What an edition of a digest would show now, from the sources that may still be read."""

from datetime import datetime

from slack_sdk.web.async_client import AsyncWebClient

from jobs.figures.load_contrast import ContrastResult, load_contrast
from jobs.privacy.look import CountSettings
from storage.records import Digest, Edition, Lens
from storage.store import Store


async def preview(
    store: Store, client: AsyncWebClient, digest: Digest, counting: CountSettings, *, now: datetime
) -> ContrastResult:
    """The contrast that an edition of this digest would show if it were made at `now`."""
    last = await store.editions.last(digest.team_id, digest.id, full_only=True)
    return await contrast_for_digest(store, client, digest, last, counting, now=now)


async def contrast_for_digest(
    store: Store,
    client: AsyncWebClient,
    digest: Digest,
    last: Edition | None,
    counting: CountSettings,
    *,
    now: datetime,
) -> ContrastResult:
    """The contrast of a digest's sources, of all rounds that are counted.

    `last` is its last full edition, None where there is none. Questions that are open at `now` are named.
    """
    return await load_contrast(
        store,
        client,
        team_id=digest.team_id,
        product=digest.product,
        channels=digest.sources,
        min_group=digest.min_group,
        counting=counting,
        now=now,
        metrics={Lens.CX: digest.cx_metric, Lens.UX: digest.ux_metric},
        last=last,
        quoted=await store.editions.quoted(digest),
    )
